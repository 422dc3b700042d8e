from __future__ import annotations

import logging
import threading

import pytest

from corpus.errors import BadInputError, BusyError
from corpus.index import Progress
from eval.background import Background, State

SOON = 5.0  # seconds; only a broken runner waits them out


def test_work_reports_progress_and_leaves_its_result() -> None:
    runner: Background[int] = Background()
    assert runner.state() == State()
    halfway, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> int:
        progress("Vragen beantwoorden", 1, 2)
        halfway.set()
        assert go_on.wait(SOON)
        progress("Vragen beantwoorden", 2, 2)
        return 42

    runner.start("Editie 7 beoordelen", work)
    assert halfway.wait(SOON)
    now = runner.state()
    assert (now.status, now.name) == ("running", "Editie 7 beoordelen")
    assert (now.step, now.done, now.total) == ("Vragen beantwoorden", 1, 2)
    with pytest.raises(BusyError, match="Editie 7 beoordelen"):
        runner.start("Iets anders", work)
    go_on.set()
    ready = runner.wait(SOON)
    assert (ready.status, ready.result, ready.done) == ("done", 42, 2)


def test_an_error_of_a_user_is_its_line_and_the_next_work_can_start() -> None:
    runner: Background[int] = Background()

    def refuse(_progress: Progress) -> int:
        raise BadInputError("Dit kan niet.")

    runner.start("a", refuse)
    assert (runner.wait(SOON).status, runner.state().error) == ("failed", "Dit kan niet.")
    runner.start("b", lambda _: 1)
    assert (runner.wait(SOON).status, runner.state().error) == ("done", None)


def test_a_fault_of_ours_is_logged_and_does_not_look_as_if_it_runs(
    caplog: pytest.LogCaptureFixture,
) -> None:
    runner: Background[float] = Background()
    with caplog.at_level(logging.ERROR):
        runner.start("delen", lambda _: 1 / 0)
        state = runner.wait(SOON)
    assert state.status == "failed"
    assert "logboek" in (state.error or "")
    assert "ZeroDivisionError" in caplog.text
