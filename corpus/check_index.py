"""Compares the index of an edition with the database, number by number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sqlalchemy import Engine, select

from corpus import schema
from corpus.check_vectors import TABLES
from corpus.errors import NotReadyError
from corpus.index import EditionIndex
from corpus.ledger import EditionRecord
from corpus.lexical import damaged_files
from corpus.registry import Registry
from corpus.types import UNITS, Unit, Version
from corpus.vector_home import Home

_BATCH = 500


def index_faults(
    registry: Registry,
    edition: EditionRecord,
    folder: Path,
    versions: Sequence[Version],
    home: Home | None = None,
) -> list[str]:
    """What is wrong with the index in ``folder`` of an edition of these versions. Its vectors are
    in ``home``, by default in files."""
    if damaged := damaged_files(folder / "lexical"):
        # Opening such a file may end the process.
        return [f"In de woordindex is {name} beschadigd ({folder})." for name in damaged]
    try:
        index = EditionIndex(edition.number, folder, home)
        return list(_faults(registry.engine, edition, index, versions))
    except NotReadyError as error:
        return [str(error)]
    except Exception as error:  # noqa: BLE001  # a damaged file fails in each library's own way
        why = " ".join(str(error).split())[:200]
        return [f"De index van editie {edition.number} is niet te lezen ({folder}): {why}"]


def _faults(
    engine: Engine, edition: EditionRecord, index: EditionIndex, versions: Sequence[Version]
) -> Iterator[str]:
    passages = [p for v in versions for p in v.passages if p.kind != "reference"]
    searched: dict[Unit, set[str]] = {
        "passages": {p.id for p in passages},
        "sentences": {s.id for p in passages for s in p.sentences},
    }
    for unit in UNITS:
        yield from _compared("index", unit, searched[unit], index.vectors.ids(unit))
    yield from _compared("woordindex", "passages", searched["passages"], index.lexical.ids())
    for unit in UNITS:
        others = sum(1 for _ in _other_vectors(engine, edition.model_id, unit, index))
        if others:
            yield f"In de index zijn {others} vectoren van {unit} niet die uit de database."
    if not index.vectors.sound():
        yield "De verkorte vectoren of hun volgorde in de index kloppen niet met de vectoren zelf."
    if passages and not index.words.counts:
        yield "De woordenlijst van de index (words.txt) is leeg of weg."


def _compared(where: str, unit: str, expected: set[str], found: set[str]) -> Iterator[str]:
    if missing := expected - found:
        yield f"In de {where} ontbreken {len(missing)} {unit}, zoals {min(missing)}."
    if extra := found - expected:
        yield f"In de {where} staan {len(extra)} {unit} te veel, zoals {min(extra)}."


def _other_vectors(engine: Engine, model_id: str, unit: Unit, index: EditionIndex) -> Iterator[str]:
    """Ids whose vector in the index is another than the database holds."""
    table, v = TABLES[unit], schema.vector.c
    rows = select(table.c.id, v.data).join(schema.vector, v.key == table.c.vector_key)
    with engine.connect() as connection:
        for ids, vectors in index.vectors.rows(unit):
            for at in range(0, len(ids), _BATCH):
                part = ids[at : at + _BATCH]
                asked = rows.where(v.model_id == model_id, table.c.id.in_(part))
                held = {row.id: row.data for row in connection.execute(asked)}
                for key, vector in zip(part, vectors[at : at + _BATCH], strict=True):
                    if key in held and not np.array_equal(np.frombuffer(held[key], "<f4"), vector):
                        yield key
