"""What each arm finds, side by side or one after the other."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import numpy as np
import pytest

from assistant import arms as module
from assistant.arms import Arms
from assistant.fusion import RetrievalWeights
from corpus.types import Vectors
from tests.builders import SmallCorpus, make_version

SAID = ["De leenfiets staat in de schuur. Een band plakken kost tijd.", "De kantine kookt soep."]


@pytest.fixture
def published(small_corpus: SmallCorpus) -> SmallCorpus:
    small_corpus.publish(make_version("gids", SAID))
    return small_corpus


def find(
    corpus: SmallCorpus, weights: RetrievalWeights | None = None
) -> tuple[list[str], Mapping[str, Mapping[str, float]]]:
    found = Arms(corpus.library, weights or RetrievalWeights())
    vector = corpus.embedder.embed_queries(["Waar staat de leenfiets?"])[0]
    return found.find(vector, {"leenfiet": 1.0}, corpus.library.open_edition())


def test_many_sentences_are_compared_beside_the_rest_and_give_the_same(
    published: SmallCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = published.library.open_edition().vectors
    search, threads = vectors.search, {}

    def seen(unit: str, vector: Vectors, k: int) -> dict[str, float]:
        threads[unit] = threading.current_thread()
        return search("sentences" if unit == "sentences" else "passages", vector, k)

    monkeypatch.setattr(vectors, "search", seen)
    few = find(published)
    assert threads["sentences"] is threads["passages"]
    monkeypatch.setattr(module, "_MANY_SENTENCES", 1)
    many = find(published)
    assert threads["sentences"] is not threads["passages"]
    assert many == few
    assert list(many[1]) == ["dense", "sentence", "lexical"]


def test_what_goes_wrong_beside_the_rest_is_told(
    published: SmallCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_unit: str, _vector: Vectors, _k: int) -> dict[str, float]:
        raise OSError("schijf weg")

    monkeypatch.setattr(module, "_MANY_SENTENCES", 1)
    monkeypatch.setattr(published.library.open_edition().vectors, "search", broken)
    with pytest.raises(OSError, match="schijf weg"):
        find(published, RetrievalWeights(dense=0))


def test_an_arm_that_weighs_nothing_is_not_asked(published: SmallCorpus) -> None:
    ids, found = find(published, RetrievalWeights(dense=0, sentence=0))
    assert list(found) == ["lexical"]
    assert ids == list(found["lexical"])
    assert find(published, RetrievalWeights(dense=0, sentence=0, lexical=0)) == ([], {})


def test_a_passage_is_as_near_as_its_nearest_sentence(published: SmallCorpus) -> None:
    index = published.library.open_edition()
    vector = published.embedder.embed_queries(["Waar staat de leenfiets?"])[0]
    nearest: dict[str, float] = {}
    for sentence_id, score in index.vectors.search("sentences", vector, 300).items():
        passage_id = sentence_id.rpartition(":")[0]
        nearest[passage_id] = float(np.maximum(nearest.get(passage_id, -1.0), score))
    assert find(published)[1]["sentence"] == pytest.approx(nearest)
