from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.signals import Signals
from eval.calibrate import Asked, fit_gate, main, report
from eval.questions import Question

PLAIN = Signals(
    covered=0.5,
    meaning=0.85,
    names=0.0,
    words=1.5,
    unknown=0.0,
    lead=0.5,
)


def made(n: int = 120) -> tuple[list[Signals], list[bool]]:
    """Questions whose coverage mostly tells whether they can be answered."""
    random = np.random.default_rng(5)
    answerable = [bool(k % 3) for k in range(n)]
    covered = [float(a + random.normal(0, 0.4)) for a in answerable]
    meaning = [float(v) for v in random.normal(0.85, 0.01, n)]
    lines = zip(covered, meaning, strict=True)
    return [replace(PLAIN, covered=c, meaning=m) for c, m in lines], answerable


def question(n: int, answerable: bool) -> Question:
    return Question(
        id=f"q{n}",
        question="Wat kost het?",
        language="nl",
        kind=("number",),
        part="tune",
        answerable=answerable,
        gold=(),
        facts=(),
        unanswerable=None if answerable else "missing",
    )


def test_what_tells_gets_the_weight() -> None:
    signals, answerable = made()
    fit = fit_gate(signals, answerable, 0.9)
    assert fit.auc > 0.9
    assert fit.settings.covered > 0
    assert fit.settings.names == 0.0


def test_the_share_asked_for_is_answered() -> None:
    signals, answerable = made()
    for share in (0.8, 0.95):
        fit = fit_gate(signals, answerable, share)
        passes = [t >= 0 for t, a in zip(fit.left_out, answerable, strict=True) if a]
        assert np.mean(passes) == pytest.approx(share, abs=0.02)
        refused = [t < 0 for t, a in zip(fit.left_out, answerable, strict=True) if not a]
        assert np.mean(refused) == pytest.approx(fit.refused)


def test_the_settings_decide_as_the_model_does() -> None:
    signals, answerable = made()
    settings = fit_gate(signals, answerable, 0.9).settings
    order = sorted(signals, key=lambda s: s.covered)
    assert settings.sum(order[0]) < settings.bar < settings.sum(order[-1])


def test_the_report_counts_what_rules_refuse_too() -> None:
    signals, answerable = made()
    lines = zip(signals, answerable, strict=True)
    asked = [Asked(question(n, a), "set", s) for n, (s, a) in enumerate(lines)]
    told = report([*asked, Asked(question(999, False), "set", None)])
    assert "soort missing niet: " in told
    assert "/41" in told
    assert "GateSettings(covered=" in told


def test_without_a_folder_there_is_nothing_to_fit_on() -> None:
    assert main([]) == 2
