"""The vectors of one unit in one segment: files that are written once and mapped into memory.

Cosines are exact. A few thousand vectors are all compared; of more, those on a shortlist
(`corpus.shortlist`). Who asks for a large part of them, gets them all compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.shortlist import Rows, Shortlist, best_places, open_shortlist, write_shortlist
from corpus.types import Vectors

Ids = NDArray[np.bytes_]
_BATCH = 50_000


def write_matrix(folder: Path, name: str, batches: Iterable[tuple[Sequence[str], Vectors]]) -> int:
    """Write (ids, vectors of shape (n, dimension)) below ``folder``; returns how many there are."""
    ids: list[bytes] = []
    with (folder / f"{name}.f32").open("wb") as file:
        for some_ids, vectors in batches:
            ids += [key.encode("ascii") for key in some_ids]
            file.write(np.ascontiguousarray(vectors, dtype="<f4").tobytes())
    keys = np.array(ids, dtype=bytes) if ids else np.empty(0, "S1")
    np.save(folder / f"{name}.ids.npy", keys)
    np.save(folder / f"{name}.order.npy", np.argsort(keys, kind="stable").astype(np.int32))
    write_shortlist(folder, name, _whole(folder, name, len(ids)))
    return len(ids)


def open_matrix(folder: Path, name: str, dropped: Iterable[str] = ()) -> Matrix:
    """What ``write_matrix`` wrote, without the versions in ``dropped``."""
    ids = _mapped(folder / f"{name}.ids.npy")
    return Matrix(
        ids,
        _whole(folder, name, len(ids)),
        open_shortlist(folder, name),
        _mapped(folder / f"{name}.order.npy"),
        dropped,
    )


class Matrix:
    """The vectors of one unit in one segment, without those that were dropped since."""

    def __init__(
        self,
        ids: Ids,
        whole: Vectors,
        shortlist: Shortlist | None = None,
        order: NDArray[np.int32] | None = None,
        dropped: Iterable[str] = (),
    ) -> None:
        """``whole`` has shape (n, dimension); ``order`` sorts the ids. ``dropped`` are versions: an
        id begins with its version and a colon."""
        self._ids = ids
        self._whole = whole
        self._shortlist = shortlist
        self._order = order if order is not None else np.argsort(ids, kind="stable")
        self._dead = self._rows_of_versions(sorted(dropped))

    def __len__(self) -> int:
        return len(self._ids) - len(self._dead)

    @property
    def dead(self) -> int:
        """How many were dropped, and are still in the files."""
        return len(self._dead)

    def search(self, vector: Vectors, k: int) -> list[tuple[float, str]]:
        """The best ``k`` as (cosine, id), best first; equal ones by id."""
        if not len(self):
            return []
        k = min(k, len(self))
        listed = self._listed(vector, k)
        if listed is None:
            scores = np.vecdot(self._whole, vector)
            scores[self._dead] = -np.inf
            best = best_places(scores, k)
            return self._ranked(best, scores[best])[:k]
        rows, scores = listed
        best = best_places(scores, k)
        return self._ranked(rows[best], scores[best])[:k]

    def search_many(self, vectors: Vectors, k: int) -> list[list[tuple[float, str]]]:
        """The same for each row of ``vectors``."""
        return [self.search(vector, k) for vector in vectors]

    def cosines(self, vector: Vectors, ids: Sequence[str]) -> dict[str, float]:
        """The cosine of each of ``ids`` that is here."""
        rows = self._rows_of(ids)
        scores = np.vecdot(self._whole[rows], vector).tolist() if len(rows) else []
        return dict(zip(_text(self._ids[rows]), scores, strict=True))

    def at_hand(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vector of each of ``ids`` that is here, shape (dimension,)."""
        rows = self._rows_of(ids)
        return dict(zip(_text(self._ids[rows]), self._whole[rows], strict=True))

    def held(self, versions: Iterable[str]) -> set[str]:
        """Those of ``versions`` that have a vector in the files, dropped or not."""
        return {v for v in versions if len(self._rows_of_versions([v]))}

    def ids(self) -> list[str]:
        """Every id."""
        return _text(self._ids[self._alive()])

    def rows(self) -> Iterator[tuple[list[str], Vectors]]:
        """Batches of (ids, vectors) of all that is not dropped."""
        alive = self._alive()
        for at in range(0, len(alive), _BATCH):
            rows = alive[at : at + _BATCH]
            yield _text(self._ids[rows]), self._whole[rows]

    def sound(self) -> bool:
        """Whether order and shortlist, where there is one, are those of these ids and vectors."""
        if sorted(self._order.tolist()) != list(range(len(self._ids))):
            return False
        names = self._ids[self._order]
        in_order = bool(np.all(names[:-1] <= names[1:]))
        return in_order and (self._shortlist is None or self._shortlist.fits(self._whole))

    def warm(self) -> None:
        """Search once, so that the next search finds everything in memory."""
        if len(self._ids):
            self.search(self._whole[0], 300)

    # --- steps -------------------------------------------------------------------------------

    def _listed(self, vector: Vectors, k: int) -> tuple[Rows, Vectors] | None:
        if self._shortlist is None:
            return None
        return self._shortlist.best(vector, k, self._dead, self._whole)

    def _ranked(self, rows: Rows, scores: Vectors) -> list[tuple[float, str]]:
        order = np.argsort(-scores, kind="stable")
        ranked = scores[order]
        if (ranked[1:] == ranked[:-1]).any():
            order = np.lexsort((self._ids[rows], -scores))
        return list(zip(ranked.tolist(), _text(self._ids[rows[order]]), strict=True))

    def _alive(self) -> Rows:
        alive = np.ones(len(self._ids), dtype=bool)
        alive[self._dead] = False
        return np.flatnonzero(alive)

    def _rows_of(self, ids: Sequence[str]) -> Rows:
        wanted = np.array([key.encode() for key in ids], dtype=bytes)
        if not len(wanted) or not len(self._ids):
            return np.empty(0, np.intp)
        places = np.searchsorted(self._ids, wanted, sorter=self._order)
        rows = self._order[np.minimum(places, len(self._ids) - 1)].astype(np.intp)
        rows = rows[self._ids[rows] == wanted]
        alive: Rows = rows[~np.isin(rows, self._dead)]
        return alive

    def _rows_of_versions(self, versions: Sequence[str]) -> Rows:
        if not versions or not len(self._ids):
            return np.empty(0, np.intp)
        # A semicolon comes right behind a colon.
        first, last = (
            np.searchsorted(
                self._ids, np.array([f"{v}{end}".encode() for v in versions]), sorter=self._order
            )
            for end in ":;"
        )
        found = [self._order[a:b] for a, b in zip(first, last, strict=True)]
        return np.sort(np.concatenate(found)).astype(np.intp)


def _text(ids: Ids) -> list[str]:
    return [key.decode("ascii") for key in ids.tolist()]


def _mapped(path: Path) -> NDArray[Any]:
    return np.asarray(np.load(path, mmap_mode="r"))


def _whole(folder: Path, name: str, count: int) -> Vectors:
    if count == 0:
        return np.empty((0, 0), np.float32)
    mapped = np.memmap(folder / f"{name}.f32", dtype="<f4", mode="r")
    return np.asarray(mapped).reshape(count, -1)
