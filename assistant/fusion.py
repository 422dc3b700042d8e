"""Adds up what is known of the passages found: how near they are, their words, their place.

Each arm's scores are standardised over what it found before they are added: ranks throw away
how sure an arm is, and raw heights cannot be compared.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assistant.terms import TermWeights
from corpus.types import Hit, Metadata, Passage, Query, Reason

Points = NDArray[np.float64]
"""What each of n candidates gains, shape (n,)."""

_USUAL_SPREAD = {"dense": 0.010, "sentence": 0.015, "lexical": 1.4}
"""Median standard deviation of each arm's scores over the questions for tuning."""


@dataclass(frozen=True, slots=True)
class RetrievalWeights:
    """How much each arm counts, and how deep it looks. Found by maximising the likelihood of a
    right passage coming first (ListNet, Cao et al. 2007) over the questions for tuning, rounded,
    and kept where cross-validation agreed."""

    dense: float = 1.1
    sentence: float = 0.6
    lexical: float = 0.8
    met: float = 2.5
    """For the BM25 score as a share of the best possible one: how sure that arm is."""
    terms: TermWeights = field(default_factory=TermWeights)
    meanings: float = 0.3
    """For the words that the glossary leads to, in the vector that is searched with: against 1
    for the question itself."""
    named: float = 3.0
    """For a list that the question names by its form ("criteria", "tips", "varianten")."""
    heading: float = 2.0
    """For a heading that asks the same: its likeness to the question, 0 to 1."""
    names: float = 6.0
    """For the names that a passage holds, when names are asked for."""
    form: float = 2.0
    """For a heading or a list's lead that is of the form asked for: reasons to "waarom"."""
    audience: float = 1.5
    """For a document that is written for the reader: a preference, never a wall."""
    tokens: float = 0.8
    """For how well the tokens of the question are met, in standard deviations."""
    part: float = -1.0
    """For a passage that a part of a double question finds: it knows less than the whole."""
    pool: int = 60
    """Passages per arm; the sentence arm looks at five times as many sentences."""
    read: int = 80
    """The most passages of which more is read than what the arms say, unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The best of what the arms found."""

    passages: tuple[tuple[Passage, str, Metadata], ...]
    """(passage, document id, metadata)"""
    points: Mapping[str, Points]
    """What each arm gives to each of these."""
    arms: Mapping[str, Mapping[str, float]]
    """Raw scores per arm and id, of all that was found."""
    best_lexical: float
    """What a passage would score by BM25 that meets every word of the question in the best way."""


def arm_points(
    ids: Sequence[str],
    arms: Mapping[str, Mapping[str, float]],
    best_lexical: float,
    weights: RetrievalWeights,
) -> dict[str, Points]:
    """Points of each passage id per arm, and for how sure the words make us (``met``).

    ``arms`` holds raw scores per arm and id; for ``best_lexical`` see ``Candidates``.
    """
    points: dict[str, Points] = {}
    places = {passage_id: place for place, passage_id in enumerate(ids)}
    for arm, scores in arms.items():
        if scores:
            raw = _raw(arm, scores, places)
            points[arm] = getattr(weights, arm) * standard_deviations(raw, _USUAL_SPREAD[arm])
            if arm == "lexical":
                met = weights.met * (raw / best_lexical)
    if arms.get("lexical"):
        points["met"] = met  # the last of all, as in every trace
    return points


def form_points(
    query: Query,
    found: Candidates,
    weights: RetrievalWeights,
    likeness: Callable[[str], float],
    is_named: Callable[[Passage], bool],
    names: Callable[[Passage], float] | None = None,
    is_of_form: Callable[[Passage], bool] | None = None,
) -> dict[str, Points]:
    """Points for what a passage is: whom it is for, under which heading it stands, which list.

    ``likeness`` says how much a heading is like the question, ``is_named`` whether the question
    names a list by its form, ``names`` how many of the names asked for a passage holds, 0 to 1,
    ``is_of_form`` whether it stands under what a question of this form asks for.
    """
    points: dict[str, Points] = {}
    if query.audience is not None:
        audience = [
            1 / len(m.audiences) if query.audience in m.audiences else 0.0
            for _, _, m in found.passages
        ]
        points["audience"] = weights.audience * np.array(audience)
    headings = [p.section[-1] if p.section else "" for p, _, _ in found.passages]
    like = {each: likeness(each) if each else 0.0 for each in set(headings)}
    if any(like.values()):
        points["heading"] = weights.heading * np.array([like[each] for each in headings])
    if query.asks == "list":
        named = [float(is_named(p)) for p, _, _ in found.passages]
        points["named"] = weights.named * np.array(named)
    if names is not None:
        points["names"] = weights.names * np.array([names(p) for p, _, _ in found.passages])
    if is_of_form is not None:
        formed = [float(is_of_form(p)) for p, _, _ in found.passages]
        points["form"] = weights.form * np.array(formed)
    return {name: values for name, values in points.items() if values.any()}


def standard_deviations(scores: Sequence[float] | Points, usual: float) -> Points:
    """Scores in standard deviations from their mean; ``usual`` is the least that one counts for:
    scores that lie closer together than usual are not sure of their order."""
    values = np.asarray(scores, np.float64)
    centred: Points = values - values.sum() / len(values)
    return centred / max(math.sqrt(centred @ centred / len(values)), usual)


def with_reason(hit: Hit, reason: Reason) -> Hit:
    """The hit with the points of ``reason`` added."""
    # Each by its name: dataclasses.replace takes three times as long, and there are many hits.
    return Hit(
        passage=hit.passage,
        document_id=hit.document_id,
        metadata=hit.metadata,
        score=hit.score + reason.points,
        arms=hit.arms,
        why=(*hit.why, reason),
        also=hit.also,
    )


def _raw(arm: str, scores: Mapping[str, float], places: Mapping[str, int]) -> Points:
    """An arm's score of each passage, at its place."""
    # Without a word in common BM25 is exactly 0; a cosine that was not among the nearest is
    # unknown, but no higher than the lowest that was.
    absent = 0.0 if arm == "lexical" else min(scores.values())
    raw = [absent] * len(places)
    for passage_id, score in scores.items():
        raw[places[passage_id]] = score
    return np.array(raw, np.float64)
