"""Mends what `corpus.check` finds, from what the database holds: `corpus verify --repair`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sqlalchemy import Engine, delete

from corpus import schema
from corpus.check import Fault, leftovers
from corpus.check_vectors import spoilt
from corpus.editions import Editions
from corpus.embedding import embed_versions
from corpus.ledger import EditionRecord, Ledger
from corpus.lock import WriteLock
from corpus.progress import Progress
from corpus.queries import in_parts
from corpus.registry import Registry
from corpus.types import Embedder

NOT_MENDED = {
    "database": "",  # its line says what to do
    "text": "Zet een reservekopie terug met: routewijzer restore BESTAND --replace",
    "original": "",
}
"""What to do about what cannot be made from the database."""


class Repair:
    """Mends the corpus in one data folder."""

    def __init__(
        self,
        registry: Registry,
        ledger: Ledger,
        editions: Editions,
        lock: WriteLock,
        data_dir: Path,
        open_embedder: Callable[[], Embedder],
    ) -> None:
        """``open_embedder`` gives the model of the published edition; it is only asked for when
        vectors must be made."""
        self._registry = registry
        self._ledger = ledger
        self._editions = editions
        self._lock = lock
        self._data_dir = data_dir
        self._open_embedder = open_embedder

    def mend(self, faults: Sequence[Fault], who: str, progress: Progress) -> list[str]:
        """Mend what can be mended of ``faults``; what was done, one Dutch line each.

        An index is made anew as an edition of its own, of the same versions: readers keep the old
        one until the new one is whole. Raises BusyError when another process changes the corpus.
        """
        kinds = {fault.kind for fault in faults}
        done: list[str] = []
        if "database" in kinds:
            return done  # nothing that it says can be built upon
        with self._lock.held():
            if "leftover" in kinds:
                done += self._remove_leftovers()
            edition = self._published()
            if edition is not None and "vectors" in kinds:
                done.append(self._embed(edition, progress))
            if edition is not None and kinds & {"vectors", "index"}:
                change = self._editions.reindex(who, progress)
                done.append(f"De index is opnieuw gemaakt, als editie {change.edition}.")
            if done:
                self._ledger.log(who, "repair", {"kinds": sorted(kinds), "done": done})
        return done

    # --- steps -------------------------------------------------------------------------------

    def _published(self) -> EditionRecord | None:
        current = self._ledger.current()
        return self._ledger.edition(current) if current is not None else None

    def _remove_leftovers(self) -> list[str]:
        found = leftovers(self._registry, self._editions, self._data_dir)
        for path in found:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        return [f"Verwijderd: {what}" for what in (*found, *self._editions.clear_strays())]

    def _embed(self, edition: EditionRecord, progress: Progress) -> str:
        ids = sorted(self._ledger.members(edition.number).values())
        engine = self._registry.engine
        _forget(engine, edition.model_id, spoilt(engine, edition.model_id, ids).values())
        versions = [self._registry.version(version_id) for version_id in ids]
        count = embed_versions(versions, self._registry, self._open_embedder(), progress)
        return f"Van {count} teksten is de vector opnieuw gemaakt."


def _forget(engine: Engine, model_id: str, keys: Iterable[str]) -> None:
    v = schema.vector.c
    with engine.begin() as connection:
        for part in in_parts(sorted(set(keys))):
            connection.execute(delete(schema.vector).where(v.model_id == model_id, v.key.in_(part)))
