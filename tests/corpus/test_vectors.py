from __future__ import annotations

import gc
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from corpus.types import UNITS, Vectors
from corpus.vectors import VectorIndex, copy_vectors, write_vectors


def unit_vectors(count: int, seed: int = 0) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32)
    normal: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return normal


def write(folder: Path, drop: list[str], version_id: str, vectors: Vectors) -> None:
    ids = [f"{version_id}:{n}" for n in range(len(vectors))]
    for unit in UNITS:
        write_vectors(folder, unit, drop, [(ids, [version_id] * len(ids), vectors)])


def test_scores_are_cosines_best_first(tmp_path: Path) -> None:
    vectors = unit_vectors(40)
    write(tmp_path / "chroma", [], "v", vectors)
    index = VectorIndex(tmp_path / "chroma")
    query = unit_vectors(1, seed=1)[0]
    found = index.search("passages", query, 10)
    exact = {f"v:{n}": float(score) for n, score in enumerate(vectors @ query)}
    assert list(found) == sorted(exact, key=lambda key: -exact[key])[:10]
    assert all(found[key] == pytest.approx(exact[key], abs=1e-5) for key in found)


def test_asking_for_more_than_there_is_gives_all(tmp_path: Path) -> None:
    write(tmp_path / "chroma", [], "v", unit_vectors(30))
    index = VectorIndex(tmp_path / "chroma")
    assert set(index.search("sentences", unit_vectors(1)[0], 1000)) == index.ids("sentences")
    assert index.count("sentences") == 30


def test_many_batches_of_any_size_are_all_kept(tmp_path: Path) -> None:
    sizes = (1, 1500, 700, 4100, 1)
    batches = []
    for version, size in enumerate(sizes):
        ids = [f"{version}:{n}" for n in range(size)]
        batches.append((ids, [f"v{version}"] * size, unit_vectors(size, seed=version)))
    write_vectors(tmp_path / "chroma", "passages", [], batches)
    write_vectors(tmp_path / "chroma", "sentences", ["v3"], batches[:1])
    index = VectorIndex(tmp_path / "chroma")
    assert index.ids("passages") == {key for ids, _, _ in batches for key in ids}
    assert index.ids("sentences") == {"0:0"}
    for ids, _, vectors in batches:  # each id has kept its own vector
        best = index.search("passages", vectors[-1], 1)
        assert best == {ids[-1]: pytest.approx(1.0, abs=1e-5)}


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    for unit in UNITS:
        write_vectors(tmp_path / "chroma", unit, [], [])
    index = VectorIndex(tmp_path / "chroma")
    assert index.search("passages", unit_vectors(1)[0], 5) == {}
    assert index.ids("passages") == set()


def test_a_dropped_version_is_never_found_again(tmp_path: Path) -> None:
    write(tmp_path / "chroma", [], "v1", unit_vectors(50))
    write(tmp_path / "chroma", [], "v2", unit_vectors(50, seed=1))
    write(tmp_path / "chroma", ["v1"], "v3", unit_vectors(50, seed=2))
    index = VectorIndex(tmp_path / "chroma")
    wanted = {f"{v}:{n}" for v in ("v2", "v3") for n in range(50)}
    assert set(index.search("passages", unit_vectors(1)[0], 1000)) == wanted
    assert index.ids("passages") == wanted


def test_a_copy_goes_its_own_way(tmp_path: Path) -> None:
    write(tmp_path / "first", [], "v1", unit_vectors(20))
    opened = VectorIndex(tmp_path / "first")
    copy_vectors(tmp_path / "first", tmp_path / "second")
    write(tmp_path / "second", ["v1"], "v2", unit_vectors(5))
    assert opened.ids("passages") == {f"v1:{n}" for n in range(20)}
    assert VectorIndex(tmp_path / "second").ids("passages") == {f"v2:{n}" for n in range(5)}


def test_a_copy_is_whole_while_another_connection_writes(tmp_path: Path) -> None:
    write(tmp_path / "first", [], "v1", unit_vectors(20))
    database = tmp_path / "first" / "chroma.sqlite3"
    with closing(sqlite3.connect(database, isolation_level=None)) as opening:
        opening.execute("BEGIN IMMEDIATE")  # what Chroma does when a reader opens the folder
        opening.execute("INSERT INTO acquire_write (lock_status) VALUES (1)")
        copy_vectors(tmp_path / "first", tmp_path / "second")
        opening.execute("COMMIT")
    assert [f.name for f in (tmp_path / "second").glob("*-journal")] == []
    with closing(sqlite3.connect(tmp_path / "second" / "chroma.sqlite3")) as copied:
        assert copied.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert VectorIndex(tmp_path / "second").count("passages") == 20


@pytest.mark.skipif(sys.platform != "linux", reason="counts open files in /proc")
def test_an_index_that_nobody_holds_lets_go_of_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    write(folder, [], "v1", unit_vectors(20))
    for _ in range(3):
        index = VectorIndex(folder)
        index.search("passages", unit_vectors(1)[0], 5)
        assert _open_files(folder) > 0
        del index
        gc.collect()
        assert _open_files(folder) == 0


def _open_files(folder: Path) -> int:
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return sum(str(link.readlink()).startswith(str(folder)) for link in links)
