"""The single tokens of texts, and how those of a question meet those of a passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from corpus.types import Embedder, Vectors

Packed = NDArray[np.int8]
"""Token vectors of one passage in 127ths, shape (n, dimension), n at least 1."""
_SCALE = 127
_WINDOW = 48  # tokens that are read together: two or three sentences
_HALF = _WINDOW // 2
_TOGETHER = 2 / 3
"""How much it counts that words of the question are met in one place, against anywhere."""
_ON_ONE_CORE = 250_000  # multiplications, up to which numpy takes no other core


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text, without prefix, first and last mark."""

    vectors: Vectors
    """Shape (n, dimension), every row of length 1."""
    weights: NDArray[np.float32]
    """How much each tells, shape (n,): rare tokens more than "de" or a comma."""


@runtime_checkable
class TokenEmbedder(Embedder, Protocol):
    """An embedder that gives the vectors of tokens from the same run of the model."""

    @property
    def token_space(self) -> str | None:
        """Name of the space in which tokens are compared, or None when it gives none."""

    def embed_query_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """What ``embed_queries`` gives, and the tokens of each text."""

    def embed_passage_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """What ``embed_passages`` gives, and the tokens of each text."""


def token_embedder(embedder: Embedder) -> TokenEmbedder | None:
    """The embedder, when it gives vectors of tokens."""
    if isinstance(embedder, TokenEmbedder) and embedder.token_space is not None:
        return embedder
    return None


def pack(vectors: Vectors) -> Packed:
    """Vectors in 127ths; one of zeros when there are none, which is like nothing at all."""
    if not len(vectors):
        return np.zeros((1, vectors.shape[1]), np.int8)
    return np.round(vectors * _SCALE).astype(np.int8)


def max_sim(question: Tokens, passages: Sequence[Packed]) -> NDArray[np.float32]:
    """How well each passage meets the question, shape (len(passages),), between -1 and 1.

    For every token of the question the cosine of the token that is most like it, averaged by
    weight (MaxSim: Khattab & Zaharia, 2020, ColBERT, with weights): one third over the whole
    passage, two thirds over that window of it which meets the question best. The more words a
    passage has the more likely one of them is somewhat like anything; a window is of one length.
    """
    if not passages:
        return np.empty(0, np.float32)
    weights = question.weights / question.weights.sum()
    lengths = np.array([len(passage) for passage in passages])
    halves = -(-lengths // _HALF)
    first = np.cumsum(halves) - halves
    within = np.arange(halves.sum()) - np.repeat(first, halves)
    half = _highest(np.concatenate(passages), lengths, halves, within, question.vectors)
    # Windows overlap by half: each is a half with the one behind it, if the passage goes on.
    windows = half.copy()
    goes_on = within[1:] > 0
    windows[:-1][goes_on] = np.maximum(half[:-1][goes_on], half[1:][goes_on])
    whole: NDArray[np.float32] = np.maximum.reduceat(half, first, axis=0) @ weights
    nearest: NDArray[np.float32] = np.maximum.reduceat(windows @ weights, first)
    return whole + np.float32(_TOGETHER) * (nearest - whole)


def _highest(
    rows: Packed,
    lengths: NDArray[np.intp],
    halves: NDArray[np.intp],
    within: NDArray[np.intp],
    asked: Vectors,
) -> Vectors:
    """The highest cosine in each half of a window with each of ``asked``, shape (m, dimension).

    ``rows`` are of passages of these ``lengths``, that have so many ``halves``; ``within`` says of
    each half which one of its passage it is.
    """
    ends = np.cumsum(lengths)
    starts = np.repeat(ends - lengths, halves) + _HALF * within
    # The last token of a passage fills its last half up: that makes nothing higher.
    places = np.minimum(starts[:, None] + np.arange(_HALF), np.repeat(ends, halves)[:, None] - 1)
    met = _product(rows, asked.T / np.float32(_SCALE)).take(places, axis=0)
    while met.shape[1] % 2 == 0:  # by two, which is quicker than one by one
        middle = met.shape[1] // 2
        met = np.maximum(met[:, :middle], met[:, middle:])
    highest: Vectors = met.max(axis=1)
    return highest


def _product(rows: Packed, columns: Vectors) -> Vectors:
    """The product of matrices, in parts: what is made longer is still in the processor when it is
    used. And numpy spreads a large one over the cores, and waits for them when others use them,
    for longer than it takes to compute."""
    part = max(1, _ON_ONE_CORE // columns.size)
    columns = np.ascontiguousarray(columns)
    product = np.empty((len(rows), columns.shape[1]), np.float32)
    longer = np.zeros((part, rows.shape[1]), np.float32)
    for at in range(0, len(rows), part):
        some = rows[at : at + part]
        longer[: len(some)] = some
        # The last part is as long as the others: of a shorter one the last digit may differ.
        product[at : at + part] = (longer @ columns)[: len(some)]
    return product
