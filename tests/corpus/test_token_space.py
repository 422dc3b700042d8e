"""The space in which tokens are compared."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.token_space import TokenSpace, learn_projection


def cloud(rows: int = 4_000) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """States far from the origin, that vary a lot in one direction and little in others."""
    made = np.random.default_rng(1).normal(size=(rows, 12)) * ([30.0, 5.0] + [1.0] * 10)
    return made + 100.0


def test_learnt_numbers_have_mean_nought_vary_alike_and_apart_from_each_other() -> None:
    projection = learn_projection(cloud(), 4)
    assert projection.shape == (13, 4)
    numbers = cloud() @ projection[1:] + projection[0]
    assert np.abs(numbers.mean(axis=0)).max() < 0.01
    assert np.cov(numbers.T)[:2, :2] == pytest.approx(np.eye(2), abs=0.05)


def test_the_directions_that_vary_most_come_first() -> None:
    directions = learn_projection(cloud(), 2)[1:]
    assert list(np.abs(directions).argmax(axis=0)) == [0, 1]


def test_the_projection_that_comes_along_takes_states_of_the_default_model() -> None:
    states = np.random.default_rng(2).normal(size=(7, 384)).astype(np.float32)
    found = TokenSpace().project(states)
    assert found.shape == (7, TokenSpace().dimension) == (7, 96)
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(7), abs=1e-5)


@given(st.integers(0, 5))
def test_any_number_of_tokens(count: int) -> None:
    assert TokenSpace().project(np.ones((count, 384), np.float32)).shape == (count, 96)
