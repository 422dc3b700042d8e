from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.segments import (
    Segment,
    has_segments,
    kept_segments,
    link_folder,
    read_segments,
    write_segments,
)


def segment(vectors: int, dead: int = 0) -> Segment:
    return Segment(Path(f"s{vectors}"), vectors, dead)


def test_a_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert not has_segments(tmp_path)
    segments = [
        Segment(tmp_path / "000001", 900, 7, frozenset({"v2", "v1"})),
        Segment(tmp_path / "000004", 12, 0),
    ]
    write_segments(tmp_path, segments)
    assert has_segments(tmp_path)
    assert read_segments(tmp_path) == segments


@pytest.mark.parametrize(
    ("sizes", "new", "kept"),
    [
        ([], 10, []),
        ([400_000], 40, [400_000]),
        ([400_000, 80], 40, [400_000]),  # small: written again with what is new
        ([400_000, 30_000, 6_000], 40, [400_000, 30_000, 6_000]),
        ([400_000, 30_000, 6_000], 4_000, [400_000, 30_000]),  # as large as what is new
        ([400_000, 30_000, 6_000], 20_000, [400_000]),
        ([400_000], 300_000, []),
    ],
)
def test_what_stays_is_larger_than_what_is_new(sizes: list[int], new: int, kept: list[int]) -> None:
    assert [s.vectors for s in kept_segments([*map(segment, sizes)], new)] == kept


def test_when_much_was_dropped_nothing_stays() -> None:
    assert kept_segments([segment(100_000, dead=30_000)], 40) == [segment(100_000, dead=30_000)]
    assert kept_segments([segment(100_000, dead=30_001)], 40) == []


@given(st.lists(st.integers(1, 50_000), min_size=1, max_size=60))
def test_segments_stay_few(added: list[int]) -> None:
    segments: list[Segment] = []
    for new in added:
        kept = kept_segments(segments, new)
        merged = sum(s.vectors for s in segments[len(kept) :])
        segments = [*kept, segment(merged + new)]
    assert sum(s.vectors for s in segments) == sum(added)
    assert len(segments) <= 12  # each is twice as large as the next, or nearly so


def test_linked_files_are_the_same_files_and_locks_stay_behind(tmp_path: Path) -> None:
    source = tmp_path / "one"
    (source / "deep").mkdir(parents=True)
    (source / "deep" / "file").write_text("inhoud")
    (source / ".writer.lock").touch()
    link_folder(source, tmp_path / "two")
    copy = tmp_path / "two" / "deep" / "file"
    assert copy.samefile(source / "deep" / "file")
    assert not (tmp_path / "two" / ".writer.lock").exists()


def test_without_hard_links_files_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OSError("no links here")

    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "file").write_text("inhoud")
    monkeypatch.setattr("os.link", refuse)
    link_folder(tmp_path / "one", tmp_path / "two")
    copy = tmp_path / "two" / "file"
    assert copy.read_text() == "inhoud"
    assert not copy.samefile(tmp_path / "one" / "file")
