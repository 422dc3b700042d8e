"""Puts the best hits in a better order by comparing tokens with tokens (Khattab & Zaharia, 2020).

One vector for a whole passage blurs what it says; here every token of the question looks for the
one that is most like it. The question's tokens come from the run of the model that gives its
vector, and those of passages were kept when they were read in, so this costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.rerank import rescored
from corpus.token_vectors import TokenVectors
from corpus.tokens import Tokens, max_sim
from corpus.types import Hit

TOKENS = "tokens"
"""Name of the reason that it gives."""


@dataclass(frozen=True, slots=True)
class LateWeights:
    """How much tokens count."""

    weight: float = 1.0
    """Points per standard deviation."""
    best: int = 30
    """Hits that are compared, from the first on."""


class LateInteraction:
    """Reorders hits by their tokens. Safe for several threads."""

    def __init__(self, vectors: TokenVectors, weights: LateWeights | None = None) -> None:
        self._vectors = vectors
        self._weights = weights or LateWeights()

    def rerank(self, question: Tokens, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The same hits, best first, with reason ``tokens``. They stay as they are when a passage
        was read in by a release that kept no tokens (`corpus reindex` mends that), and when the
        question has no token that tells anything."""
        ids = [hit.passage.id for hit in hits[: self._weights.best]]
        if not ids or not question.weights.any():
            return tuple(hits)
        found = self._vectors.read(ids, question.vectors.shape[1])
        if len(found) < len(ids):
            return tuple(hits)
        scores = max_sim(question, [found[i] for i in ids])
        return rescored(hits, scores, self._weights.weight, TOKENS)
