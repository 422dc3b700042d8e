"""Pure fakes of the Protocols in `corpus.types`."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Sequence

import numpy as np

from corpus.tokens import Tokens
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


class TokenHashEmbedder(HashEmbedder):
    """Gives every word a vector of its own, too: the words of a text are its tokens."""

    def __init__(
        self,
        model_id: str = "woorden-1",
        dimension: int = 16,
        token_space: str | None = "woorden",
    ) -> None:
        super().__init__(model_id, dimension)
        self.token_space = token_space
        self.read: list[str] = []
        """Every text whose tokens were asked for as a passage's, in order."""

    def embed_query_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        return self.embed_queries(texts), [self._tokens(text) for text in texts]

    def embed_passage_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        self.read += texts
        return self.embed_passages(texts), [self._tokens(text) for text in texts]

    def _tokens(self, text: str) -> Tokens:
        words = re.findall(r"\w+", text.lower())
        vectors = np.zeros((len(words), self.dimension), np.float32)
        for row, word in enumerate(words):
            seed = int(hashlib.sha256(word.encode()).hexdigest()[:8], 16)
            vectors[row] = np.random.default_rng(seed).normal(size=self.dimension)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return Tokens(vectors, np.ones(len(words), np.float32))
