"""What a process that read a file says of it, checked and put together."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.pages import Bookmark, Box, Page, PdfPage, Read, Word

_PNG = b"\x89PNG\r\n\x1a\n"


class Received:
    """Collects the messages of `ingest.child` into what was read."""

    def __init__(self, max_chars: int) -> None:
        self._left = max_chars
        self._pdf: list[PdfPage] = []
        self._pages: list[Page] = []
        self._outline: list[Bookmark] = []
        self._title: str | None = None
        self._warnings: tuple[str, ...] = ()

    def take(self, message: dict[str, Any]) -> tuple[int, int] | None:
        """Keep what ``message`` says; progress, as (done, total), is given back.

        Raises ValueError, TypeError or KeyError when it is none of the messages that there are,
        or when there are more characters than were allowed.
        """
        if "progress" in message:
            done, total = message["progress"]
            return _whole(done), _whole(total)
        if "pdf" in message:
            self._pdf.append(self._pdf_page(message["pdf"]))
        elif "page" in message:
            page = message["page"]
            number = None if page["number"] is None else _whole(page["number"])
            self._pages.append(Page(number, self._text(page["text"])))
        elif "bookmark" in message:
            mark = message["bookmark"]
            title = self._text(mark["title"])
            self._outline.append(Bookmark(_whole(mark["level"]), title, _whole(mark["page"])))
        else:
            title = message["title"]
            self._title = None if title is None else self._text(title)
            self._warnings = tuple(self._text(each) for each in message["warnings"])
        return None

    def read(self) -> Read:
        """All of it."""
        return Read(
            pages=tuple(self._pages),
            pdf=tuple(self._pdf),
            outline=tuple(self._outline),
            title=self._title,
            warnings=self._warnings,
        )

    def _pdf_page(self, page: dict[str, Any]) -> PdfPage:
        return PdfPage(
            number=_whole(page["number"]),
            width=_number(page["width"]),
            height=_number(page["height"]),
            words=tuple([self._word(*word) for word in page["words"]]),
            drawn=tuple([_box(*box) for box in page["drawn"]]),
            pictures=tuple([_box(*box) for box in page["pictures"]]),
        )

    def _word(
        self,
        text: object,
        x0: float,
        top: float,
        x1: float,
        bottom: float,
        size: float,
        bold: object,
        italic: object,
    ) -> Word:
        if not math.isfinite(x0 + top + x1 + bottom + size):
            raise ValueError("a place that is no number")
        return Word(
            self._text(text),
            float(x0),
            float(top),
            float(x1),
            float(bottom),
            float(size),
            bold is True,
            italic is True,
        )

    def _text(self, text: object) -> str:
        if not isinstance(text, str):
            raise TypeError("no text")
        self._left -= len(text)
        if self._left < 0:
            raise ValueError("too much text")
        text.encode("utf-8")  # no lone surrogates: these cannot be stored
        return text


@dataclass(frozen=True, slots=True)
class Viewed:
    """A page as people look at it: its words, and its picture (PNG)."""

    page: PdfPage
    pages: int
    """How many the PDF has."""
    picture: bytes


def viewed(message: Mapping[str, Any], max_chars: int) -> Viewed:
    """What a message says of a page that was drawn.

    Raises ValueError, TypeError or KeyError when it is no such message.
    """
    picture = base64.b64decode(message["picture"], validate=True)
    if not picture.startswith(_PNG):
        raise ValueError("no PNG")
    return Viewed(page_from(message["pdf"], max_chars), _whole(message["pages"]), picture)


def page_from(packed: Mapping[str, Any], max_chars: int) -> PdfPage:
    """The page that `ingest.child.packed` packed, checked as a message is."""
    received = Received(max_chars)
    received.take({"pdf": packed})
    return received.read().pdf[0]


def _box(x0: float, top: float, x1: float, bottom: float) -> Box:
    if not math.isfinite(x0 + top + x1 + bottom):
        raise ValueError("a place that is no number")
    return Box(float(x0), float(top), float(x1), float(bottom))


def _number(value: object) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("no number")
    return float(value)


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("no whole number")
    return value
