"""Lets the vector of a question lean towards the words that the glossary leads to.

"Op wie richten we onze folders?" and the page on recruiting students share no word; the glossary
knows that one leads to the other. The words get vectors of their own, once, and are added to that
of the question: so a better glossary also helps the search by meaning, and a question costs no
more runs of the model than before.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.types import Embedder, Vectors

_KEPT = 4_000  # words in memory, some 6 MB


class Meanings:
    """Knows the vectors of words that glossaries lead to. Safe for several threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, Vectors] = {}

    def lean(self, question: Vectors, words: Sequence[str], weight: float) -> Vectors:
        """``question`` plus ``weight`` times the mean of the words, of length 1 again.

        ``question`` has shape (dimension,) and length 1; without words it stays as it is.
        """
        if not words or not weight:
            return question
        mean = np.mean(self._vectors_of(words), axis=0)
        leaning = question + np.float32(weight) * mean
        length = float(np.linalg.norm(leaning))
        if not length:  # the words say the opposite: nothing is left to search with
            return question
        turned: Vectors = (leaning / np.float32(length)).astype(question.dtype)
        return turned

    def _vectors_of(self, words: Sequence[str]) -> list[Vectors]:
        if len(self._vectors) > _KEPT:
            self._vectors = {}
        known = self._vectors  # another thread may put a new one in its place meanwhile
        missing = [word for word in words if word not in known]
        if missing:
            known.update(zip(missing, self._embedder.embed_queries(missing), strict=True))
        return [known[word] for word in words]
