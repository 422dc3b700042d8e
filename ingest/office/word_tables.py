"""The tables of a Word file: merged cells, header rows, and tables made for their looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from ingest.office.flow import Cell, Piece, table_pieces, text_of
from ingest.office.ooxml import W, is_on, number_in
from ingest.office.word_styles import Styles, value_of
from ingest.office.word_text import control_content

_FIRST_ROW = 0x0020
_PLAIN_FILLS = {None, "", "auto", "FFFFFF", "ffffff"}
_MAX_SPAN = 63
"""Columns in a table of Word, at most."""


@dataclass(slots=True)
class _Placed:
    """A cell with where it stands in the file, and the row that it was last seen in."""

    cell: Cell
    element: Element
    last_row: int


def read_table(
    table: Element, blocks: Callable[[Element], Iterable[Piece]], styles: Styles
) -> Iterator[Piece]:
    """A table with the notes that it calls after it; ``blocks`` reads what is in a cell.

    A table of one column, or with whole sections in its cells, is made for its looks: its cells
    come one after the other.
    """
    placed: list[list[_Placed]] = []
    begun: dict[int, _Placed] = {}
    has_header = _has_header_row(table, styles)
    for row in _inside(table, "tr"):
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            continue
        mark = properties.find(f"{W}tblHeader") if properties is not None else None
        header = (mark is not None and is_on(mark)) or (has_header and not placed)
        cells = []
        for cell in _cells(row, len(placed), begun):
            cell.cell = replace(cell.cell, pieces=tuple(blocks(cell.element)), header=header)
            cells.append(cell)
        placed.append(cells)
    rows = [[cell.cell for cell in row] for row in placed]
    if _is_layout(rows):
        yield from (piece for row in rows for cell in row for piece in cell.pieces)
    else:
        yield from table_pieces(rows)


def _cells(row: Element, number: int, begun: dict[int, _Placed]) -> Iterator[_Placed]:
    """The cells that begin in row ``number``; ``begun`` has the last cell of each column, and one
    that goes on in this row grows."""
    column = number_in(row.find(f"{W}trPr/{W}gridBefore")) or 0
    for cell in _inside(row, "tc"):
        properties = cell.find(f"{W}tcPr")
        if properties is not None and properties.find(f"{W}cellDel") is not None:
            continue
        span = number_in(properties.find(f"{W}gridSpan")) if properties is not None else None
        width = min(max(span or 1, 1), _MAX_SPAN)
        merge = properties.find(f"{W}vMerge") if properties is not None else None
        goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        above = begun.get(column)
        if goes_on and above is not None and above.last_row == number - 1:
            above.cell = replace(above.cell, rows=above.cell.rows + 1)
            above.last_row = number
        else:
            empty = Cell((), columns=width, shaded=_is_shaded(properties))
            begun[column] = _Placed(empty, cell, number)
            yield begun[column]
        column += width


def _inside(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in content controls."""
    for child in element:
        if child.tag == W + name:
            yield child
        elif child.tag == f"{W}sdt":
            content = control_content(child)
            yield from _inside(content, name) if content is not None else ()
        elif child.tag in {f"{W}customXml", f"{W}ins", f"{W}moveTo"}:
            yield from _inside(child, name)


def _is_layout(rows: list[list[Cell]]) -> bool:
    if max((len(row) for row in rows), default=0) < 2:
        return True
    return any(
        piece.kind in {"heading", "title"} and text_of(cell.pieces[place + 1 :])
        for row in rows
        for cell in row
        for place, piece in enumerate(cell.pieces)
    )


def _has_header_row(table: Element, styles: Styles) -> bool:
    """Whether the style of the table sets its first row apart, and this table makes use of it."""
    properties = table.find(f"{W}tblPr")
    look = properties.find(f"{W}tblLook") if properties is not None else None
    if look is None or not styles.has_header_row(value_of(properties, "tblStyle")):
        return False
    if look.get(f"{W}firstRow") is not None:
        return is_on(look, f"{W}firstRow")
    try:
        return bool(int(look.get(f"{W}val") or "0", 16) & _FIRST_ROW)
    except ValueError:
        return False


def _is_shaded(properties: Element | None) -> bool:
    shading = properties.find(f"{W}shd") if properties is not None else None
    return shading is not None and shading.get(f"{W}fill") not in _PLAIN_FILLS
