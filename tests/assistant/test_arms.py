"""What each arm finds."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from assistant.arms import Arms
from assistant.fusion import RetrievalWeights
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
