"""The columns of a page become strips: rows, then lines and tables, then groups of lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.pages import PdfPage
from ingest.pdf.bullets import mark_of
from ingest.pdf.columns import columns
from ingest.pdf.contents import Entry, contents_in
from ingest.pdf.grids import grids_and_panels
from ingest.pdf.headers import name_columns
from ingest.pdf.lines import Line, merge, rows
from ingest.pdf.measures import Pace, measure_of
from ingest.pdf.notes import Note, split_notes
from ingest.pdf.paragraphs import Group, groups_of
from ingest.pdf.pieces import Panel, Piece, Shelf, Table, goes_on_with, shelves
from ingest.pdf.rules import Ground, ground_of, level_rules
from ingest.pdf.styles import Body
from ingest.pdf.tables import level_text, more_of, table_at

Row = list[Line]
Part = Row | Line | Table | Entry | Group

_MANY = 8  # lines of a strip that show where its right side is
_SIDE = 6.0  # points
_MAX_TRIED = 40


@dataclass(frozen=True, slots=True)
class Strip:
    """What one column of ``page`` holds from top to bottom: first rows of lines, then lines and
    tables, in the end groups and tables. ``aside``: apart from the running text, and ``beside``
    when that text stands next to it."""

    page: PdfPage
    aside: bool
    beside: bool
    parts: tuple[Part, ...]
    notes: tuple[Note, ...] = ()
    right: float = 0.0
    """How far its lines could go to the right, in points; 0 when only they themselves tell."""


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


def with_tables(strips: Sequence[Strip]) -> list[Strip]:
    """``strips`` with rows that make up tables as tables, and all other rows as lines. Rows at
    the top of a column may go on with a table at the foot of the one before it."""
    changed: list[Strip] = []
    open_table: Table | None = None
    for strip in strips:
        found = _with_tables(strip, None if strip.aside else open_table)
        changed.append(found)
        if not strip.aside:
            last = found.parts[-1] if found.parts else None
            open_table = last if isinstance(last, Table) and not last.ruled else None
    return _without_single_rows(changed)


def _without_single_rows(strips: Sequence[Strip]) -> list[Strip]:
    """``strips`` with ruled tables of one row as lines, unless the row is part of a table that
    goes on over a page."""
    ends = [_ends(strip) if not strip.aside else (None, None) for strip in strips]
    main = [index for index, strip in enumerate(strips) if not strip.aside]
    changed = list(strips)
    for place, index in enumerate(main):
        before = ends[main[place - 1]][1] if place else None
        after = ends[main[place + 1]][0] if place + 1 < len(main) else None
        changed[index] = _checked(strips[index], before, after)
    return [_checked(strip, None, None) if strip.aside else strip for strip in changed]


def _ends(strip: Strip) -> tuple[Table | None, Table | None]:
    """The tables that ``strip`` begins and ends with."""
    first, last = (strip.parts[0], strip.parts[-1]) if strip.parts else (None, None)
    return (
        first if isinstance(first, Table) else None,
        last if isinstance(last, Table) else None,
    )


def _checked(strip: Strip, before: Table | None, after: Table | None) -> Strip:
    parts: list[Part] = []
    for index, part in enumerate(strip.parts):
        if not isinstance(part, Table) or len(part.rows) > 1:
            parts.append(part)
            continue
        follows = index == 0 and before is not None and goes_on_with(before, part)
        leads = index == len(strip.parts) - 1 and after is not None and goes_on_with(part, after)
        if follows or leads:
            is_header = not follows and all(c.is_bold for c in part.rows[0] if c.lines)
            parts.append(replace(part, header=1 if is_header else 0))
        else:
            cells = {id(cell): cell for cell in part.rows[0]}
            parts += [line for cell in cells.values() for line in cell.lines]
    return replace(strip, parts=tuple(parts))


def _with_tables(strip: Strip, before: Table | None) -> Strip:
    ground = ground_of(strip.page)
    parts: list[Part] = []
    run: list[Row] = []
    for part in strip.parts:
        if isinstance(part, list):
            run.append(part)
            continue
        parts += _tables_in(run, ground, None if parts else before)
        run = []
        parts.append(name_columns(part, ground) if isinstance(part, Table) else part)
    parts += _tables_in(run, ground, None if parts else before)
    return replace(strip, parts=tuple(parts))


def with_groups(strip: Strip, pace: Pace, kind: Type) -> Strip:
    """``strip`` with its lines in groups."""
    lines = lines_of(strip)
    if not lines:
        return strip
    measure = measure_of(lines)
    measure = replace(measure, right=max(measure.right, strip.right))
    parts: list[Part] = []
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
        parts: list[Part] = []
        for part in _in_order(column.pieces, kind.letters):
            if not isinstance(part, Panel | Shelf):
                parts.append(part)
                continue
            yield from _strip(page, parts, kind, apart, near)
            parts = []
            near_text = near or bool(_rows_beside(part, column.pieces))
            for panel in part.panels if isinstance(part, Shelf) else [part]:
                yield from _panel_strips(page, panel, kind, near_text)
        yield from _strip(page, parts, kind, apart, near)


def _panel_strips(page: PdfPage, panel: Panel, kind: Type, beside: bool) -> Iterator[Strip]:
    inner = list(_strips(page, [*panel.lines, *panel.tables], kind, aside=True, beside=beside))
    left = min(line.x0 for line in panel.lines)
    right = panel.x1 - max(2.0, left - panel.x0) if len(inner) == 1 else 0.0
    yield from (replace(strip, right=right) for strip in inner)


def with_sides(strips: Sequence[Strip]) -> list[Strip]:
    """``strips`` of a few lines with the right side that most others with the same left side
    have, when nothing stands beside them: on the last page of a chapter no line may be full."""
    sides: dict[int, list[float]] = defaultdict(list)
    for strip in strips:
        lines = lines_of(strip)
        if len(lines) >= _MANY and not strip.aside:
            measure = measure_of(lines)
            sides[round(measure.left / _SIDE)].append(measure.right)
    alone = Counter(strip.page.number for strip in strips if not strip.aside)
    changed = []
    for strip in strips:
        lines = lines_of(strip)
        if lines and len(lines) < _MANY and not strip.aside and alone[strip.page.number] == 1:
            rights = sorted(sides.get(round(measure_of(lines).left / _SIDE), [0.0]))
            strip = replace(strip, right=rights[len(rights) // 2])
        changed.append(strip)
    return changed


def _strip(
    page: PdfPage,
    parts: Sequence[Part],
    kind: Type,
    aside: bool,
    beside: bool,
) -> Iterator[Strip]:
    """One strip, its footnotes apart; none of nothing."""
    tail = len(parts)
    while not aside and tail and isinstance(parts[tail - 1], list):
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


def _tables_in(run: Sequence[Row], ground: Ground, before: Table | None) -> Iterator[Line | Table]:
    index = 0
    tried = 0  # rows that make up no table, looked at from several of them
    while index < len(run):
        found = table_at(run, index, ground) if tried < _MAX_TRIED else None
        if found is not None:
            table, index = found
            tried = 0
            yield name_columns(table, ground)
            continue
        tried = tried + 1 if len(run[index]) > 1 and tried < 5 * _MAX_TRIED else 0
        more = more_of(before, run) if before is not None and index == 0 else None
        if more is not None:
            table, index = more
            yield table
        else:
            yield from level_text(run[index])
            index += 1
