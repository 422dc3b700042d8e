"""Staff at work on editions: real SQL, index and gate, with an assistant that looks words up."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from cli.parts import Parts
from corpus.dutch import DutchAnalyser
from corpus.embedding import embed_versions
from corpus.jobs import Job
from corpus.progress import no_progress
from corpus.settings import Settings
from corpus.staff import Accounts
from corpus.types import (
    Answer,
    Audience,
    Citation,
    Hit,
    Outcome,
    Query,
    Statement,
    Version,
)
from tests.builders import make_version
from tests.fakes import HashEmbedder
from web.problems import Problems
from web.rendering import build_templates
from web.staff.edition_pages import build_editions
from web.staff.jobs import JobRunner, build_jobs
from web.staff.rendering import add_staff_words
from web.staff.session import StaffGate
from web.staff.worker import open_worker

SET = """
set: {name: fietsen, language: nl, description: proef, documents: [fietsen, kantine]}
questions:
  - id: a
    question: "Wat kost de verzekering?"
    audience: bedrijf
    language: nl
    kind: [number]
    part: tune
    answerable: true
    gold: [{document: fietsen, quote: "kost 30 euro per jaar"}]
    facts: [{any: ["30 euro"], weight: vital}]
    unanswerable: null
  - id: b
    question: "Wie kookt de soep?"
    language: nl
    kind: [who]
    part: tune
    answerable: true
    gold: [{document: kantine, quote: "Anna kookt de soep"}]
    facts: [{any: ["Anna"], weight: vital}]
    unanswerable: null
"""
INSURANCE = "De verzekering kost 30 euro per jaar."
BIKES = make_version("fietsen", ["Een leenfiets is van het bedrijf.", INSURANCE])
BETTER = make_version("fietsen", ["Een leenfiets is van ons bedrijf.", INSURANCE])
WORSE = make_version(
    "fietsen", ["Een leenfiets is van het bedrijf.", "De verzekering kost 90 euro per jaar."]
)
CANTEEN = make_version("kantine", ["Anna kookt de soep."])
GARDEN = make_version("tuin", ["In de tuin staan bomen."], title="De <b>tuin</b>")


class WordFinder:
    """Answers with the sentences of an edition that hold the last word of the question."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def answer(
        self,
        question: str,
        *,
        audience: Audience | None = None,
        history: Sequence[str] = (),
        edition: int | None = None,
    ) -> Outcome:
        number = edition if edition is not None else self._parts.ledger.current()
        assert number is not None
        word = re.findall(r"\w+", question)[-1]
        members = self._parts.ledger.members(number).values()
        found = [
            (v, p, s)
            for v in map(self._parts.registry.version, sorted(members))
            for p in v.passages
            for s in p.sentences
            if word in s.text
        ]
        citations = tuple(
            Citation(
                number=n,
                document_id=v.document_id,
                version_id=v.id,
                title=v.metadata.title,
                section="Deel",
                page=None,
                start=s.start,
                end=s.end,
                quote=s.text,
                url=None,
                published=None,
            )
            for n, (v, _, s) in enumerate(found, start=1)
        )
        answer = Answer(
            status="answered" if found else "not_found",
            question=question,
            language="nl",
            engine="extractive",
            edition=number,
            text="\n".join(c.quote for c in citations) or "Daar staat niets over.",
            statements=tuple(
                Statement(text=c.quote, citations=(c.number,), kind="sentence") for c in citations
            ),
            citations=citations,
            uncovered=(),
            suggestions=(),
            trace_id="0",
        )
        hits = tuple(Hit(p, v.document_id, v.metadata, 1.0, {"dense": 1.0}) for v, p, _ in found)
        return Outcome(answer, Query(question, question, "nl", audience, "open"), hits, "omdat", 1)


class OfficeParts(Parts):
    """The application's parts with a fake model and assistant."""

    def __init__(self, settings: Settings, analyser: DutchAnalyser) -> None:
        super().__init__(settings)
        self.__dict__["analyser"] = analyser
        self.__dict__["embedder"] = HashEmbedder()
        self.__dict__["assistant"] = WordFinder(self)

    def elsewhere(self, data_dir: Path) -> Parts:
        return OfficeParts(self.settings.model_copy(update={"data_dir": data_dir}), self.analyser)


class InlineRunner(JobRunner):
    """Does a job at once: when the form is answered, the work is done. Put ``held`` on to let
    work wait, as behind other work, until ``go_on``."""

    def __init__(self, parts: OfficeParts) -> None:
        super().__init__(parts.jobs)
        self.held = False
        self.worker = open_worker(parts)

    def start(self, kind: str, title: str, who: str, params: Mapping[str, Any]) -> str:
        job_id = super().start(kind, title, who, params)
        if not self.held:
            self.go_on()
        return job_id

    def go_on(self) -> None:
        while self.worker.step():
            pass


@dataclass
class Browser:
    """A browser of somebody who is signed in."""

    client: TestClient
    token: str

    def get(self, address: str) -> Response:
        return self.client.get(address, follow_redirects=False)

    def words(self, address: str) -> str:
        """The text of a page, without tags."""
        response = self.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return words(response.text)

    def post(self, address: str, **fields: object) -> Response:
        return self.client.post(
            address, data={"formulier": self.token, **fields}, follow_redirects=False
        )


@dataclass
class Office:
    """A publisher and an editor, and what they work on."""

    parts: OfficeParts
    runner: InlineRunner
    publisher: Browser
    editor: Browser

    def put(self, *versions: Version) -> None:
        """Make each the draft of its document."""
        embed_versions(versions, self.parts.registry, self.parts.embedder, no_progress)
        for version in versions:
            self.parts.registry.store_draft(version)

    def publish(self, *versions: Version) -> int:
        """What readers see, published long before."""
        self.put(*versions)
        return self.parts.editions.publish("vroeger").edition

    def measure(self) -> int:
        """Stage and measure what waits; the number of the edition."""
        assert self.editor.post("/beheer/publiceren/meten").status_code == 303
        job = self.last_job()
        assert job.state == "done", job.message
        staged = self.parts.editions.staged()
        assert staged is not None
        return staged

    def last_job(self) -> Job:
        return self.parts.jobs.recent(1)[0]

    def current(self) -> int | None:
        return self.parts.ledger.current()


def open_office(data_dir: Path, analyser: DutchAnalyser) -> Office:
    """The pages about editions, on an empty corpus with a question set of staff."""
    settings = Settings(data_dir=data_dir, model_dir=data_dir / "geen-model", lock_timeout_s=0.2)
    parts = OfficeParts(settings, analyser)
    (parts.data_dir / "sets").mkdir(exist_ok=True)
    (parts.data_dir / "sets" / "fietsen.yaml").write_text(SET, encoding="utf-8")
    runner = InlineRunner(parts)
    templates = build_templates()
    templates.env.globals["has_check"] = False
    add_staff_words(templates.env)
    app = FastAPI()
    Problems(templates).install(app)
    app.include_router(build_jobs(parts, templates))
    app.include_router(build_editions(parts, runner, templates))
    app.add_middleware(StaffGate, sessions=parts.sessions)
    if not parts.accounts.all():
        # As weak as a hash may be: nobody signs in with it.
        accounts = Accounts(
            parts.registry.engine, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        )
        accounts.add("paula", "vier losse woorden samen", "publisher")
        accounts.add("erik", "vier losse woorden samen", "editor")
    return Office(parts, runner, _browser(parts, app, "paula"), _browser(parts, app, "erik"))


@contextmanager
def office_like(folder: Path, data_dir: Path, analyser: DutchAnalyser) -> Iterator[Office]:
    """An office on a copy of a folder that `publish_before` made: half as slow as anew."""
    shutil.copytree(folder, data_dir)
    office = open_office(data_dir, analyser)
    yield office
    office.parts.registry.engine.dispose()


def publish_before(folder: Path, analyser: DutchAnalyser, *editions: Sequence[Version]) -> Path:
    """A data folder with these editions, the later ones on top of the earlier."""
    office = open_office(folder, analyser)
    for versions in editions:
        office.publish(*versions)
    office.parts.registry.engine.dispose()
    return folder


def words(page: str) -> str:
    """A page without its tags and with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def _browser(parts: Parts, app: FastAPI, name: str) -> Browser:
    token = parts.sessions.open(name)
    session = parts.sessions.find(token)
    assert session is not None
    client = TestClient(app, base_url="https://testserver")
    client.cookies.set("__Host-routewijzer", token)
    return Browser(client, session.form_token)
