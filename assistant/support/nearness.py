"""How near a statement lies to its quotes by the embedding model: as a whole, and by its tokens."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.tokens import TokenEmbedder, Tokens, token_embedder
from corpus.types import Embedder, Vectors

_KEPT = 512
_LOWEST = 3
_TELLING = 0.5  # a token counts among the lowest when it tells this share of the most telling one


@dataclass(frozen=True, slots=True)
class Nearness:
    """Cosines, between -1 and 1."""

    whole: float
    """Of the statement with the nearest quote."""
    tokens: float
    """Of each token of the statement with the likest of the quotes, averaged by weight."""
    lowest: float
    """The same of the least like telling token: a word that was put in has no like."""
    low: float
    """Mean of the three lowest."""
    back: float
    """Of each token of the quotes with the likest of the statement, averaged by weight."""


class NearnessReader:
    """Measures it. Keeps the vectors of quotes; any thread may call it."""

    def __init__(self, embedder: TokenEmbedder) -> None:
        self._embedder = embedder
        self._kept: OrderedDict[str, tuple[Vectors, Tokens]] = OrderedDict()
        self._lock = threading.Lock()

    def measure(self, statement: str, quotes: Sequence[str]) -> Nearness:
        """How near ``statement`` lies to ``quotes`` (at least one)."""
        vector, said = self._read([statement])[0]
        read = self._read(list(quotes))
        whole = max(float(v @ vector) for v, _ in read)
        held = np.concatenate([tokens.vectors for _, tokens in read])
        if not len(said.vectors) or not len(held):
            return Nearness(whole, 0.0, 0.0, 0.0, 0.0)
        cosines = said.vectors @ held.T
        best: NDArray[np.float32] = cosines.max(axis=1)
        weights = np.concatenate([tokens.weights for _, tokens in read])
        lowest = np.sort(best[said.weights >= _TELLING * said.weights.max()])[:_LOWEST]
        return Nearness(
            whole=whole,
            tokens=_mean(best, said.weights),
            lowest=float(lowest[0]),
            low=float(lowest.mean()),
            back=_mean(cosines.max(axis=0), weights),
        )

    def _read(self, texts: Sequence[str]) -> list[tuple[Vectors, Tokens]]:
        with self._lock:
            missing = [t for t in dict.fromkeys(texts) if t not in self._kept]
        found = dict[str, tuple[Vectors, Tokens]]()
        if missing:
            vectors, tokens = self._embedder.embed_passage_tokens(missing)
            found = dict(zip(missing, zip(vectors, tokens, strict=True), strict=True))
        with self._lock:
            self._kept.update(found)
            read = [found.get(t) or self._kept[t] for t in texts]
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return read


def open_nearness(embedder: Embedder | None) -> NearnessReader | None:
    """A reader for an embedder that gives the vectors of tokens; None for any other."""
    found = token_embedder(embedder) if embedder is not None else None
    return NearnessReader(found) if found else None


def _mean(values: NDArray[np.float32], weights: NDArray[np.float32]) -> float:
    total = float(weights.sum())
    return float(values @ weights) / total if total else float(values.mean())
