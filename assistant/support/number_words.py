"""Numbers written as words, in Dutch and English."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

_DUTCH = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
]
_DUTCH_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()  # noqa: SIM905
_ENGLISH = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_DUTCH_ORDINALS = [
    "eerste",
    "tweede",
    "derde",
    "vierde",
    "vijfde",
    "zesde",
    "zevende",
    "achtste",
    "negende",
    "tiende",
    "elfde",
    "twaalfde",
]
_ENGLISH_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_HUNDRED, _THOUSAND = 100, 1000


@lru_cache(maxsize=1)
def cardinals() -> dict[str, Fraction]:
    """Value per folded word. "een", "one" and "a" are left out: mostly they count nothing."""
    found: dict[str, int] = {
        word: n for words in (_DUTCH, _ENGLISH) for n, word in enumerate(words)
    }
    for n, (dutch, english) in enumerate(zip(_DUTCH_TENS, _ENGLISH_TENS, strict=True), start=2):
        found[dutch] = found[english] = 10 * n
        for unit in range(1, 10):
            link = "en"
            found[f"{_DUTCH[unit]}{link}{dutch}"] = 10 * n + unit
            found[f"{english}-{_ENGLISH[unit]}"] = 10 * n + unit
    small = {word: n for word, n in found.items() if 1 < n < _HUNDRED}
    found |= {"honderd": _HUNDRED, "duizend": _THOUSAND, "hundred": _HUNDRED}
    found |= {"thousand": _THOUSAND, "miljoen": 1_000_000, "million": 1_000_000}
    for word, n in small.items():
        found[f"{word}honderd"] = n * _HUNDRED
        found[f"{word}duizend"] = n * _THOUSAND
        found[f"honderd{word}"] = _HUNDRED + n
    found |= {"beide": 2, "allebei": 2, "both": 2, "dozijn": 12, "dozen": 12}
    for word in ("een", "one"):
        del found[word]
    return {word: Fraction(n) for word, n in found.items()}


@lru_cache(maxsize=1)
def ordinals() -> dict[str, Fraction]:
    """Value per folded ordinal: "derde" and "third" are 3, "3e" is read elsewhere."""
    found: dict[str, Fraction] = {}
    for words in (_DUTCH_ORDINALS, _ENGLISH_ORDINALS):
        found |= {word: Fraction(n) for n, word in enumerate(words, start=1)}
    return found


FRACTIONS = {
    "helft": Fraction(1, 2),
    "half": Fraction(1, 2),
    "halve": Fraction(1, 2),
    "kwart": Fraction(1, 4),
    "driekwart": Fraction(3, 4),
    "anderhalf": Fraction(3, 2),
    "anderhalve": Fraction(3, 2),
    "quarter": Fraction(1, 4),
    "three-quarters": Fraction(3, 4),
    "two-thirds": Fraction(2, 3),
    "one-third": Fraction(1, 3),
    "tweederde": Fraction(2, 3),
}
"""Parts of a whole that one word says."""

PARTS = {
    "derde": 3,
    "vierde": 4,
    "kwart": 4,
    "vijfde": 5,
    "tiende": 10,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "fifths": 5,
}
"""What "twee" makes a part of the whole with: "twee derde"."""
