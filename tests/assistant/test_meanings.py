"""How the vector of a question leans towards the words that the glossary leads to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.meanings import Meanings
from corpus.types import Vectors
from tests.fakes import HashEmbedder

WORDS = ("werkgever", "praktijkbegeleider", "subsidie", "student", "hogeschool")


class CountingEmbedder(HashEmbedder):
    """Remembers which texts were embedded as questions."""

    def __init__(self) -> None:
        super().__init__(dimension=64)
        self.asked: list[str] = []

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().embed_queries(texts)


def vector(text: str) -> Vectors:
    found: Vectors = HashEmbedder(dimension=64).embed_queries([text])[0]
    return found


@pytest.mark.parametrize(("words", "weight"), [((), 1.0), (("werkgever",), 0.0)])
def test_without_words_or_weight_a_question_stays_as_it_is(
    words: tuple[str, ...], weight: float
) -> None:
    embedder = CountingEmbedder()
    question = vector("wat doet mijn baas")
    assert Meanings(embedder).lean(question, words, weight) is question
    assert embedder.asked == []


@given(st.lists(st.sampled_from(WORDS), min_size=1, unique=True), st.floats(0.1, 2.0))
def test_it_leans_towards_the_words_and_keeps_its_length(words: list[str], weight: float) -> None:
    question = vector("wat doet mijn baas")
    mean = np.mean([vector(word) for word in words], axis=0)
    leaning = Meanings(HashEmbedder(dimension=64)).lean(question, words, weight)
    assert np.linalg.norm(leaning) == pytest.approx(1.0, abs=1e-5)
    unit = mean / np.linalg.norm(mean)
    assert leaning @ unit >= question @ unit - 1e-5


def test_a_word_is_embedded_once() -> None:
    embedder = CountingEmbedder()
    meanings = Meanings(embedder)
    first = meanings.lean(vector("baas"), ["werkgever", "student"], 0.7)
    again = meanings.lean(vector("baas"), ["werkgever", "student"], 0.7)
    meanings.lean(vector("baas"), ["student", "subsidie"], 0.7)
    assert embedder.asked == ["werkgever", "student", "subsidie"]
    assert (first == again).all()
