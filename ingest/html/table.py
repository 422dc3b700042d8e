"""Tables of a page: a full grid, the names of its columns, and whether it is a table at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ingest.blocks import Block
from ingest.html.inline import inline_text, is_bold
from ingest.html.tree import HEADINGS, Node, find, is_block, raw_text
from ingest.tables import row_blocks

_MAX_SPAN = 100
_MAX_CELLS = 200_000
_LONG_CELL = 400
_MAX_GROUP = 120
_MAX_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True)
class _Cell:
    """One place in the grid. ``span`` counts the columns of the cell that fills it."""

    text: str
    heads: bool
    bold: bool = False
    span: int = 1
    rows: int = 1


_EMPTY = _Cell("", False)
_Row = list[_Cell]


def is_layout(table: Node) -> bool:
    """Whether a table was made for its looks, and has to be read cell by cell."""
    if table.get("role") in {"presentation", "none"}:
        return True
    rows = [cells for _, cells in _rows(table)]
    if any(next(find(cell, ["table"]), None) for cells in rows for cell in cells):
        return True
    if max((len(cells) for cells in rows), default=0) < 2:
        return True
    named = next(find(table, ["th"]), None) or raw_text(next(find(table, ["caption"]), Node("")))
    if named:
        return any(next(find(cell, ["h1", "h2"]), None) for cells in rows for cell in cells)
    if any(next(find(cell, HEADINGS), None) for cells in rows for cell in cells):
        return True
    lengths = [len(raw_text(cell)) for cells in rows for cell in cells]
    return len(rows) == 1 or sum(lengths) / len(lengths) > _LONG_CELL


def table_rows(table: Node, read: Callable[[Node], str]) -> list[Block]:
    """The rows, each with the names of its columns and what is said of several rows at once.

    ``read`` gives the text of a cell. A cell over several rows or columns is filled in for each
    (https://html.spec.whatwg.org/multipage/tables.html#forming-a-table).
    """
    parts = [part for part, cells in _rows(table) if cells]
    grid = _grid(table, read)
    count = _header_rows(grid, parts)
    names = _names(grid[:count])
    body = grid[count:]
    labels = _label_columns(body)
    header = ["", *names[labels:]] if any(names) else None
    rows: list[Sequence[str]] = []
    group = ""
    for row in body:
        if _is_whole(row):
            group = row[0].text if len(row[0].text) <= _MAX_GROUP else ""
            rows.append([row[0].text])
            continue
        label = ", ".join(dict.fromkeys(cell.text for cell in row[:labels] if cell.text))
        if names and names[0] and label and not any(map(str.isalpha, label)):
            label = f"{names[0]} {label}"  # "1" says nothing without "Week"
        if group and label:
            label = f"{group}, {label}"
        rows.append([label, *(cell.text for cell in row[labels:])])
    return row_blocks(header, _without_bare_groups(rows))


def _without_bare_groups(rows: list[Sequence[str]]) -> list[Sequence[str]]:
    """``rows`` without the groups that are said again in the rows below them."""
    kept = []
    for index, row in enumerate(rows):
        below = rows[index + 1] if index + 1 < len(rows) else []
        if len(row) == 1 and below and str(below[0]).startswith(f"{row[0]}, "):
            continue
        kept.append(row)
    return kept


def _rows(table: Node) -> list[tuple[str, list[Node]]]:
    """(part of the table, cells) of each row: head first and foot last, as they are shown."""
    ordered: dict[str, list[tuple[str, list[Node]]]] = {"thead": [], "tbody": [], "tfoot": []}
    for child in table.nodes:
        part = child.tag if child.tag in ordered else "tbody"
        rows = [child] if child.tag == "tr" else child.nodes if child.tag in ordered else []
        for row in rows:
            if row.tag == "tr":
                cells = [cell for cell in row.nodes if cell.tag in {"td", "th"}]
                ordered[part].append((part, cells))
    return [*ordered["thead"], *ordered["tbody"], *ordered["tfoot"]]


def _grid(table: Node, read: Callable[[Node], str]) -> list[_Row]:
    """All rows with a cell in every column."""
    grid: list[_Row] = []
    waiting: dict[int, tuple[_Cell, int]] = {}  # column -> cell from above, rows still to fill
    size = 0
    for _, cells in _rows(table):
        if not cells or size > _MAX_CELLS:
            continue
        row: dict[int, _Cell] = {}
        for column, (cell, left) in list(waiting.items()):
            row[column] = cell
            waiting[column] = (cell, left - 1)
        waiting = {column: entry for column, entry in waiting.items() if entry[1] > 0}
        column = 0
        for node in cells:
            cell = _cell(node, read)
            while column in row:
                column += 1
            for place in range(column, column + cell.span):
                row.setdefault(place, cell)
                if cell.rows > 1:
                    waiting[place] = (cell, cell.rows - 1)
            column += cell.span
        grid.append([row.get(place, _EMPTY) for place in range(max(row) + 1)])
        size += len(grid[-1])
    width = max((len(row) for row in grid), default=0)
    return [row + [_EMPTY] * (width - len(row)) for row in grid]


def _cell(node: Node, read: Callable[[Node], str]) -> _Cell:
    bold = not any(is_block(child) and child.tag != "p" for child in node.nodes)
    return _Cell(
        text=read(node),
        heads=node.tag == "th",
        bold=bold and is_bold(inline_text(node.children)),
        span=_span(node.get("colspan")),
        rows=_span(node.get("rowspan")),
    )


def _span(value: str) -> int:
    digits = value.strip()
    return min(_MAX_SPAN, max(1, int(digits))) if digits.isascii() and digits.isdigit() else 1


def _header_rows(grid: list[_Row], parts: Sequence[str]) -> int:
    """How many rows at the top hold the names of the columns."""
    if len(grid) < 2:
        return 0
    in_head = sum(1 for _ in takewhile(lambda part: part == "thead", parts))
    all_th = sum(1 for _ in takewhile(lambda row: all(c.heads or not c.text for c in row), grid))
    if all(cell.heads for cell in grid[0]) and all_th == len(grid):
        all_th = 1
    count = max(in_head, all_th)
    if not count:
        count = int(_names_by_looks(grid))
    return min(count, _MAX_HEADER_ROWS, len(grid) - 1)


def _names_by_looks(grid: list[_Row]) -> bool:
    """Whether the first row names columns though nothing says so: bold, empty corner, no digits."""
    first, rest = grid[0], grid[1:]
    filled = [cell for cell in first if cell.text]
    if not filled or any(cell.heads for cell in first):
        return False
    if not first[0].text and all(cell.text for cell in first[1:]):
        return True
    if all(cell.bold for cell in filled):
        return not all(cell.bold for row in rest for cell in row if cell.text)
    return len(rest) > 1 and not _has_digit(first[1:]) and all(_has_digit(row[1:]) for row in rest)


def _names(header: list[_Row]) -> list[str]:
    """The name of each column: what stands above it, from the top down."""
    if not header:
        return []
    return [
        ", ".join(dict.fromkeys(row[column].text for row in header if row[column].text))
        for column in range(len(header[0]))
    ]


def _label_columns(body: list[_Row]) -> int:
    """How many columns at the left name the rows: those with <th>, at least one."""
    filled = [row for row in body if not _is_whole(row)]
    if not filled:
        return 1
    counts = [sum(1 for _ in takewhile(lambda cell: cell.heads, row)) for row in filled]
    return max(1, min(min(counts), len(filled[0]) - 1))


def _is_whole(row: _Row) -> bool:
    """Whether one cell over the whole width says something about the rows below it."""
    return len(row) > 1 and row[0].span >= len(row) and bool(row[0].text)


def _has_digit(cells: Sequence[_Cell]) -> bool:
    return any(char.isdigit() for cell in cells for char in cell.text)
