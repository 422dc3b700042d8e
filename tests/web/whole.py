"""The whole site as the application puts it together, on documents that mean harm.

Markup that would do something if it were taken for markup stands in titles, headings, texts, list
items, tables, a publisher and a file name. Whatever page shows it must show it as text.
"""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from cli.parts import Parts
from cli.serve import application
from corpus.job_queue import JobQueue
from corpus.progress import no_progress
from corpus.settings import Settings
from ingest.arrive.files import collect_sources
from ingest.source import PartialMetadata
from tests.fakes import HashEmbedder
from tests.made_once import made_once
from tests.pdfs import lines, pdf

SCRIPT = "<script>alert('kwaad')</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
SOUND = '"><audio src=x onerror=alert(2)>'
QUESTION = f"Hoeveel euro kost een leenfiets? {SOUND}"
"""It is answered; with a script or a picture in it, it would be refused at once."""
PATIENCE_S = 60
NAME, PASSWORD = "beheerder", "vier losse woorden samen"
CHEAP = partial(PasswordHasher, time_cost=1, memory_cost=8192, parallelism=1)
"""Dozens of passwords are guessed by those who attack it."""

_AS_TEXT = {ord("<"): "&lt;", ord(">"): "&gt;"}
_BIKES = f"""---
title: {json.dumps(f"Leenfietsen {SCRIPT}")}
kind: handreiking
audience: [bedrijf]
downloadable: true
publisher: {json.dumps(f"School {IMAGE}")}
published: "2022-07-21"
---
# Leenfietsen

## Hoeveel kost een leenfiets? {SCRIPT.translate(_AS_TEXT)}

Een leenfiets kost het bedrijf 450 euro {SCRIPT.translate(_AS_TEXT)}.

- De verzekering van een leenfiets kost 30 euro {IMAGE.translate(_AS_TEXT)}.
- Een leenfiets heeft een slot van 20 euro.

| Fiets {SCRIPT.translate(_AS_TEXT)} | Prijs |
|---|---|
| Leenfiets {IMAGE.translate(_AS_TEXT)} | 450 euro |

## Aan welke criteria moet een bedrijf voldoen?

Een bedrijf met een leenfiets voldoet aan deze criteria:

- het bedrijf heeft een stalling {SCRIPT.translate(_AS_TEXT)};
- het bedrijf betaalt de verzekering {IMAGE.translate(_AS_TEXT)}.
"""
_CANTEEN = f"""Eten in de kantine

In de kantine kookt Anna elke dag soep. Op vrijdag bakt Joost brood {SCRIPT}.
De kantine is open van maandag tot en met vrijdag {IMAGE}.
"""


@dataclass(frozen=True)
class Whole:
    """The application with its parts; the data folder is this test's own."""

    app: FastAPI
    parts: Parts
    job: str
    """Id of work that was done, of which the name and the outcome hold markup."""
    acts: int = 0
    """What stood in the audit log at the beginning."""

    def reader(self) -> TestClient:
        """A browser of a reader."""
        return TestClient(self.app)

    def staff(self) -> TestClient:
        """A browser that is signed in and may publish."""
        client = TestClient(self.app)
        client.cookies.set("routewijzer", self.parts.sessions.open(NAME))
        return client

    def sends(self, path: str, **fields: str) -> None:
        """A form of staff, and the work that it starts, to its end."""
        token = self.parts.sessions.open(NAME)
        session = self.parts.sessions.find(token)
        assert session is not None
        client = TestClient(self.app, cookies={"routewijzer": token})
        form = {"formulier": session.form_token, **fields}
        sent = client.post(path, data=form, follow_redirects=False)
        assert sent.status_code == 303, sent.text
        pause = threading.Event()
        until = time.monotonic() + PATIENCE_S
        while any(job.open for job in self.parts.jobs.recent()):
            assert time.monotonic() < until, f"{path} takes too long"
            pause.wait(0.02)
        assert self.parts.jobs.recent()[0].state == "done", self.parts.jobs.recent()[0]


def write_hostile(folder: Path) -> None:
    """Documents with markup wherever an author can put it, one file of each kind."""
    folder.mkdir()
    (folder / f"fiets {IMAGE.replace('/', '')}.md").write_text(_BIKES, encoding="utf-8")
    (folder / "kantine.txt").write_text(_CANTEEN, encoding="utf-8")
    pages = [
        lines(f"Parkeren {SCRIPT}", "", f"Een parkeerplaats kost 75 euro per maand {SCRIPT}."),
        lines(f"De slagboom gaat om zes uur open {IMAGE}.", "Daarna is parkeren gratis."),
    ]
    (folder / "parkeren.pdf").write_bytes(pdf(*pages))


@contextmanager
def whole_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """The site with those documents published, and an account to sign in with; a copy of its
    own."""
    folder = tmp_path_factory.mktemp("heel")
    made = made_once("heel", _make, tmp_path_factory)
    shutil.copytree(made / "gegevens", folder / "gegevens")
    job = (made / "werk").read_text(encoding="utf-8")
    with _opened(folder) as parts:
        whole = Whole(application(), parts, job)
        yield replace(whole, acts=len(parts.ledger.history(1000)))


def _make(folder: Path) -> None:
    """The site after a day: questions without an answer are sorted, and what waits is measured."""
    write_hostile(folder / "documenten")
    with _opened(folder) as parts, pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.staff.PasswordHasher", CHEAP)
        ingest(parts, folder / "documenten")
        parts.editions.publish("tester", no_progress)
        _change_canteen(parts, folder / "tweede", "Ook op zaterdag.")
        parts.editions.publish("tester", no_progress)
        _change_canteen(parts, folder / "wacht", "Nooit op zondag.")
        parts.accounts.add(NAME, PASSWORD, "publisher")
        whole = Whole(application(), parts, _work(parts))
        (folder / "werk").write_text(whole.job, encoding="utf-8")
        whole.reader().get("/", params={"vraag": f"Wat eet een zebra? {SCRIPT}"})
        for form in ("/beheer/open-vragen/indelen", "/beheer/publiceren/meten"):
            whole.sends(form)


@contextmanager
def _opened(folder: Path) -> Iterator[Parts]:
    """The parts on the data folder in ``folder``; an application that is made meanwhile has the
    same."""
    settings = Settings(data_dir=folder / "gegevens", model_dir=folder / "geen-model")
    parts = Parts(settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.embedder.open_embedder", lambda _settings: HashEmbedder())
        # Questions to go on with are found out about when a page shows them, not beforehand.
        patch.setattr("assistant.suggest.Suggester.warm", lambda _self: None)
        patch.setenv("ROUTEWIJZER_DATA_DIR", str(settings.data_dir))
        patch.setenv("ROUTEWIJZER_MODEL_DIR", str(settings.model_dir))
        yield parts
    parts.registry.engine.dispose()


def _change_canteen(parts: Parts, folder: Path, more: str) -> None:
    folder.mkdir()
    (folder / "kantine.txt").write_text(f"{_CANTEEN}\n{more} {SCRIPT}\n", encoding="utf-8")
    ingest(parts, folder)


def ingest(parts: Parts, folder: Path) -> None:
    """Read every file in a folder, as drafts."""
    sources = collect_sources([folder], PartialMetadata(), parts.settings)
    parts.pipeline.ingest(sources, no_progress)


def _work(parts: Parts) -> str:
    job_id = parts.jobs.add("inlezen", f"Inlezen van {SCRIPT}", NAME)
    queue = JobQueue(parts.registry.engine)
    job = queue.claim()
    assert job is not None
    queue.finish(job, {"lines": [f"Gelezen: {IMAGE}"], "next": "/beheer", "label": SCRIPT})
    return job_id
