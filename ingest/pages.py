"""What the reader of a format yields: pages of text, or the words of a PDF where they stand.

Coordinates are in points (1/72 inch) from the top left corner of the page as it is seen, so
``top < bottom`` and a rotated page is upright.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A page, slide, or (``number`` None) a whole document that has no pages."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: a picture, a rule or a filled area."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without space between them, with the box around them and their type."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    """Font size in points."""
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page of a PDF: its words in the order of the file, and what is drawn."""

    number: int
    """Counted from 1, as viewers count."""
    width: float
    height: float
    words: tuple[Word, ...]
    drawn: tuple[Box, ...] = ()
    """Rules and filled areas: the lines of tables and the grounds of sidebars."""
    pictures: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline of a PDF: level 1 is the outermost."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Read:
    """What came out of one file. A PDF fills ``pdf``, every other form ``pages``."""

    pages: tuple[Page, ...] = ()
    pdf: tuple[PdfPage, ...] = ()
    outline: tuple[Bookmark, ...] = ()
    title: str | None = None
    """What the properties of the file call it; often wrong in a PDF."""
    warnings: tuple[str, ...] = ()
