"""`routewijzer work`: does what waits, stops when it is asked to, and says what is wrong."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from cli.parts import Parts
from cli.work_command import run
from corpus.errors import NotReadyError
from corpus.settings import Settings
from tests.cli.conftest import Cli, refused
from tests.fakes import HashEmbedder
from web.staff.jobs import JobRunner


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """The logs of this process stay as the tests have them."""
    monkeypatch.setattr("cli.work_command.set_up_logs", lambda _settings: None)


@pytest.fixture
def parts(published: Cli, data_dir: Path) -> Any:
    parts = Parts(Settings(data_dir=data_dir, model_dir=data_dir / "geen-model"))
    yield parts
    parts.registry.engine.dispose()


def test_once_does_what_waits_and_stops(published: Cli, parts: Parts) -> None:
    runner = JobRunner(parts.jobs)
    wrong = runner.start("withdraw", "Intrekken", "paula", {"document": "bestaat-niet"})
    good = runner.start("withdraw", "Intrekken", "paula", {"document": "eten-in-de-kantine"})
    before = signal.getsignal(signal.SIGTERM)
    ran = published("work", "--once")
    assert (ran.code, ran.out, ran.err) == (0, "Routewijzer werkt\n", "")
    found = {job.id: job for job in parts.jobs.recent()}
    assert (found[wrong].state, found[good].state) == ("failed", "done")
    assert found[wrong].message.endswith("editie 1; daaraan is niets veranderd.")
    assert parts.ledger.current() == 2
    assert signal.getsignal(signal.SIGTERM) is before
    assert published("work", "--once").code == 0  # nothing waits: that is well, too


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_waits_for_work_until_it_is_asked_to_stop(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    monkeypatch.setattr("corpus.embedder.open_embedder", lambda _settings: HashEmbedder())
    done: list[str] = []

    def work_and_stop() -> None:
        job_id = JobRunner(parts.jobs).start(
            "withdraw", "Weg", "paula", {"document": "eten-in-de-kantine"}
        )
        until = time.monotonic() + 60
        while parts.jobs.still_open() and time.monotonic() < until:
            time.sleep(0.02)
        done.append(job_id)
        os.kill(os.getpid(), number)

    thread = threading.Thread(target=work_and_stop)
    thread.start()
    run(Parts(parts.settings), once=False)
    thread.join()
    job = parts.jobs.find(done[0])
    assert job is not None
    assert job.state == "done"


def test_another_model_is_told_before_anything_is_done(
    published: Cli, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(self: Parts) -> None:
        raise NotReadyError("De index is gemaakt met model A. Maak hem opnieuw.")

    monkeypatch.setattr(Parts, "check_model", other)
    job_id = JobRunner(parts.jobs).start("stage", "Klaarzetten", "paula", {})
    refused(published("work"), "De index is gemaakt met model A")
    job = parts.jobs.find(job_id)
    assert job is not None
    assert (job.state, job.attempts) == ("waiting", 0)
