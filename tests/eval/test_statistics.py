from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.statistics import (
    difference_estimate,
    mean_estimate,
    quantile_estimate,
    randomisation_test,
)

SHARES = st.lists(st.floats(0, 1, allow_subnormal=False), min_size=1, max_size=40)
PAIRS = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=40)


@given(SHARES)
def test_an_interval_holds_the_mean_and_stays_within_what_was_seen(values: list[float]) -> None:
    found = mean_estimate(values)
    assert found.value == pytest.approx(sum(values) / len(values))
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert min(values) - 1e-9 <= found.low <= found.value <= found.high <= max(values) + 1e-9
    assert found.n == len(values)


@given(SHARES, st.floats(0, 1))
def test_a_quantile_lies_in_its_interval(values: list[float], quantile: float) -> None:
    found = quantile_estimate(values, quantile)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert min(values) - 1e-9 <= found.low <= found.value <= found.high <= max(values) + 1e-9


def test_more_questions_make_a_narrower_interval() -> None:
    few, many = mean_estimate([0.0, 1.0] * 10), mean_estimate([0.0, 1.0] * 200)
    assert few.low is not None
    assert many.low is not None
    assert few.low < many.low < 0.5
    # Half heads in n tosses: 1.96 standard errors below the half.
    assert many.low == pytest.approx(0.5 - 1.96 * 0.5 / 400**0.5, abs=0.01)


def test_nothing_measured_is_no_figure() -> None:
    assert mean_estimate([]).value is None
    assert quantile_estimate([], 0.5).n == 0


@given(SHARES)
def test_identical_runs_give_p_1_and_no_difference(values: list[float]) -> None:
    assert randomisation_test(values, values) == 1.0
    assert difference_estimate(values, values).value == 0.0


@given(PAIRS)
def test_p_is_a_chance_and_does_not_depend_on_the_order_of_the_runs(
    pairs: list[tuple[float, float]],
) -> None:
    before, after = [a for a, _ in pairs], [b for _, b in pairs]
    p = randomisation_test(before, after)
    assert 0 < p <= 1
    assert p == randomisation_test(after, before)
    assert p == randomisation_test(before, after)


def test_p_is_what_counting_every_flip_gives() -> None:
    # Five equal gains: of the 32 sign patterns only two are as large.
    assert randomisation_test([0.0] * 5, [1.0] * 5) == pytest.approx(2 / 32, abs=0.01)
    assert randomisation_test([0.0] * 20, [1.0] * 20) < 0.001
    assert randomisation_test([0.0, 1.0] * 10, [1.0, 0.0] * 10) == 1.0


def test_runs_over_other_questions_cannot_be_paired() -> None:
    with pytest.raises(ValueError, match="longer"):
        difference_estimate([1.0], [1.0, 0.0])
