"""Finds among many words those that differ from another by one or two typing errors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

_A = ord("a")


class NearWords:
    """Words (folded: a to z only) that can be searched by their likeness.

    A filter on length and letters leaves few words to compare in full: each error changes the
    length by one at most, and brings in or takes out at most one letter of the alphabet.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = sorted(words, key=len)
        self._lengths = np.array([len(w) for w in self._words], dtype=np.int64)
        self._letters = _letters(self._words)

    def find(self, word: str, most: int) -> dict[str, int]:
        """Words at most ``most`` errors away, with how many: a letter more, less or other, or two
        neighbours swapped (optimal string alignment distance)."""
        if not word:
            return {}
        length = len(word)
        first, end = np.searchsorted(self._lengths, [length - most, length + most + 1])
        own, theirs = _letters([word])[0], self._letters[first:end]
        near = np.bitwise_count(theirs & ~own) <= most
        near &= np.bitwise_count(own & ~theirs) <= most
        kept = [self._words[first + i] for i in np.flatnonzero(near)]
        found = process.extract(word, kept, scorer=OSA.distance, score_cutoff=most, limit=None)
        return {other: int(errors) for other, errors, _ in found}


def _letters(words: Sequence[str]) -> NDArray[np.uint32]:
    """Per word a number with a bit set for every letter in it; shape (len(words),)."""
    if not words:
        return np.zeros(0, dtype=np.uint32)
    codes = np.frombuffer("".join(words).encode("ascii"), dtype=np.uint8) - _A
    bits = np.left_shift(np.uint32(1), codes.astype(np.uint32))
    ends = np.cumsum([len(w) for w in words])
    letters: NDArray[np.uint32] = np.bitwise_or.reduceat(bits, np.concatenate(([0], ends[:-1])))
    return letters
