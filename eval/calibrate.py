"""Fits the gate's weights on the parts of the question sets that are meant for tuning.

Logistic regression (Cox 1958) with balanced classes on standardised signals, written out for the
signals as they are. What it prints goes into `assistant.gate.GateSettings`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.gate import GateSettings, Signals

_FOLDS = 8
_SEED = 7


@dataclass(frozen=True, slots=True)
class Fit:
    """Fitted settings, and what they do on questions that were left out of the fit."""

    settings: GateSettings
    auc: float
    refused: float
    """Share of the unanswerable questions below the bar, in cross-validation."""


def fit_gate(signals: Sequence[Signals], answerable: Sequence[bool], answered: float) -> Fit:
    """Fit the gate, with the bar where the share ``answered`` (0 to 1) of the answerable pass."""
    x = np.array([astuple(s) for s in signals], dtype=np.float64)
    y = np.array(answerable)
    model = make_pipeline(
        StandardScaler(), LogisticRegression(C=0.3, class_weight="balanced", max_iter=1000)
    )
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    left_out = cross_val_predict(model, x, y, cv=folds, method="decision_function")
    bar = float(np.quantile(left_out[y], 1 - answered))
    model.fit(x, y)
    scaler, logistic = model[0], model[1]
    weights = logistic.coef_[0] / scaler.scale_
    offset = float(logistic.intercept_[0] - weights @ scaler.mean_) - bar
    named = dict(zip((f.name for f in fields(Signals)), map(float, weights), strict=True))
    return Fit(
        settings=GateSettings(**named, offset=offset, bar=0.0),
        auc=float(roc_auc_score(y, left_out)),
        refused=float((left_out[~y] < bar).mean()),
    )
