"""A whole small site with staff signed in: real SQL and index, a fake embedder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from cli.parts import Parts
from corpus.dutch import DutchAnalyser
from corpus.progress import no_progress
from corpus.settings import Settings
from corpus.staff import Role
from ingest.source import PartialMetadata, Source
from tests.fakes import HashEmbedder
from tests.web.waiting import wait_for_job
from web.app import create_app

SCRIPT = "<script>alert('kwaad')</script>"
BIKES = """# Leenfietsen

## Hoeveel kost een leenfiets?

Een leenfiets kost het bedrijf 450 euro per jaar. De verzekering zit erbij in.

## Wie regelt de stalling?

De conciërge regelt de stalling voor alle fietsen. Bel hem voor een sleutel.
"""


@dataclass
class Desk:
    """The application, its parts, and browsers that are signed in."""

    parts: Parts
    client: TestClient
    token: str
    """What every form carries."""

    def post(self, address: str, **fields: object) -> Response:
        return self.client.post(
            address, data={"formulier": self.token, **fields}, follow_redirects=False
        )

    def page(self, address: str) -> str:
        response = self.client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response.text

    def work(self, address: str, **fields: object) -> str:
        """Start a job and wait for its end; the part of the page that tells it."""
        started = self.post(address, **fields)
        assert started.status_code == 303, started.text
        wait_for_job(self.parts, started.headers["location"])
        told = self.page(started.headers["location"] + "/stand")
        assert 'data-open="nee"' in told
        return told

    def acts(self) -> list[str]:
        return [entry.action for entry in self.parts.ledger.history()]


def sign_in(parts: Parts, client: TestClient, name: str, role: Role = "editor") -> str:
    """Open a session of a new account for ``client``; the token of its forms."""
    token = parts.sessions.open(name)
    client.cookies.set("__Host-routewijzer", token)
    session = parts.sessions.find(token)
    assert session is not None
    return session.form_token


def words_of(page: str) -> str:
    """A page without its tags and with single spaces."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


@pytest.fixture(scope="package")
def made(tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser) -> Iterator[Desk]:
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("beheer"),
        model_dir=tmp_path_factory.mktemp("geen-model"),
        questions_days=90,
        gap_likeness=0.7,
    )
    parts = Parts(settings)
    parts.__dict__["analyser"] = analyser
    parts.__dict__["embedder"] = HashEmbedder()
    source = Source(
        name="fietsen.md",
        data=BIKES.encode(),
        metadata=PartialMetadata(title="Leenfietsen", published="2022-07-21"),
    )
    parts.pipeline.ingest([source], no_progress)
    parts.editions.publish("tester", no_progress)
    parts.accounts.add("anja", "vier losse woorden samen", "editor")
    app = create_app(parts.assistant, parts.library, settings, parts.questions, desk=parts)
    client = TestClient(app, base_url="https://testserver")
    yield Desk(parts, client, sign_in(parts, client, "anja"))
    parts.registry.engine.dispose()


@pytest.fixture
def desk(made: Desk) -> Iterator[Desk]:
    """The desk with an empty board and no files of staff."""
    yield made
    with made.parts.registry.engine.begin() as connection:
        for table in ("gap_case", "kept_question", "gap_group", "daily_count"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    for path in (made.parts.settings.data_dir / "eval").glob("own.yaml"):
        path.unlink()


@pytest.fixture
def data_dir(desk: Desk) -> Path:
    return desk.parts.settings.data_dir
