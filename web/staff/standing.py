"""How documents stand: what the pages of the list and of each document show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.exceptions import HTTPException

from corpus.cited import Cited
from corpus.records import Records, VersionRecord
from corpus.twins import Twin, TwinKind
from corpus.types import Passage
from web.staff.desk import Desk
from web.staff.shelf import Row, read_rows

UNKNOWN = "Er is geen document '{id}'. Kijk in de lijst met documenten welke er zijn."
TWIN_KINDS: Mapping[TwinKind, str] = {
    "same": "woord voor woord",
    "near": "bijna dezelfde woorden",
    "alike": "in andere woorden",
}
_TWINS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage of this document, and one in another document that says the same."""

    mine: Passage
    other: Passage
    document_id: str
    title: str
    twin: Twin


class Standing:
    """Reads it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._records = Records(desk.registry.engine)
        self._cited = Cited(desk.registry.engine)

    def rows(self) -> list[Row]:
        """Every document."""
        return read_rows(
            self._desk.library,
            self._records.warning_counts(),
            self._cited.by_document(),
            datetime.now(UTC).date(),
        )

    def row(self, document_id: str) -> Row:
        """One document. Raises HTTPException 404 when there is no such document."""
        for row in self.rows():
            if row.id == document_id:
                return row
        raise HTTPException(404, UNKNOWN.format(id=document_id))

    def versions(self, document_id: str) -> Sequence[VersionRecord]:
        """Its versions, the newest first. Raises HTTPException 404."""
        found = self._records.versions(document_id)
        if not found:
            raise HTTPException(404, UNKNOWN.format(id=document_id))
        return found

    def facts(self, document_id: str) -> Mapping[str, Any]:
        """What the page of a document shows. Raises HTTPException 404."""
        row = self.row(document_id)
        pairs = self._pairs(row)
        registry = self._desk.registry
        return {
            "row": row,
            "version": registry.version(row.version_id),
            "draft": registry.version(row.draft_version_id) if row.draft_version_id else None,
            "versions": self.versions(document_id),
            "sections": self._cited.sections(document_id),
            "pairs": pairs[:_TWINS_SHOWN],
            "pair_count": len(pairs),
            "known_ids": registry.latest_versions().keys(),
            "origin": self._desk.origins.all().get(document_id),
        }

    def _pairs(self, row: Row) -> list[Pair]:
        """What stands in another document, too, in the edition that staff look at."""
        number = self._desk.ledger.in_sight()
        members = self._desk.ledger.members(number) if number is not None else {}
        if row.id not in members:
            return []
        mine = {p.id: p for p in self._desk.registry.version(members[row.id]).passages}
        twins = self._desk.library.twins_of(list(mine), number)
        ids = sorted({twin.passage_id for found in twins.values() for twin in found})
        others = {found[0].id: found for found in self._desk.library.passages(ids)}
        pairs = []
        for passage_id in (p for p in mine if p in twins):
            for twin in twins[passage_id]:
                other, document_id, metadata = others[twin.passage_id]
                if document_id != row.id:
                    pairs.append(Pair(mine[passage_id], other, document_id, metadata.title, twin))
        return pairs
