"""The dense index of one edition. The only module that knows chromadb.

An edition's folder is written once, by one process, and only read after that: embedded Chroma
is not safe with a second writer, and a second reader never sees what is written later.
"""

from __future__ import annotations

import shutil
import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from corpus.types import UNITS, Unit, Vectors

_DATABASE = "chroma.sqlite3"
_BATCH = 2000
_HNSW = {
    "space": "ip",
    "ef_search": 400,  # recall over speed: it costs a millisecond or two
    # Write every batch through to the files. With Chroma's thousand, what is smaller than that
    # is built and written again by each reader that opens it, beside whoever copies it.
    "batch_size": 2,
    "sync_threshold": 2,
}


def _client(folder: Path) -> Any:
    # Imported here: chromadb takes a second to import, and half of the commands never search.
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    return chromadb.PersistentClient(
        path=str(folder), settings=ChromaSettings(anonymized_telemetry=False)
    )


def write_vectors(
    folder: Path,
    unit: Unit,
    drop_versions: Sequence[str],
    add: Iterable[tuple[Sequence[str], Sequence[str], Vectors]],
) -> None:
    """Create or change the collection of ``unit`` in ``folder``: drop versions, then add.

    ``add`` yields batches of (ids, version ids, vectors of shape (n, dimension)).
    """
    client = _client(folder)
    try:
        collection = client.get_or_create_collection(
            unit,
            configuration={"hnsw": _HNSW},
            # Without this it tries to download a model of its own.
            embedding_function=None,
        )
        for version_id in drop_versions:
            collection.delete(where={"version": version_id})
        for ids, version_ids, vectors in _gathered(add):
            for at in range(0, len(ids), _BATCH):
                part = slice(at, at + _BATCH)
                collection.add(
                    ids=ids[part],
                    embeddings=vectors[part],
                    metadatas=[{"version": v} for v in version_ids[part]],
                )
    finally:
        client.close()


def _gathered(
    batches: Iterable[tuple[Sequence[str], Sequence[str], Vectors]],
) -> Iterator[tuple[list[str], list[str], Vectors]]:
    """The same rows in fewer batches: what is written through to the files costs per batch."""
    ids: list[str] = []
    version_ids: list[str] = []
    parts: list[Vectors] = []
    for more_ids, more_versions, vectors in batches:
        ids += more_ids
        version_ids += more_versions
        parts.append(vectors)
        if len(ids) >= _BATCH:
            yield ids, version_ids, np.concatenate(parts)
            ids, version_ids, parts = [], [], []
    if ids:
        yield ids, version_ids, np.concatenate(parts)


def copy_vectors(folder: Path, to: Path) -> None:
    """Copy the dense index in ``folder`` to the new folder ``to``, while others may read it."""
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns(f"{_DATABASE}*"))
    # Chroma notes in its database that it was opened, so even a reader writes there: a plain copy
    # made at that moment could be torn. SQLite's own copy is whole.
    with (
        closing(sqlite3.connect(folder / _DATABASE)) as source,
        closing(sqlite3.connect(to / _DATABASE)) as target,
    ):
        source.backup(target)


class VectorIndex:
    """Dense search over the passages and over the sentences of one edition."""

    def __init__(self, folder: Path) -> None:
        client = _client(folder)
        # Chroma keeps every client that is not closed: without this, each publication would cost
        # a running server another edition in memory. The last reader to let go closes it.
        self._closer = weakref.finalize(self, client.close)
        self._collections = {
            unit: client.get_collection(unit, embedding_function=None) for unit in UNITS
        }

    def count(self, unit: Unit) -> int:
        """How many vectors of ``unit`` there are."""
        return int(self._collections[unit].count())

    def search(self, unit: Unit, vector: Vectors, k: int) -> dict[str, float]:
        """Best ``k`` ids of ``unit`` with their cosine (0 to 1), best first.

        ``vector`` has shape (dimension,) and length 1.
        """
        k = min(k, self.count(unit))
        if k == 0:
            return {}
        found = self._collections[unit].query(
            query_embeddings=np.asarray(vector, dtype=np.float32)[None, :],
            n_results=k,
            include=["distances"],
        )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return {str(key): 1.0 - float(distance) for key, distance in pairs}

    def neighbours(self, unit: Unit, vectors: Vectors, k: int) -> list[list[str]]:
        """Ids of the best ``k`` of ``unit`` for each row of ``vectors``, shape (n, dimension),
        best first."""
        k = min(k, self.count(unit))
        if k == 0 or len(vectors) == 0:
            return [[] for _ in vectors]
        found = self._collections[unit].query(query_embeddings=vectors, n_results=k, include=[])
        return [[str(key) for key in ids] for ids in found["ids"]]

    def ids(self, unit: Unit) -> set[str]:
        """Every id of ``unit``, for verification."""
        return set(self._collections[unit].get(include=[])["ids"])

    def close(self) -> None:
        """Let go of the folder now; else it is done once nobody holds this object."""
        self._closer()
