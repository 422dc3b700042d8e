"""Where documents from the web came from, in SQL: what `corpus refresh` asks again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, delete, select, update

from corpus import schema
from corpus.upsert import upsert


@dataclass(frozen=True, slots=True)
class Origin:
    """The address that a document was fetched from, and what came with it."""

    document_id: str
    url: str
    etag: str | None
    last_modified: str | None
    """Both as the server sent them: it recognises by them what we have."""
    given: Mapping[str, Any]
    """The metadata that staff gave, as JSON values, so that it is read the same way again."""
    checked_at: datetime
    """When the server last said how the page stands."""


class Origins:
    """Reads and writes origins. Every public method is one transaction.

    An origin is written after its document is stored: a run that is killed in between leaves a
    document that `corpus refresh` does not know, and nothing worse.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> dict[str, Origin]:
        """Every origin per document id, in the order of the ids."""
        o = schema.origin.c
        with self._engine.connect() as connection:
            rows = connection.execute(select(schema.origin).order_by(o.document_id)).all()
        return {
            row.document_id: Origin(
                document_id=row.document_id,
                url=row.url,
                etag=row.etag,
                last_modified=row.last_modified,
                given=row.given,
                checked_at=row.checked_at.replace(tzinfo=UTC),  # SQLite keeps no time zone
            )
            for row in rows
        }

    def put(self, origin: Origin) -> None:
        """Keep an origin, in the place of an earlier one of the same document."""
        values = {
            "url": origin.url,
            "etag": origin.etag,
            "last_modified": origin.last_modified,
            "checked_at": origin.checked_at,
            "given": dict(origin.given),
        }
        with self._engine.begin() as connection:
            statement = upsert(connection, schema.origin).values(
                document_id=origin.document_id, **values
            )
            connection.execute(
                statement.on_conflict_do_update(index_elements=["document_id"], set_=values)
            )

    def checked(self, document_id: str, at: datetime) -> None:
        """Note that the page was asked for and had not changed."""
        with self._engine.begin() as connection:
            connection.execute(
                update(schema.origin)
                .where(schema.origin.c.document_id == document_id)
                .values(checked_at=at)
            )

    def forget(self, document_ids: Sequence[str]) -> None:
        """Forget where these came from: they are read from a file now."""
        o = schema.origin.c
        with self._engine.begin() as connection:
            for document_id in document_ids:
                connection.execute(delete(schema.origin).where(o.document_id == document_id))
