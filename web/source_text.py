"""Cuts the canonical text of a document into paragraphs, with the cited span marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?![^\S\n]*\n)[^\n]*)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text inside a paragraph that is marked, or not."""

    text: str
    marked: bool
    first: bool = False
    """True for the first marked piece: the place that links point to."""


def paragraphs(text: str, start: int = 0, end: int = 0) -> tuple[tuple[Piece, ...], ...]:
    """Paragraphs of ``text`` (parted by blank lines), each a tuple of pieces.

    ``start`` and ``end`` are character offsets in ``text``, end exclusive; what lies between
    them is marked. An empty span, or one that does not lie within the text, marks nothing.
    """
    if not 0 <= start < end <= len(text):
        start = end = 0
    found: list[tuple[Piece, ...]] = []
    seen_mark = False
    for match in _PARAGRAPH.finditer(text):
        pieces = _pieces(text, match.start(), match.end(), start, end, first=not seen_mark)
        seen_mark = seen_mark or any(piece.marked for piece in pieces)
        found.append(pieces)
    return tuple(found)


def _pieces(
    text: str, begin: int, stop: int, start: int, end: int, *, first: bool
) -> tuple[Piece, ...]:
    low, high = max(begin, start), min(stop, end)
    if low >= high:
        return (Piece(text[begin:stop], marked=False),)
    parts = (
        Piece(text[begin:low], marked=False),
        Piece(text[low:high], marked=True, first=first),
        Piece(text[high:stop], marked=False),
    )
    return tuple(part for part in parts if part.text)
