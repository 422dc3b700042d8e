"""The search index of one edition: a folder that is written once and then only read.

    editions/000007/chroma     dense vectors of passages and sentences
    editions/000007/lexical    BM25

It is made beside its final place and renamed, so that a folder with its final name is whole.
The next edition starts from a copy of this one and takes only the differences.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.duplicates import DuplicateFinder
from corpus.dutch import DutchAnalyser
from corpus.embedding_text import list_hint
from corpus.errors import NotReadyError
from corpus.lexical import LexicalIndex, write_lexical
from corpus.registry import Registry
from corpus.twins import Twins
from corpus.types import UNITS, Passage, Unit, Vectors
from corpus.vectors import VectorIndex, copy_vectors, write_vectors

Progress = Callable[[str, int, int], None]
"""Called with (step in Dutch, done, total)."""

_MAX_DROPPED = 0.3  # of the base's versions; beyond it a new index is smaller and as fast
_WRITTEN_ANEW = 1_000
"""Versions up to which writing the word index anew takes seconds."""


@dataclass(frozen=True, slots=True)
class Base:
    """A built edition to start from, and the versions in it."""

    folder: Path
    version_ids: frozenset[str]


class IndexBuilder:
    """Builds the folder of an edition from what SQL holds."""

    def __init__(self, registry: Registry, analyser: DutchAnalyser, model_id: str) -> None:
        self._registry = registry
        self._analyser = analyser
        self._model_id = model_id
        self._duplicates = DuplicateFinder(registry, Twins(registry.engine), analyser, model_id)

    def build(
        self, folder: Path, version_ids: Sequence[str], base: Base | None, progress: Progress
    ) -> None:
        """Make ``folder`` hold exactly the passages of ``version_ids``.

        Raises NotReadyError when a version has no vectors of this model.
        """
        building = folder.with_name(f".building-{folder.name}")
        shutil.rmtree(building, ignore_errors=True)
        wanted = frozenset(version_ids)
        compared = base.version_ids if base is not None else frozenset()
        if base is not None and len(base.version_ids - wanted) > _MAX_DROPPED * len(
            base.version_ids
        ):
            base = None
        known = base.version_ids if base is not None else frozenset()
        drop, add = sorted(known - wanted), sorted(wanted - known)
        if base is not None:
            copy_vectors(base.folder / "chroma", building / "chroma")
        self._write_lexical(building, wanted, base, progress)
        for unit in UNITS:
            write_vectors(building / "chroma", unit, drop, self._vector_rows(unit, add))
        self._find_duplicates(building, wanted, compared, progress)
        _sync(building)
        building.rename(folder)
        _sync_folder(folder.parent)

    def _find_duplicates(
        self, building: Path, wanted: frozenset[str], compared: frozenset[str], progress: Progress
    ) -> None:
        vectors = VectorIndex(building / "chroma")
        try:
            lexical = LexicalIndex(building / "lexical")
            self._duplicates.find(vectors, lexical, wanted, compared, progress)
        finally:
            vectors.close()

    def _write_lexical(
        self, building: Path, wanted: frozenset[str], base: Base | None, progress: Progress
    ) -> None:
        """The word index: grown from the base's, or written anew after a drop.

        Tantivy counts dropped passages in its scores until it merges them away, which would make
        the same question score otherwise after a change that has nothing to do with it.
        """
        dropped = base is not None and not base.version_ids <= wanted
        if base is None or (dropped and len(wanted) <= _WRITTEN_ANEW):
            rows = self._lexical_rows(sorted(wanted), progress)
            write_lexical(building / "lexical", (), rows)
            return
        shutil.copytree(base.folder / "lexical", building / "lexical")
        rows = self._lexical_rows(sorted(wanted - base.version_ids), progress)
        write_lexical(building / "lexical", sorted(base.version_ids - wanted), rows)

    def _lexical_rows(
        self, version_ids: Sequence[str], progress: Progress
    ) -> Iterator[tuple[str, str, Sequence[str]]]:
        titles = {v: m.title for v, (_, m) in self._registry.metadata(version_ids).items()}
        found = zip(version_ids, self._registry.passages_of(version_ids), strict=True)
        for done, (version_id, passages) in enumerate(found, start=1):
            for passage in passages:
                if passage.kind != "reference":
                    searched = _searched(titles[version_id], passage)
                    yield passage.id, version_id, self._analyser.terms(searched)
            progress("Index maken", done, len(version_ids))

    def _vector_rows(
        self, unit: Unit, version_ids: Sequence[str]
    ) -> Iterator[tuple[Sequence[str], Sequence[str], Vectors]]:
        counts = self._registry.counts(unit, version_ids)
        for version_id, expected in counts.items():
            ids, vectors = self._registry.version_vectors(unit, self._model_id, version_id)
            if len(ids) != expected:
                raise NotReadyError(
                    f"Van versie {version_id} zijn {len(ids)} van de {expected} vectoren gemaakt "
                    f"met model {self._model_id}. Maak de index opnieuw met: "
                    "routewijzer corpus reindex"
                )
            if ids:
                yield ids, [version_id] * len(ids), vectors


class EditionIndex:
    """The opened index of one edition."""

    def __init__(self, number: int, folder: Path) -> None:
        """Open ``folder``; raises NotReadyError when it is not there."""
        if not folder.is_dir():
            raise NotReadyError(
                f"De index van editie {number} ontbreekt ({folder}). "
                "Maak hem opnieuw met: routewijzer corpus reindex"
            )
        self.number = number
        self.vectors = VectorIndex(folder / "chroma")
        self.lexical = LexicalIndex(folder / "lexical")


def _searched(title: str, passage: Passage) -> str:
    parts = (title, *passage.section, list_hint(passage), passage.lead)
    return "\n".join((*parts, passage.text))


def _sync(folder: Path) -> None:
    """Bring every file below ``folder`` to the disk before the rename makes it count."""
    for path in [folder, *folder.rglob("*")]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
