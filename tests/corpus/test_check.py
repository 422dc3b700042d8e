"""Each kind of fault is made by hand, and must be named."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from corpus.check import find_faults
from corpus.index_sums import write_sums
from corpus.lexical import write_lexical
from corpus.types import UNITS, Unit, Vectors
from corpus.vectors import write_vectors
from tests.builders import SmallCorpus, make_version

A1 = make_version("a", ["De student leert. Het bedrijf betaalt.", "Bron."], kinds={1: "reference"})
B1 = make_version("b", ["Een begeleider helpt."])


@pytest.fixture
def published(small_corpus: SmallCorpus) -> SmallCorpus:
    small_corpus.publish(A1, B1)
    return small_corpus


def faults(corpus: SmallCorpus) -> list[str]:
    found = find_faults(corpus.registry, corpus.ledger, corpus.editions, corpus.data_dir)
    return [fault.line for fault in found]


def sql(corpus: SmallCorpus, statement: str) -> None:
    with corpus.registry.engine.begin() as connection:
        assert connection.exec_driver_sql(statement).rowcount == 1


def test_a_sound_corpus_has_none(published: SmallCorpus) -> None:
    assert faults(published) == []


def test_an_empty_corpus_has_none_but_leftovers(small_corpus: SmallCorpus) -> None:
    assert faults(small_corpus) == []
    (small_corpus.data_dir / "editions" / ".building-000001").mkdir(parents=True)
    assert len(faults(small_corpus)) == 1


@pytest.mark.parametrize(
    ("table", "identity", "values"),
    [
        ("passage", A1.passages[0].id, "text = 'Anders.'"),
        ("passage", A1.passages[0].id, "start = start + 1"),
        ("sentence", A1.passages[0].sentences[1].id, '"end" = "end" - 1'),
        ("sentence", B1.passages[0].sentences[0].id, "text = text || ' '"),
        ("passage", A1.passages[1].id, "text = 'Verwijzing.'"),
    ],
)
def test_a_span_that_is_not_its_text(
    published: SmallCorpus, table: str, identity: str, values: str
) -> None:
    sql(published, f"UPDATE {table} SET {values} WHERE id = '{identity}'")
    found = faults(published)
    assert len(found) == 1
    assert identity in found[0]


def test_a_canonical_text_that_was_changed(published: SmallCorpus) -> None:
    sql(published, f"UPDATE version SET text = 'x' || text WHERE id = '{B1.id}'")
    assert {B1.passages[0].id in fault for fault in faults(published)} == {True}


@pytest.mark.embedded
@pytest.mark.parametrize("unit", ["passages", "sentences"])
def test_a_vector_that_is_missing_or_too_many(published: SmallCorpus, unit: Unit) -> None:
    folder = published.editions.index_folder(published.library.open_edition().number) / "vectors"
    passage = B1.passages[0]
    key = passage.id if unit == "passages" else passage.sentences[0].id
    kept = {u: _rows(published, u) for u in UNITS}
    kept[unit].pop(key)
    _write_anew(published, folder, kept)
    assert faults(published) == [f"In de index ontbreken 1 {unit}, zoals {key}."]
    kept = {u: _rows(published, u) for u in UNITS}
    kept[unit]["vreemd"] = published.embedder.embed_queries(["x"])[0]
    _write_anew(published, folder, kept)
    assert faults(published) == [f"In de index staan 1 {unit} te veel, zoals vreemd."]
    kept[unit].pop("vreemd")
    kept[unit][key] = published.embedder.embed_queries(["heel iets anders"])[0]
    _write_anew(published, folder, kept)
    assert faults(published) == [
        f"In de index zijn 1 vectoren van {unit} niet die uit de database."
    ]


def _rows(corpus: SmallCorpus, unit: Unit) -> dict[str, Vectors]:
    found = [
        corpus.registry.vectors.of_version(unit, corpus.embedder.model_id, v.id) for v in (A1, B1)
    ]
    return {key: vector for ids, vectors in found for key, vector in zip(ids, vectors, strict=True)}


def _write_anew(corpus: SmallCorpus, folder: Path, rows: dict[Unit, dict[str, Vectors]]) -> None:
    """Another dense index in the place of the published one."""
    shutil.rmtree(folder)
    add = {unit: [(list(r), [""] * len(r), np.stack([*r.values()]))] for unit, r in rows.items()}
    write_vectors(folder, "other", add, 0)
    write_sums(folder.parent)  # whole, and not what the database says
    corpus.library._opened = None  # as a process that starts now


def test_a_passage_that_the_word_index_lacks(published: SmallCorpus) -> None:
    folder = published.editions.index_folder(published.library.current_edition() or 0)
    write_lexical(folder / "lexical", [B1.id], [])
    write_sums(folder)
    assert faults(published) == [
        f"In de woordindex ontbreken 1 passages, zoals {B1.passages[0].id}."
    ]


def test_a_folder_that_was_left(published: SmallCorpus) -> None:
    left = published.data_dir / "editions" / ".building-000009"
    left.mkdir()
    assert faults(published) == [f"Achtergebleven: {left}"]
    assert left.is_dir()  # looking changes nothing
