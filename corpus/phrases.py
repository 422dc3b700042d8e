"""Finds phrases of several words in a text, in any inflection and within one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.dutch import fold
from corpus.inflection import plain

_SENTENCE_END = re.compile(r"[.!?;]+(?=\s|$)|\n")
_PIECE = re.compile(r"[a-z0-9]+|\.{2,}")
_GAPS = {"..": 1, "...": 6}
"""How many words may stand where a phrase has dots."""
_NO_END = frozenset(
    "de het een t n dit dat die deze mijn m jouw je uw zijn haar ons onze hun hen hem".split()  # noqa: SIM905
)
"""Before one of these "aan", "op" or "mee" is no part of a verb: "neem ik aan de balie..."."""


@dataclass(frozen=True, slots=True)
class Found:
    """One phrase in a text."""

    stems: tuple[str, ...]
    """Stems of the words of the text that it took, in order; dots take none."""
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pattern:
    parts: tuple[tuple[int, str], ...]
    """(words that may stand before it, normal form) for each word but the first."""
    needed: frozenset[str]
    """The normal forms among these: most texts lack one, and need not be looked through."""
    means: tuple[str, ...]


class PhraseFinder:
    """Phrases by the normal form of their first word, so that a question meets only a few."""

    def __init__(self, phrases: Mapping[str, tuple[str, ...]], stem: Callable[[str], str]) -> None:
        self._stem = lru_cache(maxsize=20_000)(stem)
        # Several steps of an answer ask for those of its question.
        self._found = lru_cache(maxsize=200)(self._find)
        self._by_first: dict[str, list[_Pattern]] = {}
        for phrase, means in phrases.items():
            words = self._parts(phrase)
            if words:
                needed = frozenset(wanted for _, wanted in words[1:])
                pattern = _Pattern(words[1:], needed, means)
                self._by_first.setdefault(words[0][1], []).append(pattern)

    def find(self, text: str) -> tuple[Found, ...]:
        """Phrases in ``text`` in order; one that lies within a longer one is left out."""
        return self._found(text)

    def _find(self, text: str) -> tuple[Found, ...]:
        found: list[Found] = []
        for sentence in _SENTENCE_END.split(fold(text)):
            words = [word for word in _PIECE.findall(sentence) if word[0] != "."]
            found.extend(self._in_sentence(words, [self._stem(word) for word in words]))
        return tuple(found)

    def _in_sentence(self, words: Sequence[str], stems: Sequence[str]) -> list[Found]:
        normal = [plain(stem) for stem in stems]
        held = frozenset(normal)
        taken: list[tuple[tuple[int, ...], _Pattern]] = []
        for start, first in enumerate(normal):
            for pattern in self._by_first.get(first, ()):
                if pattern.needed <= held:
                    places = _places(pattern, words, normal, start)
                    if places:
                        taken.append((places, pattern))
        return [
            Found(tuple(stems[p] for p in places), pattern.means)
            for places, pattern in taken
            if not any(set(places) < set(other) for other, _ in taken)
        ]

    def _parts(self, phrase: str) -> tuple[tuple[int, str], ...]:
        parts: list[tuple[int, str]] = []
        gap = 0
        for piece in _PIECE.findall(fold(phrase)):
            if piece[0] == ".":
                gap = _GAPS[piece[:3]]
            else:
                parts.append((gap, plain(self._stem(piece))))
                gap = 0
        return tuple(parts)


def _places(
    pattern: _Pattern, words: Sequence[str], normal: Sequence[str], start: int
) -> tuple[int, ...]:
    """Where each word of a pattern stands when its first stands at ``start``; empty if nowhere."""
    places = [start]
    for number, (gap, wanted) in enumerate(pattern.parts, start=1):
        first = places[-1] + 1
        closing = gap > 0 and number == len(pattern.parts)
        nearest = next(
            (
                place
                for place in range(first, min(first + gap + 1, len(normal)))
                if normal[place] == wanted and not (closing and _goes_on(words, place))
            ),
            None,
        )
        if nearest is None:
            return ()
        places.append(nearest)
    return tuple(places)


def _goes_on(words: Sequence[str], place: int) -> bool:
    """Whether the word there belongs to what follows it, as a preposition does."""
    return place + 1 < len(words) and words[place + 1] in _NO_END
