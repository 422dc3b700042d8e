"""The site while the Chroma server with its vectors is killed, and once it is back."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cli.parts import Parts
from cli.serve import application
from corpus.progress import no_progress
from corpus.settings import Settings
from tests.chroma_server import ChromaServer
from tests.fakes import HashEmbedder
from tests.web.whole import ingest

pytestmark = [
    pytest.mark.server,
    pytest.mark.fault,
    pytest.mark.allow_hosts(["127.0.0.1"]),
]
TEXT = """# Leenfietsen

## Hoeveel kost een leenfiets?

Een leenfiets kost het bedrijf 450 euro. De verzekering kost 30 euro per jaar.

## Waar staan de fietsen?

De fietsen staan in de stalling achter het station. De sleutel ligt bij de balie.
"""
MODEL = "corpus.embedder.open_embedder"


@pytest.fixture
def site(
    tmp_path: Path, chroma_server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> TestClient:
    """A site of one document, whose vectors are on the server."""
    chroma_server.empty()
    monkeypatch.setattr(MODEL, lambda _settings: HashEmbedder())
    monkeypatch.setenv("ROUTEWIJZER_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("ROUTEWIJZER_MODEL_DIR", str(tmp_path / "geen-model"))
    monkeypatch.setenv("ROUTEWIJZER_CHROMA_URL", chroma_server.url)
    documents = tmp_path / "documenten"
    documents.mkdir()
    (documents / "fiets.md").write_text(TEXT, encoding="utf-8")
    parts = Parts(Settings())
    ingest(parts, documents)
    parts.editions.publish("tester", no_progress)
    parts.registry.engine.dispose()
    monkeypatch.setattr("web.watch.ready._FRESH_S", 0.0)
    monkeypatch.setattr("cli.serve._warm_more", lambda _parts: None)  # goes on by itself
    return TestClient(application())


def test_the_site_starts_while_the_chroma_server_is_away(
    site: TestClient, chroma_server: ChromaServer
) -> None:
    del site
    chroma_server.kill()
    with TestClient(application()) as late:
        assert late.get("/healthz").status_code == 200
        assert "Chroma-server" in late.get("/readyz").json()["checks"]["vectors"]
        chroma_server.start()
        asked = late.post("/api/chat", json={"question": "Hoeveel kost een leenfiets?"})
        assert asked.status_code == 200
        assert late.get("/readyz").json()["checks"]["vectors"] == "ok"


def test_the_chroma_server_is_killed_while_people_ask(
    site: TestClient,
    chroma_server: ChromaServer,
    record_property: Callable[[str, object], None],
) -> None:
    assert site.post("/api/chat", json={"question": "Hoeveel kost een leenfiets?"}).is_success
    assert site.get("/readyz").json()["checks"]["vectors"] == "ok"
    chroma_server.kill()
    asked = time.monotonic()
    answer = site.post(
        "/api/chat", json={"question": "Hoeveel kost de verzekering van een leenfiets?"}
    )
    assert answer.status_code == 503
    assert "Probeer het over een minuut" in answer.json()["error"]
    assert chroma_server.url not in answer.text
    page = site.get("/", params={"vraag": "Wat kost een leenfiets per jaar?"})
    assert page.status_code == 503
    assert "Probeer het over een minuut" in page.text
    assert time.monotonic() - asked < 10
    ready = site.get("/readyz")
    assert ready.status_code == 503
    assert "Chroma-server" in ready.json()["checks"]["vectors"]

    began = time.monotonic()
    chroma_server.start()
    again = site.post(
        "/api/chat", json={"question": "Hoeveel kost de verzekering van een leenfiets?"}
    )
    record_property("fault", "kill -9 van de Chroma-server tijdens een gesprek")
    record_property("recovery_s", time.monotonic() - began)
    assert again.status_code == 200
    assert "30 euro" in again.json()["text"]
    assert site.get("/readyz").json()["checks"]["vectors"] == "ok"
