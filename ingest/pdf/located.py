"""Where the words of a quote stand on the pages of a PDF.

The canonical text was cleaned: words are joined over line ends, ligatures taken apart, columns put
one after the other, notes and running headers taken out. What stays the same is which letters and
figures follow each other, so these are compared, and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.pages import Box, PdfPage, Word

_SHORTEST = 6  # letters: a shorter piece by itself stands anywhere
_ENOUGH = 0.8  # of the letters of a quote; less is not found
_CONTEXT = 80  # letters before and after, to know one place from another
_MOSTLY = 0.5  # of the letters of a word, for it to be marked
_CELLS = re.compile(r" – |[:;] |[()]")  # how `ingest.tables` joins the cells of a row
_BELOW = 10_000.0  # points; more than any page is high
_CELL_GAP = 0.6  # font sizes between words of one cell
_GAP = 2.5  # font sizes between words of one line; further is another column


@dataclass(frozen=True, slots=True)
class Located:
    """The boxes around the words of a quote: one for each line, by page number."""

    boxes: dict[int, tuple[Box, ...]]

    def __bool__(self) -> bool:
        return bool(self.boxes)


NOWHERE = Located({})
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Stream:
    """The letters and figures of pages in a row, and the word that each is of."""

    letters: str
    places: tuple[int, ...]
    words: tuple[tuple[int, Word], ...]
    """(page number, word)"""

    def word(self, at: int) -> Word:
        return self.words[self.places[at]][1]

    def is_cell(self, start: int, end: int) -> bool:
        """Whether there are no other words close beside it on its line."""
        first, last = self.places[start], self.places[end - 1]
        before = self.words[max(first - 1, 0) : first]
        after = self.words[last + 1 : last + 2]
        return not any(
            _is_beside(one[1], other[1], _CELL_GAP)
            for one, other in (
                *((word, self.words[first]) for word in before),
                *((self.words[last], word) for word in after),
            )
        )

    def starts_word(self, at: int) -> bool:
        return at in (0, len(self.places)) or self.places[at] != self.places[at - 1]


def locate(pages: Sequence[PdfPage], quote: str, before: str = "", after: str = "") -> Located:
    """Where ``quote`` stands on ``pages`` (of one PDF, in rising order).

    ``before`` and ``after`` are the canonical text of these pages around it: they decide when the
    same words stand there more than once. `NOWHERE` when less than four fifths of its letters are
    found.
    """
    letters = folded(quote)
    stream = _stream(pages)
    if not letters or not stream.letters:
        return NOWHERE
    at = _place_of(stream, letters, folded(before), folded(after))
    if at is not None:
        return Located(_boxes(stream, [(at, at + len(letters))]))
    found = max((_by_cells(stream, quote), _in_pieces(stream.letters, letters)), key=_covered)
    return Located(_boxes(stream, found)) if _covered(found) >= _ENOUGH * len(letters) else NOWHERE


def folded(text: str) -> str:
    """The letters and figures of ``text``, without case, accents and ligatures."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text).casefold()))


def _stream(pages: Sequence[PdfPage]) -> _Stream:
    letters: list[str] = []
    places: list[int] = []
    words = tuple((page.number, word) for page in pages for word in page.words)
    for place, (_, word) in enumerate(words):
        of_word = folded(word.text)
        letters.append(of_word)
        places += [place] * len(of_word)
    return _Stream("".join(letters), tuple(places), words)


def _place_of(stream: _Stream, letters: str, before: str, after: str) -> int | None:
    """Where all of ``letters`` follow each other: at whole words if it can be. Of several places
    the first, second or further one, as in the text, when text and pages have as many; else
    where most of what is around it is the same."""
    found = list(_occurrences(stream.letters, letters))
    whole = [at for at in found if stream.starts_word(at) and stream.starts_word(at + len(letters))]
    if len(found) < 2:
        return found[0] if found else None
    in_text = list(_occurrences(before + letters + after, letters))
    if len(in_text) == len(found):
        return found[in_text.index(len(before))]

    def likeness(at: int) -> int:
        text = stream.letters
        ahead = _common(reversed(before[-_CONTEXT:]), reversed(text[:at][-_CONTEXT:]))
        return ahead + _common(iter(after[:_CONTEXT]), iter(text[at + len(letters) :][:_CONTEXT]))

    return max(whole or found, key=likeness)


def _occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _common(first: Iterator[str], second: Iterator[str]) -> int:
    """How many letters are the same from the start."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def _in_pieces(text: str, letters: str) -> list[Span]:
    """Where the parts of ``letters`` stand that do follow each other, the longest first from the
    left: a quote over two columns or pages, or with a note mark in it."""
    found: list[Span] = []
    at = cursor = 0
    while at < len(letters):
        length = _longest(text, letters, at)
        if length < min(_SHORTEST, len(letters) - at) or not length:
            at += 1
            continue
        start = _nearest(text, letters[at : at + length], cursor)
        cursor = start + length
        found.append((start, cursor))
        at += length
    return found


def _covered(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in spans)


def _by_cells(stream: _Stream, quote: str) -> list[Span]:
    """Where the cells of a table row stand that is quoted as "label: name: value; name: value":
    on the line of the label, or, as the names of columns do, above it."""
    cells = [letters for part in _CELLS.split(quote) if (letters := folded(part))]
    found: list[Span] = []
    label: Word | None = None
    for letters in cells:
        places = [
            at
            for at in _occurrences(stream.letters, letters)
            if stream.starts_word(at) and stream.starts_word(at + len(letters))
        ]
        if not places:
            continue
        length = len(letters)
        at = min(
            places,
            key=lambda at: (
                not stream.is_cell(at, at + length),
                _distance(label, stream.word(at)),
            ),
        )
        label = label or stream.word(at)
        found.append((at, at + len(letters)))
    return found


def _distance(label: Word | None, word: Word) -> float:
    """How far a cell is from the line of its label; what stands above it goes before what stands
    under it."""
    if label is None:
        return 0.0
    away = label.bottom - word.bottom
    return away if away > -label.size / 2 else _BELOW - away


def _longest(text: str, letters: str, at: int) -> int:
    """The length of the longest part of ``letters`` from ``at`` that ``text`` holds."""
    low, high = 0, len(letters) - at
    while low < high:
        middle = (low + high + 1) // 2
        if letters[at : at + middle] in text:
            low = middle
        else:
            high = middle - 1
    return low


def _nearest(text: str, part: str, cursor: int) -> int:
    """Where ``part`` stands: the first place from ``cursor`` on, else the last one before it."""
    after = text.find(part, cursor)
    return after if after >= 0 else text.rfind(part)


def _boxes(stream: _Stream, spans: Sequence[Span]) -> dict[int, tuple[Box, ...]]:
    """Words of which half or more is in ``spans``, those beside each other in one box."""
    sizes: dict[int, int] = {}
    for place in stream.places:
        sizes[place] = sizes.get(place, 0) + 1
    held: dict[int, int] = {}
    for start, end in spans:
        for place in stream.places[start:end]:
            held[place] = held.get(place, 0) + 1
    marked = [place for place in sorted(held) if held[place] >= _MOSTLY * sizes[place]]
    lines: dict[int, list[list[Word]]] = {}
    for place in marked:
        page, word = stream.words[place]
        of_page = lines.setdefault(page, [])
        if of_page and _is_beside(of_page[-1][-1], word):
            of_page[-1].append(word)
        else:
            of_page.append([word])
    return {page: tuple(_around(line) for line in found) for page, found in lines.items()}


def _is_beside(before: Word, word: Word, gap: float = _GAP) -> bool:
    size = max(before.size, word.size)
    return abs(before.bottom - word.bottom) < size / 2 and -size < word.x0 - before.x1 < gap * size


def _around(words: Sequence[Word]) -> Box:
    return Box(
        min(word.x0 for word in words),
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
    )
