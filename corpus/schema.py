"""The tables: the source of truth for documents, vectors and editions.

Change a table here and add a migration beside the others; `SCHEMA_HEAD` names the last one.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

SCHEMA_HEAD = "0001"

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

draft = Table(
    "draft",
    metadata,
    Column("document_id", ForeignKey("document.id"), primary_key=True),
    Column("version_id", ForeignKey("version.id"), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

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
