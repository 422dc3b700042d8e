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

from ingest.pages import PdfPage
from ingest.pdf.edges import PAGE_NUMBER, Edge, EdgeRow, edge_rows, offsets_of, value_of, words_in
from ingest.pdf.lines import Line

Sheet = tuple[PdfPage, list[Line]]

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
_SEPARATED = re.compile(r"^\d{1,4}\s*[|•·–—/-]|[|•·–—/-]\s*\d{1,4}$")
_MAX_LENGTH = 120
_LARGE = 1.15  # times the size of the text: perhaps a title that each page has
_MOST = 0.6
_CUT_SHORT = 8
_APART = 1.25  # em from a row to the next, when it stands apart
_CLOSE = 1.6  # em from one baseline to the next


def without_furniture(
    sheets: Sequence[Sheet], body: float, titles: frozenset[str]
) -> tuple[list[Sheet], list[Line]]:
    """``sheets`` without their furniture, and the lines that this is.

    ``body`` is the size of the running text; ``titles`` are the words of headings, see `words_in`.
    """
    found = [row for page, lines in sheets for row in edge_rows(page, lines)]
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


class _Index:
    """What the edges of all pages say, by height and by text."""

    def __init__(
        self, found: Sequence[EdgeRow], pages: int, body: float, titles: frozenset[str]
    ) -> None:
        self._pages = pages
        self._body = body
        self._titles = sorted(titles)
        self._seen: Counter[tuple[Edge, int, str]] = Counter()
        self._counted: Counter[tuple[Edge, int, str, int]] = Counter()
        self._numbers: Counter[tuple[Edge, int, int]] = Counter()
        for row in found:
            self._seen[row.edge, row.height, row.text] += 1
            for offset in offsets_of(row):
                self._counted[row.edge, row.height, row.shape, offset] += 1
            if row.number is not None:
                self._numbers[row.edge, row.height, row.number - row.page] += 1
        self._said: set[tuple[Edge, str]] = set()
        self._slots = self._find_slots(found)

    def is_furniture(self, row: EdgeRow) -> bool:
        return self._is_certain(row) or self._fills_slot(row)

    def is_number_beside(self, row: EdgeRow, line: Line) -> bool:
        """Whether ``line`` is the page number, beside a row that is text."""
        found = PAGE_NUMBER.fullmatch(line.text)
        if found is None or len(row.lines) < 2 or row.place > 0:
            return False
        value = value_of(found.group(1))
        return value is not None and self._count_numbers(row, value - row.page) >= 3

    def _is_certain(self, row: EdgeRow) -> bool:
        if self._says_which_of_all(row) or _PRINTED.match(row.text):
            return True
        return not row.tabular and (
            self._counts(row) or self._repeats(row) or self._counts_with_words(row)
        )

    def _says_which_of_all(self, row: EdgeRow) -> bool:
        """ "Pagina 3 van 12" on the third of twelve pages, with nothing else but an address."""
        rest = [line.text for line in row.lines if not self._is_count(line.text, row.page)]
        return len(rest) < len(row.lines) and all(_ADDRESS.match(text) for text in rest)

    def _is_count(self, text: str, page: int) -> bool:
        found = _WHICH_OF_ALL.fullmatch(text)
        return found is not None and (int(found[1]), int(found[2])) == (page, self._pages)

    def _counts(self, row: EdgeRow) -> bool:
        """A bare page number, in step with those of other pages."""
        if row.number is None:
            return False
        return self._count_numbers(row, row.number - row.page) >= max(2, min(3, self._pages))

    def _count_numbers(self, row: EdgeRow, offset: int) -> int:
        return sum(self._numbers[row.edge, height, offset] for height in _near(row.height, 3))

    def _repeats(self, row: EdgeRow) -> bool:
        """The same words at the same height on other pages."""
        count = sum(self._seen[row.edge, height, row.text] for height in _near(row.height, 1))
        if row.size >= _LARGE * self._body or row.gap < _CLOSE:
            return count >= 5 and 2 * count >= self._pages
        return count >= 3 or (count == 2 and self._pages <= 3)

    def _counts_with_words(self, row: EdgeRow) -> bool:
        """Words that repeat with a number that counts the pages ("Jaarplan | 12").

        "Stap 3" on the third page is no such row: the number has to stand apart, or to follow
        the same words on many pages.
        """
        offsets = offsets_of(row)
        if row.size > 1.05 * self._body or not offsets or len(row.text) > _MAX_LENGTH:
            return False
        near = [(row.edge, height, row.shape) for height in _near(row.height, 1)]
        count = max(sum(self._counted[*key, offset] for key in near) for offset in offsets)
        if _LABELLED_PAGE.search(row.text):
            return count >= 3 or (count == 2 and self._pages <= 3)
        if len(row.lines) > 1 or _SEPARATED.search(row.text):
            return count >= 3
        return count >= 6 and not row.bold and len(row.words.split()) > 1

    def _find_slots(self, found: Sequence[EdgeRow]) -> Counter[tuple[Edge, int]]:
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

    def _fills_slot(self, row: EdgeRow) -> bool:
        """A row where furniture stands on most pages: a title of a chapter, or a number."""
        filled = sum(self._slots[row.edge, height] for height in _near(row.height, 1))
        if filled < 3 or filled < _MOST * self._pages / 2 or row.gap < _APART:
            return False
        if row.number == row.page or len(row.text) <= 3:
            return True
        if row.words and (row.edge, row.words) in self._said:
            return True
        return self._says_titles(row)

    def _says_titles(self, row: EdgeRow) -> bool:
        """Whether each part of a row is a page number or the words, perhaps cut short, of a
        title, set smaller or lighter than a heading is."""
        if row.size > 1.02 * self._body or (row.bold and row.size > 0.95 * self._body):
            return False
        parts = [line.text for line in row.lines if not PAGE_NUMBER.fullmatch(line.text)]
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


def _near(height: int, reach: int) -> range:
    return range(height - reach, height + reach + 1)
