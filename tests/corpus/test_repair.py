"""Real damage, and what is left of it after mending."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from corpus import schema
from corpus.check import Fault, find_faults
from corpus.originals import Originals
from corpus.repair import Repair
from tests.builders import SmallCorpus, make_version
from tests.corpus.test_chroma_folder import A1 as OLD
from tests.corpus.test_chroma_folder import as_it_was
from tests.fakes import TokenHashEmbedder

A1 = make_version("a", ["De student leert. Het bedrijf betaalt."])
B1 = make_version("b", ["Een begeleider helpt.", "De begeleider komt elke week langs."])


@pytest.fixture
def corpus(small_corpus: SmallCorpus) -> SmallCorpus:
    small_corpus.publish(A1, B1)
    return small_corpus


def faults(corpus: SmallCorpus) -> list[Fault]:
    return find_faults(corpus.registry, corpus.ledger, corpus.editions, corpus.data_dir)


def kinds(corpus: SmallCorpus) -> set[str]:
    return {fault.kind for fault in faults(corpus)}


def mend(corpus: SmallCorpus) -> list[str]:
    repair = Repair(
        corpus.registry,
        corpus.ledger,
        corpus.editions,
        corpus.lock,
        corpus.data_dir,
        lambda: corpus.embedder,
    )
    return repair.mend(faults(corpus), "test", lambda _step, _done, _total: None)


def index(corpus: SmallCorpus) -> Path:
    current = corpus.ledger.current()
    assert current is not None
    return corpus.editions.index_folder(current)


def one(folder: Path, pattern: str) -> Path:
    return next(iter(sorted(folder.rglob(pattern))))


def flip(path: Path, at: int) -> None:
    """Another byte in a file of its own: editions share theirs by hard links."""
    data = bytearray(path.read_bytes())
    data[at] ^= 0x55
    path.unlink()
    path.write_bytes(data)


def cut(path: Path, to: int) -> None:
    data = path.read_bytes()[:to]
    path.unlink()
    path.write_bytes(data)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "no index at all": lambda folder: shutil.rmtree(folder),
    "no list of segments": lambda folder: (folder / "vectors/segments.json").unlink(),
    "half a list of segments": lambda folder: cut(folder / "vectors/segments.json", 20),
    "a segment that is gone": lambda folder: shutil.rmtree(next((folder / "vectors").glob("0*"))),
    "no vectors": lambda folder: one(folder, "passages.f32").unlink(),
    "vectors cut off": lambda folder: cut(one(folder, "sentences.f32"), 70),
    "a flipped bit in a vector": lambda folder: flip(one(folder, "passages.f32"), 9),
    "a flipped bit in an id": lambda folder: flip(one(folder, "sentences.ids.npy"), -3),
    "a flipped bit in the order": lambda folder: flip(one(folder, "sentences.order.npy"), -4),
    "no word index": lambda folder: shutil.rmtree(folder / "lexical"),
    "half a list of words": lambda folder: cut(folder / "words.txt", 0),
    "a word index without its list": lambda folder: (folder / "lexical/meta.json").unlink(),
    "half a list of the word index": lambda folder: cut(folder / "lexical/meta.json", 30),
    "a file of the word index gone": lambda folder: one(folder, "*.term").unlink(),
    "a file of the word index cut off": lambda folder: cut(one(folder, "*.idx"), 40),
    "a flipped bit in the postings": lambda folder: flip(one(folder, "*.idx"), 5),
    "a flipped bit in the terms": lambda folder: flip(one(folder, "*.term"), 5),
    "a flipped bit in what is stored": lambda folder: flip(one(folder, "*.store"), 5),
}


@pytest.mark.embedded
@pytest.mark.fault
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_named_and_made_anew(corpus: SmallCorpus, damage: str) -> None:
    DAMAGE[damage](index(corpus))
    assert kinds(corpus) == {"index"}
    assert len(mend(corpus)) == 1
    assert faults(corpus) == []
    assert corpus.ledger.current() == 2
    found = corpus.library.open_edition()
    assert corpus.found_ids("sentences", found) == corpus.expected_ids("sentences", 2)
    assert corpus.ledger.history()[0].action == "repair"


@pytest.mark.embedded
def test_an_index_of_an_earlier_release_that_is_damaged(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(OLD)
    folder = as_it_was(small_corpus)
    assert faults(small_corpus) == []
    from chromadb.api.shared_system_client import SharedSystemClient  # it takes a second

    SharedSystemClient.clear_system_cache()  # as a process that starts now
    cut(folder / "chroma" / "chroma.sqlite3", 5000)
    assert kinds(small_corpus) == {"index"}
    mend(small_corpus)
    assert faults(small_corpus) == []


def test_vectors_that_are_gone_from_the_database(corpus: SmallCorpus) -> None:
    with corpus.registry.engine.begin() as connection:
        connection.exec_driver_sql(
            "DELETE FROM vector WHERE key IN (SELECT key FROM vector LIMIT 3)"
        )
    assert len([f for f in faults(corpus) if f.kind == "vectors"]) == 3
    done = mend(corpus)
    assert done[0] == "Van 3 teksten is de vector opnieuw gemaakt."
    assert faults(corpus) == []


@pytest.mark.parametrize(
    "data", [b"\0", bytes(64), b"\x00\x00\xc0\x7f" + bytes(60)], ids=["short", "zero", "no number"]
)
def test_a_vector_that_is_none(corpus: SmallCorpus, data: bytes) -> None:
    some_key = select(schema.passage.c.vector_key).limit(1).scalar_subquery()
    with corpus.registry.engine.begin() as connection:
        connection.execute(
            update(schema.vector).where(schema.vector.c.key == some_key).values(data=data)
        )
    assert "vectors" in kinds(corpus)
    mend(corpus)
    assert faults(corpus) == []


def test_vectors_of_words_that_are_gone(corpus: SmallCorpus) -> None:
    object.__setattr__(corpus, "embedder", TokenHashEmbedder())
    with corpus.registry.engine.begin() as connection:
        keys = connection.scalars(select(schema.passage.c.vector_key).limit(2)).all()
        connection.execute(
            insert(schema.vector),
            [{"model_id": "woorden-1/woorden", "key": key, "data": b"\1"} for key in keys],
        )
    assert [f.kind for f in faults(corpus)] == ["vectors"]
    mend(corpus)
    assert faults(corpus) == []


def test_what_was_left_behind_goes_and_what_is_new_stays(corpus: SmallCorpus) -> None:
    left = corpus.data_dir / "editions" / ".building-000009"
    left.mkdir()
    originals = corpus.data_dir / "originals" / "ab"
    originals.mkdir(parents=True)
    old, fresh = originals / "abc", originals / ".half-x"
    old.write_bytes(b"x")
    fresh.write_bytes(b"x")
    os.utime(old, (time.time() - 7200,) * 2)
    assert kinds(corpus) == {"leftover"}
    assert len(mend(corpus)) == 2
    assert faults(corpus) == []
    assert (left.exists(), old.exists(), fresh.exists()) == (False, False, True)
    assert corpus.ledger.current() == 1  # no need for another index


@pytest.mark.parametrize("damage", ["gone", "other"])
def test_an_original_cannot_be_made_again(corpus: SmallCorpus, damage: str) -> None:
    originals = Originals(corpus.registry.engine, corpus.data_dir)
    kept = originals.put(A1.id, "a.md", b"# A", "text/markdown")
    path = one(corpus.data_dir / "originals", kept.sha256)
    if damage == "gone":
        path.unlink()
    else:
        flip(path, 1)
    (fault,) = faults(corpus)
    assert fault.kind == "original"
    assert "a.md van a" in fault.line
    assert "Lees het document opnieuw in" in fault.line
    assert mend(corpus) == []
    assert faults(corpus) == [fault]


def test_pages_that_are_out_of_order(corpus: SmallCorpus) -> None:
    with corpus.registry.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE version SET page_starts = '[[9, 1], [3, 2]]'")
    assert kinds(corpus) == {"text"}
    assert mend(corpus) == []


@pytest.mark.embedded
def test_nothing_is_built_upon_a_damaged_database(corpus: SmallCorpus) -> None:
    shutil.rmtree(index(corpus))
    with corpus.registry.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("PRAGMA writable_schema=ON")
        connection.exec_driver_sql(
            "UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'ix_passage_version_id'"
        )
    corpus.registry.engine.dispose()
    assert kinds(corpus) == {"database"}
    assert "restore" in faults(corpus)[0].line
    assert mend(corpus) == []
    assert corpus.ledger.current() == 1
