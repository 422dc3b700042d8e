"""Puts the best hits in a better order by comparing tokens with tokens (Khattab & Zaharia, 2020).

One vector for a whole passage blurs what it says; here every token of the question looks for the
one that is most like it. The question's tokens come from the run of the model that gives its
vector, and those of passages were kept when they were read in, so this costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.rerank import score_reasons
from corpus.registry import Registry
from corpus.token_vectors import TokenVectors, open_token_vectors
from corpus.tokens import Tokens, max_sim
from corpus.types import Embedder, Reason

TOKENS = "tokens"
"""Name of the reason that it gives."""
_BEST = 30  # hits that are compared, from the first on


def open_late_interaction(
    registry: Registry, embedder: Embedder, weight: float
) -> LateInteraction | None:
    """Late interaction over what is kept of this embedder's tokens; None when it gives none, or
    when they do not count."""
    vectors = open_token_vectors(registry.engine, embedder)
    return LateInteraction(vectors, weight) if vectors is not None and weight else None


class LateInteraction:
    """Rates hits by their tokens. Safe for several threads."""

    def __init__(self, vectors: TokenVectors, weight: float = 1.0, best: int = _BEST) -> None:
        """``weight`` is points per standard deviation; ``best`` is how many hits are compared."""
        self._vectors = vectors
        self._weight = weight
        self._best = best

    def reasons(self, question: Tokens, passage_ids: Sequence[str]) -> list[Reason]:
        """Reason ``tokens`` for each of the passages, that stand best first. Empty when one of them
        was read in by a release that kept no tokens (`corpus reindex` mends that), and when the
        question has no token that tells anything."""
        ids = passage_ids[: self._best]
        if not ids or not question.weights.any():
            return []
        found = self._vectors.read(ids, question.vectors.shape[1])
        if len(found) < len(ids):
            return []
        scores = max_sim(question, [found[i] for i in ids])
        return score_reasons(len(passage_ids), scores, self._weight, TOKENS)
