from collections.abc import Iterator
from typing import Any

import pytest

from corpus.errors import BadInputError
from corpus.types import Outcome, Spoken
from web.streaming import event_response, recorded, started


class Recorder:
    days = 3

    def __init__(self) -> None:
        self.kept: list[Outcome] = []

    def answered(self, outcome: Outcome) -> None:
        self.kept.append(outcome)


def test_an_error_before_anything_is_shown_comes_at_once(answering: Any) -> None:
    with pytest.raises(BadInputError):
        started(answering.stream(" "))


def test_nothing_is_lost_by_starting(answering: Any) -> None:
    pieces = list(started(answering.stream("vraag")))
    assert pieces == list(answering.stream("vraag"))
    assert list(started(iter(()))) == []


def test_only_the_first_piece_is_made_before_it_is_asked_for() -> None:
    made: list[str] = []

    def pieces() -> Iterator[str]:
        for piece in ("eerste", "tweede"):
            made.append(piece)
            yield piece

    waiting = started(pieces())  # type: ignore[arg-type]
    assert made == ["eerste"]
    assert list(waiting) == ["eerste", "tweede"]


def test_the_outcome_is_recorded_once_it_was_given(answering: Any) -> None:
    recorder: Any = Recorder()
    given = recorded(answering.stream("vraag"), recorder)
    for piece in given:
        assert isinstance(piece, Spoken) or recorder.kept == []
    assert [outcome.answer.status for outcome in recorder.kept] == ["answered"]
    assert len(list(recorded(answering.stream("vraag"), None))) == 5


def test_no_proxy_keeps_the_events_back() -> None:
    response = event_response([b"event: x\n\n"])
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-accel-buffering"] == "no"
