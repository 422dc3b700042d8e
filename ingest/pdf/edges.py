"""The rows at the upper and lower edges of pages, where running heads and page numbers stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.pages import PdfPage
from ingest.pdf.lines import Line, rows

Edge = Literal["top", "bottom"]

_ROMAN = r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
PAGE_NUMBER = re.compile(
    r"(?:(?:pagina|pag\.?|blz\.?|bladzijde|page|p\.)\s*)?[^\w\s]{0,2}\s*"
    rf"(\d{{1,4}}|{_ROMAN})"
    r"\s*[^\w\s]{0,2}(?:\s*(?:van|of|/|\|)\s*\d{1,4})?[^\w\s]{0,2}",
    re.IGNORECASE,
)
"""A page number and nothing else; group 1 is the number."""
_AT_END = re.compile(r"^\d{1,4}(?=\s|$)|(?<=\s)\d{1,4}$")
_NUMBERS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]+")
_PARTS = {"hoofdstuk", "deel", "bijlage", "paragraaf", "chapter"}
_ZONE = 0.2  # of the height of a page
_ROWS = 3  # on each edge
SAME_HEIGHT = 5.0
"""In points: rows nearer than this to where others stand on their pages stand as they do."""


@dataclass(frozen=True, slots=True)
class EdgeRow:
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
        return round(self.base / SAME_HEIGHT)

    @property
    def words(self) -> str:
        """Its words, without a page number that stands apart."""
        parts = (line.text for line in self.lines if not PAGE_NUMBER.fullmatch(line.text))
        return words_in(" ".join(parts))

    @property
    def number(self) -> int | None:
        """What it counts, when it is a page number and nothing else."""
        found = PAGE_NUMBER.fullmatch(self.text)
        return value_of(found.group(1)) if found else None


def edge_rows(page: PdfPage, lines: Sequence[Line]) -> list[EdgeRow]:
    """The first rows of ``page`` from above and from below, as far as they stand in its upper
    or lower fifth, from the edge inwards."""
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


def _row(page: int, edge: Edge, place: int, row: list[Line], after: list[Line] | None) -> EdgeRow:
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
    return EdgeRow(
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


def offsets_of(row: EdgeRow) -> frozenset[int]:
    """How far the number that a row, or a part of it, starts or ends with is from that of its
    page."""
    found = (_AT_END.findall(line.text) for line in row.lines)
    return frozenset(int(number) - row.page for numbers in found for number in numbers)


def value_of(number: str) -> int | None:
    """What an Arabic or Roman number counts; None for a Roman one that is none."""
    if number.isdigit():
        return int(number)
    digits = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    values = [digits[char] for char in number.casefold()]
    after = [*values[1:], 0]
    return sum(-v if v < next_ else v for v, next_ in zip(values, after, strict=True)) or None


def words_in(text: str) -> str:
    """The words of ``text``, to compare headings by: without numbers, case and punctuation, and
    without a first word such as "hoofdstuk"."""
    words = _WORDS.findall(text.casefold())
    return " ".join(words[1:] if words[:1] and words[0] in _PARTS and words[1:] else words)
