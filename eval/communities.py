"""Communities of vectors, by sentence-transformers: imported when it is needed, since it brings
torch along."""

from __future__ import annotations

import numpy as np

from corpus.types import Vectors


def communities(vectors: Vectors, likeness: float) -> list[list[int]]:
    """Rows of ``vectors``, shape (n, dimension), in communities, the largest first.

    In a community every cosine with the central row, which comes first, is at least ``likeness``.
    A row that is like no other is a community of its own. Fast community detection of
    sentence-transformers (Reimers and Gurevych 2019).
    """
    if len(vectors) < 2:  # nothing to compare, and torch takes seconds to load
        return [[row] for row in range(len(vectors))]
    from sentence_transformers.util import community_detection

    found = community_detection(
        np.ascontiguousarray(vectors, np.float32), threshold=likeness, min_community_size=1
    )
    return [[int(row) for row in community] for community in found]
