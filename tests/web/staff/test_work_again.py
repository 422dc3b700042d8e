"""Work of a process that was killed is done again: nothing comes in twice, what was done is told
as done, and every act is in the audit log once."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cli.parts import Parts
from corpus.dutch import DutchAnalyser
from corpus.job_queue import JobQueue
from corpus.jobs import Job
from corpus.ledger import Ledger
from corpus.progress import no_progress
from ingest.fields import Fields
from ingest.intake import given_values
from ingest.revise import given_fields
from tests.web.staff.editions_office import (
    BETTER,
    BIKES,
    CANTEEN,
    Office,
    office_like,
    publish_before,
)
from tests.web.staff.shop import SOUP, Shop, open_shop
from web.staff import edition_work as editions
from web.staff.jobs import JobRunner
from web.staff.sending import start_files
from web.staff.work import WORK
from web.staff.worker import Worker

SCOOTER = b"# Brommers\n\n## Prijs\n\nEen brommer kost 900 euro. De helm kost 80 euro.\n"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser) -> Path:
    folder = tmp_path_factory.mktemp("eerder") / "var"
    return publish_before(folder, analyser, (BIKES, CANTEEN))


@pytest.fixture
def office(before: Path, tmp_path: Path, analyser: DutchAnalyser) -> Iterator[Office]:
    with office_like(before, tmp_path / "var", analyser) as office:
        yield office


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser) -> Iterator[Shop]:
    with open_shop(tmp_path_factory.mktemp("toevoegen"), analyser, jobs="apart") as opened:
        yield opened


@pytest.fixture
def shop(opened: Shop) -> Iterator[Shop]:
    yield opened
    opened.clear()


def add(parts: Parts, kind: str, who: str, params: Mapping[str, Any]) -> str:
    return JobRunner(parts.jobs).start(kind, "Proefwerk", who, params)


def killed_at_the_end(parts: Parts) -> None:
    """Do the first job that waits, as by a process that is killed before it can say so."""
    job = JobQueue(parts.registry.engine).claim()
    assert job is not None
    WORK[job.kind](parts, job, no_progress)


def taken_over(parts: Parts, job_id: str) -> Job:
    """The job as another worker ends it, that does not wait for the lease to end."""
    Worker(parts, JobQueue(parts.registry.engine, lease_s=0)).step()
    job = parts.jobs.find(job_id)
    assert job is not None
    assert job.attempts == 2
    return job


def acts(parts: Parts, *actions: str) -> list[str]:
    return [act.action for act in parts.ledger.history() if act.action in actions]


def test_a_publication_that_was_done_is_told_as_done(office: Office) -> None:
    office.put(BETTER)
    number = office.measure()
    job_id = add(office.parts, "publish", "paula", {"edition": number, "why": ""})
    killed_at_the_end(office.parts)
    job = taken_over(office.parts, job_id)
    assert (job.state, job.message) == ("done", "")
    assert job.result["lines"] == ["Lezers zien nu editie 2.", "fietsen: vervangen"]
    assert job.result["next"] == "/beheer/geschiedenis/editie/2"
    assert (office.current(), acts(office.parts, "publish")) == (2, ["publish", "publish"])


def test_that_readers_have_gone_on_meanwhile_is_told_too(office: Office) -> None:
    office.put(BETTER)
    number = office.measure()
    job_id = add(office.parts, "publish", "paula", {"edition": number, "why": ""})
    killed_at_the_end(office.parts)
    office.parts.editions.withdraw(["kantine"], "erik")
    job = taken_over(office.parts, job_id)
    assert job.result["lines"][0] == "Editie 2 is gepubliceerd. Lezers zien intussen editie 3."


def test_what_somebody_else_published_is_not_told_as_own_work(office: Office) -> None:
    office.put(BETTER)
    number = office.measure()
    job_id = add(office.parts, "publish", "paula", {"edition": number, "why": ""})
    JobQueue(office.parts.registry.engine).claim()  # killed before it did anything
    office.parts.editions.publish("iemand anders")
    job = taken_over(office.parts, job_id)
    assert job.state == "failed"
    assert job.message.startswith("Er is intussen al gepubliceerd: editie 2, door iemand anders")


def test_a_withdrawal_that_was_done_is_told_as_done(office: Office) -> None:
    job_id = add(office.parts, "withdraw", "paula", {"document": "fietsen"})
    killed_at_the_end(office.parts)
    job = taken_over(office.parts, job_id)
    assert job.state == "done", job.message
    assert job.result["lines"] == ["Lezers zien nu editie 2.", "fietsen: weg"]
    assert (office.current(), acts(office.parts, "withdraw")) == (2, ["withdraw"])


def test_a_rollback_that_was_done_is_told_as_done(office: Office) -> None:
    office.put(BETTER)
    office.parts.editions.publish("paula")
    job_id = add(office.parts, "rollback", "paula", {"edition": 1, "seen": 2})
    killed_at_the_end(office.parts)
    job = taken_over(office.parts, job_id)
    assert job.state == "done", job.message
    assert job.result["lines"] == ["Lezers zien nu editie 3.", "fietsen: vervangen"]
    assert (office.current(), acts(office.parts, "rollback")) == (3, ["rollback"])


def test_measuring_again_ends_the_same(office: Office) -> None:
    office.put(BETTER)
    job_id = add(office.parts, "stage", "erik", {})
    killed_at_the_end(office.parts)
    staged = office.parts.editions.staged()
    job = taken_over(office.parts, job_id)
    assert job.state == "done", job.message
    assert job.result["lines"][0].startswith("Goedgekeurd.")
    assert (office.parts.editions.staged(), office.current()) == (staged, 1)


@pytest.mark.parametrize("logged", [True, False])
def test_files_that_were_read_stand_there_once(
    shop: Shop, logged: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [("brommers.md", io.BytesIO(SCOOTER)), ("soep.md", io.BytesIO(SOUP.encode() + b"Au."))]
    job_id = start_files(shop.parts, JobRunner(shop.parts.jobs), files, Fields(), "bea")
    with monkeypatch.context() as patch:
        if not logged:  # killed between storing and noting
            patch.setattr(Ledger, "log", lambda *_: None)
        killed_at_the_end(shop.parts)
    job = taken_over(shop.parts, job_id)
    assert job.state == "done", job.message
    assert shop.parts.registry.drafts().keys() == {"brommers", "soep-van-de-dag"}
    noted = [act for act in shop.parts.ledger.history() if act.action == "ingest"]
    assert sorted(d for act in noted for d in act.detail["added"]) == ["brommers"]
    assert sorted(d for act in noted for d in act.detail["replaced"]) == ["soep-van-de-dag"]
    assert list((shop.parts.settings.data_dir / "uploads").iterdir()) == []


def test_files_that_are_gone_are_told(shop: Shop) -> None:
    params = {"load": "0" * 32, "names": ["a.md"], "fields": {}, "pile": ""}
    job_id = add(shop.parts, "ingest", "bea", params)
    Worker(shop.parts, JobQueue(shop.parts.registry.engine)).step()
    job = shop.parts.jobs.find(job_id)
    assert job is not None
    assert job.message.startswith("De bestanden van dit werk zijn er niet meer.")


def test_metadata_that_went_back_to_what_readers_see(shop: Shop) -> None:
    parts = shop.parts
    (published,) = (d for d in parts.library.documents() if d.id == "leenfietsen")
    other = given_fields(published.metadata, "leenfietsen").model_copy(update={"title": "Fiets"})
    first = _change(parts, published.version_id, other)
    draft = parts.registry.drafts()["leenfietsen"]
    same = given_fields(published.metadata, "leenfietsen")
    params = {"document": "leenfietsen", "version": draft, "fields": given_values(same)}
    job_id = add(parts, "metadata", "bea", params)
    killed_at_the_end(parts)
    assert parts.registry.drafts() == {}  # the version that it went on from is gone with it
    job = taken_over(parts, job_id)
    assert (first.state, job.state) == ("done", "done"), job.message
    assert job.result["lines"] == ["De gegevens van 'Leenfietsen' zijn zoals lezers ze al zien."]


def test_metadata_of_a_draft_that_somebody_threw_away_is_refused(shop: Shop) -> None:
    parts = shop.parts
    (published,) = (d for d in parts.library.documents() if d.id == "leenfietsen")
    job = _change(parts, "weg", given_fields(published.metadata, "leenfietsen"))
    assert (job.state, parts.registry.drafts()) == ("failed", {})
    assert "is er niet meer. Er is niets veranderd." in job.message


def _change(parts: Parts, version_id: str, fields: Fields) -> Job:
    params = {"document": "leenfietsen", "version": version_id, "fields": given_values(fields)}
    job_id = add(parts, "metadata", "bea", params)
    Worker(parts, JobQueue(parts.registry.engine)).step()
    job = parts.jobs.find(job_id)
    assert job is not None
    return job


# --- two at once ---------------------------------------------------------------------------------


@pytest.mark.fault
def test_two_pages_that_publish_at_the_same_moment(
    office: Office, monkeypatch: pytest.MonkeyPatch, record_property: pytest.RecordProperty
) -> None:
    record_property("fault", "twee publishers drukken tegelijk op publiceren, twee werkers")
    record_property("recovery_s", 0.0)
    office.put(BETTER)
    number = office.measure()
    office.runner.held = True
    check, both = editions.check_publishable, threading.Barrier(2)

    def at_once(*given: Any) -> Any:
        detail = check(*given)
        both.wait(10)  # neither has put its work in the queue before the other was let through
        return detail

    with monkeypatch.context() as patch, ThreadPoolExecutor(2) as pool:
        patch.setattr(editions, "check_publishable", at_once)
        posts = [
            pool.submit(office.publisher.post, "/beheer/publiceren", editie=number)
            for _ in range(2)
        ]
        assert [post.result().status_code for post in posts] == [303, 303]
    parts = office.parts
    while parts.jobs.still_open():
        workers = [
            threading.Thread(
                target=Worker(parts, JobQueue(parts.registry.engine)).run, args=(True,)
            )
            for _ in range(2)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    last, first = sorted(parts.jobs.recent(2), key=lambda job: job.state, reverse=True)
    assert (first.state, first.result["lines"][0]) == ("done", "Lezers zien nu editie 2.")
    assert last.state == "failed"
    assert last.message.startswith("Er is intussen al gepubliceerd: editie 2, door paula")
    assert (office.current(), acts(parts, "publish")) == (2, ["publish", "publish"])
