"""Compares what the database says with the texts, vectors, index and files that hang on it:
`routewijzer corpus verify`. Looking changes nothing; `corpus.repair` mends."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import select

from corpus import schema
from corpus.archive import DATABASE
from corpus.backup import check_database
from corpus.check_index import index_faults
from corpus.check_vectors import lacking, spoilt
from corpus.editions import Editions
from corpus.errors import NotReadyError
from corpus.ledger import Ledger
from corpus.originals import FOLDER as ORIGINALS
from corpus.postgres import check_server, is_server
from corpus.registry import Registry
from corpus.types import Passage, Sentence, Version

Kind = Literal["database", "text", "vectors", "index", "original", "leftover"]
_PART = 1 << 20
_OLD = 3600.0  # seconds after which nobody is still writing a file


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, in one Dutch line."""

    kind: Kind
    line: str


def find_faults(
    registry: Registry, ledger: Ledger, editions: Editions, data_dir: Path
) -> list[Fault]:
    """What is wrong; empty when all is well."""
    try:
        if is_server(registry.engine):
            check_server(registry.engine)
        else:
            check_database(data_dir / DATABASE)
    except NotReadyError as error:
        return [Fault("database", str(error))]  # what it says of the rest cannot be trusted
    faults = [
        *(Fault("original", line) for line in _original_faults(registry, data_dir)),
        *(
            Fault("leftover", f"Achtergebleven: {path}")
            for path in leftovers(registry, editions, data_dir)
        ),
        *_stray_faults(editions),
    ]
    current = ledger.current()
    edition = ledger.edition(current) if current is not None else None
    if edition is None:
        return faults
    members = ledger.members(edition.number)
    versions = [registry.version(v) for v in members.values()]
    texts = [Fault("text", line) for version in versions for line in _text_faults(version)]
    vectors = [
        Fault("vectors", line) for line in _vector_faults(registry, edition.model_id, versions)
    ]
    folder = editions.index_folder(edition.number)
    index = index_faults(registry, edition, folder, versions, editions.home)
    found = [*texts, *vectors, *(Fault("index", line) for line in index), *faults]
    return list(dict.fromkeys(found))  # of a server that is away one line will do


def leftovers(registry: Registry, editions: Editions, data_dir: Path) -> list[Path]:
    """What killed processes left: indexes of no edition, originals of no version."""
    return [*editions.leftovers(), *_stray_originals(registry, data_dir)]


# --- steps -----------------------------------------------------------------------------------


def _stray_faults(editions: Editions) -> list[Fault]:
    try:
        strays = editions.strays()
    except NotReadyError as error:
        return [Fault("index", str(error))]
    return [Fault("leftover", f"Achtergebleven op de Chroma-server: {name}") for name in strays]


def _text_faults(version: Version) -> Iterator[str]:
    for passage in version.passages:
        parts: list[Passage | Sentence] = [passage, *passage.sentences]
        for part in parts:
            if version.text[part.start : part.end] != part.text:
                yield f"{part.id} is niet de tekst op {part.start}-{part.end}."
    starts = [at for at, _ in version.page_starts]
    if starts != sorted(starts) or (
        starts and not 0 <= starts[0] <= starts[-1] <= len(version.text)
    ):
        yield f"De bladzijden van {version.document_id} ({version.id}) staan niet op volgorde."


def _vector_faults(registry: Registry, model_id: str, versions: Sequence[Version]) -> Iterator[str]:
    ids = [version.id for version in versions]
    for key, what in lacking(registry.engine, model_id, ids).items():
        yield f"In de database ontbreekt {what} van {key}."
    for key in spoilt(registry.engine, model_id, ids):
        yield f"In de database is de vector van {key} beschadigd."


def _original_faults(registry: Registry, data_dir: Path) -> Iterator[str]:
    o, v = schema.original.c, schema.version.c
    rows = select(o.sha256, o.size, o.name, v.document_id).join(
        schema.version, v.id == o.version_id
    )
    with registry.engine.connect() as connection:
        found = connection.execute(rows.order_by(v.document_id)).all()
    for row in found:
        path = data_dir / ORIGINALS / row.sha256[:2] / row.sha256
        if not path.is_file():
            why = "is weg"
        elif path.stat().st_size != row.size or _hash(path) != row.sha256:
            why = "is beschadigd"
        else:
            continue
        yield (
            f"Het bewaarde bestand {row.name} van {row.document_id} {why}. Lees het document "
            "opnieuw in, of zet het bestand terug uit een reservekopie."
        )


def _stray_originals(registry: Registry, data_dir: Path) -> list[Path]:
    with registry.engine.connect() as connection:
        known = set(connection.scalars(select(schema.original.c.sha256)))
    before = time.time() - _OLD
    files = (path for path in (data_dir / ORIGINALS).rglob("*") if path.is_file())
    return sorted(p for p in files if p.name not in known and p.stat().st_mtime < before)


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_PART):
            digest.update(part)
    return digest.hexdigest()
