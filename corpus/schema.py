"""The tables: the source of truth for documents, vectors and editions.

Change a table here and add a migration beside the others; `SCHEMA_HEAD` names the last one.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

SCHEMA_HEAD = "0007"

metadata = MetaData()

document = Table(
    "document",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("withdrawn_at", DateTime(timezone=True)),
)

version = Table(
    "version",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("document_id", ForeignKey("document.id"), nullable=False, index=True),
    Column("fingerprint", String(64), nullable=False, index=True),
    Column("metadata", JSON, nullable=False),
    Column("source_name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("page_starts", JSON, nullable=False),
    Column("warnings", JSON, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

passage = Table(
    "passage",
    metadata,
    Column("id", String(48), primary_key=True),
    Column("version_id", ForeignKey("version.id"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("section", JSON, nullable=False),
    Column("page", Integer),
    Column("lead", Text, nullable=False),
    Column("vector_key", String(32), nullable=False),
)

sentence = Table(
    "sentence",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("passage_id", ForeignKey("passage.id"), nullable=False, index=True),
    Column("version_id", ForeignKey("version.id"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("page", Integer),
    Column("lead_start", Integer),
    Column("lead_end", Integer),
    Column("vector_key", String(32), nullable=False),
)

vector = Table(
    "vector",
    metadata,
    Column("model_id", String(200), primary_key=True),
    Column("key", String(32), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

content = Table(
    "content",
    metadata,
    Column("key", String(32), primary_key=True),  # of the words that it says
    Column("runs", LargeBinary, nullable=False),  # hashes of its runs of words
    Column("numbers", Text, nullable=False),  # that it tells of, with spaces between
)
"""What passages say, apart from their place: passages that say the same word for word share it."""

passage_content = Table(
    "passage_content",
    metadata,
    Column("passage_id", ForeignKey("passage.id"), primary_key=True),
    Column("key", ForeignKey("content.key"), nullable=False, index=True),
)

twin = Table(
    "twin",
    metadata,
    Column("a", ForeignKey("content.key"), primary_key=True),
    Column("b", ForeignKey("content.key"), primary_key=True, index=True),  # a < b
    Column("kind", String(8), nullable=False),  # near or alike
    Column("likeness", Float, nullable=False),
    Column("other_numbers", Boolean, nullable=False),
)
"""Contents that say the same. It never changes: what is compared once need not be again."""

draft = Table(
    "draft",
    metadata,
    Column("document_id", ForeignKey("document.id"), primary_key=True),
    Column("version_id", ForeignKey("version.id"), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

origin = Table(
    "origin",
    metadata,
    Column("document_id", String(200), primary_key=True),  # no foreign key: written separately
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("checked_at", DateTime(timezone=True), nullable=False),
    Column("given", JSON, nullable=False),  # what was given with it, for the next time
)
"""Where documents from the web came from."""

edition = Table(
    "edition",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("model_id", String(200), nullable=False),
    Column("state", String(16), nullable=False),  # building, staged or published
    Column("created_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,  # a number that readers have seen is never used again
)

edition_version = Table(
    "edition_version",
    metadata,
    Column("edition", ForeignKey("edition.number"), primary_key=True),
    Column("version_id", ForeignKey("version.id"), primary_key=True),
)

publication = Table(
    "publication",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("edition", ForeignKey("edition.number"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)
"""The last row says which edition readers see."""

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("who", String(200), nullable=False),
    Column("action", String(40), nullable=False),
    Column("detail", JSON, nullable=False),
)

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

original = Table(
    "original",
    metadata,
    Column("version_id", ForeignKey("version.id"), primary_key=True),
    Column("sha256", String(64), nullable=False, index=True),  # names the file in originals/
    Column("name", Text, nullable=False),  # of the file, for people
    Column("media_type", String(120), nullable=False),
    Column("size", Integer, nullable=False),  # bytes
    Column("created_at", DateTime(timezone=True), nullable=False),
)
"""The file that a version was read from. The bytes lie in the data folder, once per content."""

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

staff = Table(
    "staff",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("password_hash", Text, nullable=False),  # empty: signs in elsewhere only
    Column("role", String(16), nullable=False),  # editor or publisher
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("disabled_at", DateTime(timezone=True)),
    Column("subject", String(500), index=True, unique=True),  # issuer and subject of OpenID Connect
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),  # the token itself is only in the cookie
    Column("name", ForeignKey("staff.name"), nullable=False, index=True),
    Column("form_token", String(64), nullable=False),  # every form of this session carries it
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("key", String(120), primary_key=True),  # a name, or the hash of an address
    Column("count", Integer, nullable=False),
    Column("last_at", DateTime(timezone=True), nullable=False),
)

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    Column("state_hash", String(64), primary_key=True),  # the state itself is with the browser
    Column("nonce", String(128), nullable=False),
    Column("verifier", String(128), nullable=False),  # PKCE
    Column("next", Text, nullable=False),  # where the browser goes after it
    Column("created_at", DateTime(timezone=True), nullable=False, index=True),
)
"""Who went to sign in with OpenID Connect and has yet to come back."""

api_token = Table(
    "api_token",
    metadata,
    Column("id", String(16), primary_key=True),  # stands in the token, and in the audit log
    Column("name", String(80), nullable=False),  # for people: which machine has it
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("scopes", JSON, nullable=False),  # list of names
    Column("made_by", String(200), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
)
"""What machines sign in with."""

job = Table(
    "job",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("title", Text, nullable=False),
    Column("who", String(200), nullable=False),
    Column("state", String(16), nullable=False),  # waiting, running, done or failed
    Column("step", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("message", Text, nullable=False),  # why it failed
    Column("result", JSON, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False, index=True),
    Column("params", JSON, nullable=False, server_default="{}"),  # what is to be done
    Column("holder", String(64)),  # the worker that does it
    Column("attempts", Integer, nullable=False, server_default="0"),  # times that it was begun
)
"""Long work that staff started: the queue, and what came of it."""
