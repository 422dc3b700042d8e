"""The documents as a list that staff look through: what is shown of each, searched and sorted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from corpus.library import Library
from corpus.types import Audience, Document, Kind, Metadata

State = Literal["published", "draft", "withdrawn", "outside"]
STATES: Mapping[str, str] = {
    "published": "gepubliceerd",
    "draft": "concept",
    "withdrawn": "ingetrokken",
    "outside": "buiten de editie",
}
"""What each is called. Outside is what made way for another document, or did not come back."""

FILTERS: Mapping[str, str] = {
    "published": "gepubliceerd",
    "draft": "concept wacht",
    "withdrawn": "ingetrokken",
    "outside": "buiten de editie",
    "expired": "voorbij de datum",
    "warned": "met waarschuwing",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One document."""

    id: str
    version_id: str
    """The version that readers see; without one the draft, or else the newest."""
    metadata: Metadata
    state: State
    draft_version_id: str | None
    passages: int
    warnings: int
    """Of what readers see and of the draft."""
    cited: int
    expired: bool
    """Whether it is past its last day."""
    waits: bool
    """Whether its first day is still to come."""

    @property
    def has_update(self) -> bool:
        """Whether a draft waits behind what readers see."""
        return self.state == "published" and self.draft_version_id is not None


@dataclass(frozen=True, slots=True)
class Wish:
    """What staff want to see."""

    text: str = ""
    state: str = ""
    kind: str = ""
    sort: str = "titel"
    falling: bool = False


def read_rows(
    library: Library, warnings: Mapping[str, int], cited: Mapping[str, int], today: date
) -> list[Row]:
    """Every document, by id. ``warnings`` counts per version id, ``cited`` per document id."""

    def row(
        document_id: str,
        version_id: str,
        metadata: Metadata,
        state: State,
        draft: str | None,
        passages: int,
    ) -> Row:
        versions = {version_id, draft} - {None}
        return Row(
            id=document_id,
            version_id=version_id,
            metadata=metadata,
            state=state,
            draft_version_id=draft,
            passages=passages,
            warnings=sum(warnings.get(v, 0) for v in versions if v),
            cited=cited.get(document_id, 0),
            expired=metadata.valid_until is not None and metadata.valid_until < today,
            waits=metadata.valid_from is not None and metadata.valid_from > today,
        )

    known = library.documents()
    rows = [
        row(d.id, d.version_id, d.metadata, d.state, d.draft_version_id, d.passages) for d in known
    ]
    outside = _outside(library, known)
    counts = library.registry.counts("passages", list(outside.values()))
    for document_id, version_id in outside.items():
        metadata = library.metadata([version_id])[version_id][1]
        rows.append(row(document_id, version_id, metadata, "outside", None, counts[version_id]))
    return sorted(rows, key=lambda row: row.id)


def chosen(rows: Sequence[Row], wish: Wish) -> list[Row]:
    """What fits ``wish``, in its order. An order or state that there is not is as if not given."""
    words = wish.text.casefold().split()
    key = SORTS.get(wish.sort, SORTS["titel"])
    found = [row for row in rows if _fits(row, wish) and all(w in _searched(row) for w in words)]
    return sorted(found, key=key, reverse=wish.falling)


SORTS: Mapping[str, Callable[[Row], Any]] = {
    "titel": lambda row: row.metadata.title.casefold(),
    "soort": lambda row: (row.metadata.kind, row.metadata.title.casefold()),
    "datum": lambda row: (row.metadata.published or "", row.id),
    "stand": lambda row: (list(STATES).index(row.state), row.id),
    "passages": lambda row: (row.passages, row.id),
    "letop": lambda row: (row.warnings, row.id),
    "geciteerd": lambda row: (row.cited, row.id),
}
"""What rows are sorted by, per name in the address."""


def of_kind(rows: Sequence[Row]) -> list[Kind]:
    """The kinds that there are, in the order of the alphabet."""
    return sorted({row.metadata.kind for row in rows})


def audiences(metadata: Metadata, names: Mapping[Audience, str]) -> str:
    """Whom a document is for, in words."""
    return ", ".join(names[audience] for audience in metadata.audiences)


def _outside(library: Library, known: Sequence[Document]) -> dict[str, str]:
    """Newest version per id of documents that are stored and neither shown, waiting, withdrawn."""
    inside = {document.id for document in known}
    return {d: v for d, v in library.registry.latest_versions().items() if d not in inside}


def _fits(row: Row, wish: Wish) -> bool:
    if wish.kind and row.metadata.kind != wish.kind:
        return False
    match wish.state:
        case "draft":
            return row.draft_version_id is not None
        case "expired":
            return row.expired
        case "warned":
            return row.warnings > 0
        case state if state in STATES:
            return row.state == state
    return True


def _searched(row: Row) -> str:
    return f"{row.metadata.title} {row.id} {row.metadata.publisher}".casefold()
