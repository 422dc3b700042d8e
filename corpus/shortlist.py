"""Finds the rows of a large matrix that are worth comparing in whole.

Every row is looked at, in short: only its parts along the directions that hold most of the rows
(principal components, Pearson 1901). How many directions that takes is measured when the list is
written, on rows of the matrix itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.types import Vectors

Rows = NDArray[np.intp]
"""Places in a matrix."""

_WHOLE = 8_000
"""Rows up to which comparing them in whole is as fast."""
_DIRECTIONS = (32, 48, 64, 80, 96, 128, 192)
_SAMPLE = 20_000
_ASKED = 200
_NEAREST, _LISTED, _RECALL = 10, 100, 0.99  # of the nearest in the sample, this share is listed
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The rows of a matrix in short."""

    axes: Vectors
    """Directions, shape (dimension, m)."""
    short: Vectors
    """The rows in those directions, shape (n, m)."""

    def best(self, vector: Vectors, k: int, dead: Rows) -> Rows | None:
        """The rows among which are the ``k`` that are most like ``vector``, of shape
        (dimension,), without the ``dead`` ones; None when that would be a large part of all."""
        length = 1000 + 4 * k + len(self.short) // 200
        if 2 * length > len(self.short) - len(dead):
            return None
        # Row by row: a product of matrices would be split over threads, which wait for each other
        # when the machine is busy.
        scores = np.vecdot(self.short, vector @ self.axes)
        scores[dead] = -np.inf
        return best_places(scores, length)


def best_places(scores: Vectors, k: int) -> Rows:
    """Places of the best ``k``, with all that equal the last of them, in rising order."""
    if k >= len(scores):
        return np.arange(len(scores))
    limit = np.partition(scores, len(scores) - k)[len(scores) - k]
    return np.flatnonzero(scores >= limit)


def write_shortlist(folder: Path, name: str, whole: Vectors) -> None:
    """Write the matrix ``whole`` in short; nothing when it is small, or when no few directions
    tell its rows apart."""
    if len(whole) <= _WHOLE:
        return
    dice = np.random.default_rng(0)
    axes = _axes(whole[np.sort(dice.permutation(len(whole))[:_SAMPLE])], dice)
    if axes is None:
        return
    batches = [whole[at : at + _BATCH] @ axes for at in range(0, len(whole), _BATCH)]
    np.save(folder / f"{name}.axes.npy", axes)
    np.save(folder / f"{name}.short.npy", np.concatenate(batches))


def open_shortlist(folder: Path, name: str) -> Shortlist | None:
    """What ``write_shortlist`` wrote, or None."""
    path = folder / f"{name}.short.npy"
    if not path.is_file():
        return None
    return Shortlist(np.load(folder / f"{name}.axes.npy"), np.asarray(np.load(path, mmap_mode="r")))


# --- steps -----------------------------------------------------------------------------------


def _axes(sample: Vectors, dice: np.random.Generator) -> Vectors | None:
    """The fewest directions, shape (dimension, m), by which the nearest are listed; or None."""
    _, vectors = np.linalg.eigh(sample.T @ sample)
    asked = _between(sample, dice)
    right = _nearest(asked @ sample.T, _NEAREST)
    for count in _DIRECTIONS:
        if count >= sample.shape[1]:
            break
        axes = np.ascontiguousarray(vectors[:, ::-1][:, :count])
        listed = _nearest((asked @ axes) @ (sample @ axes).T, _LISTED)
        found = [len(np.intersect1d(a, b)) for a, b in zip(right, listed, strict=True)]
        if sum(found) >= _RECALL * right.size:
            return axes
    return None


def _between(sample: Vectors, dice: np.random.Generator) -> Vectors:
    """Vectors half-way two rows: as far from all rows as questions are."""
    one, other = (sample[dice.integers(0, len(sample), _ASKED)] for _ in range(2))
    middle = one + other
    asked: Vectors = middle / np.linalg.norm(middle, axis=1, keepdims=True)
    return asked


def _nearest(scores: Vectors, k: int) -> Rows:
    return np.argpartition(scores, scores.shape[1] - k, axis=1)[:, -k:]
