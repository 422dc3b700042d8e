"""The tables of what readers ask: kept questions, counts and shared answers."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
)

from corpus.schema import metadata

gap_group = Table(
    "gap_group",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("title", Text, nullable=False),  # by staff; empty: the central question is shown
    Column("central_id", Integer),  # no foreign key: that question may be gone
    Column("owner", String(200), nullable=False),
    Column("state", String(16), nullable=False),  # open, wanted or solved
    Column("note", Text, nullable=False),
    Column("changed_on", Date, nullable=False),
    sqlite_autoincrement=True,
)

kept_question = Table(
    "kept_question",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("day", Date, nullable=False, index=True),  # the day, not the moment
    Column("text", Text, nullable=False),  # masked
    Column("language", String(8), nullable=False),
    Column("audience", String(16)),
    Column("status", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("helpful", Boolean),
    Column("word", Text, nullable=False),  # masked
    Column("trace_id", String(64), nullable=False, unique=True),
    Column("group_id", ForeignKey("gap_group.id"), index=True),
    sqlite_autoincrement=True,
)
"""Questions that got no good answer. Who asked, from where and at what time is never kept."""

gap_case = Table(
    "gap_case",
    metadata,
    Column("case_id", String(64), primary_key=True),
    Column("group_id", ForeignKey("gap_group.id"), nullable=False, index=True),
    Column("question_id", Integer, nullable=False),  # no foreign key: it may be gone
)
"""Questions for evaluation that staff made of kept ones."""

daily_count = Table(
    "daily_count",
    metadata,
    Column("day", Date, primary_key=True),
    Column("edition", Integer, primary_key=True, autoincrement=False),
    Column("what", String(16), primary_key=True),  # a status, helpful or unhelpful
    Column("count", Integer, nullable=False),
)
"""All that is kept of a question that was answered well, with what it was answered from."""

cited_count = Table(
    "cited_count",
    metadata,
    Column("day", Date, primary_key=True),
    Column("edition", Integer, primary_key=True, autoincrement=False),
    Column("document_id", String(200), primary_key=True),  # no foreign key: it may be gone
    Column("section", Text, primary_key=True),  # headings joined, as a citation shows them
    Column("count", Integer, nullable=False),
)
"""How often answers cited a document, by section. Never which question that was for."""

shared_answer = Table(
    "shared_answer",
    metadata,
    Column("id", String(32), primary_key=True),  # random: who does not have it cannot guess it
    Column("created_on", Date, nullable=False),
    Column("expires_on", Date, nullable=False, index=True),
    Column("edition", Integer, nullable=False),
    Column("outcome", JSON, nullable=False),
)
"""Answers that a reader chose to share, as they were given."""
