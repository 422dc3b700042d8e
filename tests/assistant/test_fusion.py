from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.fusion import (
    Candidates,
    Points,
    RetrievalWeights,
    arm_points,
    form_points,
    standard_deviations,
)
from corpus.types import Audience, Metadata, Passage
from tests.assistant.conftest import query_of
from tests.builders import make_version

WEIGHTS = RetrievalWeights(dense=1.0, sentence=2.0, lexical=3.0, met=4.0, audience=2.0, heading=5.0)
PASSAGES = make_version("a", ["Een", "Twee", "Drie"]).passages
ONE, TWO, THREE = (passage.id for passage in PASSAGES)


def points_of(arms: dict[str, dict[str, float]]) -> dict[str, Points]:
    return arm_points([ONE, TWO, THREE], arms, 10.0, WEIGHTS)


def found(*audiences: tuple[Audience, ...]) -> Candidates:
    of = audiences or (("bedrijf",),) * 3
    metadata = [Metadata(title="Gids", kind="handreiking", audiences=a) for a in of]
    passages = tuple((passage, "a", each) for passage, each in zip(PASSAGES, metadata, strict=True))
    return Candidates(passages, {}, {}, best_lexical=10.0)


def form(candidates: Candidates, asks: str = "open", **known: object) -> dict[str, list[float]]:
    def is_named(passage: Passage) -> bool:
        return passage.id == TWO

    query = query_of("Wat?", asks=asks, **known)
    points = form_points(query, candidates, WEIGHTS, lambda _: 0.0, is_named)
    return {name: values.tolist() for name, values in points.items()}


def test_names_count_where_they_are_asked_for() -> None:
    query = query_of("Wat?")
    points = form_points(
        query, found(), WEIGHTS, lambda _: 0.0, lambda _: False, lambda p: float(p.id == TWO)
    )
    names = dict(zip([p.id for p in PASSAGES], points["names"].tolist(), strict=True))
    assert names == {p.id: WEIGHTS.names * (p.id == TWO) for p in PASSAGES}


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30), st.floats(0.01, 10))
def test_standardised_scores_keep_their_order_and_have_mean_zero(
    scores: list[float], usual: float
) -> None:
    values = standard_deviations(scores, usual)
    assert float(values.mean()) == pytest.approx(0, abs=1e-6)
    assert float(values.std()) <= 1 + 1e-6
    assert (np.diff(values[np.argsort(scores, kind="stable")]) >= -1e-9).all()


def test_scores_that_lie_closer_together_than_usual_count_for_less() -> None:
    far, near = standard_deviations([1.0, 2.0], 0.1), standard_deviations([1.0, 1.01], 0.1)
    assert far.tolist() == [-1.0, 1.0]
    assert near.tolist() == pytest.approx([-0.05, 0.05])


def test_a_passage_without_a_word_in_common_scores_nothing_by_words() -> None:
    points = points_of({"lexical": {ONE: 9.0, TWO: 3.0}})
    assert points["met"].tolist() == pytest.approx([3.6, 1.2, 0.0])
    assert points["lexical"][2] == min(points["lexical"])
    assert set(points) == {"lexical", "met"}


def test_a_passage_that_was_not_among_the_nearest_is_no_nearer_than_these() -> None:
    points = points_of({"dense": {ONE: 0.9, TWO: 0.8}})["dense"]
    assert points[2] == points[1] < points[0]


def test_an_arm_that_found_nothing_says_nothing() -> None:
    assert points_of({"dense": {}, "lexical": {}}) == {}


def test_a_document_for_all_gains_less_than_one_for_the_reader_alone() -> None:
    candidates = found(("bedrijf",), ("bedrijf", "hogeschool"), ("beleid",))
    assert form(candidates, audience="bedrijf") == {"audience": [2.0, 1.0, 0.0]}
    assert form(candidates) == {}


def test_a_list_is_named_only_when_a_list_is_asked_for() -> None:
    assert form(found(), "list") == {"named": [0.0, WEIGHTS.named, 0.0]}
    assert form(found(), "how") == {}


def test_the_form_that_is_asked_counts() -> None:
    points = form_points(
        query_of("Wat?"),
        found(),
        WEIGHTS,
        lambda _: 0.0,
        lambda _: False,
        is_of_form=lambda passage: passage.id == THREE,
    )
    assert points["form"].tolist() == [WEIGHTS.form * (p.id == THREE) for p in PASSAGES]
