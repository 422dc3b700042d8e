"""How easily one word is typed for another: what kind of slip lies between them.

Costs stand for how rare a slip is (powers of ten, roughly), in the manner of the noisy channel of
Kernighan, Church and Gale, "A Spelling Correction Program Based on a Noisy Channel Model" (1990).
"""

from __future__ import annotations

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUND_ALIKE = frozenset(
    map(frozenset, ("ck", "sz", "fv", "dt", "iy", "gk", "sc", "ie", "ae", "ea", "bp", "ij"))
)
_SPELT_ALIKE = (("ei", "ij"), ("au", "ou"), ("ks", "x"), ("ch", "g"), ("kw", "qu"), ("ie", "y"))

_SOUND = 0.6
_DOUBLED = 0.6
_SWAPPED = 0.7
_NEIGHBOUR = 0.9
_LETTER = 1.0
"""A letter too few or too many."""
_OTHER = 1.8
_FIRST = 0.8
"""On top, for a slip in the first letter: those are rare."""
_TWO = 2.6
_END = 0.5
"""On top, for a letter more or less at the end: often another form of the same word."""


def slip_cost(typed: str, meant: str, errors: int) -> float:
    """What it takes to type ``typed`` for ``meant`` (folded); ``errors`` is their distance."""
    if _spelt_alike(typed, meant):
        return _SOUND
    first = _FIRST if typed[0] != meant[0] else 0.0
    if errors > 1:
        return _TWO + first
    typed_rest, meant_rest, before = _difference(typed, meant)
    if len(typed_rest) == 2:
        return _SWAPPED + first
    if typed_rest and meant_rest:
        return _replaced(typed_rest, meant_rest) + first
    letter = typed_rest or meant_rest
    doubled = before.endswith(letter)
    at_end = _END if typed.startswith(meant) or meant.startswith(typed) else 0.0
    return (_DOUBLED if doubled else _LETTER) + first + at_end


def _difference(typed: str, meant: str) -> tuple[str, str, str]:
    """What is left of both without what they share at the start and at the end, and that start."""
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    end = 0
    shorter = min(len(typed), len(meant)) - start
    while end < shorter and typed[-1 - end] == meant[-1 - end]:
        end += 1
    return typed[start : len(typed) - end], meant[start : len(meant) - end], typed[:start]


def _replaced(typed: str, meant: str) -> float:
    if frozenset((typed, meant)) in _SOUND_ALIKE:
        return _SOUND
    return _NEIGHBOUR if _are_neighbours(typed, meant) else _OTHER


def _are_neighbours(one: str, other: str) -> bool:
    """Whether two letters lie beside, above or below each other on the keyboard."""
    places = {c: (row, column) for row, keys in enumerate(_ROWS) for column, c in enumerate(keys)}
    if one not in places or other not in places:
        return False
    (row, column), (other_row, other_column) = places[one], places[other]
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1


def _spelt_alike(typed: str, meant: str) -> bool:
    """Whether one way to write a sound stands for another: "begelijding"."""
    return any(
        typed.replace(one, other, 1) == meant or typed.replace(other, one, 1) == meant
        for one, other in _SPELT_ALIKE
        if one in typed or other in typed
    )
