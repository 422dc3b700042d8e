"""Note marks in running text: small raised digits, letters and stars."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_MARK = re.compile(r"(?:\d{1,3}(?:[,;]\s?\d{1,3})*|[*†‡§#]{1,3}|[a-df-z]|[ivx]{2,4})[).]?,?")
_TYPED = re.compile(r"(?<![\d⁰¹²³⁴-⁹⁻])([⁰¹²³⁴-⁹]{1,3})(?=\W*$)")
_UNIT = re.compile(r"(?<!\w)[cdkmµ]?m$|(?<![^\W_])10$")
_SUPERSCRIPTS = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_SMALLER = 0.86
_HIGHER = 0.12


def is_raised(size: float, base: float, line_size: float, line_base: float) -> bool:
    """Whether a word of ``size`` with its baseline at ``base`` is set small and high in a line
    of ``line_size`` on ``line_base``."""
    return size <= _SMALLER * line_size and line_base - base >= _HIGHER * line_size


def is_mark(text: str, before: str) -> bool:
    """Whether raised ``text`` behind ``before`` (empty: it touches nothing) refers to a note;
    if not, it is an exponent (m², 10³) or an ending (1e)."""
    return _MARK.fullmatch(text) is not None and not _UNIT.search(before)


def power(text: str, before: str) -> str:
    """Raised ``text`` as it is written on the line: 10³ would otherwise read as 103."""
    is_number = before[-1:].isdigit() and text[:1] in "-−0123456789"
    return text.translate(_SUPERSCRIPTS) if is_number else text


def names_with_powers(words: Iterable[str]) -> frozenset[str]:
    """Words with raised characters typed behind them that come back: such a word is a name
    ("GOsa²"), for a note is referred to once."""
    found = Counter(_core(word) for word in words if _TYPED.search(word))
    return frozenset(word for word, count in found.items() if count > 1 and word[0].isalpha())


def split_typed_mark(text: str, names: frozenset[str]) -> tuple[str, str]:
    """``text`` as (the word, the note mark that is typed behind it as raised characters).
    ``names`` are words that end in such characters, see `names_with_powers`."""
    found = _TYPED.search(text)
    if found is None or _UNIT.search(text[: found.start()]) or _core(text) in names:
        return text, ""
    return text[: found.start()] + text[found.end() :], found.group(1)


def _core(word: str) -> str:
    return word.strip("()[]{}.,;:!?'\"“”„‘’«»")
