from __future__ import annotations

import pytest

from corpus.errors import BadInputError
from eval.evaluation import Evaluation
from eval.questions import Gold, QuestionSet
from eval.runner import evaluate
from tests.eval.fakes import (
    BIKES,
    CANTEEN,
    FakeAssistant,
    FakeShelf,
    hopeless,
    outcome,
    question,
    question_set,
)

LOAN, COSTS, HELP = BIKES.passages
SET = question_set(
    question("goed", audience="bedrijf"),
    question("fout", kind=("number", "typo"), part="final"),
    question("dicht", audience="beleid", history=("Wat is een fiets?",)),
    question("weg", gold=(Gold(document="kantine", quote="is verhuisd"),)),
    hopeless("terecht"),
    hopeless("onterecht", unanswerable="off_topic"),
)
OUTCOMES = {
    "goed": outcome(COSTS.sentences[0], found=[COSTS, LOAN], latency_ms=10),
    "fout": outcome(HELP.sentences[0], found=[LOAN, HELP, COSTS], latency_ms=20),
    "dicht": outcome(status="not_found", found=[LOAN], latency_ms=30),
    "weg": outcome(CANTEEN.passages[1].sentences[0], found=[CANTEEN.passages[1]], latency_ms=40),
    "terecht": outcome(status="out_of_scope", found=[LOAN], latency_ms=50),
    "onterecht": outcome(LOAN.sentences[0], found=[LOAN], latency_ms=60),
}


def measured(questions: QuestionSet = SET) -> tuple[Evaluation, FakeAssistant]:
    assistant = FakeAssistant({q.question: OUTCOMES[q.id] for q in questions.questions})
    return evaluate(assistant, FakeShelf(), questions, None, lambda *_: None), assistant


def test_every_question_is_asked_once_as_it_stands_of_one_edition() -> None:
    found, assistant = measured()
    assert assistant.asked == [(q.question, q.audience, q.history, 7) for q in SET.questions]
    assert (found.set, found.edition, found.engines) == ("proef", 7, ("extractive",))


def test_the_gate_counts_both_sides() -> None:
    found = measured()[0].summary
    assert found.overall.figures["answered"].value == 3 / 4
    assert found.overall.figures["refused"].value == 1 / 2
    assert found.statuses == {
        "answerable": {"answered": 3, "not_found": 1},
        "unanswerable": {"out_of_scope": 1, "answered": 1},
    }
    by_reason = {g.name: g.figures["refused"].value for g in found.unanswerable}
    assert by_reason == {"missing": 1.0, "off_topic": 0.0}


def test_an_answer_without_fact_and_source_is_wrong_and_so_is_one_that_cannot_be() -> None:
    found = measured()[0]
    wrong = {r.id: r.figures["wrong"] for r in found.results}
    expected = {"goed": 0, "fout": 1, "dicht": 0, "weg": 1, "terecht": 0, "onterecht": 1}
    assert wrong == expected
    assert {r.id for r in found.results if "partial" in r.figures} == {*expected} - {
        "terecht",
        "onterecht",
    }


def test_retrieval_is_measured_over_answerable_questions_only() -> None:
    found = measured()[0]
    assert [r.gold_rank for r in found.results] == [1, 3, 0, 0, None, None]
    assert found.summary.overall.figures["mrr_10"].n == 4
    assert found.summary.overall.figures["mrr_10"].value == pytest.approx((1 + 1 / 3) / 4)
    assert "ndcg_10" not in found.results[4].figures


def test_gold_that_the_edition_does_not_hold_scores_0_and_is_named() -> None:
    gone = measured()[0].results[3]
    assert gone.gold[0].passages == ()
    assert (gone.figures["ndcg_10"], gone.figures["cited_right"]) == (0.0, 0.0)


def test_quality_is_facts_and_source_or_a_right_refusal() -> None:
    found = {r.id: r.figures["quality"] for r in measured()[0].results}
    assert found == {
        "goed": 1.0,
        "fout": 0.0,
        "dicht": 0.0,
        "weg": 0.0,
        "terecht": 1.0,
        "onterecht": 0.0,
    }


def test_groups_hold_the_answerable_questions_of_their_kind_and_audience() -> None:
    found = measured()[0].summary
    assert {g.name: g.questions for g in found.kinds} == {"number": 4, "typo": 1}
    assert {g.name: g.questions for g in found.audiences} == {
        "bedrijf": 1,
        "beleid": 1,
        "onbekend": 2,
    }
    assert (found.latency_p50.value, found.latency_p95.value) == (35.0, pytest.approx(57.5))


def test_a_part_is_only_that_part_and_an_empty_one_is_refused() -> None:
    assistant = FakeAssistant({q.question: OUTCOMES[q.id] for q in SET.questions})
    found = evaluate(assistant, FakeShelf(), SET, "final", lambda *_: None, edition=3)
    assert [r.id for r in found.results] == ["fout"]
    assert found.edition == 3
    with pytest.raises(BadInputError, match="geen vragen"):
        evaluate(assistant, FakeShelf(), question_set(), None, lambda *_: None)


def test_what_was_said_and_found_is_kept() -> None:
    kept = measured()[0].results[0]
    assert kept.answer == OUTCOMES["goed"].answer.text
    assert [(c.quote, c.right) for c in kept.cited] == [(COSTS.sentences[0].text, True)]
    assert [(f.passage_id, f.relevant) for f in kept.found] == [(COSTS.id, True), (LOAN.id, False)]
    assert (kept.facts, kept.reason) == (("450 euro",), "omdat")
