from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.dutch import DutchAnalyser
from corpus.errors import NotReadyError
from corpus.index import Base, EditionIndex, IndexBuilder
from corpus.progress import no_progress
from corpus.types import UNITS
from tests.builders import SmallCorpus, make_version

VERSIONS = [
    make_version(d, [f"Deel {n} van {d}. Nog een zin." for n in range(3)], title=f"Gids {d}")
    for d in "abcde"
]
IDS = [version.id for version in VERSIONS]


@pytest.fixture
def builder(small_corpus: SmallCorpus, analyser: DutchAnalyser) -> IndexBuilder:
    small_corpus.put(*VERSIONS)
    return IndexBuilder(small_corpus.registry, analyser, small_corpus.embedder.model_id)


def passage_ids(version_ids: list[str]) -> set[str]:
    return {p.id for v in VERSIONS if v.id in version_ids for p in v.passages}


@pytest.mark.parametrize("wanted", [IDS, IDS[1:], IDS[:2], [*IDS[:2], *IDS[3:]]])
def test_a_folder_holds_exactly_what_was_wanted(
    builder: IndexBuilder, tmp_path: Path, analyser: DutchAnalyser, wanted: list[str]
) -> None:
    base = tmp_path / "base"
    builder.build(base, IDS[:4], None, no_progress)
    builder.build(tmp_path / "next", wanted, Base(base, frozenset(IDS[:4])), no_progress)
    index = EditionIndex(2, tmp_path / "next")
    assert index.vectors.ids("passages") == passage_ids(wanted)
    assert set(index.lexical.search({analyser.stem("deel"): 1.0}, 100)) == passage_ids(wanted)
    assert EditionIndex(1, base).vectors.ids("passages") == passage_ids(IDS[:4])  # untouched
    assert {f.name for f in tmp_path.iterdir()} == {"base", "next", "var"}


def test_words_of_title_and_heading_are_found(
    builder: IndexBuilder, tmp_path: Path, analyser: DutchAnalyser
) -> None:
    builder.build(tmp_path / "index", IDS[:1], None, no_progress)
    index = EditionIndex(1, tmp_path / "index")
    for word in ("gids", "Deel"):
        terms = dict.fromkeys(analyser.terms(word), 1.0)
        assert set(index.lexical.search(terms, 10)) == passage_ids(IDS[:1])


def test_what_a_killed_build_left_is_built_over(builder: IndexBuilder, tmp_path: Path) -> None:
    left = tmp_path / ".building-index"
    (left / "lexical").mkdir(parents=True)
    (left / "lexical" / "meta.json").write_text("half")
    builder.build(tmp_path / "index", IDS, None, no_progress)
    assert EditionIndex(1, tmp_path / "index").vectors.count("passages") == len(passage_ids(IDS))
    assert not left.exists()


def test_a_version_without_vectors_stops_it(
    builder: IndexBuilder, small_corpus: SmallCorpus, tmp_path: Path
) -> None:
    bare = make_version("e", ["Zonder vector."])
    small_corpus.registry.store_draft(bare)
    with pytest.raises(NotReadyError, match=r"0 van de 1 vectoren.*reindex"):
        builder.build(tmp_path / "index", [*IDS, bare.id], None, no_progress)
    assert not (tmp_path / "index").exists()


def test_an_index_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotReadyError, match=r"editie 7 ontbreekt.*reindex"):
        EditionIndex(7, tmp_path / "weg")


def test_opening_and_searching_changes_no_data(builder: IndexBuilder, tmp_path: Path) -> None:
    builder.build(tmp_path / "index", IDS, None, no_progress)
    before = _data_files(tmp_path / "index")
    index = EditionIndex(1, tmp_path / "index")
    for unit in UNITS:
        assert index.vectors.ids(unit)
    index.warm()
    index.vectors.search("passages", np.full(16, 0.25, np.float32), 5)
    index.lexical.search({"del": 1.0}, 5)
    index.vectors.close()
    assert _data_files(tmp_path / "index") == before


def _data_files(folder: Path) -> dict[str, bytes]:
    files = [f for f in folder.rglob("*") if f.is_file()]
    return {str(f.relative_to(folder)): f.read_bytes() for f in files}


def test_what_is_dropped_leaves_the_scores_of_the_others_as_in_a_fresh_index(
    builder: IndexBuilder, tmp_path: Path, analyser: DutchAnalyser
) -> None:
    base, wanted = tmp_path / "base", IDS[1:]
    builder.build(base, IDS, None, no_progress)
    builder.build(tmp_path / "grown", wanted, Base(base, frozenset(IDS)), no_progress)
    builder.build(tmp_path / "fresh", wanted, None, no_progress)
    terms = {analyser.stem("deel"): 1.0, analyser.stem("zin"): 1.0}
    grown, fresh = (
        EditionIndex(n, tmp_path / name).lexical.search(terms, 100)
        for n, name in ((1, "grown"), (2, "fresh"))
    )
    assert grown == pytest.approx(fresh)
