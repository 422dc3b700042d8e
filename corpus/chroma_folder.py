"""Reads the vectors of an edition that an earlier release kept in Chroma.

The next publication, or `routewijzer corpus reindex`, writes them as segments.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from corpus.matrix import Matrix
from corpus.types import UNITS
from corpus.vectors import VectorIndex


def read_chroma(folder: Path) -> VectorIndex:
    """The dense index in ``folder``, in memory."""
    # Imported here: it takes a second, and only old folders need it.
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    client: Any = chromadb.PersistentClient(
        path=str(folder), settings=ChromaSettings(anonymized_telemetry=False)
    )
    with closing(client):
        parts = {}
        for unit in UNITS:
            # Without this it tries to download a model of its own.
            collection = client.get_collection(unit, embedding_function=None)
            found = collection.get(include=["embeddings"])
            ids = np.array([key.encode() for key in found["ids"]], dtype=bytes)
            vectors = np.asarray(found["embeddings"], dtype=np.float32)
            parts[unit] = [Matrix(ids if len(ids) else np.empty(0, "S1"), vectors)]
    return VectorIndex(parts)
