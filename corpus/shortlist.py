"""Finds the rows of a large matrix that are worth comparing in whole.

Every row is looked at, in short: only its parts along the directions that hold most of the rows
(principal components, Pearson 1901). How many directions that takes is measured when the list is
written, on rows of the matrix itself.
"""

from __future__ import annotations

import math
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
_AT_ONCE = 250  # rows
_LARGE = 8  # times as many rows as are asked for: of fewer, all are compared
_SURE = 3.5
"""Standard deviations that what the other directions add may lie above its mean: as good as all."""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The rows of a matrix in short."""

    axes: Vectors
    """Directions, shape (m, dimension)."""
    short: Vectors
    """The rows in those directions, shape (n, m)."""

    def best(
        self, vector: Vectors, k: int, dead: Rows, whole: Vectors
    ) -> tuple[Rows, Vectors] | None:
        """Rows among which are the ``k`` that are most like ``vector``, of shape (dimension,),
        without the ``dead`` ones, and their cosines; None when that would be a large part of all.

        ``whole`` holds the rows in whole. Those that come first in short are compared in whole,
        which shows how much the other directions add to a score; then those that may still be
        among the best with what these add.
        """
        if _LARGE * k > len(self.short) - len(dead):
            return None
        # Row by row: a product of matrices would be split over threads, which wait for each other
        # when the machine is busy.
        short = np.vecdot(self.short, np.vecdot(self.axes, vector))
        short[dead] = -np.inf
        first = best_places(short, 2 * k)
        scores = _products(whole, first, vector)
        lowest, added = short[first].min(), scores - short[first]
        mean = added.sum() / len(added)
        spread = np.linalg.norm(added - mean) / math.sqrt(len(added))
        limit = lowest_best(scores, k) - mean - _SURE * spread
        more = np.flatnonzero(short >= limit)
        more = more[short[more] < lowest]
        return (
            np.concatenate([first, more]),
            np.concatenate([scores, _products(whole, more, vector)]),
        )

    def fits(self, whole: Vectors) -> bool:
        """Whether the short rows are those of the matrix ``whole``, but for rounding."""
        if len(self.short) != len(whole):
            return False
        return all(
            np.allclose(
                whole[at : at + _BATCH] @ self.axes.T, self.short[at : at + _BATCH], atol=1e-4
            )
            for at in range(0, len(whole), _BATCH)
        )


def best_places(scores: Vectors, k: int) -> Rows:
    """Places of the best ``k``, with all that equal the last of them, in rising order."""
    if k >= len(scores):
        return np.arange(len(scores))
    return np.flatnonzero(scores >= lowest_best(scores, k))


def lowest_best(scores: Vectors, k: int) -> float:
    """The lowest of the best ``k`` scores."""
    return float(np.partition(scores, len(scores) - k)[len(scores) - k])


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
    axes = np.ascontiguousarray(np.load(folder / f"{name}.axes.npy").T)
    return Shortlist(axes, np.asarray(np.load(path, mmap_mode="r")))


# --- steps -----------------------------------------------------------------------------------


def _products(whole: Vectors, rows: Rows, vector: Vectors) -> Vectors:
    """The product of each of these rows with ``vector``, some at a time: what is copied is still
    in the processor when it is used."""
    parts = [rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE)]
    products = [np.vecdot(whole.take(part, axis=0), vector) for part in parts]
    return np.concatenate(products) if products else np.empty(0, np.float32)


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
