"""The vectors of one unit in one segment, in a collection on a Chroma server.

The server finds them along a graph (HNSW: Malkov and Yashunin 2016), so it may miss one now and
then; what it gives has the cosine that exact search gives.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import NotReadyError
from corpus.types import Vectors

if TYPE_CHECKING:
    from corpus.chroma_api import ChromaApi

_BATCH = 1_000  # vectors in one answer
_TIES = 10
"""More than is asked for, so that of equal cosines those with the lowest ids are among them."""
_MANY = 100  # vectors in one question
_FURTHER = 4


@dataclass(frozen=True, slots=True)
class Note:
    """What is kept in the folder of the segment: where the vectors are, and how many."""

    collection: str
    """Its name; empty when there are no vectors."""
    id: str
    """What the server calls it."""
    versions: Mapping[str, int]
    """Vectors of each version."""

    @property
    def vectors(self) -> int:
        """Of all versions."""
        return sum(self.versions.values())


def read_note(path: Path) -> Note:
    """What ``write_note`` wrote."""
    return Note(**json.loads(path.read_text(encoding="utf-8")))


def write_note(path: Path, note: Note) -> None:
    """Write it as JSON."""
    path.write_text(json.dumps(asdict(note)) + "\n", encoding="utf-8")


class ChromaPart:
    """See `corpus.vector_home.Part`. The server is asked when something is searched, not before."""

    def __init__(self, api: ChromaApi, note: Note, dropped: Iterable[str] = ()) -> None:
        """``dropped`` are versions that no longer count."""
        self._api = api
        self._note = note
        self._dropped = frozenset(dropped) & note.versions.keys()
        self._checked = False

    def __len__(self) -> int:
        return self._note.vectors - self.dead

    @property
    def dead(self) -> int:
        """How many were dropped, and are still on the server."""
        return sum(self._note.versions[version] for version in self._dropped)

    def search(self, vector: Vectors, k: int) -> list[tuple[float, str]]:
        """About the best ``k`` as (cosine, id), best first; equal ones by id."""
        if not len(self):
            return []
        self.check()
        first = self._api.nearest(self._note.id, vector[None, :], self._room(k))[0]
        return self._best(vector, self._alive(first), k)

    def search_many(self, vectors: Vectors, k: int) -> list[list[tuple[float, str]]]:
        """The same for each row of ``vectors``, with fewer questions to the server."""
        if not len(self):
            return [[] for _ in vectors]
        self.check()
        found: list[list[tuple[float, str]]] = []
        for at in range(0, len(vectors), _MANY):
            asked = vectors[at : at + _MANY]
            firsts = self._api.nearest(self._note.id, asked, self._room(k), patient=True)
            found += [
                self._best(vector, self._alive(first), k)
                for vector, first in zip(asked, firsts, strict=True)
            ]
        return found

    def cosines(self, vector: Vectors, ids: Sequence[str]) -> dict[str, float]:
        """The cosine of each of ``ids`` that is here."""
        wanted = [key for key in ids if (v := _version(key)) in self._note.versions and self._on(v)]
        found: dict[str, float] = {}
        for at in range(0, len(wanted), _BATCH):
            keys, vectors = self._api.vectors(self._note.id, wanted[at : at + _BATCH])
            if keys:
                found.update(zip(keys, np.vecdot(vectors, vector).tolist(), strict=True))
        return found

    def at_hand(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """None: they are on the server."""
        return {}

    def held(self, versions: Iterable[str]) -> set[str]:
        """Those of ``versions`` that have a vector on the server, dropped or not."""
        return self._note.versions.keys() & set(versions)

    def ids(self) -> list[str]:
        """Every id."""
        if not self._note.collection:
            return []
        return [key for key in self._api.ids(self._note.id) if self._on(_version(key))]

    def rows(self) -> Iterator[tuple[list[str], Vectors]]:
        """Batches of (ids, vectors) of all that is not dropped."""
        for at in range(0, self._note.vectors, _BATCH):
            ids, vectors = self._api.page(self._note.id, at, _BATCH)
            alive = [place for place, key in enumerate(ids) if self._on(_version(key))]
            if alive:
                yield [ids[place] for place in alive], vectors[alive]

    def sound(self) -> bool:
        """Whether as many are on the server as were put there."""
        return not self._note.collection or self._count() == self._note.vectors

    def warm(self) -> None:
        """Let the server read what it searches."""
        if len(self):
            self.check()
            _, vectors = self._api.page(self._note.id, 0, 1)
            self.search(vectors[0], 1)

    def check(self) -> None:
        """Once: raises NotReadyError when the server has lost vectors of the segment."""
        if not self._checked and self._note.collection:
            self.check_now()
            self._checked = True

    def check_now(self) -> None:
        """The same, each time."""
        if self._note.collection and (held := self._count()) != self._note.vectors:
            raise NotReadyError(
                f"Op de Chroma-server staan {held} van de {self._note.vectors} vectoren van "
                f"{self._note.collection}. Maak de index opnieuw met: routewijzer corpus reindex"
            )

    # --- steps -------------------------------------------------------------------------------

    def _count(self) -> int:
        return self._api.count(self._note.id)

    def _on(self, version: str) -> bool:
        return version not in self._dropped

    def _room(self, k: int) -> int:
        """How many to ask for: some of what is found may have been dropped."""
        return min(k + min(self.dead, k) + _TIES, self._note.vectors)

    def _alive(self, found: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
        if not self._dropped:
            return list(found)
        return [pair for pair in found if self._on(_version(pair[1]))]

    def _best(
        self, vector: Vectors, found: list[tuple[float, str]], k: int
    ) -> list[tuple[float, str]]:
        """The best ``k``, looked for further down where too little of ``found`` counts."""
        wanted, room = min(k, len(self)), self._room(k)
        while len(found) < wanted and room < self._note.vectors:
            room = min(room * _FURTHER, self._note.vectors)
            found = self._alive(self._api.nearest(self._note.id, vector[None, :], room)[0])
        if len(found) < wanted:  # the graph leads not to all of them
            found = self._compared(vector)
        return sorted(found, key=lambda pair: (-pair[0], pair[1]))[:k]

    def _compared(self, vector: Vectors) -> list[tuple[float, str]]:
        found: list[tuple[float, str]] = []
        for ids, vectors in self.rows():
            found += zip(np.vecdot(vectors, vector).tolist(), ids, strict=True)
        return found


def _version(key: str) -> str:
    return key.partition(":")[0]
