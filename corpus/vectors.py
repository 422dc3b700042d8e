"""The dense index of one edition: cosines over its segments of vectors.

An edition's folder is written once, by one process, and only read after that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path

import numpy as np

from corpus.segments import (
    Segment,
    kept_segments,
    link_folder,
    read_segments,
    write_segments,
)
from corpus.types import UNITS, Unit, Vectors
from corpus.vector_home import Files, Home, Part

Batches = Iterable[tuple[Sequence[str], Sequence[str], Vectors]]
"""(ids, version ids, vectors of shape (n, dimension))."""


def write_vectors(
    folder: Path,
    name: str,
    add: Mapping[Unit, Batches],
    adding: int,
    base: Path | None = None,
    drop: Iterable[str] = (),
    home: Home | None = None,
) -> None:
    """Make the new ``folder`` hold what ``base`` holds, without the versions in ``drop``, with
    ``add`` (``adding`` vectors in all).

    What is new comes into a segment ``name``, together with what is merged; the other segments
    are linked. Vectors are kept in ``home``, by default in files; it must be that of ``base``.
    """
    home = home or Files()
    folder.mkdir(parents=True)
    dropped = set(drop)
    segments = [_without(s, dropped, home) for s in read_segments(base)] if base else []
    kept = kept_segments(segments, adding, home.small)
    merged = segments[len(kept) :]
    for segment in kept:
        link_folder(segment.folder, folder / segment.folder.name)
    (folder / name).mkdir()
    count = 0
    for unit in UNITS:
        new = ((ids, vectors) for ids, _, vectors in add.get(unit, ()))
        count += home.write(folder / name, unit, chain(new, _rows(merged, unit, home)))
    write_segments(folder, [*kept, Segment(folder / name, count, dead=0)] if count else kept)


def open_vectors(folder: Path, home: Home | None = None) -> VectorIndex:
    """What ``write_vectors`` wrote in ``folder``. Raises NotReadyError when that was not done for
    this ``home``."""
    home = home or Files()
    segments = read_segments(folder)
    return VectorIndex(
        {unit: [home.open(s.folder, unit, s.dropped) for s in segments] for unit in UNITS}
    )


class VectorIndex:
    """Dense search over the passages and over the sentences of one edition."""

    def __init__(self, parts: Mapping[Unit, Sequence[Part]]) -> None:
        self._parts = parts

    def count(self, unit: Unit) -> int:
        """How many vectors of ``unit`` there are."""
        return sum(map(len, self._parts[unit]))

    def search(self, unit: Unit, vector: Vectors, k: int) -> dict[str, float]:
        """Best ``k`` ids of ``unit`` with their cosine (-1 to 1), best first, equal ones by id.

        ``vector`` has shape (dimension,) and length 1.
        """
        asked = np.asarray(vector, dtype=np.float32)  # else all vectors would be made as long
        found = [pair for part in self._parts[unit] for pair in part.search(asked, k)]
        if len(self._parts[unit]) > 1:
            found.sort(key=lambda pair: (-pair[0], pair[1]))
        return {key: score for score, key in found[:k]}

    def cosines(self, unit: Unit, vector: Vectors, ids: Sequence[str]) -> dict[str, float]:
        """The cosine of each of ``ids`` that the edition holds; ``vector`` as for a search."""
        found: dict[str, float] = {}
        for part in self._parts[unit]:
            found.update(part.cosines(vector, ids))
        return found

    def at_hand(self, unit: Unit, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vector, shape (dimension,), of each of ``ids`` that is in files here: it is read from
        memory, where the database takes far longer."""
        found: dict[str, Vectors] = {}
        for part in self._parts[unit]:
            found.update(part.at_hand(ids))
        return found

    def neighbours(self, unit: Unit, vectors: Vectors, k: int) -> list[list[str]]:
        """Ids of the best ``k`` of ``unit`` for each row of ``vectors``, shape (n, dimension),
        best first."""
        parts = [part.search_many(vectors, k) for part in self._parts[unit]]
        return [
            [key for _, key in sorted(chain(*found), key=lambda pair: (-pair[0], pair[1]))[:k]]
            for found in (zip(*parts, strict=True) if parts else repeat((), len(vectors)))
        ]

    def ids(self, unit: Unit) -> set[str]:
        """Every id of ``unit``, for verification."""
        return {key for part in self._parts[unit] for key in part.ids()}

    def rows(self, unit: Unit) -> Iterator[tuple[list[str], Vectors]]:
        """Batches of (ids, vectors) of ``unit``, for verification."""
        for part in self._parts[unit]:
            yield from part.rows()

    def sound(self) -> bool:
        """Whether what is made of the vectors to find them sooner fits them."""
        return all(part.sound() for part in chain.from_iterable(self._parts.values()))

    def warm(self) -> None:
        """Search once, so that the first question finds all that a search reads in memory."""
        for part in chain.from_iterable(self._parts.values()):
            part.warm()

    def close(self) -> None:
        """Let go of the files now; else it is done once nobody holds this object."""
        self._parts = {unit: [] for unit in UNITS}


def _without(segment: Segment, drop: set[str], home: Home) -> Segment:
    """The segment with what it holds of ``drop`` noted as dropped."""
    held = set().union(*(home.open(segment.folder, unit).held(drop) for unit in UNITS))
    dropped = segment.dropped | held
    dead = sum(home.open(segment.folder, unit, dropped).dead for unit in UNITS)
    return replace(segment, dropped=dropped, dead=dead)


def _rows(
    segments: Sequence[Segment], unit: Unit, home: Home
) -> Iterator[tuple[list[str], Vectors]]:
    for segment in segments:
        yield from home.open(segment.folder, unit, segment.dropped).rows()
