"""How long work stands: every process can tell, and what died is told to be lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from corpus import schema
from corpus.database import open_database
from corpus.jobs import LOST, SILENT, Job, Jobs


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path)
    yield engine
    engine.dispose()


def found(jobs: Jobs, job_id: str) -> Job:
    job = jobs.find(job_id)
    assert job is not None
    return job


def silence(engine: Engine, job_id: str, by: timedelta) -> None:
    """As if the job had said nothing for that long."""
    moment = datetime.now(UTC) - by
    with engine.begin() as connection:
        connection.execute(
            update(schema.job).where(schema.job.c.id == job_id).values(changed_at=moment)
        )


def test_a_job_waits_runs_and_is_done(engine: Engine) -> None:
    jobs = Jobs(engine)
    job_id = jobs.add("ingest", "Inlezen", "anja")
    job = found(jobs, job_id)
    assert (job.state, job.open, job.title, job.who) == ("waiting", True, "Inlezen", "anja")
    jobs.progress(job_id, "Lezen", 2, 5)
    job = found(Jobs(engine), job_id)  # another process sees it, too
    assert (job.state, job.step, job.done, job.total) == ("running", "Lezen", 2, 5)
    jobs.finish(job_id, {"lines": ["Klaar"], "next": "/beheer"})
    job = found(jobs, job_id)
    assert (job.state, job.open) == ("done", False)
    assert job.result == {"lines": ["Klaar"], "next": "/beheer"}


def test_a_job_that_fails_says_why(engine: Engine) -> None:
    jobs = Jobs(engine)
    job_id = jobs.add("ingest", "Inlezen", "anja")
    jobs.fail(job_id, "Het bestand is leeg.")
    job = found(jobs, job_id)
    assert (job.state, job.open, job.message) == ("failed", False, "Het bestand is leeg.")


def test_a_job_of_a_process_that_died_is_lost(engine: Engine) -> None:
    jobs = Jobs(engine)
    job_id = jobs.add("ingest", "Inlezen", "anja")
    jobs.progress(job_id, "Lezen", 2, 5)
    silence(engine, job_id, SILENT - timedelta(seconds=10))
    assert found(jobs, job_id).open
    silence(engine, job_id, SILENT + timedelta(seconds=1))
    assert (found(jobs, job_id).state, found(jobs, job_id).message) == ("failed", LOST)
    jobs.alive(job_id)  # it was only slow
    assert found(jobs, job_id).state == "running"


def test_what_is_done_stays_done_however_long_ago(engine: Engine) -> None:
    jobs = Jobs(engine)
    job_id = jobs.add("ingest", "Inlezen", "anja")
    jobs.finish(job_id, {})
    silence(engine, job_id, timedelta(days=30))
    assert found(jobs, job_id).state == "done"


def test_the_last_ones_come_first(engine: Engine) -> None:
    jobs = Jobs(engine)
    ids = [jobs.add("ingest", f"Werk {number}", "anja") for number in range(4)]
    assert [job.id for job in jobs.recent(3)] == ids[:0:-1]
    assert jobs.find("bestaat-niet") is None
    assert found(jobs, ids[0]).created_at.tzinfo is UTC
