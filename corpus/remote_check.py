"""Whether an embedding service still makes the vectors that the index is made of."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from corpus.embedding_text import passage_text
from corpus.ledger import EditionRecord, Ledger
from corpus.registry import Registry
from corpus.remote_call import ServiceWrongError, told
from corpus.types import Vectors

SAME = 0.99
"""Cosine from which two vectors of one text are of the same model: other hardware and other
precision change less."""
_FRESH_S = 10.0


class Looking(Protocol):
    """Gives the vector of one passage now: ``corpus.remote_embedder.RemoteEmbedder``."""

    def look(self, text: str) -> Vectors:
        """A vector of shape (dimension,) and length 1."""


@dataclass(frozen=True, slots=True)
class _Sample:
    """A passage with its vector in the database."""

    edition: int
    text: str
    vector: Vectors


class RemoteCheck:
    """Has a passage of the edition embedded again, and compares. Several threads may use it."""

    def __init__(
        self,
        registry: Registry,
        ledger: Ledger,
        embedder: Looking,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._registry = registry
        self._ledger = ledger
        self._embedder = embedder
        self._now = now
        self._sample: _Sample | None = None
        self._fine: tuple[int, float] | None = None

    def look(self, edition: EditionRecord) -> None:
        """Raises NotReadyError when the service gives no answer, or another vector than the one
        in the index: then another model runs there under the same name. What was fine is asked
        again after ten seconds."""
        fine, now = self._fine, self._now()
        if fine is not None and fine[0] == edition.number and now - fine[1] < _FRESH_S:
            return
        sample = self._sample
        if sample is None or sample.edition != edition.number:
            sample = self._sample = self._take(edition)
        if sample is not None and float(self._embedder.look(sample.text) @ sample.vector) < SAME:
            raise ServiceWrongError(
                told(
                    "geeft een andere vector dan die in de index staat",
                    "Zet het oude model terug, of geef ROUTEWIJZER_EMBEDDING_RELEASE een andere "
                    "waarde en draai: routewijzer corpus reindex",
                )
            )
        self._fine = edition.number, now

    def _take(self, edition: EditionRecord) -> _Sample | None:
        """A passage of the edition; None when it has none with a vector."""
        for version_id in self._ledger.members(edition.number).values():
            ids, vectors = self._registry.vectors.of_version(
                "passages", edition.model_id, version_id
            )
            if ids:
                version = self._registry.version(version_id)
                (passage,) = (p for p in version.passages if p.id == ids[0])
                return _Sample(edition.number, passage_text(version, passage), vectors[0])
        return None
