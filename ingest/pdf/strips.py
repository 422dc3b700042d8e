"""The columns of a page become strips: rows, then lines and tables, then groups of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.pages import Box, PdfPage
from ingest.pdf.bullets import mark_of
from ingest.pdf.columns import columns
from ingest.pdf.contents import Entry, contents_in
from ingest.pdf.grids import grids_and_panels
from ingest.pdf.headers import name_columns
from ingest.pdf.lines import Line, merge, rows
from ingest.pdf.notes import Note, split_notes
from ingest.pdf.paragraphs import Group, Pace, groups_of, measure_of
from ingest.pdf.pieces import Panel, Piece, Shelf, Table, shelves
from ingest.pdf.rules import Rule, areas, edges, level_rules
from ingest.pdf.styles import Body
from ingest.pdf.tables import level_text, table_at

Row = list[Line]


@dataclass(frozen=True, slots=True)
class Strip:
    """What one column of ``page`` holds from top to bottom: first rows of lines, then lines and
    tables, in the end groups and tables. ``aside``: apart from the running text, and ``beside``
    when that text stands next to it."""

    page: PdfPage
    aside: bool
    beside: bool
    parts: tuple[Row | Line | Table | Entry | Group, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Type:
    """What is known of the type of a document: of its running text, the letters that are
    bullets, and the note marks that its text holds."""

    body: Body
    letters: frozenset[str]
    referred: frozenset[str]


def page_strips(page: PdfPage, lines: Sequence[Line], kind: Type) -> Iterator[Strip]:
    """The strips of a page in reading order, as rows; notes are apart."""
    tables, panels, rest = grids_and_panels(page, lines)
    pieces = [*rest, *tables, *shelves(panels)]
    yield from _strips(page, pieces, kind, aside=False, beside=False)


def with_contents(strips: Sequence[Strip]) -> list[Strip]:
    """``strips`` with the rows of tables of contents as entries."""
    found = [part for strip in strips for part in strip.parts if isinstance(part, list)]
    entries = contents_in(found)
    by_row = {id(found[index]): entry for index, entry in entries.items()}
    changed = []
    for strip in strips:
        parts = [by_row.get(id(part), part) for part in strip.parts]
        kept = [part for part in parts if not isinstance(part, Entry) or part.lines]
        changed.append(replace(strip, parts=tuple(kept)))
    return changed


def with_tables(strip: Strip) -> Strip:
    """``strip`` with rows that make up tables as tables, and all other rows as lines."""
    rules, filled = edges(strip.page), areas(strip.page)
    parts: list[Row | Line | Table | Entry | Group] = []
    run: list[Row] = []
    for part in strip.parts:
        if isinstance(part, list):
            run.append(part)
            continue
        parts += _tables_in(run, rules, filled)
        run = []
        parts.append(name_columns(part, filled, rules) if isinstance(part, Table) else part)
    parts += _tables_in(run, rules, filled)
    return replace(strip, parts=tuple(parts))


def with_groups(strip: Strip, pace: Pace, kind: Type) -> Strip:
    """``strip`` with its lines in groups."""
    lines = lines_of(strip)
    if not lines:
        return strip
    measure = measure_of(lines)
    parts: list[Row | Line | Table | Entry | Group] = []
    run: list[Line] = []
    for part in strip.parts:
        if isinstance(part, Line):
            run.append(part)
            continue
        parts += groups_of(run, measure, pace, kind.letters, kind.body.size)
        run = []
        parts.append(part)
    parts += groups_of(run, measure, pace, kind.letters, kind.body.size)
    return replace(strip, parts=tuple(parts))


def lines_of(strip: Strip) -> list[Line]:
    """The lines of ``strip`` that are in no table."""
    return [part for part in strip.parts if isinstance(part, Line)]


def _strips(
    page: PdfPage, pieces: Sequence[Piece], kind: Type, aside: bool, beside: bool
) -> Iterator[Strip]:
    for column in columns(pieces):
        apart, near = aside or column.aside, beside or column.aside
        parts: list[Row | Line | Table | Entry | Group] = []
        for part in _in_order(column.pieces, kind.letters):
            if not isinstance(part, Panel | Shelf):
                parts.append(part)
                continue
            yield from _strip(page, parts, kind, apart, near)
            parts = []
            near_text = near or bool(_rows_beside(part, column.pieces))
            for panel in part.panels if isinstance(part, Shelf) else [part]:
                yield from _strips(page, [*panel.lines, *panel.tables], kind, True, near_text)
        yield from _strip(page, parts, kind, apart, near)


def _strip(
    page: PdfPage,
    parts: Sequence[Row | Line | Table | Entry | Group],
    kind: Type,
    aside: bool,
    beside: bool,
) -> Iterator[Strip]:
    """One strip, its footnotes apart; none of nothing."""
    tail = len(parts)
    while tail and isinstance(parts[tail - 1], list):
        tail -= 1
    last = [part for part in parts[tail:] if isinstance(part, list)]
    kept, notes = split_notes(
        last, level_rules(page.drawn), kind.body.size, page.height, kind.referred
    )
    if parts:
        yield Strip(page, aside, beside, (*parts[:tail], *kept), tuple(notes))


def _in_order(
    pieces: Sequence[Piece], letters: frozenset[str]
) -> list[Row | Table | Panel | Shelf]:
    """Rows, tables and panels from top to bottom; a panel comes behind the text beside it."""
    found = rows([piece for piece in pieces if isinstance(piece, Line)])
    keyed: list[tuple[float, Row | Table | Panel | Shelf]] = [
        (row[0].base, _with_mark(row, letters)) for row in found
    ]
    for piece in pieces:
        if isinstance(piece, Line):
            continue
        bases = _rows_beside(piece, pieces) if isinstance(piece, Panel | Shelf) else []
        keyed.append((max(bases, default=piece.top) + 0.01, piece))
    return [part for _, part in sorted(keyed, key=lambda each: each[0])]


def _rows_beside(panel: Panel | Shelf, pieces: Sequence[Piece]) -> list[float]:
    """The baselines of the lines next to ``panel``."""
    lines = (piece for piece in pieces if isinstance(piece, Line))
    return [line.base for line in lines if panel.top < line.base <= panel.bottom]


def _with_mark(row: Row, letters: frozenset[str]) -> Row:
    """``row`` with a bullet or number that stands apart joined to the text behind it."""
    if len(row) < 2 or len(row[0].words) != 1:
        return row
    joined = merge(row[:2])
    mark = mark_of(joined, letters)
    return [joined, *row[2:]] if mark is not None and mark.glyph == row[0].text else row


def _tables_in(
    run: Sequence[Row], rules: Sequence[Rule], filled: Sequence[Box]
) -> Iterator[Line | Table]:
    index = 0
    while index < len(run):
        found = table_at(run, index, rules)
        if found is None:
            yield from level_text(run[index])
            index += 1
        else:
            table, index = found
            yield name_columns(table, filled, rules)
