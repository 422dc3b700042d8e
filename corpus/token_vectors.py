"""Keeps the vectors of the single tokens of passages.

They stand in SQL beside the vectors of whole passages, under a key of their own, one byte per
number: 96 bytes a token, some 20 kB a passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from operator import itemgetter

import numpy as np
from sqlalchemy import Engine, bindparam, select

from corpus import schema
from corpus.postgres import is_server
from corpus.queries import in_parts
from corpus.tokens import Packed, Tokens, pack, token_embedder
from corpus.types import Embedder
from corpus.upsert import upsert

_MOST = 64_000_000
"""Bytes in memory: some 10 MB for 1,000 passages of a hundred tokens."""
# Made once: putting it together takes longer than the database does.
_TOKENS = (
    select(schema.passage.c.id, schema.vector.c.data)
    .join(schema.vector, schema.vector.c.key == schema.passage.c.vector_key)
    .where(
        schema.vector.c.model_id == bindparam("model"),
        schema.passage.c.id.in_(bindparam("ids", expanding=True)),
    )
)
_IN_A_FILE = (
    "SELECT passage.id, vector.data FROM passage JOIN vector ON vector.key = passage.vector_key"
    " WHERE vector.model_id = ? AND passage.id IN ({})"
)
"""The same for SQLite, with a mark for each id."""


def open_token_vectors(engine: Engine, embedder: Embedder) -> TokenVectors | None:
    """What is kept of this embedder's tokens; None when it gives none."""
    found = token_embedder(embedder)
    return TokenVectors(engine, f"{found.model_id}/{found.token_space}") if found else None


class TokenVectors:
    """Keeps and reads the token vectors of passages. Safe for several threads."""

    def __init__(self, engine: Engine, key: str) -> None:
        """``key`` names model and space: the model id under which they are kept."""
        self.key = key
        self._engine = engine
        self._kept: dict[str, Packed] = {}
        self._older: dict[str, Packed] = {}
        self._size = 0

    def put(self, vector_keys: Sequence[str], tokens: Sequence[Tokens]) -> None:
        """Keep the tokens of texts under the keys of their vectors."""
        rows = [
            {"model_id": self.key, "key": key, "data": pack(each.vectors).tobytes()}
            for key, each in sorted(zip(vector_keys, tokens, strict=True), key=itemgetter(0))
        ]  # in order: two processes that put the same in never wait for each other
        with self._engine.begin() as connection:
            connection.execute(upsert(connection, schema.vector).on_conflict_do_nothing(), rows)

    def read(self, passage_ids: Sequence[str], dimension: int) -> dict[str, Packed]:
        """Token vectors by passage id; passages that have none are left out."""
        # Two generations: what was asked for since the last change stays, whatever else comes by.
        # Another thread may change them meanwhile: that is a little work twice, and no harm.
        kept, older = self._kept, self._older
        found = {i: data for i in passage_ids if (data := kept.get(i)) is not None}
        new = {i: older[i] for i in passage_ids if i not in found and i in older}
        if missing := [i for i in passage_ids if i not in found and i not in new]:
            new |= self._read(missing, dimension)
        if new:
            self._keep(new)
        found |= new
        return {i: found[i] for i in passage_ids if i in found}

    def _keep(self, new: Mapping[str, Packed]) -> None:
        self._size += sum(data.nbytes for data in new.values())
        if self._size > _MOST // 2:
            self._older, self._kept = self._kept, {}
            self._size = sum(data.nbytes for data in new.values())
        self._kept.update(new)

    def _read(self, passage_ids: Sequence[str], dimension: int) -> dict[str, Packed]:
        return {
            passage_id: np.frombuffer(data, np.int8).reshape(-1, dimension)
            for part in in_parts(passage_ids)
            for passage_id, data in self._rows(part)
        }

    def _rows(self, passage_ids: Sequence[str]) -> Iterable[tuple[str, bytes]]:
        if is_server(self._engine):
            with self._engine.connect() as connection:
                rows = connection.execute(_TOKENS, {"model": self.key, "ids": passage_ids})
                return [(row.id, row.data) for row in rows]
        # Straight to the driver: most questions ask this, and there is nothing to translate.
        marked = _IN_A_FILE.format(",".join("?" * len(passage_ids)))
        with closing(self._engine.raw_connection()) as raw:
            found: list[tuple[str, bytes]] = (
                raw.cursor().execute(marked, (self.key, *passage_ids)).fetchall()
            )
        return found
