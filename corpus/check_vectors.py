"""Looks whether every passage and sentence has its vector in the database, and a sound one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, Select, Table, and_, exists, select

from corpus import schema
from corpus.queries import in_parts, is_searched
from corpus.types import UNITS, Unit

TABLES: dict[Unit, Table] = {"passages": schema.passage, "sentences": schema.sentence}
_OFF = 1e-2  # what the length of a vector may differ from 1
_WHAT = {"passages": "de vector", "sentences": "de vector", "tokens": "de woordvectoren"}


def lacking(engine: Engine, model_id: str, version_ids: Sequence[str]) -> dict[str, str]:
    """What is not there of what is searched of these versions: in Dutch, by passage or sentence.

    Vectors of single words count only where the model gave any.
    """
    found: dict[str, str] = {}
    with engine.connect() as connection:
        for unit in UNITS:
            ids = _without(connection, TABLES[unit], model_id, version_ids)
            found.update(dict.fromkeys(ids, _WHAT[unit]))
        for space in token_spaces(connection, model_id):
            ids = _without(connection, schema.passage, space, version_ids)
            found.update(dict.fromkeys(ids, _WHAT["tokens"]))
    return found


def token_spaces(connection: Connection, model_id: str) -> list[str]:
    """The ids under which vectors of words of this model are kept."""
    v = schema.vector.c
    spaces: list[str] = []
    # One by one through the index: a list of all would read every vector.
    after = f"{model_id}/"
    while True:
        found = connection.scalar(
            select(v.model_id).where(v.model_id > after).order_by(v.model_id).limit(1)
        )
        if found is None or not found.startswith(f"{model_id}/"):
            return spaces
        spaces.append(found)
        after = found


def spoilt(engine: Engine, model_id: str, version_ids: Sequence[str]) -> dict[str, str]:
    """Key of the vector, by passage or sentence, of each that is no vector of length 1."""
    lengths: set[int] = set()
    found: dict[str, str] = {}
    with engine.connect() as connection:
        for unit in UNITS:
            for identity, key, data in _vectors(connection, TABLES[unit], model_id, version_ids):
                lengths = lengths or {len(data)}
                if len(data) not in lengths or not is_unit(data):
                    found[identity] = key
    return found


def is_unit(data: bytes) -> bool:
    """Whether these are the bytes of a vector of length 1."""
    if not data or len(data) % 4:
        return False
    length = float(np.linalg.norm(np.frombuffer(data, dtype="<f4")))
    return abs(length - 1) < _OFF  # a length that is no number is not


# --- steps -----------------------------------------------------------------------------------


def _without(
    connection: Connection, table: Table, model_id: str, version_ids: Sequence[str]
) -> Iterator[str]:
    v = schema.vector.c
    has = exists().where(and_(v.model_id == model_id, v.key == table.c.vector_key))
    for part in in_parts(version_ids):
        yield from connection.scalars(_searched(table, select(table.c.id), part).where(~has))


def _vectors(
    connection: Connection, table: Table, model_id: str, version_ids: Sequence[str]
) -> Iterator[tuple[str, str, bytes]]:
    v = schema.vector.c
    rows = select(table.c.id, v.key, v.data).join(schema.vector, v.key == table.c.vector_key)
    for part in in_parts(version_ids):
        asked = _searched(table, rows, part).where(v.model_id == model_id)
        for row in connection.execute(asked):
            yield row.id, row.key, row.data


def _searched(table: Table, rows: Select[Any], version_ids: Sequence[str]) -> Select[Any]:
    chosen = rows.where(table.c.version_id.in_(version_ids)).order_by(table.c.id)
    return chosen.where(is_searched(table))
