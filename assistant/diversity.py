"""Which of the passages found are read for an answer: not five views of one page when others bear
on the question.

Maximal marginal relevance (J. Carbonell and J. Goldstein, The use of MMR, diversity-based
reranking for reordering documents and producing summaries, 1998): each next passage is the one
with the highest score, less what it repeats of those that were chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from corpus.types import Hit


@dataclass(frozen=True, slots=True)
class DiversitySettings:
    """How much a passage loses by repeating others."""

    weight: float = 0.6
    """Points that a passage loses when all its words stand in one that was chosen. A passage that
    scores this much better than another is never overtaken by it."""
    pool: int = 12
    """Passages, from the best, among which is chosen."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """How much a passage repeats of those that it was held against."""

    repeated: float
    against: int = 0
    """How many of the chosen these are, from the first."""


def diverse(
    hits: Sequence[Hit],
    places: int,
    terms: Callable[[Hit], Collection[str]],
    settings: DiversitySettings | None = None,
) -> tuple[Hit, ...]:
    """The same hits, of which the first ``places`` repeat each other less.

    ``hits`` stand best first, and the first of them stays. ``terms`` gives the terms of the text
    of a hit (``DutchAnalyser.term_set``). Behind the places chosen, hits keep their order.
    """
    settings = settings or DiversitySettings()
    pool = list(hits[: settings.pool])
    if places < 2 or len(pool) <= 2:
        return tuple(hits)
    said = {hit.passage.id: frozenset(terms(hit)) for hit in pool}
    chosen = [pool.pop(0)]
    gains = [hit.score for hit in pool]
    weighed = [_Weighed(0.0) for _ in pool]
    while pool and len(chosen) < places:
        # A gain only falls: who leads with one that counts all that was chosen is the best, and
        # the others need not be weighed again (Minoux 1978, accelerated greedy algorithms).
        at = gains.index(max(gains))  # of equals the one that stood higher
        one = weighed[at]
        if one.against == len(chosen):
            chosen.append(pool.pop(at))
            del gains[at], weighed[at]
            continue
        own = said[pool[at].passage.id]
        others = [overlap(own, said[hit.passage.id]) for hit in chosen[one.against :]]
        weighed[at] = _Weighed(max(one.repeated, *others), len(chosen))
        gains[at] = pool[at].score - settings.weight * weighed[at].repeated
    return (*chosen, *pool, *hits[settings.pool :])


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice coefficient (Dice 1945) of two sets of terms: 0 to 1."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0
