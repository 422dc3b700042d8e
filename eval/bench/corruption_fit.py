"""Fits the weights of `assistant.support.signals.SupportSettings`.

Logistic regression (Cox 1958) with balanced classes on standardised signals, written out for the
signals as they are, for each case: in one language, by words alone, in another language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.support.checker import SupportChecker
from assistant.support.signals import LEXICAL, SEMANTIC, Signals, SupportSettings, Weights
from eval.bench.corruption_cases import Case

_FOLDS = 8
_SEED = 7
_FEWEST = 3
_CROSS = ("whole", "tokens", "low", "back")
_AGAINST = ("split", "loose", "empty", "swap")
_BY_HAND = 4  # what a model writes is more like what people write than like what is made


def fit_support(
    cases: Sequence[Case], checker: SupportChecker, alarms: float, half: str = "tune"
) -> SupportSettings:
    """Weights that keep false alarms of the score at the share ``alarms`` of the true statements
    of a half. What a rule catches is left out: the score never sees it."""
    own: list[tuple[Signals, Case]] = []
    other: list[tuple[Signals, Case]] = []
    for case in (c for c in cases if c.half == half):
        judgement = checker.judge(case.statement, case.quotes, case.context)
        if judgement.signals is not None:
            (other if judgement.foreign else own).append((judgement.signals, case))
    return SupportSettings(
        same_language=fit_weights(own, (*LEXICAL, *SEMANTIC), alarms),
        words_only=fit_weights(own, LEXICAL, alarms),
        other_language=fit_weights(other, _CROSS, alarms),
    )


def fit_weights(
    found: Sequence[tuple[Signals, Case]], names: Sequence[str], alarms: float
) -> Weights:
    """Weights of the named signals; no weights when one of the two kinds is missing.

    A signal that would count the wrong way round is left out: statements that were spoilt in one
    place are likest to their quotes of all, and that must not speak against likeness elsewhere.
    """
    y = np.array([case.carried for _, case in found])
    if int(min(y.sum(), (~y).sum())) < _FEWEST:
        return Weights()
    weights = _fit(found, names, y, alarms)
    wrong = [n for n in names if getattr(weights, n) * (-1 if n in _AGAINST else 1) < 0]
    if wrong and len(wrong) < len(names):
        worst = max(wrong, key=lambda n: abs(getattr(weights, n)))
        return fit_weights(found, [n for n in names if n != worst], alarms)
    return weights


def _fit(
    found: Sequence[tuple[Signals, Case]], names: Sequence[str], y: NDArray[np.bool_], alarms: float
) -> Weights:
    # Here, as it takes seconds: who only judges, with weights that were fitted, needs none of it.
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    x = np.array([[getattr(s, n) for n in names] for s, _ in found], dtype=np.float64)
    counts = np.array([_BY_HAND if case.written else 1 for _, case in found], dtype=np.float64)
    model = make_pipeline(
        StandardScaler(), LogisticRegression(C=0.1, class_weight="balanced", max_iter=2000)
    )
    given = {"logisticregression__sample_weight": counts}
    several = min(_FOLDS, int(min(y.sum(), (~y).sum())))
    folds = StratifiedKFold(several, shuffle=True, random_state=_SEED)
    left_out = cross_val_predict(model, x, y, cv=folds, method="decision_function", params=given)
    bar = _quantile(left_out[y], counts[y], alarms)
    model.fit(x, y, **given)
    scaler, logistic = model[0], model[1]
    weights = logistic.coef_[0] / scaler.scale_
    offset = float(logistic.intercept_[0] - weights @ scaler.mean_) - bar
    named = {n: round(float(w), 3) for n, w in zip(names, weights, strict=True)}
    return replace(Weights(**named), offset=round(offset, 3))


def _quantile(values: NDArray[np.float64], counts: NDArray[np.float64], share: float) -> float:
    """The value below which ``share`` of the weight lies."""
    order = np.argsort(values)
    reached = np.cumsum(counts[order]) / counts.sum()
    return float(values[order][np.searchsorted(reached, share)])
