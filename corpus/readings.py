"""What readers may read of a document: each version that an edition ever showed them.

A link in an answer names a version, and keeps leading there after a new edition. What is withdrawn
is not shown any more, nor what was withdrawn once and came back in another version.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from corpus import schema
from corpus.errors import BadInputError
from corpus.ledger import Ledger
from corpus.registry import Registry
from corpus.types import Version


class UnknownDocumentError(BadInputError):
    """There is no such document, or readers never saw it."""


class WithdrawnError(BadInputError):
    """The document was withdrawn."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A version as a reader gets it."""

    version: Version
    is_asked: bool
    """False when the version that was asked for is not to be had, and this one is shown."""
    current: str | None
    """Id of the version in the edition that readers see; None when the document is not in it."""

    @property
    def is_current(self) -> bool:
        """Whether there is no newer one."""
        return self.version.id == self.current


class Readings:
    """Finds what readers may read. Safe for several threads."""

    def __init__(self, registry: Registry, ledger: Ledger) -> None:
        self._registry = registry
        self._ledger = ledger

    def find(self, document_id: str, version_id: str = "") -> Reading:
        """The version that is asked for; without one, or where that one is not shown (any more),
        the one that readers see now.

        Raises UnknownDocumentError or WithdrawnError, with what to tell a reader.
        """
        edition = self._ledger.current()
        current = self._ledger.members(edition).get(document_id) if edition is not None else None
        if current is not None and version_id in ("", current):
            return Reading(self._registry.version(current), True, current)
        with self._registry.engine.connect() as connection:
            since = _withdrawn_in(connection, document_id)
            shown = _shown(connection, document_id, since)
            is_withdrawn = _is_withdrawn(connection, document_id)
        # Put in again, but not yet published again: until then readers see nothing of it.
        waits = since > 0 and current is None and not shown
        if is_withdrawn or waits:
            raise WithdrawnError("Dit document is ingetrokken. We laten het niet meer zien.")
        if current is None and not shown:
            raise UnknownDocumentError("Dit document is er niet, of het is niet gepubliceerd.")
        if version_id in shown:
            return Reading(self._registry.version(version_id), True, current)
        found = current or shown[0]
        return Reading(self._registry.version(found), not version_id, current)


def _shown(connection: Connection, document_id: str, since: int) -> list[str]:
    """Versions of a document that readers saw after edition ``since``, the newest first."""
    ev, v, p = schema.edition_version.c, schema.version.c, schema.publication.c
    rows = connection.execute(
        select(v.id)
        .join(schema.edition_version, ev.version_id == v.id)
        .join(schema.publication, p.edition == ev.edition)
        .where(v.document_id == document_id, ev.edition > since)
        .group_by(v.id)
        .order_by(func.max(p.id).desc())
    )
    return [row.id for row in rows]


def _withdrawn_in(connection: Connection, document_id: str) -> int:
    """Number of the edition that left a document out because staff withdrew it, the last one;
    0 when that never happened. A later edition has a higher number, also after a rollback."""
    a = schema.audit.c
    details = connection.scalars(select(a.detail).where(a.action == "withdraw"))
    return max((d["edition"] for d in details if document_id in d.get("removed", ())), default=0)


def _is_withdrawn(connection: Connection, document_id: str) -> bool:
    d = schema.document.c
    found = select(d.id).where(d.id == document_id, d.withdrawn_at.is_not(None))
    return connection.scalar(found) is not None
