"""Tables without rules: rows whose parts stand under one another.

Prose that is spaced widely has gaps, too, but these do not stand under one another: the parts of
all rows together leave no column free. What is not surely a table stays text, row by row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.pdf.lines import Line, line_of, merge
from ingest.pdf.pieces import EMPTY, Cell, Table
from ingest.pdf.rules import Ground, Rule
from ingest.pdf.table_rows import Band, Row, grouped_rows, is_ruled

_SLACK = 3.0  # points
_MIN_SPACE = 0.35  # em between two columns
_WIDE_SPACE = 0.8  # em: less than this between columns that start at one place only
_AT_EDGE = 1.6  # points
_CELL_SPACE = 0.2  # em
_FAR = 3.2  # em between baselines: the table ends
_MAX_ROWS = 400
_ALIGNED = 0.6
_MAX_LOOSE = 6
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?")
"""A first column of such numbers: of headings or items, unless there are more columns."""


def table_at(found: Sequence[Row], start: int, ground: Ground) -> tuple[Table, int] | None:
    """The table that begins with row ``start`` and the index behind its last row, or None.

    ``ground`` is that of the page. Each row holds lines from left to right.
    """
    if len(found[start]) < 2:
        return None
    rows, end = _grown(found, start)
    while end - start >= 2:
        run = rows[: end - start]
        bands = _columns(run)
        trimmed = _trimmed(run, bands)
        if trimmed == len(run):
            break
        end = start + trimmed
    if end - start < 2:
        return None
    cells = [_cells(row, bands) for row in run]
    if not _is_table(cells, bands, run, _is_marked(run, ground.rules, bands)):
        return None
    grouped = grouped_rows(cells, run, ground.edges, bands)
    if grouped is None:
        return None
    lines = [line for row in run for line in row]
    table = Table(
        page=lines[0].page,
        x0=bands[0].x0,
        top=min(line.top for line in lines),
        x1=bands[-1].x1,
        bottom=max(line.bottom for line in lines),
        order=min(line.order for line in lines),
        rows=tuple(grouped),
        header=0,
        edges=tuple(band.x0 for band in bands),
        ruled=False,
    )
    return table, end


def more_of(table: Table, found: Sequence[Row]) -> tuple[Table, int] | None:
    """The rows at the start of ``found`` (the next column or page) that go on with ``table``:
    each of their lines stands in a column of its own, two or more at least. With their count."""
    rows: list[tuple[Cell, ...]] = []
    bands = [Band(a, b) for a, b in pairwise([*table.edges, table.x1 + _SLACK])]
    for row in found:
        parted = _parted(row, bands)
        cells = [[line for line in parted if _is_in(line, band)] for band in bands]
        inside = sum(len(cell) for cell in cells) == len(parted)
        if len(parted) < 2 or not inside or any(len(cell) > 1 for cell in cells):
            break
        rows.append(tuple(Cell(tuple(cell)) if cell else EMPTY for cell in cells))
    if not rows:
        return None
    lines = [line for row in found[: len(rows)] for line in row]
    more = replace(
        table,
        page=lines[0].page,
        top=lines[0].top,
        bottom=lines[-1].bottom,
        order=min(line.order for line in lines),
        rows=tuple(rows),
        header=0,
    )
    return more, len(rows)


def _is_in(line: Line, band: Band) -> bool:
    return abs(line.x0 - band.x0) < _SLACK and line.x1 < band.x1


def _grown(found: Sequence[Row], start: int) -> tuple[list[Row], int]:
    """The rows that leave at least two columns apart, and the index behind the last of them."""
    rows = [found[start]]
    bands = _union([], found[start])
    loose = 0
    end = start + 1
    for index in range(start + 1, min(len(found), start + _MAX_ROWS)):
        row = found[index]
        if row[0].base - found[index - 1][0].base > _FAR * max(row[0].size, 6.0):
            break
        joined = _union(bands, row)
        if len(joined) < len(bands):
            parted = _parted(row, bands)
            row, joined = (
                (parted, _union(bands, parted)) if len(parted) > len(row) else (row, joined)
            )
        if len(joined) < 2:
            break
        loose = loose + 1 if len(row) == 1 else 0
        if loose > _MAX_LOOSE:
            return rows, end
        bands = joined
        rows.append(row)
        if len(row) > 1:
            end = index + 1
    return rows, min(len(found), end + loose) if loose else end


def _parted(row: Row, bands: Sequence[Band]) -> Row:
    """``row`` with lines cut where a word starts just where a column does: cells may stand nearer
    to one another than words do elsewhere."""
    parted: Row = []
    for line in row:
        cuts = [
            index
            for index in range(1, len(line.words))
            if any(abs(line.words[index].x0 - band.x0) < _AT_EDGE for band in bands[1:])
            and line.words[index].x0 - line.words[index - 1].x1 > _CELL_SPACE * line.size
        ]
        places = [0, *cuts, len(line.words)]
        parts = [line.words[a:b] for a, b in pairwise(places)]
        parted += [line_of(line, words) for words in parts] if cuts else [line]
    return parted


def _union(bands: Sequence[Band], row: Row) -> list[Band]:
    """``bands`` with the stretches of ``row``; those nearer than a narrow space become one."""
    space = _MIN_SPACE * min(line.size for line in row)
    stretches = sorted(
        [*bands, *(Band(line.x0, line.x1) for line in row)], key=lambda band: band.x0
    )
    joined = [stretches[0]]
    for band in stretches[1:]:
        if band.x0 - joined[-1].x1 < space:
            joined[-1] = Band(joined[-1].x0, max(joined[-1].x1, band.x1))
        else:
            joined.append(band)
    return joined


def _columns(run: Sequence[Row]) -> list[Band]:
    """The columns of ``run``; a first row over several columns does not join them."""
    best: list[Band] = []
    for skip in (0, 1, 2):
        if len(run) - skip < 2 or (skip and sum(len(row) > 1 for row in run[skip:]) < 2):
            break
        bands: list[Band] = []
        for row in run[skip:]:
            bands = _union(bands, row)
        if len(bands) > len(best):
            best = bands
    return best


def _trimmed(run: Sequence[Row], bands: Sequence[Band]) -> int:
    """How many rows are left without those at the end that are text behind the table."""
    end = len(run)
    while end > 1 and len(run[end - 1]) == 1:
        line = run[end - 1][0]
        continues = (
            len(bands) > 1
            and line.x0 >= bands[1].x0 - _SLACK
            and line.base - run[end - 2][0].base < 1.6 * line.size
        )
        if continues:
            break
        end -= 1
    return end


def _cells(row: Row, bands: Sequence[Band]) -> list[list[Line]]:
    cells: list[list[Line]] = [[] for _ in bands]
    for line in row:
        shared = [min(line.x1, band.x1) - max(line.x0, band.x0) for band in bands]
        cells[shared.index(max(shared))].append(line)
    return cells


def _is_table(
    cells: Sequence[list[list[Line]]], bands: Sequence[Band], run: Sequence[Row], is_marked: bool
) -> bool:
    if len(bands) < 2:
        return False
    full = [row for row in cells if sum(1 for cell in row if cell) >= 2]
    if len(full) < 3 and not (len(full) == 2 and len(bands) >= 3):
        return False
    if 2 * len(full) < len(cells) and len(full) < 4:
        return False
    labels = ["".join(line.text for line in row[0]) for row in cells if row[0]]
    if 2 * sum(1 for label in labels if _NUMBER.fullmatch(label)) > len(labels):
        return len(bands) > 2 and not any("." in label for label in labels)
    wide = _WIDE_SPACE * max(line.size for row in run for line in row)
    apart = [b.x0 - a.x1 >= wide for a, b in pairwise(bands)]
    if not is_marked and (not all(apart) or _runs_on(cells)):
        return False
    columns = ([row[i] for row in cells if row[i]] for i in range(1, len(bands)))
    return all(_is_aligned(column, yes) for column, yes in zip(columns, apart, strict=True))


def _runs_on(cells: Sequence[list[list[Line]]]) -> bool:
    """Whether the rows read as sentences that are spaced widely: most of them begin, or most of
    their parts and all at one right side, in small letters."""
    firsts = [row[0][0].text[:1].islower() for row in cells if row[0]]
    if 2 * sum(firsts) > len(firsts):
        return True
    texts = [cell[0].text for row in cells for cell in row if cell]
    parts = [text[0].islower() for text in texts if text[:1].isalpha()]
    ends = Counter(round(max(line.x1 for cell in row for line in cell) / _SLACK) for row in cells)
    flush = max(ends[place] + ends[place + 1] for place in ends)
    return bool(parts) and 2 * sum(parts) >= len(parts) and 2 * flush > len(cells)


def _is_marked(run: Sequence[Row], rules: Sequence[Rule], bands: Sequence[Band]) -> bool:
    """Whether rules between rows or a bold first row mark a table."""
    bold = [all(line.bold for line in row) for row in run]
    if bold[0] and not any(bold[1:]):
        return True
    return any(is_ruled(rules, above[0], below[0], bands) for above, below in pairwise(run))


def _is_aligned(cells: Sequence[list[Line]], is_apart: bool) -> bool:
    """Whether most of ``cells`` begin at one place; or, when the column stands apart from the
    one before it, end or have their middle at one place."""
    if len(cells) < 2:
        return is_apart
    starts = [cell[0].x0 for cell in cells]
    ends = [cell[-1].x1 for cell in cells]
    middles = [(a + b) / 2 for a, b in zip(starts, ends, strict=True)]
    for place in (starts, ends, middles) if is_apart else (starts,):
        near = Counter(round(x / _SLACK) for x in place)
        most = max(near[key] + near[key + 1] for key in near)
        if most >= _ALIGNED * len(cells):
            return True
    return False


def level_text(row: Row) -> list[Line]:
    """A row that is no table as lines: one, unless wide spaces keep its parts apart."""
    parts = [[row[0]]]
    for line in row[1:]:
        if line.x0 - parts[-1][-1].x1 > 2.5 * max(line.size, parts[-1][-1].size):
            parts.append([line])
        else:
            parts[-1].append(line)
    return [merge(part) for part in parts]
