"""What differs between two versions of a document, passage by passage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from corpus.types import Passage

_CHANGED = 0.5
"""Share of words in common from which two passages are one that was changed."""
_MOST_PAIRS = 400
"""Pairs that are looked at within one run of changes: the time that takes grows with them."""
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed, came or went."""

    kind: Literal["same", "added", "gone"]
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One passage that is not as it was. ``now`` is None for what went, ``before`` for what
    came."""

    before: Passage | None
    now: Passage | None
    runs: tuple[Run, ...]

    @property
    def place(self) -> Passage:
        """The passage that says where it is."""
        found = self.now or self.before
        assert found is not None  # noqa: S101 - narrows for mypy
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences, in the order of the text, and how many passages stayed as they were."""

    differences: tuple[Difference, ...]
    same: int

    @property
    def added(self) -> int:
        """Passages that came."""
        return sum(d.before is None for d in self.differences)

    @property
    def gone(self) -> int:
        """Passages that went."""
        return sum(d.now is None for d in self.differences)

    @property
    def changed(self) -> int:
        """Passages that were changed."""
        return len(self.differences) - self.added - self.gone


def compare(before: Sequence[Passage], now: Sequence[Passage]) -> Comparison:
    """What became of each passage of ``before``, by the longest runs that both have in common
    (Ratcliff and Obershelp, as ``difflib`` has it)."""
    one, other = ([_key(p) for p in passages] for passages in (before, now))
    differences: list[Difference] = []
    same = 0
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            same += b - a
        else:
            differences += _within(before[a:b], now[c:d])
    return Comparison(tuple(differences), same)


# --- steps -----------------------------------------------------------------------------------


def _key(passage: Passage) -> tuple[str, str]:
    return passage.section_path, " ".join(passage.text.split())


def _within(before: Sequence[Passage], now: Sequence[Passage]) -> Iterator[Difference]:
    """The passages of one run of changes: pairs that are much alike, and what is left alone."""
    left = list(before)
    for passage in now:
        pair = _nearest(passage, left) if len(left) * len(now) <= _MOST_PAIRS else None
        if pair is None:
            yield Difference(None, passage, (Run("added", passage.text),))
            continue
        place = left.index(pair)
        yield from (_went(p) for p in left[:place])
        left = left[place + 1 :]
        yield Difference(pair, passage, tuple(_runs(pair.text, passage.text)))
    yield from (_went(p) for p in left)


def _went(passage: Passage) -> Difference:
    return Difference(passage, None, (Run("gone", passage.text),))


def _nearest(passage: Passage, candidates: Sequence[Passage]) -> Passage | None:
    words = passage.text.split()
    scored = [(_share(c.text.split(), words), -n, c) for n, c in enumerate(candidates)]
    best = max(scored, key=lambda s: s[:2], default=None)
    return best[2] if best is not None and best[0] >= _CHANGED else None


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # Two cheaper bounds first: most passages have little in common.
    if matcher.real_quick_ratio() < _CHANGED or matcher.quick_ratio() < _CHANGED:
        return 0.0
    return matcher.ratio()


def _runs(before: str, now: str) -> Iterator[Run]:
    """The words of both texts, each once, by what became of them."""
    one, other = _WORDS.findall(before), _WORDS.findall(now)
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Run("same", "".join(one[a:b]))
            continue
        if a < b:
            yield Run("gone", "".join(one[a:b]))
        if c < d:
            yield Run("added", "".join(other[c:d]))
