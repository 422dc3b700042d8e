"""A small site of this test's own with staff signed in, for tests that put documents in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from httpx import Response

from cli.parts import Parts
from corpus.dutch import DutchAnalyser
from corpus.progress import no_progress
from corpus.settings import Settings
from corpus.staff import Accounts, Role
from ingest.arrive.fetch import Fetcher
from ingest.source import PartialMetadata, Source
from tests.fakes import HashEmbedder
from tests.web.staff.conftest import BIKES
from tests.web.waiting import wait_for_job
from tests.website import addresses
from web.app import create_app

DOCUMENTS, ADD = "/beheer/documenten", "/beheer/toevoegen"
SOUP = "# Soep van de dag\n\n## Wie kookt er?\n\nAnna kookt elke dag soep voor de kantine.\n"
PASSWORD = "vier losse woorden samen"
File = tuple[str, bytes]


@dataclass
class Shop:
    """The application and its parts, with a browser that is signed in."""

    parts: Parts
    client: TestClient
    token: str

    def get(self, address: str) -> Response:
        return self.client.get(address, follow_redirects=False)

    def page(self, address: str) -> str:
        response = self.client.get(address)
        assert response.status_code == 200, (address, response.status_code, response.text)
        return response.text

    def post(self, address: str, *files: File, **fields: Any) -> Response:
        sent = [("bestanden", file) for file in files]
        data = {"formulier": self.token, **fields}
        return self.client.post(address, data=data, files=sent or None, follow_redirects=False)

    def done(self, started: Response) -> str:
        """Wait for the job that was started; the part of its page that tells how it ended."""
        assert started.status_code == 303, started.text
        return self.ended(started.headers["location"])

    def ended(self, address: str) -> str:
        wait_for_job(self.parts, address)
        told = self.client.get(address + "/stand").text
        assert 'data-open="nee"' in told
        return told

    def add(self, *files: File, **fields: Any) -> str:
        return self.done(self.post(ADD, *files, **fields))

    def clear(self) -> None:
        """Throw away what a test put in and did not publish."""
        for document_id in self.parts.registry.drafts():
            self.parts.revisions.discard(document_id, "test")
        with self.parts.registry.engine.begin() as connection:
            for table in ("job", "origin", "audit", "cited_count"):
                connection.exec_driver_sql(f"DELETE FROM {table}")


def sign_in(parts: Parts, client: TestClient, name: str, role: Role) -> str:
    """Make an account, open a session for ``client``; the token of its forms."""
    parts.accounts.add(name, PASSWORD, role)
    token = parts.sessions.open(name)
    client.cookies.set("__Host-routewijzer", token)
    session = parts.sessions.find(token)
    assert session is not None
    return session.form_token


@contextmanager
def open_shop(folder: Path, analyser: DutchAnalyser, **settings: Any) -> Iterator[Shop]:
    """The site with two documents published: ``leenfietsen`` and ``soep-van-de-dag``."""
    parts = Parts(
        Settings(data_dir=folder / "gegevens", model_dir=folder / "geen-model", **settings)
    )
    parts.__dict__["analyser"] = analyser
    parts.__dict__["embedder"] = HashEmbedder()
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    parts.__dict__["accounts"] = Accounts(parts.registry.engine, cheap)
    about = PartialMetadata(title="Leenfietsen", kind="handreiking", published="2022-07-21")
    sources = [
        Source("fietsen.md", BIKES.encode(), about),
        Source("soep.md", SOUP.encode(), PartialMetadata()),
    ]
    parts.pipeline.ingest(sources, no_progress)
    parts.editions.publish("tester", no_progress)
    app = create_app(parts.assistant, parts.library, parts.settings, parts.questions, desk=parts)
    client = TestClient(app, base_url="https://testserver")
    yield Shop(parts, client, sign_in(parts, client, "bea", "editor"))
    parts.registry.engine.dispose()


def open_to_website(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server fetch from the website of these tests, without waiting between two pages."""

    def fetcher(_addresses: object, **options: Any) -> Fetcher:
        return Fetcher(addresses(), pause=0, **options)

    monkeypatch.setattr("ingest.arrive.fetch.Fetcher", fetcher)


def web_page(title: str, price: int = 450) -> bytes:
    """A page about bicycles."""
    return f"""<!DOCTYPE html><html lang="nl"><head><title>{title}</title></head><body><main>
    <h1>{title}</h1><h2>Wat kost het?</h2>
    <p>Een leenfiets kost het bedrijf {price} euro per jaar. De verzekering zit daarbij in.</p>
    <p>De student haalt de fiets op bij de stalling en brengt hem na een jaar weer terug.</p>
    </main></body></html>""".encode()
