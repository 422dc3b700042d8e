from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.support.checker import Judgement, SupportChecker
from assistant.support.signals import Signals, SupportSettings, Weights
from corpus.embedder import open_embedder
from corpus.model_setup import ensure_model
from corpus.settings import Settings
from corpus.types import Version
from eval.bench import corruption
from eval.bench.corruption import (
    STARTER,
    Judged,
    cases_of,
    judge,
    open_checker,
    rate,
    rates,
    versions_of,
)
from eval.bench.corruption_cases import HALVES, Case, Told, told_of, written_cases
from eval.bench.corruption_fit import fit_weights
from eval.bench.corruption_made import made_cases
from eval.bench.corruption_spoilt import SPOILT
from eval.bench.corruption_true import TRUE

PER_KIND = 4
CAUGHT, ALARMS, ALARMS_BY_HAND = 0.95, 0.03, 0.20
"""Of the small set that is judged here; `python -m eval.bench.corruption` counts them all."""


@pytest.fixture(scope="module")
def versions() -> list[Version]:
    return versions_of(STARTER, Settings())


@pytest.fixture(scope="module")
def told(versions: list[Version]) -> list[Told]:
    return told_of(versions)


@pytest.fixture(scope="module")
def cases(versions: list[Version]) -> list[Case]:
    return cases_of(versions, PER_KIND)


@pytest.fixture(scope="module")
def checker() -> SupportChecker:
    settings = Settings()
    ensure_model(settings)
    return open_checker(open_embedder(settings))


def test_there_are_hundreds_of_them_half_and_half(versions: list[Version]) -> None:
    every = cases_of(versions)
    assert sum(not c.carried for c in every) >= 400
    assert sum(c.carried for c in every) >= 300
    for half in HALVES:
        own = [c for c in every if c.half == half]
        assert 0.35 < len(own) / len(every) < 0.65
        assert {c.kind for c in own} >= {"number", "name", "negation", "attribution", "merged"}


def test_those_by_hand_find_every_sentence_that_they_cite(told: list[Told]) -> None:
    written = written_cases(told)
    assert sum(c.carried for c in written) >= 80
    assert sum(not c.carried and c.kind != "wrong citation" for c in written) >= 80
    assert all(c.written and c.quotes for c in written)


def test_the_same_ones_are_made_every_time(cases: list[Case]) -> None:
    assert cases == cases_of(versions_of(STARTER, Settings()), PER_KIND)
    assert len({(c.statement, c.quotes) for c in cases}) == len(cases)


def test_a_section_falls_in_one_half(told: list[Told]) -> None:
    halves: dict[str, set[str]] = {}
    for each in told:
        halves.setdefault(f"{each.document_id} {each.section}", set()).add(each.half)
    assert all(len(found) == 1 for found in halves.values())


def test_what_is_spoilt_differs_from_its_quotes(told: list[Told]) -> None:
    made = made_cases(told, 10)
    assert {c.kind for c in made} >= set(SPOILT) - {"swapped names"} | set(TRUE) - {"passive"}
    for case in made:
        same = case.statement in case.quotes
        assert same == (case.kind == "verbatim"), case


def test_spoilt_statements_are_caught_and_true_ones_pass(
    cases: list[Case], checker: SupportChecker
) -> None:
    judged_all = judge(cases, checker)
    found, made = rates(judged_all), rates([j for j in judged_all if not j.case.written])
    assert found["caught"].of >= 200
    assert found["caught"].share >= CAUGHT, found["caught"]
    assert found["caught, in English"].share >= CAUGHT
    assert made["false alarms"].share <= ALARMS, made["false alarms"]
    assert found["false alarms, by hand"].share <= ALARMS_BY_HAND


def test_words_alone_catch_nearly_as_much_and_pass_no_english(cases: list[Case]) -> None:
    judged_all = judge(cases, open_checker(None))
    found, made = rates(judged_all), rates([j for j in judged_all if not j.case.written])
    assert found["caught"].share >= CAUGHT - 0.02
    assert found["false alarms, in English"].share == 1.0
    assert made["false alarms"].share <= ALARMS


def test_a_rate_has_its_wilson_interval() -> None:
    found = rate(8, 10)
    assert (found.share, round(found.low, 3), round(found.high, 3)) == (0.8, 0.49, 0.943)
    assert rate(0, 0).share == 0.0
    assert rate(10, 10).high == pytest.approx(1.0)


def judged(kind: str, carried: bool, dropped: bool, written: bool = False) -> Judged:
    case = Case(kind, carried, "x", ("y",), (), "tune", written)
    return Judged(case, Judgement("why" if dropped else None, True, 0.0))


def test_rates_count_what_was_dropped_per_kind() -> None:
    found = rates(
        [
            judged("number", False, True),
            judged("number", False, False, written=True),
            judged("verbatim", True, False),
            judged("paraphrase", True, True, written=True),
        ]
    )
    assert (found["caught"].count, found["caught"].of) == (1, 2)
    assert (found["false alarms"].count, found["false alarms"].of) == (1, 2)
    assert found["caught, by hand"].count == 0
    assert found["false alarms, by hand"].count == 1
    assert found["spoilt: number"].count == 1


def test_the_fit_keeps_false_alarms_at_the_share_that_is_asked() -> None:
    found = [
        (Signals(together=n / 50, split=(50 - n) / 50), judged("x", n > 20, False).case)
        for n in range(50)
    ]
    weights = fit_weights(found, ("together", "split"), 0.1)
    assert weights.together > 0 > weights.split
    alarms = sum(c.carried and weights.sum(s) < 0 for s, c in found)
    assert alarms <= 5
    assert sum(not c.carried and weights.sum(s) < 0 for s, c in found) >= 19
    assert fit_weights([f for f in found if f[1].carried], ("together",), 0.1) == Weights()


def test_a_signal_that_speaks_the_wrong_way_is_left_out() -> None:
    found = [
        (Signals(together=n / 50, whole=(50 - n) / 50), judged("x", n > 20, False).case)
        for n in range(50)
    ]
    weights = fit_weights(found, ("together", "whole"), 0.1)
    assert weights.together > 0
    assert weights.whole == 0


def test_the_command_writes_figures_and_no_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "corruption.json"
    assert (
        corruption.main([str(STARTER), "--words-only", "--per-kind", "1", "--out", str(out)]) == 0
    )
    kept = json.loads(out.read_text(encoding="utf-8"))
    assert set(kept["starter"]) == set(HALVES)
    assert kept["starter"]["tune"]["caught"]["of"] > 0
    table = out.with_suffix(".txt").read_text(encoding="utf-8")
    assert table.strip() == capsys.readouterr().out.strip()
    assert "nulmeting" not in out.read_text(encoding="utf-8")
    assert corruption.main([str(tmp_path / "nergens"), "--words-only"]) == 2
    assert "eval.bench.corruption:" in capsys.readouterr().err


def test_fitted_settings_let_the_score_count() -> None:
    settings = SupportSettings()
    for weights in (settings.same_language, settings.words_only, settings.other_language):
        assert weights != Weights()
    assert settings.same_language.together > 0 > settings.same_language.split
