"""Fourth step: passages that follow the structure, each a run of units under one heading.

Sizes are in characters. What stands together stays together up to 1400, with one list at most;
a list with its lead may be 1800, which the embedding model takes in one go (512 tokens, about 2000
characters of Dutch). Sentences have vectors of their own, so a long passage hides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from ingest.layout import Layout, Quotable, Span, Unit

if TYPE_CHECKING:
    from corpus.types import PassageKind

TEXT_TARGET = 900
TEXT_LIMIT = 1400
LIST_LIMIT = 1800
SHORT = 250
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Draft:
    """A passage before it has an id. ``lead`` is the span of the introduction when the passage
    goes on with a list that was too long for one passage."""

    start: int
    end: int
    kind: PassageKind
    section: tuple[str, ...]
    sentences: tuple[Quotable, ...]
    lead: Span | None


@dataclass(frozen=True, slots=True)
class _Piece:
    """Units that belong together: a paragraph, or a list, table or quotation with its lead."""

    units: tuple[Unit, ...]
    listed: bool

    @property
    def size(self) -> int:
        return self.units[-1].end - self.units[0].start


def split(layout: Layout) -> list[Draft]:
    """The passages of a layout, in order; headings come with what follows them."""
    return [draft for run in _runs(layout.units) for draft in _drafts(run)]


def _runs(units: Sequence[Unit]) -> Iterator[tuple[Unit, ...]]:
    """Units of one section that are all an answer or all a reference, with the headings above."""
    headings: list[Unit] = []
    for (section, _, is_heading), group in groupby(units, key=_run_key):
        run = list(group)
        if is_heading:
            headings += run
            continue
        above = {
            heading.section: heading
            for heading in headings
            if heading.sentences or (heading.section and _is_above(heading.section, section))
        }
        yield (*above.values(), *run)
        headings = []


def _is_above(outer: tuple[str, ...], inner: tuple[str, ...]) -> bool:
    return outer == inner[: len(outer)]


def _run_key(unit: Unit) -> tuple[tuple[str, ...], bool, bool]:
    heading = unit.kind == "heading"
    return (() if heading else unit.section), (False if heading else unit.reference), heading


def _drafts(run: Sequence[Unit]) -> list[Draft]:
    pieces = list(_pieces(run))
    groups: list[list[_Piece]] = []
    for piece in (part for whole in pieces for part in _cut(whole)):
        if groups and _fits(groups[-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    merged: list[list[_Piece]] = []
    for group in groups:
        if merged and _is_short_rest(merged[-1], group):
            merged[-1] += group
        else:
            merged.append(group)
    return [_draft([unit for piece in group for unit in piece.units]) for group in merged]


def _pieces(run: Sequence[Unit]) -> Iterator[_Piece]:
    """The run as pieces. Headings join the piece after them, a lead starts what it introduces."""
    current: list[Unit] = []
    listed = False
    for unit in run:
        starts = bool(current) and _starts_piece(current[-1], unit)
        if starts:
            yield _Piece(tuple(current), listed)
            current, listed = [], False
        current.append(unit)
        listed = listed or unit.kind in {"lead", "item", "row"}
    if current:
        yield _Piece(tuple(current), listed)


def _starts_piece(before: Unit, unit: Unit) -> bool:
    if before.kind == "heading":
        return False
    if unit.kind == "lead":
        return True
    if before.kind == "lead" or unit.inner:
        return False
    if unit.kind in {"item", "row"}:
        return before.kind != unit.kind and not before.inner
    if unit.kind == "quote" and before.kind == "quote":
        return False
    return unit.paragraph != before.paragraph


def _cut(piece: _Piece) -> list[_Piece]:
    """A piece that is too long as several of about the same size."""
    limit = LIST_LIMIT if piece.listed else TEXT_LIMIT
    if piece.size <= limit:
        return [piece]
    groups = _inseparable(piece)
    target = TEXT_LIMIT if piece.listed else TEXT_TARGET
    count = -(-piece.size // target)
    share = piece.size / count
    parts: list[list[Unit]] = [[]]
    for group in groups:
        size = group[-1].end - parts[-1][0].start if parts[-1] else 0
        # the last unit of a part may cross its share by half, so that parts are about equal
        over = size - share
        if parts[-1] and (size > limit or over > (group[-1].end - group[0].start) / 2):
            parts.append([])
        parts[-1] += group
    return [_Piece(tuple(part), piece.listed) for part in parts]


def _inseparable(piece: _Piece) -> list[list[Unit]]:
    """Headings and lead with the first unit after them, items with what belongs to them."""
    groups: list[list[Unit]] = []
    for unit in piece.units:
        before = groups[-1] if groups else []
        opens = bool(before) and before[-1].kind in {"heading", "lead"}
        long = bool(before) and unit.end - before[0].start > LIST_LIMIT
        if opens or (before and unit.inner and not long):
            before.append(unit)
        else:
            groups.append([unit])
    return groups


def _fits(group: Sequence[_Piece], piece: _Piece) -> bool:
    """Whether a piece joins the passage so far; of two lists it would be unclear which is meant."""
    size = piece.units[-1].end - group[0].units[0].start
    return size <= TEXT_LIMIT and sum(p.listed for p in (*group, piece)) <= 1


def _is_short_rest(before: Sequence[_Piece], rest: Sequence[_Piece]) -> bool:
    """Whether running text is so short that it goes with the passage before it."""
    size = rest[-1].units[-1].end - rest[0].units[0].start
    whole = rest[-1].units[-1].end - before[0].units[0].start
    return size < SHORT and whole <= TEXT_LIMIT and not any(piece.listed for piece in rest)


def _draft(units: Sequence[Unit]) -> Draft:
    start, end = units[0].start, units[-1].end
    lead = next((u.lead for u in units if u.lead and u.kind in {"item", "row", "quote"}), None)
    cut_off = lead if lead and lead[0] < start else None
    sentences = tuple(sentence for unit in units for sentence in unit.sentences)
    return Draft(start, end, _kind(units), units[-1].section, sentences, cut_off)


def _kind(units: Sequence[Unit]) -> PassageKind:
    if units[-1].reference:
        return "reference"
    kinds = {unit.kind for unit in units}
    if "row" in kinds:
        return "table"
    if "item" in kinds:
        return "list"
    body = [unit for unit in units if unit.kind not in {"heading", "lead"}]
    quoted = sum(unit.end - unit.start for unit in body if unit.kind == "quote")
    return "quote" if quoted > _MOSTLY * sum(unit.end - unit.start for unit in body) else "text"
