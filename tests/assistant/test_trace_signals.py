from __future__ import annotations

from dataclasses import fields

import pytest

from assistant.gate import GateSettings
from assistant.signals import Signals
from assistant.trace_signals import LABELS, weighings

SIGNALS = Signals(covered=0.5, meaning=0.87, names=1.0, words=1.1, unknown=0.0, lead=1e-05)


def told(signals: Signals) -> str:
    return f"sum {GateSettings().sum(signals):.2f} of {signals}"


def test_every_signal_of_the_gate_has_a_name_and_a_weight() -> None:
    names = [field.name for field in fields(Signals)]
    assert list(LABELS) == names
    assert all(hasattr(GateSettings(), name) for name in names)


def test_points_and_base_add_up_to_the_sum_of_the_gate() -> None:
    (found,) = weighings(told(SIGNALS))
    assert len(found.signals) == len(LABELS)
    together = sum(s.points for s in found.signals) + found.base
    assert together == pytest.approx(GateSettings().sum(SIGNALS))
    assert found.total == pytest.approx(together, abs=0.01)
    assert found.enough == (together >= found.bar)


def test_each_part_of_a_question_is_weighed_by_itself() -> None:
    weak = Signals(covered=0.0, meaning=0.8, names=3.0, words=1.0, unknown=1.0, lead=0.0)
    reason = f"no money in the evidence; {told(SIGNALS)}; {told(weak)}"
    assert [w.enough for w in weighings(reason)] == [True, False]


@pytest.mark.parametrize("reason", ["a greeting", "", "sum x of y", "nothing found; nothing found"])
def test_a_rule_weighs_nothing(reason: str) -> None:
    assert weighings(reason) == []
