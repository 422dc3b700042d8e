"""Work behind a page: done in order, one at a time, and its page tells how it stands."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.database import open_database
from corpus.errors import BadInputError
from corpus.index import Progress
from corpus.jobs import Job, Jobs
from corpus.staff import Account, Session
from web.problems import Problems
from web.rendering import build_templates
from web.staff.jobs import JobRunner, build_jobs, job_address, to_job
from web.staff.rendering import add_staff_words
from web.staff.session import signed_in

SESSION = Session(Account("anja", "editor", disabled=False), "bewijs", "sleutel")


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    engine = open_database(tmp_path)
    yield Jobs(engine)
    engine.dispose()


@pytest.fixture
def runner(jobs: Jobs) -> JobRunner:
    return JobRunner(jobs)


@pytest.fixture
def client(jobs: Jobs) -> TestClient:
    templates = build_templates()
    templates.env.globals["has_check"] = False
    add_staff_words(templates.env)
    app = FastAPI()
    Problems(templates).install(app)
    app.include_router(build_jobs(jobs, templates))
    app.dependency_overrides[signed_in] = lambda: SESSION
    return TestClient(app)


def start(runner: JobRunner, work: Callable[[Progress], Mapping[str, Any]]) -> str:
    return runner.start("proef", "Proefwerk", "anja", work)


def ended(jobs: Jobs, job_id: str) -> Job:
    for _ in range(500):
        job = jobs.find(job_id)
        assert job is not None
        if not job.open:
            return job
        time.sleep(0.01)
    raise AssertionError(job)


def test_what_comes_back_is_kept(runner: JobRunner, jobs: Jobs) -> None:
    job_id = start(runner, lambda _: {"lines": ["Gelukt"]})
    job = ended(jobs, job_id)
    assert (job.state, job.result, job.title, job.who) == (
        "done",
        {"lines": ["Gelukt"]},
        "Proefwerk",
        "anja",
    )


def test_one_at_a_time_in_the_order_of_starting(runner: JobRunner, jobs: Jobs) -> None:
    told: list[str] = []
    first_may_end = threading.Event()

    def work(name: str) -> Callable[[Progress], Mapping[str, Any]]:
        def do(_: Progress) -> Mapping[str, Any]:
            told.append(f"{name} begint")
            if name == "een":
                first_may_end.wait(5)
            told.append(f"{name} klaar")
            return {}

        return do

    ids = [start(runner, work(name)) for name in ("een", "twee", "drie")]
    waiting = jobs.find(ids[1])
    assert waiting is not None
    assert waiting.state == "waiting"
    first_may_end.set()
    for job_id in ids:
        ended(jobs, job_id)
    assert told == [f"{n} {what}" for n in ("een", "twee", "drie") for what in ("begint", "klaar")]


def test_what_staff_can_mend_is_told_as_it_is(runner: JobRunner, jobs: Jobs) -> None:
    def work(_: Progress) -> Mapping[str, Any]:
        raise BadInputError("plan.pdf is leeg.")

    job = ended(jobs, start(runner, work))
    assert (job.state, job.message) == ("failed", "plan.pdf is leeg.")


def test_what_is_our_fault_is_in_the_log_and_not_on_the_page(
    runner: JobRunner, jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    def work(_: Progress) -> Mapping[str, Any]:
        raise ZeroDivisionError("geheim detail")

    job_id = start(runner, work)
    job = ended(jobs, job_id)
    assert job.state == "failed"
    assert "geheim" not in job.message
    assert job_id in job.message
    assert "geheim detail" in caplog.text
    assert ended(jobs, start(runner, lambda _: {})).state == "done"  # it goes on


def test_progress_is_kept_at_every_step_and_at_its_end(
    runner: JobRunner, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[tuple[str, int, int]] = []

    def note(_job_id: str, step: str, done: int, total: int) -> None:
        noted.append((step, done, total))

    monkeypatch.setattr(jobs, "progress", note)

    def work(report: Progress) -> Mapping[str, Any]:
        for done in range(1, 1001):
            report("Lezen", done, 1000)
        report("Bewaren", 1, 2)
        return {}

    ended(jobs, start(runner, work))
    assert noted[0] == ("Beginnen", 0, 0)
    assert ("Lezen", 1, 1000) in noted
    assert ("Lezen", 1000, 1000) in noted
    assert noted[-1] == ("Bewaren", 1, 2)
    assert len(noted) < 50


# --- pages -------------------------------------------------------------------------------------


def test_the_page_shows_how_far_it_is(client: TestClient, jobs: Jobs) -> None:
    job_id = jobs.add("proef", "Proef <b>werk</b>", "anja")
    page = client.get(job_address(job_id)).text
    assert "Wacht op ander werk" in page
    assert "Proef &lt;b&gt;werk&lt;/b&gt;" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    jobs.progress(job_id, "Lezen", 2, 5)
    state = client.get(f"{job_address(job_id)}/stand").text
    assert '<progress id="voortgang" value="2" max="5">' in state
    assert 'data-open="ja"' in state


def test_the_page_shows_what_came_of_it(client: TestClient, jobs: Jobs) -> None:
    job_id = jobs.add("proef", "Proefwerk", "anja")
    result = {"lines": ["<i>een</i>"], "next": "/beheer/documenten", "label": "Verder"}
    jobs.finish(job_id, result)
    page = client.get(job_address(job_id)).text
    assert "<li>&lt;i&gt;een&lt;/i&gt;</li>" in page
    assert '<a class="button" href="/beheer/documenten">Verder</a>' in page
    assert "refresh" not in page
    failed = jobs.add("proef", "Proefwerk", "anja")
    jobs.fail(failed, "plan.pdf is leeg.")
    assert "plan.pdf is leeg." in client.get(job_address(failed)).text


def test_there_is_no_page_of_what_is_not_there(client: TestClient) -> None:
    for address in (job_address("x"), f"{job_address('x')}/stand"):
        response = client.get(address)
        assert response.status_code == 404
        assert "Dit werk is er niet (meer)." in response.text


def test_a_form_leads_to_the_page_of_its_job() -> None:
    response = to_job("abc")
    assert (response.status_code, response.headers["location"]) == (303, "/beheer/werk/abc")
