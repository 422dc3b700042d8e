"""What a scan needs before its lines can be told: words set straight, sizes made even."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.pages import PdfPage, Word
from ingest.pdf.lines import Line, base_of
from ingest.pdf.styles import Body

_LONG = 60.0  # points: a shorter run of words tells no slope
_ENOUGH = 5
_STEEPEST = 0.06  # points down for each point to the right: 3.4 degrees
_LEVEL = 0.0008
_SPACED = 0.55  # em between words, by the median of a page: wider than type is ever set
_PAIRS = 20
_WHOLE = 0.8  # of a page
_BIN = 1.16
"""Sizes that differ less than by this factor are one, in a scan."""
_BODY = (0.84, 1.2)
"""Sizes between these, in sizes of the text, are that of the text."""


def is_scanned(pages: Sequence[PdfPage]) -> bool:
    """Whether most pages with words are pictures of pages, with words laid over them."""
    written = [page for page in pages if page.words]
    return 2 * sum(1 for page in written if _is_picture(page)) > len(written)


def _is_picture(page: PdfPage) -> bool:
    return any(
        (box.x1 - box.x0) * (box.bottom - box.top) > _WHOLE * page.width * page.height
        for box in page.pictures
    )


def straightened(page: PdfPage) -> PdfPage:
    """``page`` with its words turned so that its lines are level, when they lie askew."""
    slope = _slope(page.words)
    if abs(slope) < _LEVEL:
        return page
    x, y = page.width / 2, page.height / 2
    return replace(page, words=tuple(_turned(word, slope, x, y) for word in page.words))


def widened(page: PdfPage) -> PdfPage:
    """``page`` with its words as wide as they are seen, when they leave too much space.

    In the text layer that tesseract writes, the space behind a word takes up part of its width.
    """
    pairs = [
        (after.x0 - before.x1) / max(before.size, 0.1)
        for before, after in pairwise(page.words)
        if abs(base_of(after) - base_of(before)) < 0.35 * before.size
        and -0.4 * before.size < after.x0 - before.x1 < 2 * before.size
    ]
    if len(pairs) < _PAIRS or median(pairs) < _SPACED:
        return page
    return replace(page, words=tuple(_wider(word) for word in page.words))


def _wider(word: Word) -> Word:
    return replace(word, x1=word.x1 + (word.x1 - word.x0) / len(word.text))


def with_even_sizes(lines: Sequence[Line], body: Body) -> list[Line]:
    """``lines`` of a scan with sizes that are nearly the same made the same."""
    return [replace(line, size=_even(line.size, body.size)) for line in lines]


def _even(size: float, usual: float) -> float:
    if _BODY[0] * usual < size < _BODY[1] * usual:
        return usual
    steps = round(math.log(max(size, 0.1) / usual) / math.log(_BIN))
    return round(usual * _BIN**steps, 2)


def _slope(words: Iterable[Word]) -> float:
    """How much the lines go down for each point to the right, by the median of long runs."""
    slopes: list[float] = []
    run: list[Word] = []
    ordered = list(words)
    for before, after in pairwise([*ordered, *ordered[-1:]]):
        run.append(before)
        size = max(before.size, after.size)
        near = -0.4 * size < after.x0 - before.x1 < 1.5 * size
        if before is after or not near or abs(base_of(after) - base_of(before)) > 0.35 * size:
            width = run[-1].x0 - run[0].x0
            if width > _LONG and len(run) > 3:
                slopes.append((base_of(run[-1]) - base_of(run[0])) / width)
            run = []
    slope = median(slopes) if len(slopes) >= _ENOUGH else 0.0
    return slope if abs(slope) < _STEEPEST else 0.0


def _turned(word: Word, slope: float, x: float, y: float) -> Word:
    down = slope * ((word.x0 + word.x1) / 2 - x)
    right = slope * (base_of(word) - y)
    return replace(
        word,
        x0=word.x0 + right,
        x1=word.x1 + right,
        top=word.top - down,
        bottom=word.bottom - down,
    )
