"""Which rows of a table name its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.pages import Box
from ingest.pdf.pieces import Cell, Table
from ingest.pdf.rules import Ground, Rule

_MAX_HEADER = 3
_MAX_NAME = 90
_FIGURE = re.compile(r"[^\w]*\d")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-/–]\s?\d{2,4})?")


def name_columns(table: Table, ground: Ground) -> Table:
    """``table`` with its header rows counted: by their bold type, by the ground or the rule that
    sets them off, or by their words where all other rows hold figures."""
    if len(table.rows) < 2:
        return table
    count = (
        _bold(table)
        or _on_ground(table, ground.areas)
        or _above_rule(table, ground.rules)
        or _by_words(table)
    )
    names = [cell.text for row in table.rows[:count] for cell in row[1:] if cell.lines]
    figures = sum(1 for name in names if _FIGURE.match(name) and not _YEAR.fullmatch(name))
    too_long = any(len(name) > _MAX_NAME for name in names)
    if count >= len(table.rows) or too_long or 2 * figures > len(names):
        count = 0
    return replace(table, header=count)


def _bold(table: Table) -> int:
    """Rows at the top that are bold, when the rest is not."""
    count = 0
    for row in table.rows[: _MAX_HEADER + 1]:
        if not all(line.bold for cell in row for line in cell.lines):
            break
        count += 1
    if count > _MAX_HEADER:
        return 0
    rest = [row[1:] for row in table.rows[count:]]
    plain = sum(1 for row in rest if not any(line.bold for c in row for line in c.lines))
    return count if 2 * plain > len(rest) else 0


def _on_ground(table: Table, filled: Sequence[Box]) -> int:
    """Rows at the top on a ground of their own, when the second row after them has none like it."""
    tops = [_extent(row) for row in table.rows]
    for box in filled:
        starts = abs(box.top - table.top) < 6 or box.top <= tops[0][0] + 1
        if not starts or box.bottom > table.bottom - 6 or box.top < table.top - 12:
            continue
        count = sum(1 for top, bottom in tops if box.top - 1 <= (top + bottom) / 2 <= box.bottom)
        if not 0 < count <= _MAX_HEADER:
            continue
        if not any(_same_width(box, other) and other.top > box.bottom - 1 for other in filled):
            return count
    return 0


def _above_rule(table: Table, rules: Sequence[Rule]) -> int:
    """Rows above the only rule inside a table that no rules part into cells."""
    if table.ruled:
        return 0
    tops = [_extent(row) for row in table.rows]
    inside = [
        rule
        for rule in rules
        if tops[0][1] - 4 < rule.at < tops[-1][0] + 4
        and min(rule.end, table.x1) - max(rule.start, table.x0) > 0.6 * (table.x1 - table.x0)
    ]
    if not inside or max(r.at for r in inside) - min(r.at for r in inside) > 4:
        return 0
    count = sum(1 for top, bottom in tops if (top + bottom) / 2 < inside[0].at)
    return count if count <= _MAX_HEADER else 0


def _by_words(table: Table) -> int:
    first, rest = table.rows[0], table.rows[1:]
    if not first[0].lines and sum(1 for cell in first[1:] if cell.lines) > 1:
        return 1
    figures = all(any(_has_digit(cell) for cell in row[1:]) for row in rest)
    return 1 if figures and not any(_has_digit(cell) for cell in first[1:]) else 0


def _has_digit(cell: Cell) -> bool:
    return any(char.isdigit() for char in cell.text)


def _extent(row: Sequence[Cell]) -> tuple[float, float]:
    lines = [line for cell in row for line in cell.lines]
    return (
        min((line.top for line in lines), default=0.0),
        max((line.bottom for line in lines), default=0.0),
    )


def _same_width(box: Box, other: Box) -> bool:
    return abs(box.x0 - other.x0) < 6 and abs(box.x1 - other.x1) < 6
