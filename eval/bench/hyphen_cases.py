"""Line breaks with a hyphen whose right outcome is known: text set in narrow columns.

Words are broken where the Dutch hyphenation patterns allow it (pyphen), words with a hyphen of
their own behind that hyphen, as a word processor does. What stood there before is the truth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

WIDTHS = (30, 37, 44, 51, 58, 65)
"""Characters in a line: from a narrow column to a page."""
_MIN_WORD = 5
_LETTERS = re.compile(r"[^\W\d_]+")
_SPLIT_HYPHEN = re.compile(r"(?<=[^\W_]-)(?=[^\W_])")
_ODD = re.compile(r"[._/\\@:=+<>#]\w|--|https?:|www\.")
_AT_END = re.compile(r"(\S*[^\W_])-$")
_VOWELS = "aeiouyáéíóúäëïöüàèê"
_CLASHES = frozenset("aa ae ai au ee ei eu ie ii ij oe oi oo ou ui uu".split())  # noqa: SIM905
_PREFIXES = frozenset("ex niet non oud anti pseudo semi quasi pro vice mede co re".split())  # noqa: SIM905

Breaks = Callable[[str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Case:
    """Two lines of which the first ends in a hyphen, and the line that they were."""

    left: str
    right: str
    whole: str
    real: bool
    """Whether the hyphen belongs to the word."""
    category: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a token, and what a line break behind it would add ("-" or nothing)."""

    text: str
    added: str


def set_in_columns(paragraph: str, width: int, breaks: Breaks) -> list[str]:
    """The lines of ``paragraph``, at most ``width`` characters each where words allow it.

    A line that ends in a hyphen which was added ends in U+2010 instead of "-".
    """
    lines: list[str] = []
    line = ""
    for token in paragraph.split():
        pieces = _pieces(token, breaks)
        lead = f"{line} " if line else ""
        while pieces:
            fit = _fitting(pieces, width - len(lead))
            if fit == len(pieces):
                line = lead + "".join(piece.text for piece in pieces)
                break
            if fit:
                head = "".join(piece.text for piece in pieces[:fit])
                lines.append(lead + head + pieces[fit - 1].added)
                pieces = pieces[fit:]
            elif lead:
                lines.append(lead[:-1])
            else:
                line = "".join(piece.text for piece in pieces)
                break
            lead = ""
    return [*lines, line] if line else lines


def cases_of_text(paragraphs: Sequence[str], breaks: Breaks) -> tuple[list[Case], str]:
    """The cases of a document, and the document as it would come out of a PDF."""
    cases: list[Case] = []
    printed: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        lines = set_in_columns(paragraph, WIDTHS[number % len(WIDTHS)], breaks)
        printed += [line.replace("\u2010", "-") for line in lines]
        for left, right in pairwise(lines):
            if left.endswith("\u2010"):
                cases.append(_soft(left[:-1], right.rstrip("\u2010")))
            elif _AT_END.search(left):
                glue = "" if _joins_on(left, right, paragraph) else " "
                cases.append(_real(left, right.rstrip("\u2010"), glue))
    return [case for case in cases if not _is_odd(case)], "\n".join(printed)


def cases_of_word(word: str, breaks: Breaks) -> Iterator[Case]:
    """A word on its own: broken at each of its hyphens, or at one place that its letters pick."""
    parts = _SPLIT_HYPHEN.split(word)
    for place in range(1, len(parts)):
        yield _real("".join(parts[:place]), "".join(parts[place:]), "")
    points = breaks(word) if len(parts) == 1 and len(word) > _MIN_WORD else ()
    if points:
        point = points[crc32(word.encode("utf-8")) % len(points)]
        yield _soft(word[:point], word[point:])


@lru_cache(maxsize=100_000)
def by_patterns(word: str) -> tuple[int, ...]:
    """Where the Dutch patterns break a word, two letters from its ends or more."""
    return tuple(_pyphen().positions(word))


def by_rule(word: str) -> tuple[int, ...]:
    """Where a coarse rule breaks a word: before each consonant that a vowel follows, three
    letters from its ends. It makes the mistakes that simple programs make ("lees-tijl")."""
    low = word.casefold()
    return tuple(
        at
        for at in range(3, len(low) - 3)
        if low[at] not in _VOWELS and low[at + 1] in _VOWELS and set(low[:at]) & set(_VOWELS)
    )


@lru_cache(maxsize=1)
def _pyphen():  # type: ignore[no-untyped-def]
    import pyphen  # only to make the cases

    return pyphen.Pyphen(lang="nl_NL", left=2, right=2)


def _pieces(token: str, breaks: Breaks) -> list[_Piece]:
    if _ODD.search(token):
        return [_Piece(token, "")]
    pieces: list[_Piece] = []
    for part in _SPLIT_HYPHEN.split(token):
        letters = _LETTERS.search(part)
        points = breaks(letters.group()) if letters and len(letters.group()) >= _MIN_WORD else ()
        offset = letters.start() if letters else 0
        edges = [0, *(offset + point for point in points), len(part)]
        texts = [part[start:end] for start, end in pairwise(edges)]
        pieces += [_Piece(text, "\u2010") for text in texts[:-1]] + [_Piece(texts[-1], "")]
    return pieces


def _fitting(pieces: Sequence[_Piece], room: int) -> int:
    """How many of ``pieces`` fit, with what a break behind the last of them adds."""
    best = length = 0
    for count, piece in enumerate(pieces, start=1):
        length += len(piece.text)
        added = piece.added if count < len(pieces) else ""
        if length + len(added) <= room:
            best = count
    return best


def _joins_on(left: str, right: str, paragraph: str) -> bool:
    token = left.rsplit(" ", 1)[-1] + right.split(" ", 1)[0].rstrip("\u2010")
    return token in paragraph


def _soft(left: str, right: str) -> Case:
    first, second = left.rsplit(" ", 1)[-1], right.split(" ", 1)[0]
    category = "eigennaam of begin van een zin" if first[:1].isupper() else "gewoon woord"
    if "-" in first or "-" in second:
        category = "deel van een woord met streepje"
    return Case(f"{left}-", right, left + right, False, category)


def _real(left: str, right: str, glue: str) -> Case:
    found = _AT_END.search(left if left.endswith("-") else f"{left}-")
    first = re.split(r"[^\w.']", found.group(1))[-1] if found else ""
    second = re.split(r"[^\w.']", right)[0]
    category = "hangend streepje" if glue else _category(first, second)
    return Case(left, right, left + glue + right, True, category)


def _category(first: str, second: str) -> str:
    if any(char.isdigit() for char in first + second[:1]):
        return "cijfer"
    if second[:1].isupper():
        return "naam of hoofdletter"
    if len(first) == 1 or first[1:].lower() != first[1:] or not set(first.lower()) & set(_VOWELS):
        return "letter of afkorting"
    if first[:1].isupper():
        return "begint met hoofdletter"
    if first in _PREFIXES:
        return "voorvoegsel"
    if first[-1:] + second[:1] in _CLASHES:
        return "klinkerbotsing"
    return "overig"


def _is_odd(case: Case) -> bool:
    """Whether it is no word but an address, a path or a command with options."""
    return bool(_ODD.search(case.left.rsplit(" ", 1)[-1] + case.right.split(" ", 1)[0]))
