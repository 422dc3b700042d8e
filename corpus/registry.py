"""Documents, their versions and their vectors in SQL: the source of truth.

The dense and the lexical index are made from what is here and can be made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import (
    BindParameter,
    Connection,
    Engine,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from corpus import schema
from corpus.queries import in_parts, is_searched
from corpus.rows import (
    metadata_from,
    passage_from,
    passage_row,
    sentence_from,
    sentence_rows,
    version_row,
)
from corpus.stored_vectors import TABLES, StoredVectors
from corpus.types import Metadata, Passage, Sentence, Unit, Version
from corpus.upsert import upsert

_IDS: BindParameter[Sequence[str]] = bindparam("ids", expanding=True)
# Made once: putting a statement together takes longer than the database does.
_METADATA = select(
    schema.version.c.id, schema.version.c.document_id, schema.version.c.metadata
).where(schema.version.c.id.in_(_IDS))
_PASSAGES = select(schema.passage).where(schema.passage.c.id.in_(_IDS))
_SENTENCES = (
    select(schema.sentence)
    .where(schema.sentence.c.passage_id.in_(_IDS))
    .order_by(schema.sentence.c.passage_id, schema.sentence.c.ordinal)
)


class Registry:
    """Reads and writes documents. Every public method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.vectors = StoredVectors(engine)

    # --- versions ---------------------------------------------------------------------------

    def store_draft(self, version: Version) -> None:
        """Store a version whole, and make it the draft of its document.

        A version that is stored already only becomes the draft again.
        """
        now = datetime.now(UTC)
        with self.engine.begin() as connection:
            self._ensure_document(connection, version.document_id, now)
            if not self._has_version(connection, version.id):
                connection.execute(insert(schema.version), version_row(version, now))
                passages = [passage_row(version, p) for p in version.passages]
                sentences = [r for p in version.passages for r in sentence_rows(version, p)]
                if passages:
                    connection.execute(insert(schema.passage), passages)
                if sentences:
                    connection.execute(insert(schema.sentence), sentences)
            else:
                self._set_fingerprint(connection, version.id, version.fingerprint)
            self._set_draft(connection, version.document_id, version.id, now)

    def set_fingerprint(self, version_id: str, fingerprint: str) -> None:
        """Note that a stored version is what this source, too, is read as."""
        with self.engine.begin() as connection:
            self._set_fingerprint(connection, version_id, fingerprint)

    def redraft(self, version_id: str) -> None:
        """Make a stored version the draft of its document again."""
        now = datetime.now(UTC)
        with self.engine.begin() as connection:
            document_id: str = connection.execute(
                select(schema.version.c.document_id).where(schema.version.c.id == version_id)
            ).scalar_one()
            self._set_draft(connection, document_id, version_id, now)

    def read_before(self, fingerprints: Sequence[str]) -> dict[str, tuple[str, str]]:
        """(document id, version id) that was read from exactly this source, by fingerprint."""
        v = schema.version.c
        found: dict[str, tuple[str, str]] = {}
        with self.engine.connect() as connection:
            for part in in_parts(fingerprints):
                rows = connection.execute(
                    select(v.fingerprint, v.document_id, v.id)
                    .where(v.fingerprint.in_(part))
                    .order_by(v.created_at)
                )
                found.update((r.fingerprint, (r.document_id, r.id)) for r in rows)
        return found

    def text(self, version_id: str) -> str:
        """Canonical text of a stored version."""
        v = schema.version.c
        with self.engine.connect() as connection:
            found: str = connection.execute(select(v.text).where(v.id == version_id)).scalar_one()
        return found

    def version(self, version_id: str) -> Version:
        """A stored version with its passages and sentences."""
        v, p = schema.version.c, schema.passage.c
        with self.engine.connect() as connection:
            row = connection.execute(select(schema.version).where(v.id == version_id)).one()
            rows = connection.execute(
                select(schema.passage).where(p.version_id == version_id).order_by(p.ordinal)
            ).all()
            sentences = _sentences_of(connection, [r.id for r in rows])
        return Version(
            id=row.id,
            document_id=row.document_id,
            fingerprint=row.fingerprint,
            metadata=metadata_from(row.metadata),
            source_name=row.source_name,
            text=row.text,
            page_starts=tuple((int(at), int(page)) for at, page in row.page_starts),
            passages=tuple(passage_from(r, sentences.get(r.id, ())) for r in rows),
            warnings=tuple(row.warnings),
        )

    def metadata(self, version_ids: Sequence[str]) -> dict[str, tuple[str, Metadata]]:
        """(document id, metadata) per version id."""
        found: dict[str, tuple[str, Metadata]] = {}
        with self.engine.connect() as connection:
            for ids in in_parts(version_ids):
                rows = connection.execute(_METADATA, {"ids": ids}).all()
                found.update((r.id, (r.document_id, metadata_from(r.metadata))) for r in rows)
        return found

    def bearing_metadata(self) -> dict[str, tuple[str, Metadata]]:
        """(document id, metadata) by id of every version that has sources, a successor or a day
        from which it counts: few, however many documents there are."""
        v = schema.version.c
        bears = or_(
            v.metadata["replaced_by"].as_string().is_not(None),
            v.metadata["valid_from"].as_string().is_not(None),
            v.metadata["summary_of"].as_string() != "[]",
        )
        with self.engine.connect() as connection:
            rows = connection.execute(select(v.id, v.document_id, v.metadata).where(bears))
            return {r.id: (r.document_id, metadata_from(r.metadata)) for r in rows}

    def passages(self, passage_ids: Sequence[str]) -> dict[str, Passage]:
        """Stored passages with their sentences, by id."""
        with self.engine.connect() as connection:
            rows = [
                row
                for ids in in_parts(passage_ids)
                for row in connection.execute(_PASSAGES, {"ids": ids}).all()
            ]
            sentences = _sentences_of(connection, passage_ids)
        return {row.id: passage_from(row, sentences.get(row.id, ())) for row in rows}

    def passages_of(self, version_ids: Sequence[str]) -> Iterator[list[Passage]]:
        """The passages of each version, with their sentences, in the order of ``version_ids``."""
        p = schema.passage.c
        with self.engine.connect() as connection:
            for ids in in_parts(version_ids):
                of: dict[str, list[Passage]] = {version_id: [] for version_id in ids}
                rows = connection.execute(
                    select(schema.passage).where(p.version_id.in_(ids)).order_by(p.ordinal)
                ).all()
                sentences = _sentences_of(connection, [row.id for row in rows])
                for row in rows:
                    of[row.version_id].append(passage_from(row, sentences.get(row.id, ())))
                yield from of.values()

    # --- drafts and withdrawals ---------------------------------------------------------------

    def drafts(self) -> dict[str, str]:
        """Version id of the draft per document id."""
        d = schema.draft.c
        with self.engine.connect() as connection:
            rows = connection.execute(select(d.document_id, d.version_id)).all()
        return {row.document_id: row.version_id for row in rows}

    def withdrawn(self) -> set[str]:
        """Ids of the documents that may not be published again until they are put in anew."""
        d = schema.document.c
        with self.engine.connect() as connection:
            return set(connection.scalars(select(d.id).where(d.withdrawn_at.is_not(None))))

    def latest_versions(self) -> dict[str, str]:
        """Id of the newest version per document id, published or not."""
        v = schema.version.c
        with self.engine.connect() as connection:
            rows = connection.execute(select(v.document_id, v.id).order_by(v.created_at)).all()
        return {row.document_id: row.id for row in rows}

    # --- what is searched ---------------------------------------------------------------------

    def counts(self, unit: Unit, version_ids: Sequence[str]) -> dict[str, int]:
        """How many passages or sentences are searched, by version."""
        table = TABLES[unit]
        found = dict.fromkeys(version_ids, 0)
        with self.engine.connect() as connection:
            for part in in_parts(version_ids):
                rows = connection.execute(
                    select(table.c.version_id, func.count())
                    .where(table.c.version_id.in_(part), is_searched(table))
                    .group_by(table.c.version_id)
                )
                found.update((version_id, count) for version_id, count in rows)
        return found

    # --- inside one transaction ----------------------------------------------------------------

    def _ensure_document(self, connection: Connection, document_id: str, now: datetime) -> None:
        connection.execute(
            upsert(connection, schema.document).on_conflict_do_nothing(),
            {"id": document_id, "created_at": now},
        )

    def _has_version(self, connection: Connection, version_id: str) -> bool:
        v = schema.version.c
        return connection.scalar(select(v.id).where(v.id == version_id)) is not None

    def _set_fingerprint(self, connection: Connection, version_id: str, fingerprint: str) -> None:
        v = schema.version.c
        connection.execute(
            update(schema.version).where(v.id == version_id).values(fingerprint=fingerprint)
        )

    def _set_draft(
        self, connection: Connection, document_id: str, version_id: str, now: datetime
    ) -> None:
        d = schema.draft.c
        connection.execute(delete(schema.draft).where(d.document_id == document_id))
        connection.execute(
            insert(schema.draft),
            {"document_id": document_id, "version_id": version_id, "created_at": now},
        )
        # Putting a document in again is how a withdrawal is taken back.
        connection.execute(
            update(schema.document)
            .where(schema.document.c.id == document_id)
            .values(withdrawn_at=None)
        )


def _sentences_of(
    connection: Connection, passage_ids: Sequence[str]
) -> dict[str, tuple[Sentence, ...]]:
    found: dict[str, list[Sentence]] = {}
    for ids in in_parts(passage_ids):
        for row in connection.execute(_SENTENCES, {"ids": ids}).all():
            found.setdefault(row.passage_id, []).append(sentence_from(row))
    return {passage_id: tuple(sentences) for passage_id, sentences in found.items()}
