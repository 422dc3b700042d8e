"""Folds passages that say the same into one, with all their sources kept.

What is folded must not be missed: every sentence of it stands, word for word and behind the same
introducing sentence, in the passage that stays. Nearly the same is not enough: seven is one word
away from eight, and "mag" from "moet".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.fits import leans_back
from corpus.shingles import FEWEST_WORDS, words
from corpus.twins import Twin
from corpus.types import Hit, Passage, Reason, Sentence

FOLDED = "folded"
"""Name of the reason that lifts a passage to the place of one that says the same."""
EQUAL = 0.3
"""Points between two scores that are about equal: a change of words that means nothing moves a
score as much."""

_KEPT = 20_000  # passages of which it is kept what they say

_Said = frozenset[tuple[tuple[str, ...], tuple[str, ...]]]
"""What a passage says: (words of the introducing sentence, words) of each sentence."""


class Likenesses(Protocol):
    """Knows which passages may say the same: ``corpus.twins.TwinTable``."""

    def __contains__(self, passage_id: object) -> bool:
        """Whether a passage may have a twin."""

    def between(self, passage_id: str, other_id: str) -> Twin | None:
        """What the other passage is to the first; None when they do not say the same."""


@dataclass(slots=True)
class _Group:
    """A passage that stays (``face``) and what is folded into it, best first."""

    face: Hit
    others: list[Hit]


class Folder:
    """Folds hits. It keeps what passages say, which never changes; several threads may use it."""

    def __init__(self, equal: float = EQUAL) -> None:
        self._equal = equal
        self._said: dict[str, _Said] = {}

    def fold(self, hits: Sequence[Hit], twins: Likenesses) -> tuple[Hit, ...]:
        """Hits, best first, in which nothing says only what another one says already.

        What is folded stands in ``Hit.also`` of the one that stays. That is the best of them,
        unless one that says all of it too scores at most ``equal`` points less, and is from a
        newer document or says more: it gets the place of the best, and a Reason that says so.
        Hits must count today.
        """
        groups: list[_Group] = []
        linked: list[_Group] = []
        for hit in hits:
            if hit.passage.id not in twins:
                groups.append(_Group(hit, []))
            elif not any(self._taken_in(hit, group, twins) for group in linked):
                group = _Group(hit, [])
                groups.append(group)
                linked.append(group)
        return tuple(_folded(group) for group in groups)

    def _taken_in(self, hit: Hit, group: _Group, twins: Likenesses) -> bool:
        """Fold ``hit`` into a group that stands higher, perhaps as its new face, if that may be."""
        face = group.face
        twin = twins.between(face.passage.id, hit.passage.id)
        if twin is None or twin.kind == "alike" or twin.other_numbers:
            return False
        ours, theirs = self._said_in(hit.passage), self._said_in(face.passage)
        says_all, is_all_said = ours >= theirs, ours <= theirs
        if not (says_all or is_all_said) or not _may_meet(hit.passage, face.passage):
            return False
        near = face.score - hit.score <= self._equal
        if says_all and near and (not is_all_said or _newer(hit, face)):
            group.others.insert(0, face)
            group.face = _in_place_of(face, hit)
            return True
        if is_all_said:
            group.others.append(hit)
        return is_all_said

    def _said_in(self, passage: Passage) -> _Said:
        if len(self._said) > _KEPT:
            self._said = {}
        known = self._said  # another thread may put a new one in its place meanwhile
        if passage.id not in known:
            known[passage.id] = frozenset(
                (tuple(words(_lead(passage, s))), tuple(words(s.text))) for s in passage.sentences
            )
        return known[passage.id]


def unfolded(hits: Iterable[Hit]) -> list[Hit]:
    """Each hit, with what was folded into it right behind it: for figures that count passages."""
    return [one for hit in hits for one in (hit, *hit.also)]


# --- steps -----------------------------------------------------------------------------------


def _in_place_of(face: Hit, hit: Hit) -> Hit:
    lifted = Reason(FOLDED, face.score - hit.score, hit.score)
    return replace(hit, score=face.score, why=(*hit.why, lifted))


def _folded(group: _Group) -> Hit:
    return replace(group.face, also=tuple(group.others)) if group.others else group.face


def _may_meet(one: Passage, other: Passage) -> bool:
    """Whether the same words mean the same in both places.

    "Ja, dat mag." is another answer under another heading.
    """
    if one.section[-1:] == other.section[-1:]:
        return True
    return all(_stands_alone(passage) for passage in (one, other))


def _stands_alone(passage: Passage) -> bool:
    first = passage.sentences[0].text if passage.sentences else ""
    return not leans_back(first) and len(passage.text.split()) >= 2 * FEWEST_WORDS


def _newer(one: Hit, other: Hit) -> bool:
    """Whether a document is of a later date, as far as both dates are known."""
    mine, theirs = one.metadata.published or "", other.metadata.published or ""
    shared = min(len(mine), len(theirs))
    return mine[:shared] > theirs[:shared]


def _lead(passage: Passage, sentence: Sentence) -> str:
    """The sentence that introduces the list or table of ``sentence``; empty outside of one."""
    if sentence.lead is None:
        return ""
    start, end = (at - passage.start for at in sentence.lead)
    return passage.text[start:end] if start >= 0 else passage.lead
