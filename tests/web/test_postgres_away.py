"""kill -9 of PostgreSQL while people ask: they are told plainly, and get answers again from the
same process once it is back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cli.parts import Parts
from cli.serve import application
from corpus.postgres import AWAY
from corpus.progress import no_progress
from corpus.settings import Settings
from tests.fakes import HashEmbedder
from tests.postgres import Server, running
from tests.web.whole import ingest

pytestmark = [pytest.mark.server, pytest.mark.embedded, pytest.mark.fault]

TEXT = """# Leenfietsen

## Hoeveel kost een leenfiets?

Een leenfiets kost het bedrijf 450 euro. De verzekering kost 30 euro per jaar.
"""
QUESTION = "Hoeveel kost de verzekering van een leenfiets?"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server of its own, to kill."""
    with running() as opened:
        yield opened


@pytest.fixture
def site(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A site of one document, with everything in PostgreSQL."""
    name = server.lend()
    monkeypatch.setattr("corpus.embedder.open_embedder", lambda _settings: HashEmbedder())
    monkeypatch.setenv("ROUTEWIJZER_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("ROUTEWIJZER_MODEL_DIR", str(tmp_path / "geen-model"))
    monkeypatch.setenv("ROUTEWIJZER_DATABASE_URL", server.url(name).get_secret_value())
    documents = tmp_path / "documenten"
    documents.mkdir()
    (documents / "fiets.md").write_text(TEXT, encoding="utf-8")
    engines = []
    monkeypatch.setattr("web.watch.ready._FRESH_S", 0.0)
    monkeypatch.setattr("cli.serve._warm_more", lambda _parts: None)  # goes on by itself
    opened = Parts.registry.func  # type: ignore[attr-defined]

    def registry(parts: Parts) -> object:
        made = opened(parts)
        engines.append(made.engine)
        return made

    monkeypatch.setattr(Parts.registry, "func", registry)
    parts = Parts(Settings())
    ingest(parts, documents)
    parts.editions.publish("tester", no_progress)
    yield TestClient(application())
    for engine in engines:
        engine.dispose()


def test_postgresql_is_killed_while_people_ask(
    site: TestClient, server: Server, record_property: Callable[[str, object], None]
) -> None:
    assert site.post("/api/chat", json={"question": QUESTION}).is_success
    assert site.get("/readyz").is_success
    server.kill()
    asked = time.monotonic()
    answer = site.post("/api/chat", json={"question": "Hoeveel kost een leenfiets?"})
    assert (answer.status_code, answer.json()["error"]) == (503, AWAY)
    page = site.get("/", params={"vraag": "Wat kost een leenfiets per jaar?"})
    assert page.status_code == 503
    assert AWAY in page.text
    ready = site.get("/readyz")
    assert (ready.status_code, ready.json()["checks"]["database"]) == (503, AWAY)
    machine = site.get("/api/corpus/documents", headers={"Authorization": "Bearer rw_een_token"})
    assert (machine.status_code, machine.json()["error"]) == (503, AWAY)
    assert site.get("/healthz").is_success
    assert time.monotonic() - asked < 30  # who waits for a connection that never comes waits longer

    began = time.monotonic()
    server.start()
    again = site.post("/api/chat", json={"question": "Hoeveel kost een leenfiets?"})
    record_property("fault", "kill -9 van PostgreSQL tijdens een gesprek")
    record_property("recovery_s", time.monotonic() - began)
    assert again.status_code == 200, again.text
    assert "450 euro" in again.json()["text"]
    assert site.get("/readyz").is_success


def test_who_asks_at_the_very_moment_gets_an_answer_or_is_told(
    site: TestClient, server: Server
) -> None:
    statuses: list[tuple[int, str]] = []
    stop = threading.Event()

    def ask(reader: int) -> None:
        for number in range(1000):
            if stop.is_set():
                return
            asked = f"Wat kost leenfiets {reader} {number} per jaar?"
            got = site.post("/api/chat", json={"question": asked})
            statuses.append((got.status_code, got.json().get("error", "")))

    readers = [threading.Thread(target=ask, args=(number,)) for number in range(3)]
    for reader in readers:
        reader.start()
    time.sleep(0.2)
    server.kill()
    deadline = time.monotonic() + 60
    while all(status == 200 for status, _ in statuses) and time.monotonic() < deadline:
        time.sleep(0.05)
    server.start()
    site.post("/api/chat", json={"question": QUESTION})
    stop.set()
    for reader in readers:
        reader.join(30)
    assert {200, 503} == {status for status, _ in statuses}
    assert {said for _, said in statuses} == {"", AWAY}
