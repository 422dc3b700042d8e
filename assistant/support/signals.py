"""The signals by which a statement is scored, and their weights."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass, fields


@dataclass(frozen=True, slots=True)
class Signals:
    """What is measured of a statement against its quotes."""

    one: float = 0.0
    """Share of its terms, by weight, that the best single quote carries."""
    together: float = 0.0
    """The same of all quotes together."""
    weakest: float = 0.0
    """The least share of a clause that one quote carries."""
    split: float = 0.0
    """How much of a clause is carried only by two quotes together."""
    closest: float = 0.0
    """The least share of a clause that words close together carry."""
    neighbours: float = 0.0
    """Share of the neighbouring terms that are neighbours in a quote."""
    loose: float = 0.0
    """Weight of the heaviest term that nothing carries."""
    empty: float = 0.0
    """Weight of the heaviest clause of which nothing is carried: something that was added."""
    swap: float = 0.0
    """How much better two swapped terms would fit a quote, in pairs of neighbours."""
    whole: float = 0.0
    """Cosine with the nearest quote."""
    tokens: float = 0.0
    """Mean cosine of its tokens with the likest of the quotes."""
    lowest: float = 0.0
    low: float = 0.0
    """The lowest of those, and the mean of the three lowest."""
    back: float = 0.0
    """Mean cosine of the quotes' tokens with the likest of the statement."""
    entails: float = 0.0
    """Score of the model for grounding, where there is one."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic regression on the signals (Cox 1958). A statement whose sum is below 0 is not
    carried."""

    one: float = 0.0
    together: float = 0.0
    weakest: float = 0.0
    split: float = 0.0
    closest: float = 0.0
    neighbours: float = 0.0
    loose: float = 0.0
    empty: float = 0.0
    swap: float = 0.0
    whole: float = 0.0
    tokens: float = 0.0
    lowest: float = 0.0
    low: float = 0.0
    back: float = 0.0
    entails: float = 0.0
    offset: float = 0.0

    def sum(self, signals: Signals) -> float:
        """Weighted sum of the signals."""
        named = zip(fields(signals), astuple(signals), strict=True)
        weighted = (float(getattr(self, f.name)) * float(value) for f, value in named)
        return self.offset + sum(weighted)

    def score(self, signals: Signals) -> float:
        """The sum as a figure from 0 to 1; 0.5 is the bar."""
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, self.sum(signals)))))


LEXICAL = (
    *("one", "together", "weakest", "split", "closest", "neighbours", "loose", "empty", "swap"),
)
SEMANTIC = ("whole", "tokens", "lowest", "low", "back")


@dataclass(frozen=True, slots=True)
class SupportSettings:
    """Weights per case, fitted by `eval.bench.corruption_fit.fit_support` on the half of the
    statements that is meant for tuning."""

    same_language: Weights = Weights(
        together=2.134,
        split=-4.596,
        closest=1.128,
        neighbours=1.107,
        empty=-0.051,
        swap=-0.127,
        back=2.577,
        offset=-4.524,
    )
    """Statement and quotes in one language, with vectors of tokens."""
    words_only: Weights = Weights(
        together=2.333,
        split=-6.096,
        closest=0.822,
        neighbours=1.928,
        empty=-0.034,
        swap=-0.129,
        offset=-3.011,
    )
    """The same without vectors."""
    other_language: Weights = Weights(whole=11.46, tokens=4.641, low=3.52, back=3.21, offset=-15.74)
    """An English statement on Dutch quotes, or the other way round."""
