"""Many vectors: what is looked at in short must find what looking at all finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.matrix import Matrix, open_matrix, write_matrix
from corpus.types import Vectors

COUNT, DIMENSION = 12_000, 128


def clustered(count: int, seed: int) -> Vectors:
    """Vectors like those of texts: most of what tells them apart lies in a few directions."""
    dice = np.random.default_rng(seed)
    weights = 1.0 / np.arange(1, DIMENSION + 1) ** 1.2
    drawn = dice.normal(size=(count, DIMENSION)) * weights
    drawn[:, 0] += 2.0
    normal: Vectors = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
    return normal


def even(count: int, seed: int) -> Vectors:
    """Vectors that differ as much in every direction: no few of them tell enough."""
    drawn = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    normal: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return normal


def keys(count: int) -> list[str]:
    return [f"v{n % 60}:{n // 60}" for n in range(count)]


def write(folder: Path, vectors: Vectors) -> Matrix:
    ids = keys(len(vectors))
    batches = [(ids[at : at + 5000], vectors[at : at + 5000]) for at in range(0, len(ids), 5000)]
    assert write_matrix(folder, "passages", batches) == len(ids)
    return open_matrix(folder, "passages")


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    return clustered(COUNT, seed=1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, vectors: Vectors) -> Path:
    folder = tmp_path_factory.mktemp("matrix")
    write(folder, vectors)
    return folder


@pytest.mark.parametrize("k", [1, 60, 300])
def test_nearly_all_of_the_nearest_are_found(folder: Path, vectors: Vectors, k: int) -> None:
    matrix = open_matrix(folder, "passages")
    assert (folder / "passages.short.npy").is_file()
    names = np.array(keys(COUNT))
    shares = []
    for query in clustered(50, seed=2):
        exact = set(names[np.argsort(-(vectors @ query))[:k]])
        found = {key for _, key in matrix.search(query, k)}
        assert len(found) == k
        shares.append(len(exact & found) / k)
    assert np.mean(shares) >= 0.99


def test_the_cosines_are_exact(folder: Path, vectors: Vectors) -> None:
    query = clustered(1, seed=3)[0]
    places = {key: n for n, key in enumerate(keys(COUNT))}
    matrix = open_matrix(folder, "passages")
    for score, key in matrix.search(query, 60):
        assert score == pytest.approx(float(vectors[places[key]] @ query), abs=1e-6)
        assert matrix.cosines(query, [key, "vreemd"]) == {key: score}


def test_each_of_many_near_the_same_is_found_with_room_for_all(tmp_path: Path) -> None:
    """As a graph of neighbours does not promise: a vector to which no other leads."""
    one = clustered(1, seed=4)
    same = np.repeat(one, 9_000, axis=0) + clustered(9_000, seed=5) * 1e-4
    same /= np.linalg.norm(same, axis=1, keepdims=True)
    matrix = write(tmp_path, same.astype(np.float32))
    assert {key for _, key in matrix.search(one[0], 9_000)} == set(keys(9_000))


def test_equal_vectors_come_by_id(tmp_path: Path) -> None:
    matrix = write(tmp_path, np.repeat(clustered(1, seed=6), 9_000, axis=0))
    found = [key for _, key in matrix.search(clustered(1, seed=7)[0], 40)]
    assert found == sorted(keys(9_000))[:40]


def test_what_was_dropped_takes_no_places(folder: Path, vectors: Vectors) -> None:
    dropped = {f"v{n}" for n in range(59)}
    matrix = open_matrix(folder, "passages", dropped)
    assert len(matrix) == COUNT // 60
    assert matrix.dead == COUNT - len(matrix)
    found = [key for _, key in matrix.search(vectors[0], 60)]
    assert len(found) == 60
    assert {key.split(":")[0] for key in found} == {"v59"}
    assert set(matrix.ids()) == {key for key in keys(COUNT) if key.startswith("v59:")}
    assert [key for ids, _ in matrix.rows() for key in ids] == matrix.ids()


def test_a_version_is_not_taken_for_one_that_begins_alike(folder: Path) -> None:
    matrix = open_matrix(folder, "passages", {"v1"})
    assert matrix.dead == COUNT // 60
    assert matrix.held(["v1", "v", "v5", "v555"]) == {"v1", "v5"}


def test_vectors_without_a_main_direction_are_compared_in_whole(tmp_path: Path) -> None:
    vectors = even(9_000, seed=8)
    matrix = write(tmp_path, vectors)
    assert not (tmp_path / "passages.short.npy").exists()
    query = even(1, seed=9)[0]
    exact = [keys(9_000)[n] for n in np.argsort(-(vectors @ query))[:60]]
    assert [key for _, key in matrix.search(query, 60)] == exact
