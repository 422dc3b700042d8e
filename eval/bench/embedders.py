"""The embedding model as the bench uses it: with a clock, and for large corpora half made up."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TypeVar

import numpy as np

from corpus.settings import Settings
from corpus.tokens import TokenEmbedder, Tokens, token_embedder
from corpus.types import Embedder, Vectors

DEFAULT = "corpus.embedder:open_embedder"


def load_embedder(name: str, settings: Settings, made_up: bool) -> TimedEmbedder:
    """The embedder of ``module:function``, a function of the settings; a name goes to another
    process as it is. With ``made_up`` passages get random vectors."""
    module, function = name.split(":")
    opener: Callable[[Settings], Embedder] = getattr(import_module(module), function)
    embedder = opener(settings)
    return TimedEmbedder(RandomPassages(embedder) if made_up else embedder)


T = TypeVar("T")


class TimedEmbedder:
    """An embedder that counts the seconds spent in it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._tokens = token_embedder(embedder)
        self.seconds = 0.0
        """In this embedder since it was made."""

    @property
    def model_id(self) -> str:
        """Of the model inside."""
        return self._embedder.model_id

    @property
    def dimension(self) -> int:
        """Numbers in one vector."""
        return self._embedder.dimension

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, dimension)."""
        return self._timed(self._embedder.embed_queries, texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (n, dimension)."""
        return self._timed(self._embedder.embed_passages, texts)

    @property
    def token_space(self) -> str | None:
        """Of the model inside; None when it gives no tokens."""
        return self._tokens.token_space if self._tokens else None

    def embed_query_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """Vectors of questions, and the tokens of each."""
        return self._timed(self._tokens_inside().embed_query_tokens, texts)

    def embed_passage_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """Vectors of passages, and the tokens of each."""
        return self._timed(self._tokens_inside().embed_passage_tokens, texts)

    def _tokens_inside(self) -> TokenEmbedder:
        if self._tokens is None:
            raise ValueError("this embedder gives no tokens")
        return self._tokens

    def _timed(self, embed: Callable[[Sequence[str]], T], texts: Sequence[str]) -> T:
        started = time.perf_counter()
        try:
            return embed(texts)
        finally:
            self.seconds += time.perf_counter() - started


class RandomPassages:
    """Questions get their real vector, passages a random one: for the speed of a search through
    more passages than there is time to embed. It finds nothing sensible."""

    def __init__(self, embedder: Embedder) -> None:
        self.model_id = embedder.model_id
        self.dimension = embedder.dimension
        self.embed_queries = embedder.embed_queries
        self._dice = np.random.default_rng(1)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Random vectors of length 1, shape (n, dimension), evenly spread over all directions."""
        vectors = self._dice.standard_normal((len(texts), self.dimension), dtype=np.float32)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit
