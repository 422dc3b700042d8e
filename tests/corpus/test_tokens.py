"""How the tokens of a question meet those of passages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.tokens import Tokens, max_sim, pack, token_embedder
from tests.fakes import HashEmbedder, TokenHashEmbedder

DIMENSION = 8


def axis(*places: int) -> NDArray[np.float32]:
    """Vectors along these axes."""
    return np.eye(DIMENSION, dtype=np.float32)[list(places)]


def question(*places: int, weights: Sequence[float] | None = None) -> Tokens:
    return Tokens(axis(*places), np.array(weights or [1.0] * len(places), np.float32))


def test_every_token_of_the_question_looks_for_its_likest() -> None:
    passages = [pack(axis(1, 2, 3)), pack(axis(1, 4)), pack(axis(5, 6, 7, 0))]
    assert max_sim(question(1, 2), passages) == pytest.approx([1.0, 0.5, 0.0])


def test_tokens_that_tell_more_count_more() -> None:
    passages = [pack(axis(1)), pack(axis(2))]
    assert max_sim(question(1, 2, weights=[3.0, 1.0]), passages) == pytest.approx([0.75, 0.25])


def test_how_long_a_passage_is_and_what_stands_beside_it_changes_nothing() -> None:
    long = pack(np.concatenate([axis(*[6, 7] * 200), axis(1)]))
    assert max_sim(question(1), [long]) == max_sim(question(1), [pack(axis(1)), long])[1] == 1.0


def test_what_is_met_in_one_place_counts_more_than_what_lies_apart() -> None:
    between = axis(*[6, 7] * 100)
    together = pack(np.concatenate([between, axis(1, 2), between]))
    apart = pack(np.concatenate([axis(1), between, axis(2), between]))
    near, far = max_sim(question(1, 2), [together, apart])
    assert near == pytest.approx(1.0)
    assert far == pytest.approx(1 / 3 * 1.0 + 2 / 3 * 0.5)


@given(st.integers(0, 200), st.integers(0, 200))
def test_words_side_by_side_are_met_together_wherever_they_stand(before: int, behind: int) -> None:
    parts = [axis(*[6] * before), axis(1, 2), axis(*[7] * behind)]
    other = pack(axis(*[5] * 77))
    assert max_sim(question(1, 2), [other, pack(np.concatenate(parts)), other])[1] == 1.0


def test_a_passage_without_a_token_is_like_nothing() -> None:
    empty = pack(np.empty((0, DIMENSION), np.float32))
    assert max_sim(question(1, 2), [empty, pack(axis(1, 2))]) == pytest.approx([0.0, 1.0])


Units = st.integers(0, 2**32 - 1).map(
    lambda seed: np.random.default_rng(seed).normal(size=(5, DIMENSION)).astype(np.float32)
)


@given(Units, Units)
def test_a_byte_for_a_number_loses_next_to_nothing(
    asked: NDArray[np.float32], said: NDArray[np.float32]
) -> None:
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    said /= np.linalg.norm(said, axis=1, keepdims=True)
    exact = (asked @ said.T).max(axis=1).mean()
    found = max_sim(Tokens(asked, np.ones(5, np.float32)), [pack(said)])
    assert found.dtype == np.float32
    assert found[0] == pytest.approx(exact, abs=0.012)


def test_an_embedder_that_gives_no_tokens_is_known() -> None:
    assert token_embedder(HashEmbedder()) is None
    assert token_embedder(TokenHashEmbedder(token_space=None)) is None
    giving = TokenHashEmbedder()
    assert token_embedder(giving) is giving
