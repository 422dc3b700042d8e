"""Decides whether the evidence answers the question: with a reason, not with one threshold.

Cosines of the embedding model all lie close together, so their height alone says little. What
counts is whether the question's rare words are met, whether the kind of thing asked for is
there, and whether the search arms agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.fits import is_strict
from assistant.retrieve import Retrieved
from corpus.dutch import fold
from corpus.types import Evidence, Query, Status

_GREETING = re.compile(
    r"^(hoi|hallo|hey|hai|dag|goede ?(morgen|middag|avond)|goedemorgen|goedemiddag|hello|hi"
    r"|bedankt|dank (je|u)( wel)?|dankjewel|dankuwel|thanks|thank you|top|oke?)[\s!.,]*$"
)
_ORDERS = re.compile(
    r"\bnegeer (alle|je|de|alles|wat)|\bignore (all|your|the|previous)|system ?prompt"
    r"|\b(jouw|your) (instructies|instructions)|\bdoe alsof\b|\bpretend\b|jailbreak"
    r"|\b(delete|drop|verwijder|wis) (all|alle|alles|everything|table)\b|\bapi[ -]?keys?\b"
    r"|\bvoer (dit|het) (daarna )?uit\b|zonder bronnen|without sources"
    # In the middle of a sentence these are common words: "Who can act as a mentor?"
    r"|(^|[.!?:;,] *)(please )?(vergeet (alle|je|de|alles|wat)|act as)\b"
)
_WORD = re.compile(r"[^\W\d_]{2}")
_LOOKED_AT = 3
_FAR_BELOW = 2.5


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of a question and its evidence when the decision is made."""

    passage: float
    """Cosine of the nearest passage."""
    sentence: float
    """Highest cosine among the three best sentences."""
    met: float
    """Best BM25 score as a share of the highest possible one: how much of what was asked is met."""
    exact: bool
    """Whether it asks for a thing that must be named: an amount, a date, an address."""
    english: bool
    """Whether the question is in English, where few words can be met."""


@dataclass(frozen=True, slots=True)
class GateSettings:
    """Logistic regression on the signals, fitted by `eval.calibrate.fit_gate` on the parts of the
    question sets that are meant for tuning. ``bar`` is the lowest sum that is answered."""

    passage: float = 7.48
    sentence: float = 15.33
    met: float = 4.20
    exact: float = -1.23
    english: float = 1.47
    offset: float = -19.78
    bar: float = 0.0

    def sum(self, signals: Signals) -> float:
        """Weighted sum of the signals; the higher, the surer."""
        return (
            self.passage * signals.passage
            + self.sentence * signals.sentence
            + self.met * signals.met
            + self.exact * signals.exact
            + self.english * signals.english
            + self.offset
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """The status, why, and whether what is missing is the kind of thing asked for."""

    status: Status
    reason: str
    greeting: bool = False
    lacks_kind: bool = False


def signals_of(query: Query, retrieved: Retrieved, ranked: Sequence[Evidence]) -> Signals:
    """The signals of a question whose evidence is ranked best first (at least one)."""
    return Signals(
        passage=max(retrieved.arms["dense"].values(), default=0.0),
        sentence=max(e.semantic for e in ranked[:3]),
        met=max(retrieved.arms["lexical"].values(), default=0.0) / retrieved.best_lexical,
        exact=is_strict(query.asks),
        english=query.language == "en",
    )


def decide(
    query: Query, retrieved: Retrieved, ranked: Sequence[Evidence], settings: GateSettings
) -> Decision:
    """Whether ``ranked`` evidence (best first) answers ``query``."""
    # As it was typed: "Bedankt!" is no follow-up to complete with the question before it.
    typed = fold(query.original).strip()
    if _GREETING.match(typed):
        return Decision("out_of_scope", "a greeting", greeting=True)
    if _ORDERS.search(typed):
        return Decision("out_of_scope", "an order to the assistant, not a question")
    if not _WORD.search(query.text):
        return Decision("out_of_scope", "no words in it")
    if not ranked:
        return Decision("not_found", "nothing found")
    if retrieved.unknown == 1.0 and query.language == "nl":
        return Decision("not_found", "none of its words stand in the documents")
    if is_strict(query.asks) and not any(e.fits for e in ranked[:_LOOKED_AT]):
        return Decision("not_found", f"no {query.asks} in the evidence", lacks_kind=True)
    if query.years and not _year_met(query, ranked[:_LOOKED_AT]):
        return Decision("not_found", f"no evidence for {', '.join(query.years)}")
    signals = signals_of(query, retrieved, ranked)
    total = settings.sum(signals)
    told = f"sum {total:.2f} of {signals}"
    if total >= settings.bar:
        return Decision("answered", told)
    if total < settings.bar - _FAR_BELOW:
        return Decision("out_of_scope", told)
    return Decision("not_found", told)


def _year_met(query: Query, evidence: Sequence[Evidence]) -> bool:
    """Whether a document of that year, or a passage that names it, is among the evidence."""
    for e in evidence:
        said = f"{e.hit.passage.text} {e.hit.metadata.published or ''} {e.hit.metadata.title}"
        if all(year in said for year in query.years):
            return True
    return False
