"""The files that versions were read from."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from corpus.errors import NotReadyError
from corpus.originals import Original, Originals
from tests.builders import SmallCorpus, make_version

PLAN = b"# Plan\n\nWe beginnen op tijd.\n"
FIRST = make_version("plan", ["We beginnen op tijd."])
SECOND = make_version("plan", ["We beginnen later."])


@pytest.fixture
def originals(small_corpus: SmallCorpus) -> Originals:
    small_corpus.put(FIRST, SECOND)
    return Originals(small_corpus.registry.engine, small_corpus.data_dir)


def files(corpus: SmallCorpus) -> list[Path]:
    return sorted(path for path in (corpus.data_dir / "originals").rglob("*") if path.is_file())


def test_an_original_is_given_back_as_it_came(
    originals: Originals, small_corpus: SmallCorpus
) -> None:
    assert originals.get(FIRST.id) is None
    kept = originals.put(FIRST.id, "plan <b>.md", PLAN, "text/markdown")
    digest = hashlib.sha256(PLAN).hexdigest()
    assert kept == Original(FIRST.id, digest, "plan <b>.md", "text/markdown", len(PLAN))
    assert originals.get(FIRST.id) == kept
    assert originals.read(kept) == PLAN
    assert files(small_corpus) == [small_corpus.data_dir / "originals" / digest[:2] / digest]


def test_the_same_file_is_kept_once(originals: Originals, small_corpus: SmallCorpus) -> None:
    originals.put(FIRST.id, "a.md", PLAN, "text/markdown")
    originals.put(SECOND.id, "b.md", PLAN, "text/markdown")
    assert len(files(small_corpus)) == 1
    assert {originals.get(version.id).name for version in (FIRST, SECOND)} == {"a.md", "b.md"}  # type: ignore[union-attr]


def test_a_version_keeps_the_original_that_it_has(originals: Originals) -> None:
    first = originals.put(FIRST.id, "a.md", PLAN, "text/markdown")
    assert originals.put(FIRST.id, "b.md", PLAN + b"\n", "text/plain") == first
    assert originals.read(first) == PLAN


def test_what_is_missing_is_told(originals: Originals, small_corpus: SmallCorpus) -> None:
    ids = {FIRST.id, SECOND.id}
    assert originals.missing(ids) == ids
    originals.put(FIRST.id, "a.md", PLAN, "text/markdown")
    assert originals.missing(ids) == {SECOND.id}
    files(small_corpus)[0].unlink()
    assert originals.missing(ids) == ids
    assert originals.missing([]) == set()


@pytest.mark.parametrize("damage", [b"", PLAN[:-1], PLAN[:-2] + b"!\n"])
def test_a_damaged_file_is_never_given_and_can_be_put_back(
    originals: Originals, small_corpus: SmallCorpus, damage: bytes
) -> None:
    kept = originals.put(FIRST.id, "a.md", PLAN, "text/markdown")
    files(small_corpus)[0].write_bytes(damage)
    with pytest.raises(NotReadyError, match=r"a\.md is beschadigd\. Lees het document opnieuw in"):
        originals.read(kept)
    assert originals.missing([FIRST.id]) == {FIRST.id}
    with pytest.raises(NotReadyError, match="is niet te lezen"):
        originals.read(kept)
    originals.put(FIRST.id, "a.md", PLAN, "text/markdown")
    assert originals.read(kept) == PLAN


def test_a_write_that_fails_leaves_neither_file_nor_record(
    originals: Originals, small_corpus: SmallCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            originals.put(FIRST.id, "a.md", PLAN, "text/markdown")
    assert files(small_corpus) == []
    assert originals.get(FIRST.id) is None
    originals.put(FIRST.id, "a.md", PLAN, "text/markdown")
    assert len(files(small_corpus)) == 1
