"""The vectors in SQL, one per model and text: the index is made from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

import numpy as np
from sqlalchemy import Engine, Table, select

from corpus import schema
from corpus.queries import in_parts, is_searched
from corpus.types import Unit, Vectors
from corpus.upsert import upsert

TABLES: dict[Unit, Table] = {"passages": schema.passage, "sentences": schema.sentence}
"""Where the texts are that have a vector."""


class StoredVectors:
    """Reads and writes vectors. Every public method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def missing(self, model_id: str, keys: Sequence[str]) -> set[str]:
        """The keys that have no vector of this model yet."""
        v = schema.vector.c
        missing = set(keys)
        with self._engine.connect() as connection:
            for part in in_parts(sorted(missing)):
                known = select(v.key).where(v.model_id == model_id, v.key.in_(part))
                missing.difference_update(connection.scalars(known))
        return missing

    def put(self, model_id: str, keys: Sequence[str], vectors: Vectors) -> None:
        """Keep vectors of shape (len(keys), dimension)."""
        rows = [
            {"model_id": model_id, "key": key, "data": vector.astype("<f4").tobytes()}
            for key, vector in sorted(zip(keys, vectors, strict=True), key=itemgetter(0))
        ]  # in order: two processes that put the same in never wait for each other
        with self._engine.begin() as connection:
            connection.execute(upsert(connection, schema.vector).on_conflict_do_nothing(), rows)

    def of_sentences(self, model_id: str, sentence_ids: Sequence[str]) -> dict[str, Vectors]:
        """Vector of shape (dimension,) per sentence id."""
        return dict(self._found(schema.sentence, schema.sentence.c.id, sentence_ids, model_id))

    def of_version(self, unit: Unit, model_id: str, version_id: str) -> tuple[list[str], Vectors]:
        """Ids and vectors, shape (n, dimension), of a version; passages for reference left out."""
        table = TABLES[unit]
        pairs = list(self._found(table, table.c.version_id, [version_id], model_id))
        ids = [key for key, _ in pairs]
        return ids, np.stack([v for _, v in pairs]) if pairs else np.empty((0, 0), np.float32)

    def _found(
        self, table: Table, column: Any, values: Sequence[str], model_id: str
    ) -> Iterator[tuple[str, Vectors]]:
        v = schema.vector.c
        with self._engine.connect() as connection:
            for part in in_parts(values):
                rows = connection.execute(
                    select(table.c.id, v.data)
                    .join(schema.vector, v.key == table.c.vector_key)
                    .where(v.model_id == model_id, column.in_(part), is_searched(table))
                )
                for row in rows:
                    yield row.id, np.frombuffer(row.data, dtype="<f4")
