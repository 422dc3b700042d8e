"""Puts the best hits in a better order by reading question and passage together.

What a model says of a passage is added to what the search says of it, as standardised scores: a
model that is not sure changes little. Passages that were not scored keep their places.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.fusion import with_reason
from corpus.types import Hit, Query, Reason, Reranker

RERANK = "rerank"
"""Name of the reason that a cross-encoder gives."""
_LEAST_SPREAD = 1e-6  # scores that differ by less are equal


@dataclass(frozen=True, slots=True)
class RerankLimits:
    """How much the model counts, and how much of it there is time for."""

    weight: float = 1.0
    """Points per standard deviation of the model's scores."""
    best: int = 30
    """Hits that are scored, from the first on."""
    seconds: float = 2.0
    """The longest that scoring may take; one batch is always scored."""
    batch: int = 8
    """Passages that are scored in one go, at most. The first batches are smaller: they show how
    fast the model is here."""


class HitReranker:
    """Reorders hits with a model. Safe for several threads when the model is."""

    def __init__(
        self,
        model: Reranker,
        limits: RerankLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``clock`` gives seconds."""
        self._model = model
        self._limits = limits or RerankLimits()
        self._clock = clock

    def rerank(self, query: Query, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The same hits, best first, as many scored as there was time for."""
        scores = self._score(query.text, [shown(hit) for hit in hits[: self._limits.best]])
        return rescored(hits, scores, self._limits.weight, RERANK)

    def _score(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Scores of the first texts, as many as there is time for."""
        limits = self._limits
        started = self._clock()
        scores: list[float] = []
        size = 1
        while len(scores) < len(texts):
            spent = self._clock() - started
            size = min(size, len(texts) - len(scores))
            if scores and spent * (1 + size / len(scores)) > limits.seconds:
                break  # it would be too late: a text took ``spent / len(scores)`` so far
            batch = texts[len(scores) : len(scores) + size]
            scores.extend(map(float, self._model.score(question, batch)))
            size = min(2 * size, limits.batch)
        return np.array(scores, np.float32)


def rescored(
    hits: Sequence[Hit], scores: NDArray[np.float32], weight: float, name: str
) -> tuple[Hit, ...]:
    """Hits, best first, with ``weight`` times the standardised score added as reason ``name``.

    ``hits`` stand best first and ``scores``, shape (n,), are of the first n of them.
    """
    reasons = score_reasons(len(hits), scores, weight, name)
    if not reasons:
        return tuple(hits)
    changed = [with_reason(hit, reason) for hit, reason in zip(hits, reasons, strict=True)]
    return tuple(sorted(changed, key=lambda hit: -hit.score))  # equal scores keep their order


def score_reasons(
    count: int, scores: NDArray[np.float32], weight: float, name: str
) -> list[Reason]:
    """What each of ``count`` hits gains, best first: ``weight`` times the standardised score.

    ``scores``, shape (n,), are of the first n of them. The others get what the lowest of these
    gets, so that none passes a hit that stood before it. Empty without scores.
    """
    if not len(scores):
        return []
    deviations = scores.astype(np.float64) - float(scores.mean())
    spread = float(deviations.std())
    points = weight * (deviations / spread if spread > _LEAST_SPREAD else 0 * deviations)
    known = zip(points.tolist(), scores.tolist(), strict=True)
    reasons = [Reason(name, of_hit, score) for of_hit, score in known]
    return [*reasons, *[Reason(name, float(points.min()))] * (count - len(reasons))]


def shown(hit: Hit) -> str:
    """What the model reads of a hit: title, headings and introducing sentence, then the text."""
    passage = hit.passage
    head = " > ".join(part for part in (hit.metadata.title, *passage.section) if part)
    return "\n".join(part for part in (head, passage.lead, passage.text) if part)
