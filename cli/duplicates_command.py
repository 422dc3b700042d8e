"""`routewijzer corpus duplicates`: which passages say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from cli import output
from cli.parts import Parts, open_parts
from corpus.duplicates import said_in
from corpus.errors import BadInputError, NotReadyError
from corpus.twins import Twin, TwinKind
from corpus.types import Passage, Version

_KINDS: dict[TwinKind, str] = {
    "same": "Woord voor woord hetzelfde",
    "near": "Bijna dezelfde woorden, of het ene staat in het andere",
    "alike": "Hetzelfde in andere woorden",
}
_SHORT_KINDS: dict[TwinKind, str] = {
    "same": "woord voor woord",
    "near": "bijna dezelfde woorden",
    "alike": "in andere woorden",
}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A passage and the document that it stands in."""

    document_id: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two passages that say the same."""

    one: _Placed
    other: _Placed
    twin: Twin


def duplicates(
    document_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Alleen van dit document.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
) -> None:
    """Welke passages hetzelfde zeggen, in de klaargezette editie of anders de gepubliceerde."""
    parts = open_parts()
    number = parts.ledger.in_sight()
    if number is None:
        raise NotReadyError("Er is nog geen editie. Zet er een klaar met: routewijzer corpus stage")
    members = parts.ledger.members(number)
    if document_id is not None and document_id not in members:
        raise BadInputError(
            f"Document '{document_id}' staat niet in editie {number}. Dubbele passages worden "
            "gezocht bij het klaarzetten: routewijzer corpus stage"
        )
    pairs = [
        pair
        for pair in _pairs(parts, members, number)
        if document_id in (None, pair.one.document_id, pair.other.document_id)
    ]
    if json_:
        output.as_json([_row(pair) for pair in pairs])
    else:
        _show(pairs, number)


def counted(parts: Parts, version: Version) -> dict[TwinKind, int]:
    """How many passages of a version stand elsewhere, too, by what they have most in common."""
    number = parts.ledger.in_sight()
    if number is None:
        return {}
    twins = parts.catalogue.twins_of([p.id for p in version.passages], number)
    return dict(Counter(found[0].kind for found in twins.values()))


def in_words(counts: Mapping[TwinKind, int]) -> str:
    """Those numbers on one line; empty when nothing stands elsewhere."""
    said = [f"{counts[k]} {name}" for k, name in _SHORT_KINDS.items() if counts.get(k)]
    return ", ".join(said)


# --- steps -----------------------------------------------------------------------------------


def _pairs(parts: Parts, members: Mapping[str, str], number: int) -> Iterator[_Pair]:
    """Every pair once, in the order of documents and passages.

    Of many passages that are the same, each is paired with the first one only.
    """
    found = parts.registry.passages_of(list(members.values()))
    placed = {
        passage.id: _Placed(document_id, passage)
        for document_id, passages in zip(members, found, strict=True)
        for passage in passages
    }
    order = {passage_id: place for place, passage_id in enumerate(placed)}
    twins = parts.catalogue.twins_of(list(placed), number)
    for passage_id in sorted(twins, key=order.__getitem__):
        copied = any(
            t.kind == "same" and order[t.passage_id] < order[passage_id] for t in twins[passage_id]
        )
        for twin in twins[passage_id]:
            told = order[twin.passage_id] < order[passage_id]
            if not told and not (copied and twin.kind == "same"):
                yield _Pair(placed[passage_id], placed[twin.passage_id], twin)


def _row(pair: _Pair) -> dict[str, Any]:
    return {
        "kind": pair.twin.kind,
        "likeness": round(pair.twin.likeness, 3),
        "other_numbers": pair.twin.other_numbers,
        "passages": [
            {
                "id": placed.passage.id,
                "document_id": placed.document_id,
                "section": placed.passage.section_path,
                "page": placed.passage.page,
                "text": placed.passage.text,
            }
            for placed in (pair.one, pair.other)
        ],
    }


def _show(pairs: Sequence[_Pair], number: int) -> None:
    if not pairs:
        output.say(f"In editie {number} zijn geen dubbele passages gevonden.")
        return
    for kind, name in _KINDS.items():
        of_kind = [pair for pair in pairs if pair.twin.kind == kind]
        if of_kind:
            output.say(f"{name} ({len(of_kind)})")
        for pair in of_kind:
            _tell(pair.one, mark="- ")
            _tell(pair.other, mark="  ")
            if pair.twin.other_numbers:
                output.say("  Let op: er staan andere getallen in.")


def _tell(placed: _Placed, mark: str) -> None:
    output.prose(_place(placed), mark=mark)
    output.prose(f'"{output.short(said_in(placed.passage))}"', indent="    ")


def _place(placed: _Placed) -> str:
    page = f"blz. {placed.passage.page}" if placed.passage.page is not None else ""
    parts = (placed.document_id, placed.passage.section_path, page)
    return ", ".join(part for part in parts if part)
