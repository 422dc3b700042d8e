"""What a page is made of besides lines: tables and panels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pages import Box
from ingest.pdf.lines import Line

_LEVEL = 4.0  # points
_SAME_EDGE = 6.0
_NEAR_EDGE = 25.0
"""Columns without rules begin where their widest cell does, on each page anew."""


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """The lines of one cell of a table, from top to bottom. A cell that spans rows or columns
    is one object that stands in several places."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Its lines as one."""
        return " ".join(line.text for line in self.lines)

    @property
    def is_bold(self) -> bool:
        """Whether all of it is in bold."""
        return all(line.bold for line in self.lines)


EMPTY = Cell(())


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table: ``rows`` of as many cells each, the first ``header`` of which name the columns."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    order: int
    rows: tuple[tuple[Cell, ...], ...]
    header: int
    edges: tuple[float, ...]
    """Where each column begins, in points from the left of the page."""
    ruled: bool
    """Rules part its cells."""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A framed or filled area with text of its own, such as a sidebar."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    order: int
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """Panels side by side, as high as one another: read from left to right."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    order: int
    panels: tuple[Panel, ...]


Piece = Line | Table | Panel | Shelf


def is_inside(piece: Piece, box: Box, slack: float = 2.0) -> bool:
    """Whether the middle of ``piece`` lies in ``box``."""
    x, y = (piece.x0 + piece.x1) / 2, (piece.top + piece.bottom) / 2
    return box.x0 - slack <= x <= box.x1 + slack and box.top - slack <= y <= box.bottom + slack


def goes_on_with(before: Table, table: Table) -> bool:
    """Whether ``table``, in the next column or on the next page, may go on with the one before
    it: as many columns, at the same places."""
    if table.page not in {before.page, before.page + 1} or len(before.edges) != len(table.edges):
        return False
    shift = table.edges[0] - before.edges[0]
    slack = _SAME_EDGE if before.ruled and table.ruled else _NEAR_EDGE
    return before.ruled == table.ruled and all(
        abs(b - a - shift) < slack for a, b in zip(before.edges, table.edges, strict=True)
    )


def shelves(panels: Sequence[Panel]) -> list[Panel | Shelf]:
    """``panels`` with those that stand side by side, top at top and foot at foot, as shelves."""
    groups: list[list[Panel]] = []
    for panel in sorted(panels, key=lambda panel: panel.x0):
        for group in groups:
            last = group[-1]
            level = abs(last.top - panel.top) < _LEVEL and abs(last.bottom - panel.bottom) < _LEVEL
            if level and panel.x0 >= last.x1 - _LEVEL:
                group.append(panel)
                break
        else:
            groups.append([panel])
    return [group[0] if len(group) == 1 else _shelf(group) for group in groups]


def _shelf(panels: Sequence[Panel]) -> Shelf:
    return Shelf(
        panels[0].page,
        panels[0].x0,
        min(panel.top for panel in panels),
        panels[-1].x1,
        max(panel.bottom for panel in panels),
        min(panel.order for panel in panels),
        tuple(panels),
    )
