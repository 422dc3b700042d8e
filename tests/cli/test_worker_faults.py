"""Workers and web workers that are killed: what they did is taken over by another, nothing is lost
or half, and whoever asks meanwhile gets an answer."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest

from cli.parts import Parts
from corpus.check import find_faults
from corpus.jobs import Job
from corpus.progress import no_progress
from corpus.settings import Settings
from ingest.arrive.files import collect_sources
from ingest.fields import Fields
from ingest.source import PartialMetadata
from tests.cli.conftest import COMMAND, environment, in_process
from tests.cli.test_serve import QUESTION, ask, fetch, free_port
from tests.cli.topics import topics
from web.staff.jobs import JobRunner
from web.staff.sending import start_files

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
LEASE_S = 2
PATIENCE_S = 240
"""For a machine that does much else; a test that passes never waits for it."""
NOTE = f"(lease {LEASE_S} s; zonder instelling 20 s)"
NEW, LATER = range(200, 202), range(210, 212)


class Site:
    """A data folder, and the jobs of staff on it."""

    def __init__(self, data_dir: Path, folder: Path) -> None:
        self.parts = Parts(Settings(data_dir=data_dir))
        self.folder = folder
        self.sent: set[Path] = set()

    def add(self, kind: str, **params: Any) -> str:
        return JobRunner(self.parts.jobs).start(kind, "Proefwerk", "paula", params)

    def send(self, numbers: range) -> str:
        """Have some documents read."""
        folder = topics(self.folder / f"nieuw{numbers.start}", numbers)
        files = [(path.name, io.BytesIO(path.read_bytes())) for path in sorted(folder.iterdir())]
        before = self.uploads()
        job_id = start_files(self.parts, JobRunner(self.parts.jobs), files, Fields(), "paula")
        self.sent = self.uploads() - before
        return job_id

    @contextmanager
    def being_read(self, numbers: range) -> Iterator[tuple[str, int]]:
        """Have some documents read: within it, that has begun and cannot end, however fast or slow
        this machine is. The job, and the process that does it."""
        with self.parts.lock.held():
            job_id = self.send(numbers)
            yield job_id, pid_of(self.wait(job_id, lambda job: "lezen" in job.step.lower()))

    def uploads(self) -> set[Path]:
        """What was sent and is not yet read."""
        folder = self.parts.settings.data_dir / "uploads"
        return set(folder.iterdir()) if folder.is_dir() else set()

    def job(self, job_id: str) -> Job:
        job = self.parts.jobs.find(job_id)
        assert job is not None
        return job

    def published(self) -> list[int]:
        """The editions that readers see or saw, newest first."""
        return [e.number for e in self.parts.ledger.editions() if e.state == "published"]

    def wait(self, job_id: str, until: Callable[[Job], bool]) -> Job:
        end = time.monotonic() + PATIENCE_S
        while not until(self.job(job_id)):
            assert time.monotonic() < end, self.job(job_id)
            time.sleep(0.02)
        return self.job(job_id)

    def is_read(self, job_id: str, numbers: range) -> None:
        """Every document of ``send`` stands there whole and once, and nothing is left behind."""
        job = self.wait(job_id, lambda job: not job.open)
        assert job.state == "done", job.message
        sent = {f"werkplaats-{n}" for n in numbers}
        drafts = {key: id_ for key, id_ in self.parts.registry.drafts().items() if key in sent}
        assert drafts.keys() == sent
        counts = self.parts.registry.counts("passages", [*drafts.values()])
        assert len(counts) == len(sent)
        assert len(set(counts.values())) == 1  # they are all alike
        acts = [act for act in self.parts.ledger.history() if act.who == "paula"]
        added = [d for act in acts for d in act.detail.get("added", ()) if d in sent]
        assert sorted(added) == sorted(sent)
        end = time.monotonic() + PATIENCE_S
        while self.sent & self.uploads():  # they go right after it
            assert time.monotonic() < end
            time.sleep(0.02)


@pytest.fixture
def site(tiny_published: Path, tmp_path: Path) -> Iterator[Site]:
    site = Site(Path(shutil.copytree(tiny_published, tmp_path / "kopie")), tmp_path)
    yield site
    site.parts.registry.engine.dispose()


class Crew:
    """Workers, each a process, that one test after another uses up."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.workers: list[subprocess.Popen[str]] = []

    @property
    def alive(self) -> dict[int, subprocess.Popen[str]]:
        return {worker.pid: worker for worker in self.workers if worker.poll() is None}

    def hire(self, number: int) -> None:
        """Have so many of them. One more than takes over would take over from who is slow."""
        own = environment(
            self.site.parts.settings.data_dir,
            ROUTEWIJZER_LOG_LEVEL="warning",
            ROUTEWIJZER_JOB_LEASE_S=str(LEASE_S),
        )
        new = [
            subprocess.Popen(
                [*COMMAND, "work"],
                env=own,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
            )
            for _ in range(number - len(self.alive))
        ]
        self.workers += new
        for worker in new:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "Routewijzer wacht op werk (stoppen: Ctrl+C)\n"


@pytest.fixture(scope="module")
def crew(tiny_published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crew]:
    """Workers on one data folder; killed at the end."""
    folder = tmp_path_factory.mktemp("ploeg")
    site = Site(Path(shutil.copytree(tiny_published, folder / "gegevens")), folder)
    crew = Crew(site)
    try:
        yield crew
    finally:
        for worker in crew.workers:
            worker.kill()
            worker.communicate()
        site.parts.registry.engine.dispose()


def pid_of(job: Job) -> int:
    assert job.holder is not None
    return int(job.holder.split(":")[1])


@pytest.mark.fault
def test_a_worker_that_is_killed_while_reading(
    crew: Crew, record_property: pytest.RecordProperty
) -> None:
    site = crew.site
    crew.hire(2)
    with site.being_read(NEW) as (job_id, killed):
        assert killed in crew.alive
        os.kill(killed, signal.SIGKILL)
    since = time.monotonic()
    other = pid_of(site.wait(job_id, lambda job: job.attempts == 2))
    recovery = time.monotonic() - since
    assert other in crew.alive.keys() - {killed}
    site.is_read(job_id, NEW)
    record_property("fault", f"kill -9 van de werker tijdens inlezen {NOTE}")
    record_property("recovery_s", recovery)


@pytest.mark.fault
def test_a_worker_that_is_killed_while_publishing(
    crew: Crew, record_property: pytest.RecordProperty
) -> None:
    site = crew.site
    crew.hire(2)
    before = site.parts.ledger.current()
    assert before is not None
    job_id = site.add("withdraw", document="werkplaats-3")
    job = site.wait(job_id, lambda job: job.state == "running" and job.step != "")
    os.kill(pid_of(job), signal.SIGKILL)
    since = time.monotonic()
    site.wait(job_id, lambda job: job.attempts == 2 or not job.open)
    recovery = time.monotonic() - since
    assert site.parts.library.open_edition().number in site.published()
    job = site.wait(job_id, lambda job: not job.open)
    assert job.state == "done", job.message
    assert "werkplaats-3: weg" in job.result["lines"]
    current = site.parts.ledger.current()
    assert current is not None
    # Once, whatever its number: that of an edition which was half built is not used again.
    assert site.published() == [current, before]
    assert "werkplaats-3" not in site.parts.ledger.members(current)
    assert [act.action for act in site.parts.ledger.history()].count("withdraw") == 1
    parts = site.parts
    assert find_faults(parts.registry, parts.ledger, parts.editions, parts.data_dir) == []
    record_property("fault", f"kill -9 van de werker tijdens publiceren {NOTE}")
    record_property("recovery_s", recovery)


def test_a_worker_that_is_stopped_gives_back_what_it_does(
    crew: Crew, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = crew.site
    crew.hire(1)
    worker, *others = crew.alive.values()
    for other in others:  # so that nobody takes it over
        other.kill()
    with site.being_read(LATER) as (job_id, _):
        worker.terminate()
        time.sleep(0.1)
        worker.terminate()  # the second time it does not wait for the end
        time.sleep(0.1)
    out, _ = worker.communicate(timeout=PATIENCE_S)
    assert (worker.returncode, out) == (0, "")
    job = site.job(job_id)
    assert (job.state, job.attempts, job.holder) == ("waiting", 0, None)
    monkeypatch.setenv("ROUTEWIJZER_DATA_DIR", str(site.parts.settings.data_dir))
    ran = in_process(monkeypatch, capsys)("work", "--once")
    assert (ran.code, ran.out) == (0, "Routewijzer werkt\n")
    site.is_read(job_id, LATER)


@dataclass(frozen=True)
class Server:
    """A server that runs, and the processes that it keeps."""

    address: str
    pid: int

    def edition(self) -> int:
        """The edition that it answers from."""
        answer = ask(self.address, QUESTION)
        assert answer["status"] == "answered"
        edition: int = answer["edition"]
        return edition

    @property
    def workers(self) -> set[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text("utf-8").split()
        return {int(child) for child in children if "spawn_main" in _command_of(child)}


def _command_of(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _wait_for(address: str, until: float) -> None:
    while True:
        try:
            fetch(address + "/healthz")
        except URLError:
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.1)
        else:
            return


@contextmanager
def server(site: Site, *options: str, **settings: str) -> Iterator[Server]:
    port = free_port()
    running = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port), *options],
        env=environment(site.parts.settings.data_dir, ROUTEWIJZER_LOG_LEVEL="error", **settings),
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, until=time.monotonic() + PATIENCE_S)
        yield Server(address, running.pid)
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=PATIENCE_S) == 0
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()


@pytest.fixture(scope="module")
def servers(
    tiny_published: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, Server, Server]]:
    """A server with two web workers that do the work of staff, too, and another server on the same
    data folder."""
    folder = tmp_path_factory.mktemp("servers")
    site = Site(Path(shutil.copytree(tiny_published, folder / "gegevens")), folder)
    with (
        server(site, "--workers", "2", ROUTEWIJZER_JOB_LEASE_S=str(LEASE_S)) as two,
        server(site, ROUTEWIJZER_JOBS="apart") as other,
    ):
        yield site, two, other
    site.parts.registry.engine.dispose()


def test_every_process_answers_from_a_new_edition_at_once(
    servers: tuple[Site, Server, Server],
) -> None:
    """No answer to a question that is asked after a publication comes from before it."""
    site, two, other = servers
    before = {two.edition(), other.edition()}
    for document in ("werkplaats-4", "werkplaats-5"):
        edition = site.parts.editions.withdraw([document], "tester").edition
        assert edition not in before
        assert other.edition() == edition
        for asleep in sorted(two.workers):
            os.kill(asleep, signal.SIGSTOP)  # so that it is the other that answers
            try:
                assert two.edition() == edition
            finally:
                os.kill(asleep, signal.SIGCONT)


@pytest.mark.fault
def test_a_web_worker_that_is_killed_while_it_reads(
    servers: tuple[Site, Server, Server], record_property: pytest.RecordProperty
) -> None:
    """The other goes on with that and with answering, and a new one is started."""
    site, two, _ = servers
    with site.being_read(NEW) as (job_id, killed):
        before = two.workers
        assert killed in before
        assert len(before) == 2
        os.kill(killed, signal.SIGKILL)
    since = time.monotonic()
    two.edition()  # nothing that is asked from now on fails
    site.wait(job_id, lambda job: job.attempts == 2)
    recovery = time.monotonic() - since
    while len(two.workers - {killed}) < 2:
        two.edition()
        assert time.monotonic() - since < PATIENCE_S
    site.is_read(job_id, NEW)
    record_property("fault", f"kill -9 van een webwerker tijdens inlezen {NOTE}")
    record_property("recovery_s", recovery)


@pytest.mark.fault
def test_two_processes_that_publish_at_once(
    site: Site, record_property: pytest.RecordProperty
) -> None:
    before = site.parts.ledger.current()
    new = topics(site.folder / "nieuw", range(300, 302))
    sources = collect_sources([new], PartialMetadata(), site.parts.settings)
    site.parts.pipeline.ingest(sources, no_progress)
    both = [
        subprocess.Popen(
            [*COMMAND, "corpus", "publish"],
            env=environment(site.parts.settings.data_dir),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=PATIENCE_S)[0] for process in both]
    assert sorted(process.returncode for process in both) == [0, 0], said
    assert before is not None
    current = site.parts.ledger.current()
    assert current == before + 1
    assert {"werkplaats-300", "werkplaats-301"} <= site.parts.ledger.members(current).keys()
    assert [act.action for act in site.parts.ledger.history()].count("publish") == 2
    assert len(set(said)) == 2  # the second is told that there was nothing left to do
    record_property("fault", "twee processen publiceren tegelijk")
    record_property("recovery_s", 0.0)
