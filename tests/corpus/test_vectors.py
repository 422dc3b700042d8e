from __future__ import annotations

import gc
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.segments import read_segments
from corpus.types import UNITS, Vectors
from corpus.vectors import VectorIndex, open_vectors, write_vectors


def unit_vectors(count: int, seed: int = 0) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32)
    normal: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return normal


QUERY = unit_vectors(1, seed=99)[0]


def write(
    folder: Path,
    version: str,
    vectors: Vectors,
    base: Path | None = None,
    drop: tuple[str, ...] = (),
) -> VectorIndex:
    """An index of ``base`` with one version more."""
    ids = [f"{version}:{n}" for n in range(len(vectors))]
    add = [(ids, [version] * len(ids), vectors)]
    write_vectors(
        folder, folder.name, dict.fromkeys(UNITS, add), 2 * len(ids), base=base, drop=drop
    )
    return open_vectors(folder)


def ids_of(*versions: str, count: int) -> set[str]:
    return {f"{v}:{n}" for v in versions for n in range(count)}


def test_scores_are_cosines_best_first(tmp_path: Path) -> None:
    vectors = unit_vectors(40)
    found = write(tmp_path / "1", "v", vectors).search("passages", QUERY, 10)
    exact = {f"v:{n}": float(score) for n, score in enumerate(vectors @ QUERY)}
    assert list(found) == sorted(exact, key=lambda key: -exact[key])[:10]
    assert all(found[key] == pytest.approx(exact[key], abs=1e-6) for key in found)


def test_asking_for_more_than_there_is_gives_all(tmp_path: Path) -> None:
    index = write(tmp_path / "1", "v", unit_vectors(30))
    assert set(index.search("sentences", QUERY, 1000)) == index.ids("sentences")
    assert index.count("sentences") == 30


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    write_vectors(tmp_path / "1", "1", {}, 0)
    index = open_vectors(tmp_path / "1")
    assert index.search("passages", QUERY, 5) == {}
    assert index.cosines("passages", QUERY, ["v:1"]) == {}
    assert index.ids("passages") == set()
    index.warm()


def test_a_dropped_version_is_never_found_again(tmp_path: Path) -> None:
    write(tmp_path / "1", "v1", unit_vectors(50))
    write(tmp_path / "2", "v2", unit_vectors(50, seed=1), tmp_path / "1")
    index = write(tmp_path / "3", "v3", unit_vectors(50, seed=2), tmp_path / "2", drop=("v1",))
    wanted = ids_of("v2", "v3", count=50)
    assert set(index.search("passages", QUERY, 1000)) == wanted
    assert index.ids("passages") == wanted
    assert index.count("passages") == 100
    assert index.cosines("passages", QUERY, ["v1:0", "v2:0"]).keys() == {"v2:0"}


def test_vectors_in_files_are_at_hand(tmp_path: Path) -> None:
    old, new = unit_vectors(50), unit_vectors(50, seed=1)
    write(tmp_path / "1", "v1", old)
    write(tmp_path / "2", "v2", new, tmp_path / "1")
    index = write(tmp_path / "3", "v3", unit_vectors(9), tmp_path / "2", drop=("v1",))
    found = index.at_hand("sentences", ["v2:7", "v1:3", "v2:0", "v9:1"])
    assert found.keys() == {"v2:0", "v2:7"}
    assert np.array_equal(found["v2:7"], new[7])


def test_a_version_that_comes_back_is_found(tmp_path: Path) -> None:
    write(tmp_path / "1", "v1", unit_vectors(4_000))
    write(tmp_path / "2", "v2", unit_vectors(9), tmp_path / "1", drop=("v0",))
    write(tmp_path / "3", "v3", unit_vectors(9), tmp_path / "2", drop=("v2",))
    index = write(tmp_path / "4", "v2", unit_vectors(9), tmp_path / "3")
    assert index.ids("passages") == ids_of("v1", count=4_000) | ids_of("v2", "v3", count=9)


def test_a_large_segment_is_linked_and_not_written_again(tmp_path: Path) -> None:
    write(tmp_path / "1", "v1", unit_vectors(4_000))
    index = write(tmp_path / "2", "v2", unit_vectors(5), tmp_path / "1")
    files = list((tmp_path / "1" / "1").iterdir())
    assert all(p.samefile(tmp_path / "2" / "1" / p.name) for p in files)
    for path in files:
        path.unlink()  # the folder of the older edition goes; this one stays whole
    assert index.ids("passages") == ids_of("v1", count=4_000) | ids_of("v2", count=5)
    assert open_vectors(tmp_path / "2").ids("passages") == index.ids("passages")


def test_small_segments_are_merged_and_what_was_dropped_goes(tmp_path: Path) -> None:
    write(tmp_path / "0", "v", unit_vectors(4_000))
    for n in range(1, 8):
        write(tmp_path / str(n), f"v{n}", unit_vectors(9), tmp_path / str(n - 1))
    assert [s.vectors for s in read_segments(tmp_path / "7")] == [8_000, 7 * 18]
    write(tmp_path / "8", "v8", unit_vectors(9), tmp_path / "7", drop=("v",))
    assert [(s.vectors, s.dead) for s in read_segments(tmp_path / "8")] == [(8 * 18, 0)]


def test_an_edition_does_not_change_with_the_next(tmp_path: Path) -> None:
    first = write(tmp_path / "1", "v1", unit_vectors(20))
    write(tmp_path / "2", "v2", unit_vectors(5), tmp_path / "1", drop=("v1",))
    for index in (first, open_vectors(tmp_path / "1")):
        assert set(index.search("passages", QUERY, 100)) == ids_of("v1", count=20)


@given(
    st.lists(st.sampled_from(["add", "drop", "back"]), min_size=1, max_size=8),
    st.integers(1, 30),
)
def test_what_grew_answers_as_what_is_written_at_once(
    tmp_path_factory: pytest.TempPathFactory, acts: list[str], k: int
) -> None:
    folder = tmp_path_factory.mktemp("index")
    held: dict[str, Vectors] = {}
    gone: dict[str, Vectors] = {}
    base: Path | None = None
    for turn, act in enumerate(acts):
        drop: tuple[str, ...] = ()
        if act == "drop" and held:
            drop = (min(held),)
            gone[drop[0]] = held.pop(drop[0])
        back = min(gone.keys() - set(drop), default=None) if act == "back" else None
        version = back or f"v{turn}"
        # Half of the versions hold the same vectors: many cosines are equal to others.
        held[version] = gone.pop(version, unit_vectors(7, seed=turn % 2))
        grown = write(folder / f"{turn}", version, held[version], base, drop)
        base = folder / f"{turn}"
    write_vectors(
        folder / "fresh",
        "fresh",
        {"passages": [([f"{v}:{n}" for n in range(7)], [v] * 7, x) for v, x in held.items()]},
        7 * len(held),
    )
    fresh = open_vectors(folder / "fresh")
    one, other = (index.search("passages", QUERY, k) for index in (grown, fresh))
    assert list(one.items()) == list(other.items())
    assert one == grown.cosines("passages", QUERY, list(one))
    assert grown.neighbours("passages", QUERY[None, :], k) == [list(one)]


@pytest.mark.skipif(sys.platform != "linux", reason="counts open files in /proc")
def test_an_index_that_nobody_holds_lets_go_of_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "1"
    write(folder, "v1", unit_vectors(20))
    for _ in range(3):
        index = open_vectors(folder)
        index.search("passages", QUERY, 5)
        assert _mapped_files(folder) > 0
        del index
        gc.collect()
        assert _mapped_files(folder) == 0


def _mapped_files(folder: Path) -> int:
    return sum(str(folder) in line for line in Path("/proc/self/maps").read_text().splitlines())
