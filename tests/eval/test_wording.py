from __future__ import annotations

from typing import get_args

import pytest

from corpus.types import Audience, Status
from eval import wording
from eval.evaluation import Estimate
from eval.gate import JUDGED
from eval.measures import RETRIEVAL
from eval.questions import KINDS, Unanswerable
from tests.eval.test_runner import measured


def test_everything_that_is_measured_has_a_name() -> None:
    figures = {name for r in measured()[0].results for name in r.figures}
    assert figures | {*RETRIEVAL, *JUDGED} <= set(wording.FIGURES)
    assert {*KINDS, *get_args(Unanswerable), *get_args(Audience)} <= set(wording.GROUPS)
    assert set(get_args(Status)) == set(wording.STATUSES)


@pytest.mark.parametrize(
    ("figure", "value", "shown", "moved"),
    [
        ("quality", 0.25, "25 %", "+25 punt"),
        ("ndcg_10", 0.5, "0,500", "+0,500"),
        ("words", 81.4, "81", "+81"),
        ("quality", None, "–", "–"),
    ],
)
def test_numbers_are_written_as_dutch_readers_expect(
    figure: str, value: float | None, shown: str, moved: str
) -> None:
    assert wording.number(figure, value) == shown
    assert wording.difference(figure, value) == moved


def test_losses_intervals_and_chances() -> None:
    assert wording.difference("quality", -0.1) == "−10 punt"
    assert wording.difference("quality", 0.0) == "±0 punt"
    assert wording.interval("quality", Estimate(value=0.5, low=0.1, high=0.9, n=4)) == "10 – 90 %"
    assert (wording.significance(0.0001), wording.significance(0.25)) == ("< 0,001", "0,250")
