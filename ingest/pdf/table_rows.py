"""The rows of a table without rules: which rows of text make up each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pdf.lines import Line, merge
from ingest.pdf.pieces import EMPTY, Cell
from ingest.pdf.rules import Rule

Row = list[Line]

_WIDER = 1.25
_LONG = 60  # characters: the cells of a column hold text rather than names or figures


@dataclass(frozen=True, slots=True)
class Band:
    """A column of a table: the stretch that its cells take up."""

    x0: float
    x1: float


def grouped_rows(
    cells: Sequence[list[list[Line]]],
    run: Sequence[Row],
    rules: Sequence[Rule],
    bands: Sequence[Band],
) -> list[tuple[Cell, ...]] | None:
    """The rows of the table, each of one or more rows of text; None when they are prose."""
    starts = _starts(cells, run, rules, bands)
    texts = [sum(len(line.text) for line in cell) for row in cells for cell in row[1:] if cell]
    is_prose = len(bands) == 2 and sum(texts) > _LONG * len(texts)
    if is_prose and len(starts) > 2 and len(starts) == len(run):
        return None
    grouped: list[tuple[Cell, ...]] = []
    for first, last in pairwise([*starts, len(cells)]):
        row = []
        for column in range(len(bands)):
            lines = [merge(text_row[column]) for text_row in cells[first:last] if text_row[column]]
            row.append(Cell(tuple(lines)) if lines else EMPTY)
        grouped.append(tuple(row))
    return grouped


def _starts(
    cells: Sequence[list[list[Line]]],
    run: Sequence[Row],
    rules: Sequence[Rule],
    bands: Sequence[Band],
) -> list[int]:
    """The rows of text that begin a row of the table."""
    ruled = [
        index
        for index in range(1, len(run))
        if is_ruled(rules, run[index - 1][0], run[index][0], bands)
    ]
    if len(ruled) >= 3 or (len(ruled) == 2 and len(run) < 9):
        return [0, *ruled]
    steps = [b[0].base - a[0].base for a, b in pairwise(run)]
    usual = sorted(steps)[len(steps) // 5]
    wide = [index for index, step in enumerate(steps, start=1) if step > _WIDER * usual]
    if len(wide) >= 2 and len(wide) < len(steps) and all(cells[index][0] for index in wide):
        return [0, *wide]
    return [0, *(i for i in range(1, len(cells)) if not _goes_on(cells[i - 1], cells[i], bands))]


def is_ruled(rules: Sequence[Rule], above: Line, below: Line, bands: Sequence[Band]) -> bool:
    """Whether one of ``rules`` parts the rows ``above`` and ``below`` over most of the table."""
    width = bands[-1].x1 - bands[0].x0
    return any(
        above.base - 1 < rule.at < below.base - 0.4 * below.size
        and min(rule.end, bands[-1].x1) - max(rule.start, bands[0].x0) > 0.6 * width
        for rule in rules
    )


def _goes_on(
    before: Sequence[list[Line]], row: Sequence[list[Line]], bands: Sequence[Band]
) -> bool:
    """Whether a row of text goes on with the cells of the row before it: each of its words would
    not have fitted there, or its first cell is empty."""
    filled = [i for i, cell in enumerate(row) if cell]
    step = row[filled[0]][0].base - max(line.base for cell in before for line in cell)
    if step > 1.7 * row[filled[0]][0].size or any(not before[i] for i in filled):
        return False
    if any(before[i][-1].bold != row[i][0].bold for i in filled):
        return False
    small = sum(1 for i in filled if row[i][0].text[:1].islower() or row[i][0].text[:1] in "(&/")
    if not row[0]:
        return small > 0 or len(row) > 2
    above = [before[i][-1] for i in filled]
    is_text = any(len(line.text.split()) > 2 or line.text.endswith("-") for line in above)
    full = all(_is_full(before[i][-1], row[i][0], bands[i]) for i in filled)
    return is_text and full and small == len(filled)


def _is_full(above: Line, line: Line, band: Band) -> bool:
    """Whether the first word of ``line`` had no room behind ``above`` in its column."""
    if not line.words:
        return True
    first = line.words[0]
    return above.x1 + 0.3 * line.size + first.x1 - first.x0 > band.x1
