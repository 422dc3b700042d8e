from __future__ import annotations

import math
from pathlib import Path

import pytest

from corpus.lexical import LexicalIndex, write_lexical
from corpus.segments import link_folder

ROWS = [
    ("p1", "v1", ["student", "leer", "student"]),
    ("p2", "v1", ["bedrijf", "leer"]),
    ("p3", "v2", ["bedrijf", "bedrijf", "betaal"]),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_lexical(tmp_path / "lexical", [], ROWS)
    return tmp_path / "lexical"


def test_best_match_comes_first_and_strangers_stay_out(folder: Path) -> None:
    found = LexicalIndex(folder).search({"bedrijf": 1.0}, 10)
    assert list(found) == ["p3", "p2"]
    assert found["p3"] > found["p2"] > 0


def test_no_more_than_k(folder: Path) -> None:
    assert list(LexicalIndex(folder).search({"bedrijf": 1.0}, 1)) == ["p3"]


def test_weight_decides_between_terms(folder: Path) -> None:
    index = LexicalIndex(folder)
    assert next(iter(index.search({"student": 1.0, "betaal": 0.1}, 3))) == "p1"
    assert next(iter(index.search({"student": 0.1, "betaal": 1.0}, 3))) == "p3"


def test_no_terms_and_unknown_terms_find_nothing(folder: Path) -> None:
    index = LexicalIndex(folder)
    assert index.search({}, 5) == {}
    assert index.search({"onbekend": 1.0}, 5) == {}


def test_idf_is_the_formula_over_what_is_there(folder: Path) -> None:
    index = LexicalIndex(folder)
    assert index.idf("bedrijf") == pytest.approx(math.log(1 + (3 - 2 + 0.5) / (2 + 0.5)))
    assert index.idf("onbekend") == pytest.approx(math.log(1 + 3.5 / 0.5))


def test_what_was_dropped_no_longer_counts(folder: Path) -> None:
    for _ in range(4):  # replaced again and again, as editions do
        write_lexical(folder, ["v2"], [("p3", "v2", ["bedrijf", "bedrijf", "betaal"])])
    index = LexicalIndex(folder)
    assert len(index) == 3
    assert index.idf("bedrijf") == pytest.approx(math.log(1 + (3 - 2 + 0.5) / (2 + 0.5)))
    write_lexical(folder, ["v2"], [])
    assert list(LexicalIndex(folder).search({"bedrijf": 1.0}, 10)) == ["p2"]


def test_an_opened_index_stays_as_it_was(folder: Path) -> None:
    index = LexicalIndex(folder)
    write_lexical(folder, ["v1"], [])
    assert len(index) == 3
    assert set(index.search({"leer": 1.0}, 10)) == {"p1", "p2"}


def test_a_term_of_any_length_can_be_written_and_asked(tmp_path: Path) -> None:
    write_lexical(tmp_path / "lexical", [], [("p", "v", ["a" * 70_000, "bedrijf"])])
    index = LexicalIndex(tmp_path / "lexical")
    assert list(index.search({"bedrijf": 1.0}, 3)) == ["p"]
    assert index.search({"a" * 70_000: 1.0}, 3) == {}  # no index keeps a word that long


def test_a_warm_index_answers_as_before(folder: Path, tmp_path: Path) -> None:
    index = LexicalIndex(folder)
    index.warm()
    assert list(index.search({"bedrijf": 1.0}, 10)) == ["p3", "p2"]
    write_lexical(tmp_path / "empty", [], [])
    LexicalIndex(tmp_path / "empty").warm()


def test_writing_in_linked_files_leaves_the_others_as_they_were(
    folder: Path, tmp_path: Path
) -> None:
    before = {f.name: f.read_bytes() for f in folder.iterdir() if f.suffix != ".lock"}
    link_folder(folder, tmp_path / "next")
    write_lexical(tmp_path / "next", ["v2"], [("p4", "v4", ["nieuw"])])
    assert {f.name: f.read_bytes() for f in folder.iterdir() if f.suffix != ".lock"} == before
    assert LexicalIndex(folder).search({"nieuw": 1.0}, 3) == {}
    assert set(LexicalIndex(tmp_path / "next").search({"nieuw": 1.0}, 3)) == {"p4"}
