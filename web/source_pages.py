"""The pages of a PDF as pictures, with what is marked on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlencode

from corpus.errors import RoutewijzerError
from corpus.originals import Original
from corpus.types import Version
from ingest.page_pictures import Sheet
from ingest.pages import Box, PdfPage
from ingest.pdf.located import locate
from web.source_address import Asked, path_of
from web.source_layout import page_at, page_spans
from web.source_marks import Hits

WIDTH, LARGE = 1000, 2000
"""Of the picture of a page, in pixels: on the page, and by itself."""
_MOST_PAGES = 3  # that one quote is shown on
_MOST_OTHERS = 40  # places that are marked beside the current: each takes a few milliseconds


class Drawer(Protocol):
    """Draws pages: ``ingest.page_pictures.PagePictures``."""

    def sheets(self, original: Original, numbers: Sequence[int], width: int) -> list[Sheet]:
        """Pages with their words. Raises RoutewijzerError when that cannot be done."""

    def picture(self, original: Original, number: int, width: int) -> bytes:
        """A page as PNG. Raises RoutewijzerError when that cannot be done."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle over the picture of a page, in percent of its width and height."""

    x: float
    y: float
    width: float
    height: float
    current: bool
    first: bool = False


@dataclass(frozen=True, slots=True)
class PageView:
    """One page as a picture, with what is marked on it."""

    number: int
    width: int
    height: int
    """Of the picture, in pixels."""
    marks: tuple[Mark, ...]
    address: str
    large: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pages that are shown as pictures, or why there are none."""

    numbers: tuple[int, ...] = ()
    pages: tuple[PageView, ...] = ()
    last: int = 0
    problem: str = ""


def draw(asked: Asked, drawer: Drawer, original: Original, version: Version, hits: Hits) -> Drawn:
    """The page that is asked for, else those of the current hit, else the first."""
    numbers = _numbers(asked, version, hits)
    last = max(page for _, page in version.page_starts)
    try:
        sheets = drawer.sheets(original, numbers, WIDTH)
    except RoutewijzerError as problem:
        return Drawn(numbers, last=last, problem=str(problem))
    marks = _marks([sheet.page for sheet in sheets], version, hits)
    views = tuple(
        _page_view(sheet.page, asked, version.id, marks.get(sheet.page.number, ()))
        for sheet in sheets
    )
    return Drawn(numbers, views, sheets[0].pages)


def _numbers(asked: Asked, version: Version, hits: Hits) -> tuple[int, ...]:
    """The pages to show: the one asked for, else those of the current hit, else the first."""
    if asked.page is not None:
        return (asked.page,)
    if hits.current is None:
        return (1,)
    start, end = hits.current
    first, last = page_at(start, version) or 1, page_at(end - 1, version) or 1
    return tuple(range(first, last + 1))[:_MOST_PAGES] or (first,)


def _marks(pages: Sequence[PdfPage], version: Version, hits: Hits) -> dict[int, tuple[Mark, ...]]:
    """What is marked on each page, the current place last: it lies on top."""
    found: dict[int, list[Mark]] = {}
    by_number = {page.number: page for page in pages}
    nearest = sorted(range(len(hits.spans)), key=lambda number: abs(number - hits.at))
    for number in reversed(nearest[: _MOST_OTHERS + 1]):
        start, end = hits.spans[number]
        first, last = page_at(start, version) or 1, page_at(end - 1, version) or 1
        own = [by_number[n] for n in range(first, last + 1) if n in by_number]
        is_current = number == hits.at
        if own:
            top, bottom = page_spans(version, first)[0][0], page_spans(version, last)[-1][1]
            before, after = version.text[top:start], version.text[end:bottom]
            located = locate(own, version.text[start:end], before, after)
            for page, boxes in located.boxes.items():
                marks = (_mark(box, by_number[page], is_current) for box in boxes)
                found.setdefault(page, []).extend(marks)
    return {page: _with_first(marks) for page, marks in found.items()}


def _mark(box: Box, page: PdfPage, current: bool) -> Mark:
    return Mark(
        x=round(100 * box.x0 / page.width, 2),
        y=round(100 * box.top / page.height, 2),
        width=round(100 * (box.x1 - box.x0) / page.width, 2),
        height=round(100 * (box.bottom - box.top) / page.height, 2),
        current=current,
    )


def _with_first(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    at = next((number for number, mark in enumerate(marks) if mark.current), None)
    return tuple(replace(mark, first=number == at) for number, mark in enumerate(marks))


def _page_view(page: PdfPage, asked: Asked, version_id: str, marks: tuple[Mark, ...]) -> PageView:
    path = f"{path_of(asked.document_id)}/pagina/{page.number}.png"
    return PageView(
        number=page.number,
        width=WIDTH,
        height=round(WIDTH * page.height / page.width),
        marks=marks,
        address=f"{path}?{urlencode({'versie': version_id})}",
        large=f"{path}?{urlencode({'versie': version_id, 'groot': 'ja'})}",
    )
