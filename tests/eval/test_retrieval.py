from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.gold import find_places
from eval.questions import Gold
from eval.retrieval import (
    FIGURES,
    Ranked,
    group_questions,
    judge,
    judge_ids,
    measure,
    relevant_passages,
    system,
)
from tests.eval.fakes import BIKES, VERSIONS, hit, hopeless, question

LOAN, COSTS, HELP = BIKES.passages
IDS = st.lists(st.sampled_from("abcdefgh"), unique=True)


def test_passages_that_meet_a_gold_quote_are_relevant() -> None:
    asked = question(
        "v", gold=(Gold(document="fietsen", quote="450 euro"), Gold(document="weg", quote="x"))
    )
    assert relevant_passages(find_places(asked, VERSIONS)) == {COSTS.id}


def test_a_fold_counts_as_one_passage() -> None:
    folded = replace(hit(LOAN), also=(hit(COSTS),))
    found = judge([hit(HELP), folded], {COSTS.id})
    assert found == Ranked((HELP.id, COSTS.id), frozenset({COSTS.id}))
    assert measure({"v": found})["v"]["hit_1"] == 0.0
    assert measure({"v": found})["v"]["hit_3"] == 1.0


def test_what_is_folded_together_is_asked_for_once() -> None:
    both = {LOAN.id, COSTS.id}
    folded = measure({"v": judge([replace(hit(LOAN), also=(hit(COSTS),))], both)})["v"]
    missed = measure({"v": judge([hit(LOAN)], both)})["v"]
    assert folded["ndcg_10"] == 1.0
    assert missed["ndcg_10"] < 1.0


def test_figures_look_as_far_as_they_say() -> None:
    figures = measure({"v": judge_ids([*"abcdefghij"], {"d"})})["v"]
    assert figures == {
        "hit_1": 0.0,
        "hit_3": 0.0,
        "hit_5": 1.0,
        "hit_10": 1.0,
        "mrr_10": 0.25,
        "ndcg_10": pytest.approx(0.4306765580733931),
    }


@given(IDS, st.sets(st.sampled_from("abcdefgh")))
def test_every_figure_is_a_share_and_more_depth_never_finds_less(
    ids: list[str], relevant: set[str]
) -> None:
    found = measure({"v": judge_ids(ids, relevant)})["v"]
    assert found.keys() == set(FIGURES)
    assert all(0 <= value <= 1 for value in found.values())
    assert found["hit_1"] <= found["hit_3"] <= found["hit_5"] <= found["hit_10"]
    assert found["hit_1"] <= found["mrr_10"] <= found["hit_10"]
    assert (found["hit_10"] > 0) == bool(relevant & set(ids[:10]))


def test_a_question_belongs_to_its_part_audience_and_kinds() -> None:
    questions = [
        question("een", kind=("typo", "list"), audience="bedrijf"),
        question("twee", kind=("list",), part="final"),
    ]
    assert group_questions(questions) == [
        ("alle", ["een", "twee"]),
        ("tune", ["een"]),
        ("final", ["twee"]),
        ("bedrijf", ["een"]),
        ("onbekend", ["twee"]),
        ("list", ["een", "twee"]),
        ("typo", ["een"]),
    ]
    assert [name for name, _ in group_questions(questions[:1])] == [
        "alle",
        "bedrijf",
        "list",
        "typo",
    ]


def test_a_system_has_an_interval_per_figure_and_its_difference_with_the_whole() -> None:
    questions = [question(str(n), part="final" if n % 2 else "tune") for n in range(40)]
    right = {q.id: Ranked(("a",), frozenset("a")) for q in questions}
    half = {q.id: Ranked(("a",) if q.part == "tune" else ("b",), frozenset("a")) for q in questions}
    whole = system("alles", "whole", questions, measure(right))
    other = system("half", "without", questions, measure(half), measure(right))
    assert whole.differences == {}
    assert [(g.name, g.questions) for g in other.groups][:3] == [
        ("alle", 40),
        ("tune", 20),
        ("final", 20),
    ]
    every, tune, final = (g.figures["hit_5"] for g in other.groups[:3])
    assert (every.value, tune.value, final.value) == (0.5, 1.0, 0.0)
    assert every.low is not None
    assert every.low == pytest.approx(0.5 - 1.96 * 0.5 / 40**0.5, abs=0.03)
    assert other.differences["hit_5"].value == -0.5
    assert other.differences["hit_5"].high is not None
    assert other.differences["hit_5"].high < 0


def test_questions_without_an_answer_are_no_part_of_it() -> None:
    assert relevant_passages(find_places(hopeless("h"), VERSIONS)) == frozenset()
