from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from prometheus_client import generate_latest

from assistant.clock import COMPOSE, PRESENT, RETRIEVE
from assistant.generation.types import FALLBACKS
from corpus.errors import BadInputError, NotReadyError
from web.watch.answering import WatchedAnswering
from web.watch.metrics import Metrics, fallback
from web.watch.request import taking_notes

STEPS = ((RETRIEVE, 20.0), (COMPOSE, 2.0), (PRESENT, 1.0), ("nieuw", 1.0))


def value(metrics: Metrics, line: str) -> float:
    text = generate_latest(metrics.registry).decode()
    return next((float(x.rsplit(" ", 1)[1]) for x in text.splitlines() if x.startswith(line)), 0.0)


def with_steps(answering: Any, monkeypatch: pytest.MonkeyPatch, **changed: Any) -> None:
    give = answering.answer
    monkeypatch.setattr(
        answering, "answer", lambda *a, **k: replace(give(*a, **k), steps=STEPS, **changed)
    )


Ask = Callable[[WatchedAnswering, str], object]
WAYS: list[Ask] = [
    lambda watched, question: watched.answer(question),
    lambda watched, question: list(watched.stream(question)),
]


@pytest.mark.parametrize("ask", WAYS)
def test_an_answer_is_counted_with_its_steps(
    answering: Any, monkeypatch: pytest.MonkeyPatch, ask: Ask
) -> None:
    with_steps(answering, monkeypatch)
    metrics = Metrics()
    with taking_notes() as noted:
        ask(WatchedAnswering(answering, metrics), "wat")
        ask(WatchedAnswering(answering, metrics), "niets")
    for status in ("answered", "not_found"):
        line = f'routewijzer_questions_total{{engine="extractive",status="{status}"}}'
        assert value(metrics, line) == 1
    for step, seconds in (("retrieve", 0.04), ("compose", 0.004), ("present", 0.002)):
        line = f'routewijzer_step_seconds_sum{{step="{step}"}}'
        assert value(metrics, line) == pytest.approx(seconds)
    assert value(metrics, 'routewijzer_step_seconds_count{step="other"}') == 2
    assert [given.status for given in noted.answered] == ["answered", "not_found"]
    assert noted.answered[0].steps == STEPS


@pytest.mark.parametrize("ask", WAYS)
@pytest.mark.parametrize(
    ("question", "error", "status"),
    [
        (" ", BadInputError, "bad_input"),
        ("onklaar", NotReadyError, "not_ready"),
        ("stuk", ZeroDivisionError, "failed"),
    ],
)
def test_what_goes_wrong_is_counted_and_raised(
    answering: Any, ask: Ask, question: str, error: type[Exception], status: str
) -> None:
    metrics = Metrics()
    with pytest.raises(error):
        ask(WatchedAnswering(answering, metrics), question)
    line = f'routewijzer_questions_total{{engine="none",status="{status}"}}'
    assert value(metrics, line) == 1


def test_a_reader_who_goes_away_is_no_failure(answering: Any) -> None:
    metrics = Metrics()
    pieces: Any = WatchedAnswering(answering, metrics).stream("wat")
    next(pieces)
    pieces.close()
    assert value(metrics, "routewijzer_questions_total") == 0


@pytest.mark.parametrize("why", FALLBACKS)
def test_a_model_that_would_not_do_is_counted(
    answering: Any, monkeypatch: pytest.MonkeyPatch, why: Any
) -> None:
    with_steps(answering, monkeypatch, notes=(f"{FALLBACKS[why]} bijzonderheden",))
    metrics = Metrics()
    outcome = WatchedAnswering(answering, metrics).answer("wat")
    label = fallback(outcome)
    assert label is not None
    assert label.isidentifier()
    assert value(metrics, f'routewijzer_model_fallbacks_total{{reason="{label}"}}') == 1


def test_a_model_that_did_well_fell_back_on_nothing(answering: Any) -> None:
    outcome = answering.answer("wat")
    assert fallback(outcome) is None
    assert fallback(replace(outcome, notes=("dropped: x: y",))) is None
