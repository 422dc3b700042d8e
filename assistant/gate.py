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
from corpus.dutch import fold
from corpus.types import Evidence, Query, Status

_GREETING = re.compile(
    r"^(hoi|hallo|hey|hai|dag|goede ?(morgen|middag|avond)|goedemorgen|goedemiddag|hello|hi"
    r"|bedankt|dank (je|u)( wel)?|dankjewel|dankuwel|thanks|thank you|top|oke?)[\s!.,]*$"
)
_ORDERS = re.compile(
    r"\b(negeer|vergeet) (alle|je|de|alles|wat)|\bignore (all|your|the|previous)|system ?prompt"
    r"|\b(jouw|your) (instructies|instructions)|\bdoe alsof\b|\bpretend\b|\bact as\b|jailbreak"
)


@dataclass(frozen=True, slots=True)
class GateSettings:
    """Bounds, calibrated on the part of the question sets that is meant for tuning."""

    near: float = 0.86
    """Cosine at which meaning alone is enough."""
    close: float = 0.83
    """Cosine at which some of the question's words must be met, too."""
    far: float = 0.79
    """Cosine below which a question is about something else."""
    coverage: float = 0.34
    """Share of the question's words that must be met between ``close`` and ``near``."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The status, why, and whether what is missing is the kind of thing asked for."""

    status: Status
    reason: str
    greeting: bool = False
    lacks_kind: bool = False


def decide(query: Query, ranked: Sequence[Evidence], settings: GateSettings) -> Decision:
    """Whether ``ranked`` evidence (best first) answers ``query``."""
    folded = fold(query.text).strip()
    if _GREETING.match(folded):
        return Decision("out_of_scope", "a greeting", greeting=True)
    if _ORDERS.search(folded):
        return Decision("out_of_scope", "an order to the assistant, not a question")
    if not ranked:
        return Decision("not_found", "nothing found")
    top = ranked[:3]
    nearest = max(e.semantic for e in top)
    covered = max(e.coverage for e in top)
    told = f"nearest {nearest:.3f}, covered {covered:.2f}"
    if nearest < settings.far and covered < settings.coverage:
        return Decision("out_of_scope", f"{told}: about something else")
    if is_strict(query.asks) and not ranked[0].fits:
        return Decision("not_found", f"{told}: no {query.asks} in the evidence", lacks_kind=True)
    if query.years and not _year_met(query, top):
        return Decision("not_found", f"{told}: no evidence for {', '.join(query.years)}")
    if nearest >= settings.near:
        return Decision("answered", f"{told}: near")
    if nearest >= settings.close and covered >= settings.coverage:
        return Decision("answered", f"{told}: close, and its words are met")
    return Decision("not_found", f"{told}: too far")


def _year_met(query: Query, evidence: Sequence[Evidence]) -> bool:
    """Whether a document of that year, or a sentence that names it, is among the evidence."""
    for e in evidence:
        said = f"{e.sentence.text} {e.hit.metadata.published or ''} {e.hit.metadata.title}"
        if all(year in said for year in query.years):
            return True
    return False
