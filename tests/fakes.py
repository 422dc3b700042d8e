"""Pure fakes of the Protocols in `corpus.types`."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Sequence

import numpy as np

from corpus.types import Vectors


class HashEmbedder:
    """Gives every word a place in a small vector; texts that share words are near each other."""

    def __init__(self, model_id: str = "woorden-1", dimension: int = 16, wait_s: float = 0) -> None:
        self.model_id = model_id
        self.dimension = dimension
        self._wait_s = wait_s
        self.embedded: list[str] = []
        """Every text that was embedded as a passage, in order."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vector(text) for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        time.sleep(self._wait_s)
        self.embedded += texts
        return self.embed_queries(texts)

    def _vector(self, text: str) -> Vectors:
        vector = np.full(self.dimension, 1e-3, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()):
            digest = hashlib.sha256(f"{self.model_id} {word}".encode()).digest()
            vector[digest[0] % self.dimension] += 1 if digest[1] % 2 else -1
        return vector / np.linalg.norm(vector)
