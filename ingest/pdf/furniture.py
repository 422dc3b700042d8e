"""Running heads, running feet and page numbers: what pages repeat at their edges.

Nothing is dropped for where it stands alone. A row goes when other pages have the same words at
the same height, when its number counts the pages, or when it stands where such rows stand on
most pages and its words are those of a heading elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.pages import PdfPage
from ingest.pdf.lines import Line, rows

Edge = Literal["top", "bottom"]
Sheet = tuple[PdfPage, list[Line]]

_ROMAN = r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_PAGE_NUMBER = re.compile(
    r"(?:(?:pagina|pag\.?|blz\.?|bladzijde|page|p\.)\s*)?[^\w\s]{0,2}\s*"
    rf"(\d{{1,4}}|{_ROMAN})"
    r"\s*[^\w\s]{0,2}(?:\s*(?:van|of|/|\|)\s*\d{1,4})?[^\w\s]{0,2}",
    re.IGNORECASE,
)
_LABELLED_PAGE = re.compile(r"\b(?:pagina|pag\.?|blz\.?|bladzijde|page|p\.)\s*\d", re.IGNORECASE)
_WHICH_OF_ALL = re.compile(
    r"(?:(?:pagina|pag\.?|blz\.?|bladzijde|page|p\.)\s*)?(\d{1,4})\s*(?:van|of|/)\s*(\d{1,4})",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?|file)://\S*$|www\.\S+$", re.IGNORECASE)
_PRINTED = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},? \d{1,2}[:.]\d\d(?: [AP]M)?(?: |$)(?=.{0,150}$)"
)
"""What a browser prints above a page: date, time and title."""
_AT_END = re.compile(r"^\d{1,4}(?=\s|$)|(?<=\s)\d{1,4}$")
_SEPARATED = re.compile(r"^\d{1,4}\s*[|•·–—/-]|[|•·–—/-]\s*\d{1,4}$")
_MAX_LENGTH = 120
_NUMBERS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]+")
_ZONE = 0.2  # of the height of a page
_ROWS = 3  # on each edge
_SAME_HEIGHT = 5.0  # points
_LARGE = 1.15  # times the size of the text: perhaps a title that each page has
_MOST = 0.6
_PARTS = {"hoofdstuk", "deel", "bijlage", "paragraaf", "chapter"}
_CUT_SHORT = 8
_APART = 1.25  # em from a row to the next, when it stands apart
_CLOSE = 1.6  # em from one baseline to the next


@dataclass(frozen=True, slots=True)
class _Row:
    """A row at an edge of a page, ``place`` counted from that edge inwards."""

    page: int
    edge: Edge
    place: int
    lines: tuple[Line, ...]
    text: str
    shape: str
    base: float
    size: float
    bold: bool
    gap: float
    """To the next row inwards, in em."""
    tabular: bool
    """It could be the header of a table that starts the page."""

    @property
    def height(self) -> int:
        """Where it stands, in steps of 5 points from the top."""
        return round(self.base / _SAME_HEIGHT)

    @property
    def words(self) -> str:
        """Its words, without a page number that stands apart."""
        parts = (line.text for line in self.lines if not _PAGE_NUMBER.fullmatch(line.text))
        return words_in(" ".join(parts))

    @property
    def number(self) -> int | None:
        """What it counts, when it is a page number and nothing else."""
        found = _PAGE_NUMBER.fullmatch(self.text)
        return _value(found.group(1)) if found else None


def without_furniture(
    sheets: Sequence[Sheet], body: float, titles: frozenset[str]
) -> tuple[list[Sheet], list[Line]]:
    """``sheets`` without their furniture, and the lines that this is.

    ``body`` is the size of the running text; ``titles`` are the words of headings, see `words_in`.
    """
    found = [row for page, lines in sheets for row in _edge_rows(page, lines)]
    index = _Index(found, len(sheets), body, titles)
    dropped: list[Line] = []
    inside: set[tuple[int, Edge]] = set()  # where a row was kept: what lies further in is text
    for row in found:
        if (row.page, row.edge) in inside:
            continue
        if index.is_furniture(row):
            dropped += row.lines
        else:
            dropped += [line for line in row.lines if index.is_number_beside(row, line)]
            inside.add((row.page, row.edge))
    gone = {id(line) for line in dropped}
    kept = [(page, [line for line in lines if id(line) not in gone]) for page, lines in sheets]
    return kept, dropped


def words_in(text: str) -> str:
    """The words of ``text``, to compare headings by: without numbers, case and punctuation, and
    without a first word such as "hoofdstuk"."""
    words = _WORDS.findall(text.casefold())
    return " ".join(words[1:] if words[:1] and words[0] in _PARTS and words[1:] else words)


class _Index:
    """What the edges of all pages say, by height and by text."""

    def __init__(
        self, found: Sequence[_Row], pages: int, body: float, titles: frozenset[str]
    ) -> None:
        self._pages = pages
        self._body = body
        self._titles = sorted(titles)
        self._seen: Counter[tuple[Edge, int, str]] = Counter()
        self._counted: Counter[tuple[Edge, int, str, int]] = Counter()
        self._numbers: Counter[tuple[Edge, int, int]] = Counter()
        for row in found:
            self._seen[row.edge, row.height, row.text] += 1
            for offset in _offsets(row):
                self._counted[row.edge, row.height, row.shape, offset] += 1
            if row.number is not None:
                self._numbers[row.edge, row.height, row.number - row.page] += 1
        self._said: set[tuple[Edge, str]] = set()
        self._slots = self._find_slots(found)

    def is_furniture(self, row: _Row) -> bool:
        return self._is_certain(row) or self._fills_slot(row)

    def is_number_beside(self, row: _Row, line: Line) -> bool:
        """Whether ``line`` is the page number, beside a row that is text."""
        found = _PAGE_NUMBER.fullmatch(line.text)
        if found is None or len(row.lines) < 2 or row.place > 0:
            return False
        value = _value(found.group(1))
        return value is not None and self._count_numbers(row, value - row.page) >= 3

    def _is_certain(self, row: _Row) -> bool:
        if self._says_which_of_all(row) or _PRINTED.match(row.text):
            return True
        return not row.tabular and (
            self._counts(row) or self._repeats(row) or self._counts_with_words(row)
        )

    def _says_which_of_all(self, row: _Row) -> bool:
        """ "Pagina 3 van 12" on the third of twelve pages, with nothing else but an address."""
        rest = [line.text for line in row.lines if not self._is_count(line.text, row.page)]
        return len(rest) < len(row.lines) and all(_ADDRESS.match(text) for text in rest)

    def _is_count(self, text: str, page: int) -> bool:
        found = _WHICH_OF_ALL.fullmatch(text)
        return found is not None and (int(found[1]), int(found[2])) == (page, self._pages)

    def _counts(self, row: _Row) -> bool:
        """A bare page number, in step with those of other pages."""
        if row.number is None:
            return False
        return self._count_numbers(row, row.number - row.page) >= max(2, min(3, self._pages))

    def _count_numbers(self, row: _Row, offset: int) -> int:
        return sum(self._numbers[row.edge, height, offset] for height in _near(row.height, 3))

    def _repeats(self, row: _Row) -> bool:
        """The same words at the same height on other pages."""
        count = sum(self._seen[row.edge, height, row.text] for height in _near(row.height, 1))
        if row.size >= _LARGE * self._body or row.gap < _CLOSE:
            return count >= 5 and 2 * count >= self._pages
        return count >= 3 or (count == 2 and self._pages <= 3)

    def _counts_with_words(self, row: _Row) -> bool:
        """Words that repeat with a number that counts the pages ("Jaarplan | 12").

        "Stap 3" on the third page is no such row: the number has to stand apart, or to follow
        the same words on many pages.
        """
        offsets = _offsets(row)
        if row.size > 1.05 * self._body or not offsets or len(row.text) > _MAX_LENGTH:
            return False
        near = [(row.edge, height, row.shape) for height in _near(row.height, 1)]
        count = max(sum(self._counted[*key, offset] for key in near) for offset in offsets)
        if _LABELLED_PAGE.search(row.text):
            return count >= 3 or (count == 2 and self._pages <= 3)
        if len(row.lines) > 1 or _SEPARATED.search(row.text):
            return count >= 3
        return count >= 6 and not row.bold and len(row.words.split()) > 1

    def _find_slots(self, found: Sequence[_Row]) -> Counter[tuple[Edge, int]]:
        """At which heights most even or odd pages have a row apart that is furniture, or that
        says the title of something."""
        slots: Counter[tuple[Edge, int]] = Counter()
        for row in found:
            certain = self._is_certain(row)
            if certain:
                self._said.add((row.edge, row.words))
            if certain or (row.gap >= _APART and self._says_titles(row)):
                slots[row.edge, row.height] += 1
        return slots

    def _fills_slot(self, row: _Row) -> bool:
        """A row where furniture stands on most pages: a title of a chapter, or a number."""
        filled = sum(self._slots[row.edge, height] for height in _near(row.height, 1))
        if filled < 3 or filled < _MOST * self._pages / 2 or row.gap < _APART:
            return False
        if row.number == row.page or len(row.text) <= 3:
            return True
        if row.words and (row.edge, row.words) in self._said:
            return True
        return self._says_titles(row)

    def _says_titles(self, row: _Row) -> bool:
        """Whether each part of a row is a page number or the words, perhaps cut short, of a
        title, set smaller or lighter than a heading is."""
        if row.size > 1.02 * self._body or (row.bold and row.size > 0.95 * self._body):
            return False
        parts = [line.text for line in row.lines if not _PAGE_NUMBER.fullmatch(line.text)]
        return bool(parts) and all(self._is_title(words_in(text)) for text in parts)

    def _is_title(self, words: str) -> bool:
        place = bisect_left(self._titles, words)
        return (
            words != ""
            and place < len(self._titles)
            and (
                self._titles[place] == words
                or (len(words) >= _CUT_SHORT and self._titles[place].startswith(words))
            )
        )


def _edge_rows(page: PdfPage, lines: Sequence[Line]) -> list[_Row]:
    zone = _ZONE * page.height
    upper = rows([line for line in lines if line.base < 1.5 * zone])
    lower = rows([line for line in lines if line.base > page.height - 1.5 * zone])[::-1]
    found = []
    edges: tuple[tuple[Edge, list[list[Line]]], ...] = (("top", upper), ("bottom", lower))
    for edge, run in edges:
        for place, row in enumerate(run[:_ROWS]):
            inside = row[0].base < zone if edge == "top" else row[0].base > page.height - zone
            if inside:
                after = run[place + 1] if place + 1 < len(run) else None
                found.append(_row(page.number, edge, place, row, after))
    return found


def _row(page: int, edge: Edge, place: int, row: list[Line], after: list[Line] | None) -> _Row:
    text = " ".join(line.text for line in row)
    longest = max(row, key=lambda line: len(line.text))
    gap = abs(after[0].base - row[0].base) / max(longest.size, 1.0) if after else 99.0
    tabular = (
        len(row) > 1
        and after is not None
        and len(after) == len(row)
        and gap < 2.5
        and all(abs(a.x0 - b.x0) < 2 * a.size for a, b in zip(row, after, strict=True))
    )
    return _Row(
        page=page,
        edge=edge,
        place=place,
        lines=tuple(row),
        text=text,
        shape=_NUMBERS.sub("#", text.casefold()),
        base=longest.base,
        size=longest.size,
        bold=longest.bold,
        gap=gap,
        tabular=tabular,
    )


def _near(height: int, reach: int) -> range:
    return range(height - reach, height + reach + 1)


def _offsets(row: _Row) -> frozenset[int]:
    """How far the number that a row, or a part of it, starts or ends with is from that of its
    page."""
    found = (_AT_END.findall(line.text) for line in row.lines)
    return frozenset(int(number) - row.page for numbers in found for number in numbers)


def _value(number: str) -> int | None:
    if number.isdigit():
        return int(number)
    digits = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    values = [digits[char] for char in number.casefold()]
    after = [*values[1:], 0]
    return sum(-v if v < next_ else v for v, next_ in zip(values, after, strict=True)) or None
