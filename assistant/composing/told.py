"""One statement to be, before it has numbers and words around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.types import Evidence, Sentence, StatementKind


@dataclass(frozen=True, slots=True)
class Told:
    """One statement to be: its sentence, the evidence behind it, and other places that say it."""

    sentence: Sentence
    evidence: Evidence
    kind: StatementKind
    also: tuple[Evidence, ...] = ()
    above: str = ""
    """The engine's own line above it, which states no fact: whose words they are."""
    beside: bool = False
    """Whether it bears on the same subject rather than being the answer."""


def words_in(told: Sequence[Told]) -> int:
    """How many words a reader gets."""
    return sum(count_words(t.sentence) for t in told)


def count_words(sentence: Sentence) -> int:
    """Words of one sentence."""
    return len(sentence.text.split())
