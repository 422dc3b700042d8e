"""What an answer tells so far, as far as it decides what is added to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.composing.told import Told, words_in
from corpus.dutch import DutchAnalyser


@dataclass(frozen=True, slots=True)
class SoFar:
    """Of an answer being made."""

    words: int
    passages: frozenset[str]
    whole_lists: frozenset[tuple[str, tuple[int, int] | None]]
    """Passage and lead of each list that is told whole."""
    terms: frozenset[str]
    """Of all sentences."""


def so_far(told: Sequence[Told], analyser: DutchAnalyser) -> SoFar:
    """What is in ``told``."""
    items = [(t.evidence.hit.passage.id, t.sentence.lead) for t in told if t.kind == "item"]
    return SoFar(
        words=words_in(told),
        passages=frozenset(t.evidence.hit.passage.id for t in told),
        whole_lists=frozenset(one for one in items if items.count(one) > 1),
        terms=frozenset().union(*(analyser.term_set(t.sentence.text) for t in told)),
    )
