from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.retrieve import Retrieved
from corpus.dutch import DutchAnalyser
from corpus.editions import Editions
from corpus.settings import Settings
from corpus.types import Hit
from eval import beir_index
from eval.beir import Collection, Entry
from eval.beir_index import (
    BulkIndexBuilder,
    best_documents,
    collection_key,
    publish_collection,
    read_entry,
    search_collection,
)
from tests.builders import SmallCorpus
from tests.eval.fakes import BIKES, CANTEEN, hit

LONG = " ".join(f"Zin {n} gaat over de werkplaats en over het hout daar." for n in range(60))
ENTRIES = (
    Entry("d/1", "Fiets", "Een fiets heeft twee wielen. De bel is van koper."),
    Entry("d2", "", "Soep is warm."),
    Entry("d3", "Alleen een titel", ""),
    Entry("d4", "Hout", LONG),
)
COLLECTION = Collection(ENTRIES, {"q1": "wielen", "q2": "x" * 50}, {"q1": {"d/1": 1}, "q2": {}})


def published(corpus: SmallCorpus, analyser: DutchAnalyser) -> list[str]:
    """Publish the collection; returns the steps that were reported."""
    steps: list[str] = []
    builder = BulkIndexBuilder(corpus.registry, analyser, corpus.embedder.model_id)
    editions = Editions(
        corpus.registry,
        corpus.ledger,
        builder,
        corpus.lock,
        corpus.data_dir,
        corpus.embedder.model_id,
    )
    publish_collection(
        COLLECTION,
        corpus.registry,
        corpus.ledger,
        editions,
        corpus.embedder,
        Settings(data_dir=corpus.data_dir),
        lambda step, _done, _total: steps.append(step),
    )
    return list(dict.fromkeys(steps))


def test_every_document_is_in_one_edition_and_all_of_it_is_searched(
    small_corpus: SmallCorpus, analyser: DutchAnalyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beir_index, "_BATCH", 3)  # several batches, and a rest
    published(small_corpus, analyser)
    assert small_corpus.ledger.current() == 1
    assert set(small_corpus.members()) == {e.id for e in ENTRIES}
    index = small_corpus.library.open_edition()
    for unit in ("passages", "sentences"):
        assert small_corpus.found_ids(unit, index) == small_corpus.expected_ids(unit, 1)
    assert len(small_corpus.expected_ids("passages", 1)) > len(ENTRIES)
    assert index.lexical.search({analyser.stem("soep"): 1.0}, 5).keys() == {
        f"{small_corpus.members()['d2']}:0"
    }


def test_a_second_run_only_reads(small_corpus: SmallCorpus, analyser: DutchAnalyser) -> None:
    published(small_corpus, analyser)
    embedded = list(small_corpus.embedder.embedded)
    assert published(small_corpus, analyser) == ["Documenten lezen"]
    assert small_corpus.ledger.current() == 1
    assert small_corpus.embedder.embedded == embedded


def test_other_code_makes_a_new_index_from_the_same_vectors(
    small_corpus: SmallCorpus, analyser: DutchAnalyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(small_corpus, analyser)
    before, embedded = small_corpus.members(), list(small_corpus.embedder.embedded)
    monkeypatch.setattr(beir_index, "code_key", lambda: "nieuwer")
    published(small_corpus, analyser)
    after = small_corpus.members()
    assert after.keys() == before.keys()
    assert not set(after.values()) & set(before.values())
    assert small_corpus.embedder.embedded == embedded


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.id)
def test_a_document_keeps_its_id_and_title_and_has_something_to_find(entry: Entry) -> None:
    version = read_entry(entry, Settings())
    assert (version.document_id, version.metadata.title) == (entry.id, entry.title)
    searched = [p for p in version.passages if p.kind != "reference"]
    assert searched
    for passage in searched:
        assert version.text[passage.start : passage.end] == passage.text
        assert passage.sentences


@pytest.mark.parametrize("text", ["Soep", "Soep\nBrood", "%PDF soep", "© 2020 Uitgever", "---\nx"])
def test_text_that_the_reader_would_not_search_is_taken_whole(text: str) -> None:
    version = read_entry(Entry("d", "Titel", text), Settings())
    assert any(p.kind != "reference" for p in version.passages)


def retrieved(*hits: Hit) -> Retrieved:
    return Retrieved(hits, np.zeros(2, np.float32), None, {}, 1.0, 0.0)  # type: ignore[arg-type]


def test_every_question_is_put_once_and_a_long_one_is_cut() -> None:
    asked: list[str] = []

    def search(question: str) -> Retrieved:
        asked.append(question)
        return retrieved()

    assert list(search_collection(COLLECTION, search, 10, lambda *_: None)) == ["q1", "q2"]
    assert asked == ["wielen", "x" * 10]


def test_a_document_scores_as_its_best_passage() -> None:
    loan, costs, _ = BIKES.passages
    found = {"q": retrieved(hit(costs, 3.0), hit(CANTEEN.passages[0], 2.0), hit(loan, 1.0))}
    assert best_documents(found, 2) == {"q": [("fietsen", 3.0), ("kantine", 2.0)]}
    assert best_documents(found, 1) == {"q": [("fietsen", 3.0)]}


def test_a_folded_passage_brings_its_document_along() -> None:
    loan = BIKES.passages[0]
    folded = replace(hit(loan, 3.0), also=(hit(CANTEEN.passages[0], 1.0),))
    assert best_documents({"q": retrieved(folded)}, 5) == {
        "q": [("fietsen", 3.0), ("kantine", 3.0)]
    }


def test_other_documents_or_another_model_have_a_folder_of_their_own() -> None:
    other = Collection(ENTRIES[:1], {}, {})
    keys = {collection_key(c, m) for c in (COLLECTION, other) for m in ("een", "twee")}
    assert len(keys) == 4
    assert collection_key(COLLECTION, "een") in keys
