"""The page of a job: its place in the queue, how far it is, what came of it, and cancelling it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, delete, update

from corpus import schema, staff_tables
from corpus.database import open_database
from corpus.job_queue import JobQueue
from corpus.jobs import Job, Jobs
from corpus.ledger import Ledger
from corpus.staff import Account, Role, Session
from web.problems import Problems
from web.rendering import build_templates
from web.staff.jobs import build_jobs, job_address, to_job
from web.staff.rendering import add_staff_words
from web.staff.session import checked_form, signed_in
from web.staff.spool import FOLDER, Spool


def session_of(name: str, role: Role) -> Session:
    return Session(Account(name, role, disabled=False), "bewijs", "sleutel")


@dataclass
class Rig:
    """The pages about jobs, for whoever is signed in."""

    engine: Engine
    folder: Path
    client: TestClient
    session: Session

    @property
    def jobs(self) -> Jobs:
        return Jobs(self.engine)

    def add(self, title: str = "Proefwerk", **params: Any) -> str:
        return self.jobs.add("proef", title, "anja", params)

    def begun(self, queue: JobQueue | None = None) -> Job:
        job = (queue or JobQueue(self.engine)).claim()
        assert job is not None
        return job

    def state(self, job_id: str) -> str:
        return self.client.get(f"{job_address(job_id)}/stand").text

    def cancel(self, job_id: str) -> Any:
        return self.client.post(f"{job_address(job_id)}/annuleren", follow_redirects=False)

    def silence(self, job_id: str) -> None:
        """As if nothing had been heard of it for a minute."""
        past = datetime.now(UTC) - timedelta(minutes=1)
        with self.engine.begin() as connection:
            row = staff_tables.job.c.id == job_id
            connection.execute(update(staff_tables.job).where(row).values(changed_at=past))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    folder = tmp_path_factory.mktemp("werk")
    engine = open_database(folder)
    desk: Any = SimpleNamespace(
        jobs=Jobs(engine), ledger=Ledger(engine), settings=SimpleNamespace(data_dir=folder)
    )
    templates = build_templates()
    templates.env.globals["has_check"] = False
    add_staff_words(templates.env)
    app = FastAPI()
    Problems(templates).install(app)
    app.include_router(build_jobs(desk, templates))
    rig = Rig(engine, folder, TestClient(app), session_of("anja", "editor"))
    for gate in (signed_in, checked_form):
        app.dependency_overrides[gate] = lambda: rig.session
    yield rig
    engine.dispose()


@pytest.fixture
def rig(made: Rig) -> Iterator[Rig]:
    made.session = session_of("anja", "editor")
    yield made
    with made.engine.begin() as connection:
        for table in (staff_tables.job, schema.audit):
            connection.execute(delete(table))


def test_the_page_shows_how_far_it_is(rig: Rig) -> None:
    job_id = rig.add("Proef <b>werk</b>")
    page = rig.client.get(job_address(job_id)).text
    assert "Begint zo" in page
    assert "Proef &lt;b&gt;werk&lt;/b&gt;" in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert '\n<meta http-equiv="refresh" content="20">' in page  # its script may not arrive
    queue = JobQueue(rig.engine)
    queue.progress(rig.begun(queue), "Lezen", 2, 5)
    state = rig.state(job_id)
    assert '<progress id="voortgang" value="2" max="5">' in state
    assert 'data-open="ja"' in state
    assert "overgenomen" not in state


def test_the_page_shows_its_place(rig: Rig) -> None:
    ids = [rig.add() for _ in range(3)]
    rig.begun()
    assert "Wacht op ander werk (1 ervoor)" in rig.state(ids[1])
    assert "Wacht op ander werk (2 ervoor)" in rig.state(ids[2])


def test_the_page_shows_what_came_of_it(rig: Rig) -> None:
    job_id, failed, queue = rig.add(), rig.add(), JobQueue(rig.engine)
    result = {"lines": ["<i>een</i>"], "next": "/beheer/documenten", "label": "Verder"}
    queue.finish(rig.begun(queue), result)
    page = rig.client.get(job_address(job_id)).text
    assert "<li>&lt;i&gt;een&lt;/i&gt;</li>" in page
    assert '<a class="button" href="/beheer/documenten">Verder</a>' in page
    assert "refresh" not in page
    queue.fail(rig.begun(queue), "plan.pdf is leeg.")
    assert "plan.pdf is leeg." in rig.client.get(job_address(failed)).text


def test_the_page_tells_that_another_took_over(rig: Rig) -> None:
    job_id = rig.add()
    for _ in range(2):
        assert "poging" not in rig.state(job_id)
        rig.begun(JobQueue(rig.engine, lease_s=0))
    assert "het werk is overgenomen en begint opnieuw (poging 2 van 3)" in rig.state(job_id)
    queue = JobQueue(rig.engine, lease_s=0)
    queue.give_back(rig.begun(queue), counts=True)
    assert "Niet gelukt." in rig.state(job_id)


def test_the_page_tells_that_nobody_is_at_work(rig: Rig) -> None:
    job_id = rig.add()
    assert "Niemand pakt dit werk op" not in rig.state(job_id)
    rig.silence(job_id)
    assert "Niemand pakt dit werk op" in rig.state(job_id)
    rig.begun()
    assert "laat niets meer horen" not in rig.state(job_id)
    rig.silence(job_id)
    assert "laat niets meer horen" in rig.state(job_id)


def test_there_is_no_page_of_what_is_not_there(rig: Rig) -> None:
    for address in (job_address("x"), f"{job_address('x')}/stand"):
        response = rig.client.get(address)
        assert response.status_code == 404
        assert "Dit werk is er niet (meer)." in response.text
    assert rig.cancel("x").status_code == 404


def test_a_form_leads_to_the_page_of_its_job() -> None:
    response = to_job("abc")
    assert (response.status_code, response.headers["location"]) == (303, "/beheer/werk/abc")


# --- cancelling ----------------------------------------------------------------------------------


def test_what_waits_can_be_cancelled_with_its_files(rig: Rig) -> None:
    load = Spool(rig.folder).open()
    load.release()
    job_id = rig.add("Inlezen: plan.pdf", load=load.id)
    assert f'action="{job_address(job_id)}/annuleren"' in rig.state(job_id)
    assert rig.cancel(job_id).headers["location"] == job_address(job_id)
    assert "Geannuleerd door anja, voordat het begon." in rig.state(job_id)
    assert not (rig.folder / FOLDER / load.id).exists()
    (act,) = Ledger(rig.engine).history()
    assert (act.who, act.action, act.detail) == ("anja", "cancel", {"job": "Inlezen: plan.pdf"})
    assert JobQueue(rig.engine).claim() is None


def test_what_runs_cannot_be_cancelled(rig: Rig) -> None:
    load = Spool(rig.folder).open()
    load.release()
    job_id = rig.add(load=load.id)
    rig.begun()
    assert "annuleren" not in rig.state(job_id)
    assert rig.cancel(job_id).status_code == 303
    assert 'data-open="ja"' in rig.state(job_id)
    assert (rig.folder / FOLDER / load.id).is_dir()
    assert Ledger(rig.engine).history() == []
    Spool(rig.folder).remove(load.id)


def test_an_editor_does_not_cancel_what_another_began_and_a_publisher_does(rig: Rig) -> None:
    job_id = rig.add()
    rig.session = session_of("bea", "editor")
    assert "annuleren" not in rig.state(job_id)
    refused = rig.cancel(job_id)
    assert refused.status_code == 403
    assert "begonnen door anja" in refused.text
    rig.session = session_of("paula", "publisher")
    assert rig.cancel(job_id).status_code == 303
    assert "Geannuleerd door paula" in rig.state(job_id)
