"""Two columns of text or two columns of a table: what lines beside one another are.

Both look alike. The order of the file tells them apart, the form of the lines (full, going on in
small letters, beginning at one place), and what the sides share: the rows of a table begin
together and stand apart at the same heights.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.pdf.bullets import starts_item
from ingest.pdf.lines import Line

Row = list[Line]

_STOP = re.compile(r"[.,](?:\s|$)")
_FIGURES = re.compile(r"[\d\W_]+(?:%|uur|jaar|eur|euro|x|n\.?v\.?t\.?)?", re.IGNORECASE)
_FLUSH = 0.55


def are_columns(left: Sequence[Row], right: Sequence[Row], switches: int) -> bool:
    """Whether rows ``left`` and ``right`` of a gutter (each from top to bottom, at least one) are
    columns of text; the file goes from one side to the other ``switches`` times."""
    fewest = min(len(left), len(right))
    if _figures(left) or _figures(right):
        return False
    if fewest < 2:  # the last line of a text, alone at the top of a column
        short, long = sorted((left, right), key=len)
        alone = len(" ".join(line.text for line in short[0]).split()) > 2
        return alone and switches <= 2 and len(long) > 5 and _is_prose(long)
    if switches <= max(1, 0.15 * fewest):
        return fewest >= 3 or (_is_prose(left) and _is_prose(right))
    prose = _is_prose(left), _is_prose(right)
    if not any(prose) or not (_is_flush(left) and _is_flush(right)):
        return False
    shared = len(_level_pairs(left, right)) / fewest
    common = _has_common_gaps(left, right)
    if switches <= 0.3 * fewest or shared < 0.5:
        return fewest >= 3 and (shared < 0.5 or not common)
    if fewest >= 3 and (_out_of_step(left, right) or (shared < 0.75 and not common)):
        return True
    return fewest >= 4 and all(prose) and not common


def _is_flush(found: Sequence[Row]) -> bool:
    """Whether most rows begin at one place, as those of a column do."""
    starts = Counter(round(row[0].x0 / 2) for row in found)
    most = max(starts[place] + starts[place + 1] for place in starts)
    return most >= _FLUSH * len(found)


def _level_pairs(left: Sequence[Row], right: Sequence[Row]) -> list[tuple[Row, Row]]:
    """The rows of both sides that share a baseline."""
    pairs = []
    place = 0
    for ours in left:
        near = 0.2 * ours[0].size
        while place < len(right) and right[place][0].base < ours[0].base - near:
            place += 1
        if place < len(right) and right[place][0].base < ours[0].base + near:
            pairs.append((ours, right[place]))
    return pairs


def _out_of_step(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether sentences begin at other heights on one side than on the other: in a row of a table
    the cells begin together."""
    pairs = _level_pairs(left, right)
    small = [(a[0].text[:1].islower(), b[0].text[:1].islower()) for a, b in pairs]
    ours, theirs = small.count((False, True)), small.count((True, False))
    return min(ours, theirs) >= 1 and ours + theirs >= max(3, 0.3 * len(pairs))


def _is_prose(found: Sequence[Row]) -> bool:
    """Whether lines look like those of paragraphs: long, full, and going on in small letters."""
    texts = [" ".join(line.text for line in row) for row in found]
    if sum(1 for row in found if starts_item(row[0].text)) >= max(2, len(found) // 5):
        return True
    words = median(len(text.split()) for text in texts)
    if words < 3 or (words < 4 and not any(_STOP.search(text) for text in texts)):
        return False
    left = min(row[0].x0 for row in found)
    right = max(row[-1].x1 for row in found)
    full = sum(1 for row in found if row[-1].x1 - left > 0.75 * (right - left))
    small = sum(1 for text in texts[1:] if text[:1].islower())
    return full >= 0.5 * len(found) and small >= 0.3 * (len(texts) - 1)


def _figures(found: Sequence[Row]) -> bool:
    """Whether most rows hold figures and nothing else."""
    texts = [" ".join(line.text for line in row) for row in found]
    return 2 * sum(1 for text in texts if _FIGURES.fullmatch(text)) > len(texts)


def _has_common_gaps(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether wide gaps stand at the same heights on both sides, as between rows of a table."""
    ours, theirs = _gaps(left), _gaps(right)
    if len(ours) < 2 or len(theirs) < 2:
        return False
    common = sum(1 for gap in ours if any(abs(gap - other) < 3 for other in theirs))
    return common >= 2 and common >= 0.7 * min(len(ours), len(theirs))


def _gaps(found: Sequence[Row]) -> list[float]:
    """Where rows start that stand further from the row before them than is usual."""
    steps = [b[0].base - a[0].base for a, b in pairwise(found)]
    if not steps:
        return []
    usual = sorted(steps)[len(steps) // 4]
    return [row[0].base for row, step in zip(found[1:], steps, strict=True) if step > 1.3 * usual]
