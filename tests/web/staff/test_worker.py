"""A worker: jobs in order, told as they ended, given back when it stops, left to nobody."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine, delete

from corpus import staff_tables
from corpus.database import open_database
from corpus.errors import BadInputError
from corpus.job_queue import JobQueue
from corpus.jobs import Job, Jobs
from corpus.postgres import AWAY, DatabaseAwayError
from corpus.progress import Progress
from web.staff.jobs import JobRunner
from web.staff.spool import FOLDER, Spool
from web.staff.worker import Worker, WorkerThread

Do = Callable[[Job, Progress], Mapping[str, Any]]
LEASE_S = 20.0


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_database(tmp_path_factory.mktemp("werk"))
    yield engine
    engine.dispose()


@dataclass
class Rig:
    """A worker that does what a test wants, and what it works with."""

    engine: Engine
    folder: Path
    do: Do = field(default=lambda _job, _report: {})

    @property
    def jobs(self) -> Jobs:
        return Jobs(self.engine)

    def worker(self, lease_s: float = LEASE_S) -> Worker:
        desk: Any = SimpleNamespace(settings=SimpleNamespace(data_dir=self.folder))
        works = {"proef": lambda _desk, job, report: self.do(job, report)}
        return Worker(desk, JobQueue(self.engine, lease_s), works)

    def add(self, kind: str = "proef", **params: Any) -> str:
        return self.jobs.add(kind, "Proefwerk", "anja", params)

    def found(self, job_id: str) -> Job:
        job = self.jobs.find(job_id)
        assert job is not None
        return job

    def ended(self, job_id: str) -> Job:
        for _ in range(500):
            job = self.found(job_id)
            if not job.open:
                return job
            time.sleep(0.01)
        raise AssertionError(job)


@pytest.fixture
def rig(opened: Engine, tmp_path: Path) -> Iterator[Rig]:
    yield Rig(opened, tmp_path)
    with opened.begin() as connection:
        connection.execute(delete(staff_tables.job))


def away(*_: object, **__: object) -> Any:
    raise DatabaseAwayError(AWAY)


# --- one worker --------------------------------------------------------------------------------


def test_work_gets_its_job_and_what_comes_back_is_kept(rig: Rig) -> None:
    seen: list[Job] = []

    def do(job: Job, _: Progress) -> Mapping[str, Any]:
        seen.append(job)
        return {"lines": ["Gelukt"]}

    rig.do = do
    job_id = rig.add(edition=3)
    worker = rig.worker()
    assert worker.step()
    assert not worker.step()
    assert (seen[0].id, seen[0].params, seen[0].who) == (job_id, {"edition": 3}, "anja")
    assert (rig.found(job_id).state, rig.found(job_id).result) == ("done", {"lines": ["Gelukt"]})


def test_in_the_order_of_starting(rig: Rig) -> None:
    told: list[str] = []

    def do(job: Job, _: Progress) -> Mapping[str, Any]:
        told.append(job.params["name"])
        return {}

    rig.do = do
    for name in ("een", "twee", "drie"):
        rig.add(name=name)
    rig.worker().run(until_idle=True)
    assert told == ["een", "twee", "drie"]


def test_what_staff_can_mend_is_told_as_it_is(rig: Rig) -> None:
    def do(_: Job, __: Progress) -> Mapping[str, Any]:
        raise BadInputError("plan.pdf is leeg.")

    rig.do = do
    job_id = rig.add()
    rig.worker().step()
    assert (rig.found(job_id).state, rig.found(job_id).message) == ("failed", "plan.pdf is leeg.")


def test_what_is_our_fault_is_in_the_log_and_not_on_the_page(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    def do(_: Job, __: Progress) -> Mapping[str, Any]:
        raise ZeroDivisionError("geheim detail")

    rig.do = do
    job_id, other = rig.add(), rig.add("van-later")
    rig.worker().run(until_idle=True)
    job = rig.found(job_id)
    assert job.state == "failed"
    assert "geheim" not in job.message
    assert job_id in job.message
    assert "geheim detail" in caplog.text
    assert "'van-later'" in rig.found(other).message  # it went on


def test_progress_is_kept_at_every_step_and_at_its_end(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[tuple[str, int, int]] = []

    def note(_self: JobQueue, _job: Job, step: str, done: int, total: int) -> bool:
        noted.append((step, done, total))
        return True

    monkeypatch.setattr(JobQueue, "progress", note)

    def do(_: Job, report: Progress) -> Mapping[str, Any]:
        for done in range(1, 1001):
            report("Lezen", done, 1000)
        report("Bewaren", 1, 2)
        return {}

    rig.do = do
    rig.add()
    rig.worker().step()
    assert noted[0] == ("Beginnen", 0, 0)
    assert ("Lezen", 1, 1000) in noted
    assert ("Lezen", 1000, 1000) in noted
    assert noted[-1] == ("Bewaren", 1, 2)
    assert len(noted) < 50


def test_files_go_when_the_job_has_ended_and_not_before(rig: Rig) -> None:
    load = Spool(rig.folder).open()
    load.release()
    folder = rig.folder / FOLDER / load.id

    def do(_: Job, __: Progress) -> Mapping[str, Any]:
        assert folder.is_dir()
        if worker_stops:
            worker.stop()
            _report_until_stopped(__)
        raise BadInputError("leeg")

    rig.do = do
    rig.add(load=load.id)
    worker_stops, worker = True, rig.worker()
    worker.step()
    assert folder.is_dir()  # given back: the next one needs them
    worker_stops, worker = False, rig.worker()
    worker.step()
    assert not folder.exists()


def _report_until_stopped(report: Progress) -> None:
    for done in range(100):
        report("Lezen", done, 100)


# --- stopping and being taken for dead ----------------------------------------------------------


def test_who_is_stopped_gives_back_what_it_does(rig: Rig) -> None:
    worker = rig.worker()

    def do(_: Job, report: Progress) -> Mapping[str, Any]:
        worker.stop()
        try:
            _report_until_stopped(report)
        except Exception as error:
            raise AssertionError("stopping looks like something that went wrong") from error
        return {}

    rig.do = do
    job_id, other = rig.add(), rig.add()
    worker.run()
    job = rig.found(job_id)
    assert (job.state, job.attempts, job.step) == ("waiting", 0, "")
    assert rig.found(other).state == "waiting"


def test_who_is_stopped_may_end_what_it_does_within_its_grace(rig: Rig) -> None:
    worker = rig.worker()

    def do(_: Job, report: Progress) -> Mapping[str, Any]:
        worker.stop(grace_s=60)
        _report_until_stopped(report)
        return {"lines": ["af"]}

    rig.do = do
    job_id, other = rig.add(), rig.add()
    worker.run()
    assert rig.found(job_id).state == "done"
    assert rig.found(other).state == "waiting"


def test_what_breaks_because_it_stops_is_given_back(rig: Rig) -> None:
    worker = rig.worker()

    def do(_: Job, __: Progress) -> Mapping[str, Any]:
        worker.stop(grace_s=60)
        raise BadInputError("plan.pdf: het lezen brak af.")  # its child got the signal, too

    rig.do = do
    job_id = rig.add()
    worker.run()
    assert rig.found(job_id).state == "waiting"


def test_who_was_taken_for_dead_stops_and_changes_nothing(rig: Rig) -> None:
    other = JobQueue(rig.engine, lease_s=0)
    taken: list[Job] = []

    def do(_: Job, report: Progress) -> Mapping[str, Any]:
        job = other.claim()
        assert job is not None
        taken.append(job)
        _report_until_stopped(report)
        raise AssertionError("it went on")

    rig.do = do
    job_id = rig.add()
    rig.worker().step()
    job = rig.found(job_id)
    assert (job.state, job.holder, job.attempts) == ("running", other.holder, 2)
    assert other.finish(taken[0], {})


def test_long_work_that_says_nothing_gives_signs_of_life(rig: Rig) -> None:
    other = JobQueue(rig.engine, lease_s=0.3)
    found: list[Job | None] = []

    def do(_: Job, __: Progress) -> Mapping[str, Any]:
        until = time.monotonic() + 0.6
        while time.monotonic() < until:
            found.append(other.claim())
            time.sleep(0.02)
        return {}

    rig.do = do
    job_id = rig.add()
    rig.worker(lease_s=0.2).step()
    assert rig.found(job_id).state == "done"
    assert set(found) == {None}


# --- the database goes away ---------------------------------------------------------------------


def test_a_lost_connection_is_no_fault_of_the_job(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[int] = []

    def do(job: Job, _: Progress) -> Mapping[str, Any]:
        tries.append(job.attempts)
        if len(tries) == 1:
            away()
        return {}

    rig.do = do
    job_id = rig.add()
    rig.worker().run(until_idle=True)
    assert rig.found(job_id).state == "done"
    assert tries == [1, 2]
    assert [r for r in caplog.records if r.levelno > logging.INFO] == []


def test_a_queue_that_is_away_is_asked_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    job_id = rig.add()
    worker = rig.worker()
    with monkeypatch.context() as patch:
        patch.setattr(JobQueue, "claim", away)
        assert not worker.step()
        assert not worker.step()
    assert caplog.text.count("cannot be read or written") == 1  # not every second
    assert worker.step()
    assert rig.found(job_id).state == "done"


# --- in a thread of the server -------------------------------------------------------------------


def test_without_a_server_work_is_done_as_soon_as_it_is_started(rig: Rig) -> None:
    runner = JobRunner(rig.jobs, WorkerThread(rig.worker()))
    for _ in range(3):  # its thread comes back each time
        assert rig.ended(runner.start("proef", "Proefwerk", "anja", {})).state == "done"


def test_no_work_is_forgotten_when_much_is_started_at_once(rig: Rig) -> None:
    runner = JobRunner(rig.jobs, WorkerThread(rig.worker()))
    ids: list[str] = []

    def start() -> None:
        for _ in range(5):
            ids.append(runner.start("proef", "Proefwerk", "anja", {}))

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {rig.ended(job_id).state for job_id in ids} == {"done"}


def test_a_server_begins_with_what_was_left_and_gives_back_what_it_has(rig: Rig) -> None:
    begun = threading.Event()

    def do(job: Job, report: Progress) -> Mapping[str, Any]:
        while job.params.get("long"):
            begun.set()
            report("Lezen", 1, 1)
            time.sleep(0.01)
        return {}

    rig.do = do
    left, long = rig.add(), rig.add(long=True)
    here = WorkerThread(rig.worker())
    here.begin()
    assert begun.wait(60)
    assert rig.found(left).state == "done"
    here.end(60)
    assert rig.found(long).state == "waiting"
    rig.jobs.cancel(long, "anja")
    after = rig.add()
    here.begin()  # the same application may serve again
    assert rig.ended(after).state == "done"
    here.end(60)


def test_apart_nothing_is_done_here(rig: Rig) -> None:
    job_id = JobRunner(rig.jobs).start("proef", "Proefwerk", "anja", {"edition": 1})
    assert rig.found(job_id).state == "waiting"
