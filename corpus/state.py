"""What the corpus looks like from outside, in figures: for who watches the server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.jobs import Delay, Jobs, State
from corpus.ledger import Ledger
from corpus.registry import Registry
from corpus.segments import has_segments, read_segments


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one moment; an edition of 0 means that nothing is published."""

    edition: int
    documents: int
    passages: int
    index_bytes: int
    """The index of the published edition."""
    free_bytes: int
    """Room left on the disk of the data folder."""
    jobs: Mapping[State, int]
    """How many pieces of long work are in each state."""
    delay: Delay
    """How long such work waits."""


class CorpusFigures:
    """Reads them. What belongs to an edition never changes, so it is read once."""

    def __init__(
        self,
        registry: Registry,
        ledger: Ledger,
        jobs: Jobs,
        index_folder: Callable[[int], Path],
        data_dir: Path,
    ) -> None:
        """``index_folder`` says where the index of an edition stands."""
        self._registry = registry
        self._ledger = ledger
        self._jobs = jobs
        self._index_folder = index_folder
        self._data_dir = data_dir
        self._kept = (0, 0, 0, 0)

    def read(self) -> Figures:
        """The figures of this moment."""
        edition, documents, passages, index_bytes = self._of_edition()
        return Figures(
            edition,
            documents,
            passages,
            index_bytes,
            free_bytes(self._data_dir),
            self._jobs.counts(),
            self._jobs.delay(),
        )

    def _of_edition(self) -> tuple[int, int, int, int]:
        number = self._ledger.current() or 0
        if number and self._kept[0] != number:
            versions = list(self._ledger.members(number).values())
            passages = sum(self._registry.counts("passages", versions).values())
            size = folder_bytes(self._index_folder(number))
            self._kept = (number, len(versions), passages, size)
        return self._kept if number else (0, 0, 0, 0)


def is_whole(folder: Path) -> bool:
    """Whether the index in ``folder`` has all its parts; not whether each of them is sound."""
    vectors, words = folder / "vectors", folder / "lexical"
    if not (words / "meta.json").is_file():
        return False
    if not has_segments(vectors):
        return (folder / "chroma").is_dir()
    return all(segment.folder.is_dir() for segment in read_segments(vectors))


def folder_bytes(folder: Path) -> int:
    """What the files in a folder and below take; 0 when it is not there."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def free_bytes(folder: Path) -> int:
    """Room left on the disk that holds ``folder``."""
    return shutil.disk_usage(folder).free
