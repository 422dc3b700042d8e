"""Intervals and tests. All of it is seeded: the same figures give the same interval and p."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from eval.evaluation import Estimate

BOOTSTRAP_DRAWS = 2_000
RANDOMISATION_DRAWS = 10_000
_SEED = 20_260
_TAIL = 0.025  # on each side of a 95 % interval
_ROUNDING = 1e-12  # sums that differ by less are the same sum


def mean_estimate(values: Sequence[float], resamples: int = BOOTSTRAP_DRAWS) -> Estimate:
    """Mean of ``values`` with its 95 % percentile bootstrap interval.

    Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
    """
    if not values:
        return Estimate()
    data = np.asarray(values, dtype=np.float64)
    return _estimate(data, float(data.mean()), data[_resamples(len(data), resamples)].mean(axis=1))


def quantile_estimate(values: Sequence[float], quantile: float) -> Estimate:
    """A quantile (0 to 1) of ``values`` with its 95 % percentile bootstrap interval."""
    if not values:
        return Estimate()
    data = np.asarray(values, dtype=np.float64)
    draws = np.quantile(data[_resamples(len(data), BOOTSTRAP_DRAWS)], quantile, axis=1)
    return _estimate(data, float(np.quantile(data, quantile)), draws)


def difference_estimate(
    before: Sequence[float], after: Sequence[float], resamples: int = BOOTSTRAP_DRAWS
) -> Estimate:
    """Mean of ``after - before``, paired, with its 95 % percentile bootstrap interval."""
    return mean_estimate([b - a for a, b in zip(before, after, strict=True)], resamples)


def randomisation_test(before: Sequence[float], after: Sequence[float]) -> float:
    """Two-sided p of the paired difference in means: how often chance alone, which flips the
    sign of each question's difference, makes one at least as large. Equal runs give 1.

    Smucker, Allan & Carterette (2007), A comparison of statistical significance tests for
    information retrieval evaluation, CIKM. The observed arrangement counts as one draw, so p is
    never 0 (Phipson & Smyth, 2010).
    """
    differences = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    differences = differences[differences != 0]  # a sign does nothing to a zero
    signs = np.random.default_rng(_SEED).integers(
        0, 2, (RANDOMISATION_DRAWS, len(differences)), dtype=np.int8
    )
    drawn = np.abs((signs * 2.0 - 1.0) @ differences)
    as_large = int((drawn >= abs(float(differences.sum())) - _ROUNDING).sum())
    return (as_large + 1) / (RANDOMISATION_DRAWS + 1)


@lru_cache(maxsize=64)
def _resamples(n: int, draws: int) -> NDArray[np.int64]:
    """Rows of ``n`` places drawn with replacement, shape (draws, n)."""
    return np.random.default_rng(_SEED).integers(0, n, (draws, n))


def _estimate(data: NDArray[np.float64], value: float, draws: NDArray[np.float64]) -> Estimate:
    low, high = np.quantile(draws, [_TAIL, 1 - _TAIL])
    # Rounding alone may put the value a hair outside: equal values, summed in another order.
    return Estimate(
        value=value, low=min(float(low), value), high=max(float(high), value), n=len(data)
    )
