"""Numbers as word processors spell them before paragraphs."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MAX_LETTERS = 26 * 30


def letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa, 28 is bb; digits for what letters cannot say."""
    if not 0 < number <= _MAX_LETTERS:
        return str(number)
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1)


def roman(number: int) -> str:
    """Roman numerals in small letters; digits for what they cannot say."""
    if not 0 < number < 4000:
        return str(number)
    spelled = ""
    for value, sign in _ROMAN:
        spelled += sign * (number // value)
        number %= value
    return spelled
