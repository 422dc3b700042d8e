"""Jobs as people see them: every process can tell how they stand, and in which order they come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from corpus.database import open_database
from corpus.job_queue import JobQueue
from corpus.jobs import Delay, Job, Jobs
from tests.moving_clock import MovingClock


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture
def jobs(engine: Engine) -> Jobs:
    return Jobs(engine)


def found(jobs: Jobs, job_id: str) -> Job:
    job = jobs.find(job_id)
    assert job is not None
    return job


def begun(engine: Engine) -> Job:
    """The job that is first in the queue, begun by some worker."""
    job = JobQueue(engine).claim()
    assert job is not None
    return job


def test_a_job_waits_with_what_is_to_be_done(engine: Engine) -> None:
    params = {"load": "abc", "names": ["plan.pdf", "één.md"], "fields": {"title": "Plan"}}
    job_id = Jobs(engine).add("ingest", "Inlezen", "anja", params)
    job = found(Jobs(engine), job_id)  # another process sees it, too
    assert (job.state, job.open, job.title, job.who) == ("waiting", True, "Inlezen", "anja")
    assert (job.params, job.holder, job.attempts, job.again) == (params, None, 0, False)
    assert job.created_at.tzinfo is UTC


def test_the_last_ones_come_first(jobs: Jobs) -> None:
    ids = [jobs.add("ingest", f"Werk {number}", "anja") for number in range(4)]
    assert [job.id for job in jobs.recent(3)] == ids[:0:-1]
    assert jobs.find("bestaat-niet") is None


def test_those_that_wait_or_run_are_told_in_their_order(engine: Engine, jobs: Jobs) -> None:
    ids = [jobs.add(kind, kind, "anja") for kind in ("stage", "ingest", "publish", "ingest")]
    first = begun(engine)
    assert [job.id for job in jobs.still_open()] == ids
    assert [job.id for job in jobs.still_open(("ingest",))] == [ids[1], ids[3]]
    assert [jobs.before(found(jobs, job_id)) for job_id in ids] == [0, 1, 2, 3]
    jobs.cancel(ids[1], "anja")
    assert [jobs.before(found(jobs, job_id)) for job_id in ids] == [0, 0, 1, 2]
    assert jobs.still_open(("stage",)) == [found(jobs, first.id)]


def test_how_long_work_waits_and_is_silent(engine: Engine) -> None:
    moment = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    clock = [moment]
    jobs = Jobs(engine, now=lambda: clock[0])
    queue = JobQueue(engine, now=lambda: clock[0])
    assert jobs.delay() == Delay(0.0, 0.0)
    jobs.add("ingest", "Eerst", "anja")
    clock[0] += timedelta(seconds=10)
    jobs.add("stage", "Daarna", "anja")
    clock[0] += timedelta(seconds=5)
    assert jobs.delay() == Delay(waiting_s=15.0, silent_s=0.0)
    job = queue.claim()
    assert job is not None
    clock[0] += timedelta(seconds=30)
    assert jobs.delay() == Delay(waiting_s=35.0, silent_s=30.0)
    queue.alive(job)
    assert jobs.delay().silent_s == 0.0
    clock[0] = moment  # a clock that is put back
    assert jobs.delay() == Delay(0.0, 0.0)


def test_a_job_that_began_meanwhile_has_nothing_before_it(engine: Engine, jobs: Jobs) -> None:
    job_id = jobs.add("ingest", "Inlezen", "anja")
    seen = found(jobs, job_id)
    queue = JobQueue(engine)
    job = queue.claim()
    assert job is not None
    queue.finish(job, {})
    assert jobs.before(seen) == 0


def test_only_what_waits_can_be_cancelled(engine: Engine, jobs: Jobs) -> None:
    job_id = jobs.add("ingest", "Inlezen", "anja")
    other = jobs.add("ingest", "Inlezen", "anja")
    assert begun(engine).id == job_id
    assert not jobs.cancel(job_id, "bea")
    assert found(jobs, job_id).state == "running"
    assert jobs.cancel(other, "bea")
    gone = found(jobs, other)
    assert (gone.state, gone.message) == (
        "failed",
        "Geannuleerd door bea, voordat het begon. Er is niets veranderd.",
    )
    assert not jobs.cancel(other, "bea")
    assert not jobs.cancel("bestaat-niet", "bea")


def test_how_many_are_in_each_state(engine: Engine, jobs: Jobs) -> None:
    assert jobs.counts() == {"waiting": 0, "running": 0, "done": 0, "failed": 0}
    for _ in range(3):
        jobs.add("ingest", "Inlezen", "anja")
    queue = JobQueue(engine)
    job = queue.claim()
    assert job is not None
    queue.finish(job, {})
    queue.claim()
    assert jobs.counts() == {"waiting": 1, "running": 1, "done": 1, "failed": 0}


def test_what_was_open_in_a_backup_is_not_begun(engine: Engine, jobs: Jobs) -> None:
    ids = [jobs.add("ingest", "Inlezen", "anja") for _ in range(3)]
    queue = JobQueue(engine)
    done = queue.claim()
    assert done is not None
    queue.finish(done, {})
    queue.claim()
    jobs.end_restored()
    assert queue.claim() is None
    assert [found(jobs, job_id).state for job_id in ids] == ["done", "failed", "failed"]
    assert "reservekopie teruggezet" in found(jobs, ids[2]).message


def test_a_clock_put_back_hides_no_job_that_is_open(engine: Engine) -> None:
    clock = MovingClock()
    jobs = Jobs(engine, clock)
    for number in range(4):
        jobs.add("ingest", f"Werk {number}", "anja")
    clock.move(-timedelta(hours=1))
    late = jobs.add("publish", "Publiceren", "anja")
    assert late not in [job.id for job in jobs.recent(4)]
    assert [job.id for job in jobs.still_open(("publish",))] == [late]
