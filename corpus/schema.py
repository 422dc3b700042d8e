"""The tables of documents and editions: the source of truth, from which every index is made.

`corpus.all_tables` has these and the other tables together.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
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
