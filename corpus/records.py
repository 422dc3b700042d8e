"""What staff see of documents besides their text: every version with its editions, in SQL. And
the way to throw away what readers never saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, delete, func, select, update

from corpus import schema
from corpus.rows import metadata_from
from corpus.types import Metadata


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """One version of a document, without its text."""

    id: str
    created_at: datetime
    metadata: Metadata
    source_name: str
    warnings: int
    editions: tuple[int, ...]
    """Numbers of the editions that readers saw it in, rising."""


class Records:
    """Reads them. Every public method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def versions(self, document_id: str) -> list[VersionRecord]:
        """Every version of a document, the newest first; empty when there is no such document."""
        v = schema.version.c
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(v.id, v.created_at, v.metadata, v.source_name, v.warnings)
                .where(v.document_id == document_id)
                .order_by(v.created_at.desc(), v.id)
            ).all()
            editions = _editions(connection, document_id)
        return [
            VersionRecord(
                id=row.id,
                created_at=row.created_at.replace(tzinfo=UTC),  # SQLite keeps no time zone
                metadata=metadata_from(row.metadata),
                source_name=row.source_name,
                warnings=len(row.warnings),
                editions=editions.get(row.id, ()),
            )
            for row in rows
        ]

    def warning_counts(self) -> Mapping[str, int]:
        """How many warnings each version has, by id; versions without any are left out."""
        v = schema.version.c
        counted = func.json_array_length(v.warnings)
        with self._engine.connect() as connection:
            rows = connection.execute(select(v.id, counted).where(counted > 0))
            return {row[0]: row[1] for row in rows}

    def discard(self, document_id: str) -> tuple[str, ...]:
        """Forget the draft of a document and every version of it that no edition holds; of a
        document that never had another, the document itself and where it came from. What was
        withdrawn before the draft came is withdrawn again.

        Returns the hashes of originals that no version has any more: their files may go.
        """
        v, d = schema.version.c, schema.document.c
        held = select(schema.edition_version.c.version_id)
        with self._engine.begin() as connection:
            connection.execute(
                delete(schema.draft).where(schema.draft.c.document_id == document_id)
            )
            doomed = list(
                connection.scalars(
                    select(v.id).where(v.document_id == document_id, v.id.not_in(held))
                )
            )
            orphans = _delete_versions(connection, doomed)
            left = connection.scalar(select(v.id).where(v.document_id == document_id).limit(1))
            if left is None:
                o = schema.origin.c
                connection.execute(delete(schema.origin).where(o.document_id == document_id))
                connection.execute(delete(schema.document).where(d.id == document_id))
            elif _was_withdrawn(connection, document_id):
                connection.execute(
                    update(schema.document)
                    .where(d.id == document_id)
                    .values(withdrawn_at=datetime.now(UTC))
                )
        return orphans


def _editions(connection: Connection, document_id: str) -> dict[str, tuple[int, ...]]:
    ev, v, e = schema.edition_version.c, schema.version.c, schema.edition.c
    rows = connection.execute(
        select(ev.version_id, ev.edition)
        .join(schema.version, v.id == ev.version_id)
        .join(schema.edition, e.number == ev.edition)
        .where(v.document_id == document_id, e.state == "published")
        .order_by(ev.edition)
    )
    found: dict[str, tuple[int, ...]] = {}
    for version_id, number in rows:
        found[version_id] = (*found.get(version_id, ()), number)
    return found


def _was_withdrawn(connection: Connection, document_id: str) -> bool:
    """Whether no edition held the document since staff withdrew it. Numbers of editions rise."""
    a = schema.audit.c
    details = connection.scalars(select(a.detail).where(a.action == "withdraw"))
    last = max((d["edition"] for d in details if document_id in d.get("removed", ())), default=0)
    held = _editions(connection, document_id).values()
    return last > max((number for numbers in held for number in numbers), default=0)


def _delete_versions(connection: Connection, version_ids: Sequence[str]) -> tuple[str, ...]:
    """Delete versions with all that points at them; hashes of originals that nothing needs."""
    p, o = schema.passage.c, schema.original.c
    passages = select(p.id).where(p.version_id.in_(version_ids))
    hashes = set(connection.scalars(select(o.sha256).where(o.version_id.in_(version_ids))))
    for table, column, which in (
        (schema.sentence, schema.sentence.c.version_id, version_ids),
        (schema.passage_content, schema.passage_content.c.passage_id, passages),
        (schema.passage, p.version_id, version_ids),
        (schema.original, o.version_id, version_ids),
        (schema.version, schema.version.c.id, version_ids),
    ):
        connection.execute(delete(table).where(column.in_(which)))
    needed = connection.scalars(select(o.sha256).where(o.sha256.in_(hashes)))
    return tuple(sorted(hashes.difference(needed)))
