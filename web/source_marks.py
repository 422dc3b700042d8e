"""What is marked in a document: the words of an answer, or what a reader looks for."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from web.source_layout import Line, Span

MOST_FOUND = 500
_MOST_WORDS = 20
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is marked, or not."""

    text: str
    marked: bool = False
    current: bool = False
    """It is of the place that the reader is led to."""
    first: bool = False
    """It is the first one of that place: where links lead."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Places in a text, in order and apart from each other, of which one is the current."""

    spans: tuple[Span, ...] = ()
    at: int = 0
    """Place of the current one in ``spans``."""

    @property
    def current(self) -> Span | None:
        """Where the reader is led to; None when there is no hit."""
        return self.spans[self.at] if self.spans else None

    def pieces(self, text: str, line: Line) -> list[Piece]:
        """``line`` of ``text`` in pieces, all of it."""
        found: list[Piece] = []
        done = line.start
        for number, (start, end) in enumerate(self.spans):
            low, high = max(start, line.start), min(end, line.end)
            if low >= high:
                continue
            if done < low:
                found.append(Piece(text[done:low]))
            found.append(Piece(text[low:high], True, number == self.at))
            done = high
        if done < line.end:
            found.append(Piece(text[done : line.end]))
        return found


def hits_of(current: Span, others: Sequence[Span], length: int) -> Hits:
    """The span that is led to, with others of the same text of ``length`` characters. What is
    empty, does not lie in the text or lies over an earlier one is left out."""
    kept: list[Span] = []
    for start, end in (current, *others):
        apart = all(end <= first or start >= last for first, last in kept)
        if 0 <= start < end <= length and apart:
            kept.append((start, end))
    spans = tuple(sorted(kept))
    return Hits(spans, spans.index(current)) if current in spans else Hits(spans)


def search(text: str, typed: str) -> tuple[Span, ...]:
    """Where ``typed`` stands in ``text``, whatever the case and accents: as one phrase, or else
    each of its words. At most 500 places."""
    words = [w for w in _folded(typed)[0].split() if _LETTER.search(w)][:_MOST_WORDS]
    if not words:
        return ()
    folded, places = _folded(text)
    phrase = r"\s+".join(re.escape(word) for word in words)
    loose = "|".join(sorted({re.escape(word) for word in words}, key=len, reverse=True))
    for pattern in (phrase, loose):
        found = []
        for match in re.finditer(pattern, folded):
            found.append((places[match.start()], places[match.end() - 1] + 1))
            if len(found) == MOST_FOUND:
                break
        if found:
            return tuple(found)
    return ()


def same_words(quote: str, text: str) -> Span | None:
    """Where the words of ``quote`` stand in another text, spaces and line ends aside."""
    at = text.find(quote)
    if at >= 0:
        return at, at + len(quote)
    match = re.search(r"\s+".join(re.escape(word) for word in quote.split()), text)
    return match.span() if match and match[0] else None


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """``text`` without case and accents, and for each character of that its place in ``text``."""
    if text.isascii():
        return text.lower(), range(len(text))
    chars: list[str] = []
    places = array("L")
    for place, char in enumerate(text):
        plain = char.lower() if char.isascii() else _plain(char)
        chars.append(plain)
        places.extend([place] * len(plain))
    return "".join(chars), places


def _plain(char: str) -> str:
    parts = unicodedata.normalize("NFKD", char).casefold()
    return "".join(part for part in parts if not unicodedata.combining(part))
