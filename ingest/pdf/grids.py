"""Tables whose cells are parted by rules, and panels: framed or filled areas."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ingest.pages import Box, PdfPage, Word
from ingest.pdf.lines import Line, base_of, line_of, merge, rows
from ingest.pdf.pieces import EMPTY, Cell, Panel, Table, is_inside
from ingest.pdf.rules import Rules, areas, covers, meeting, places

_LONG_CELL = 500  # characters: with several such cells it is no table but a lay-out
_SHORT_CELL = 100  # the same for a single row, which may as well be boxes side by side
_MOST_OF_PAGE = 0.5
_MIN_PANEL_LINES = 2
_MIN_PANEL = 40  # characters


def grids_and_panels(
    page: PdfPage, lines: Sequence[Line]
) -> tuple[list[Table], list[Panel], list[Line]]:
    """(ruled tables, panels, the lines outside them) of ``page``."""
    tables: list[Table] = []
    frames: list[Box] = []
    rest = list(lines)
    for rules in sorted(meeting(page), key=lambda rules: -_area(rules.box)):
        box = rules.box
        inside = [line for line in rest if is_inside(line, box)]
        if len(inside) < 2:
            continue
        table = _table(page.number, rules, inside)
        if table is not None:
            tables.append(table)
            gone = {id(line) for line in inside}
            rest = [line for line in rest if id(line) not in gone]
        else:
            frames += _frames(rules)
    panels, rest = _panels(page, frames + areas(page), tables, rest)
    held = {id(table) for panel in panels for table in panel.tables}
    return [table for table in tables if id(table) not in held], panels, rest


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _lattice(rules: Rules) -> tuple[list[float], list[float]]:
    """(where columns, where rows are parted), the outer edges included."""
    box = rules.box
    xs = places([*(rule.at for rule in rules.upright), box.x0, box.x1])
    ys = places([*(rule.at for rule in rules.level), box.top, box.bottom])
    return xs, ys


def _table(page: int, rules: Rules, lines: Sequence[Line]) -> Table | None:
    xs, ys = _lattice(rules)
    if len(xs) < 3 or len(xs) * len(ys) > 20_000:
        return None
    homes = _homes(rules, xs, ys)
    words: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        for home, part in _parts(line, xs, ys, homes):
            words[home].append(part)
    cells = {home: Cell(_cell_lines(parts)) for home, parts in words.items()}
    matrix = [
        [cells.get(homes[i, j], EMPTY) for j in range(len(xs) - 1)] for i in range(len(ys) - 1)
    ]
    return _checked(page, rules, matrix, xs, lines)


def _checked(
    page: int,
    rules: Rules,
    matrix: list[list[Cell]],
    xs: Sequence[float],
    lines: Sequence[Line],
) -> Table | None:
    """The table without empty rows and columns, unless it is a frame or a lay-out."""
    columns = [j for j in range(len(xs) - 1) if any(row[j].lines for row in matrix)]
    found = [tuple(row[j] for j in columns) for row in matrix if any(cell.lines for cell in row)]
    full = sum(1 for row in found if len({id(cell) for cell in row if cell.lines}) > 1)
    if len(columns) < 2 or not full:
        return None
    texts = {id(cell): len(cell.text) for row in found for cell in row if cell.lines}
    most = _LONG_CELL if len(found) > 1 else _SHORT_CELL
    long = sum(1 for length in texts.values() if length > most)
    if long * 3 > len(texts):
        return None
    box = rules.box
    order = min(line.order for line in lines)
    edges = tuple(xs[j] for j in columns)
    return Table(
        page, box.x0, box.top, box.x1, box.bottom, order, tuple(found), 0, edges, ruled=True
    )


def _homes(
    rules: Rules, xs: Sequence[float], ys: Sequence[float]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place of the lattice the first place of the cell that it is part of."""
    homes: dict[tuple[int, int], tuple[int, int]] = {}
    for i, (top, bottom) in enumerate(pairwise(ys)):
        for j, (left, right) in enumerate(pairwise(xs)):
            home = (i, j)
            if j and not covers(rules.upright, left, (top + bottom) / 2):
                home = homes[i, j - 1]
            elif i and not covers(rules.level, top, (left + right) / 2):
                home = homes[i - 1, j]
            homes[i, j] = home
    return homes


def _parts(
    line: Line,
    xs: Sequence[float],
    ys: Sequence[float],
    homes: dict[tuple[int, int], tuple[int, int]],
) -> list[tuple[tuple[int, int], Line]]:
    """``line`` cut where it passes from one cell into another."""
    if not line.words:
        return [(_home((line.x0 + line.x1) / 2, line.base - line.size / 3, xs, ys, homes), line)]
    cut: list[tuple[tuple[int, int], list[Word]]] = []
    for word in line.words:
        middle = (word.x0 + word.x1) / 2
        home = _home(middle, base_of(word) - word.size / 3, xs, ys, homes)
        if cut and cut[-1][0] == home:
            cut[-1][1].append(word)
        else:
            cut.append((home, [word]))
    if len(cut) == 1:
        return [(cut[0][0], line)]
    return [(home, line_of(line, words)) for home, words in cut]


def _home(
    x: float,
    y: float,
    xs: Sequence[float],
    ys: Sequence[float],
    homes: dict[tuple[int, int], tuple[int, int]],
) -> tuple[int, int]:
    i = min(max(bisect_right(ys, y) - 1, 0), len(ys) - 2)
    j = min(max(bisect_right(xs, x) - 1, 0), len(xs) - 2)
    return homes[i, j]


def _cell_lines(parts: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(merge(row) for row in rows(parts))


def _frames(rules: Rules) -> list[Box]:
    """The panels that rules make when they hold no table: each row of a stack of boxes apart is
    still one panel, boxes side by side are several."""
    xs, ys = _lattice(rules)
    box = rules.box
    closed = all(covers(rules.level, y, (box.x0 + box.x1) / 2) for y in (ys[0], ys[-1])) and all(
        covers(rules.upright, x, (box.top + box.bottom) / 2) for x in (xs[0], xs[-1])
    )
    if not closed:
        return []
    inner = [x for x in xs[1:-1] if covers(rules.upright, x, (box.top + box.bottom) / 2)]
    sides = [xs[0], *inner, xs[-1]]
    return [Box(left, box.top, right, box.bottom) for left, right in pairwise(sides)]


def _panels(
    page: PdfPage, boxes: Sequence[Box], tables: Sequence[Table], lines: Sequence[Line]
) -> tuple[list[Panel], list[Line]]:
    total = sum(len(line.text) for line in lines)
    rest = list(lines)
    panels: list[Panel] = []
    for box in sorted(boxes, key=lambda box: -_area(box)):
        inside = [line for line in rest if is_inside(line, box, slack=0)]
        size = sum(len(line.text) for line in inside)
        if len(rows(inside)) < _MIN_PANEL_LINES or size < _MIN_PANEL:
            continue
        if size > _MOST_OF_PAGE * total and len(inside) < len(lines) and not panels:
            continue  # the ground of the text itself
        if any(table for table in tables if _contains(table, box)):
            continue
        held = tuple(table for table in tables if is_inside(table, box, slack=0))
        order = min(line.order for line in inside)
        gone = {id(line) for line in inside}
        rest = [line for line in rest if id(line) not in gone]
        panels.append(
            Panel(page.number, box.x0, box.top, box.x1, box.bottom, order, tuple(inside), held)
        )
    return panels, rest


def _contains(table: Table, box: Box) -> bool:
    return (
        table.x0 - 3 <= box.x0
        and box.x1 <= table.x1 + 3
        and table.top - 3 <= box.top
        and box.bottom <= table.bottom + 3
    )
