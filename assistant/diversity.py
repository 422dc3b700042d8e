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
    repeated = {hit.passage.id: 0.0 for hit in pool}

    def gain(hit: Hit) -> float:
        return hit.score - settings.weight * repeated[hit.passage.id]

    while pool and len(chosen) < places:
        last = said[chosen[-1].passage.id]
        for hit in pool:
            likeness = overlap(said[hit.passage.id], last)
            repeated[hit.passage.id] = max(repeated[hit.passage.id], likeness)
        best = max(pool, key=gain)  # of equals the one that stood higher
        pool.remove(best)
        chosen.append(best)
    return (*chosen, *pool, *hits[settings.pool :])


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice coefficient (Dice 1945) of two sets of terms: 0 to 1."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0
