"""The whole of it with an embedding service elsewhere, which comes and goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cli.health import checks
from cli.parts import open_parts
from corpus.embedder import OnnxEmbedder
from corpus.model_setup import model_folder
from corpus.settings import Settings
from tests.cli.conftest import BIKES, Cli, in_process, refused
from tests.embedding_server import EmbeddingService, embedding_service
from tests.fakes import HashEmbedder
from web.app import create_app
from web.watch.watching import Watching

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

QUESTION = "Wat is een leenfiets?"
WAIT_S = 0.3


@pytest.fixture(scope="module")
def local_model(real_model: None) -> OnnxEmbedder:
    return OnnxEmbedder(model_folder(Settings()))


@pytest.fixture
def service() -> Iterator[EmbeddingService]:
    with embedding_service(HashEmbedder().embed_queries) as running:
        yield running


@pytest.fixture
def remote(
    service: EmbeddingService,
    data_dir: Path,
    tmp_path: Path,
    files: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Cli:
    """The command line with two documents published by way of the service; no model is here."""
    monkeypatch.setenv("ROUTEWIJZER_MODEL_DIR", str(tmp_path / "geen-model"))
    for name, value in service.tei().items():
        monkeypatch.setenv(f"ROUTEWIJZER_{name.upper()}", value)
    monkeypatch.setenv("ROUTEWIJZER_EMBEDDING_TIMEOUT_S", str(WAIT_S))
    cli = in_process(monkeypatch, capsys)
    assert cli("ingest", files, "--publish").code == 0
    return cli


def test_documents_in_and_answers_out(remote: Cli, service: EmbeddingService) -> None:
    assert remote("ask", QUESTION, "--json").json["edition"] == 1
    assert remote("corpus", "verify").out == "Alles klopt.\n"
    sent = [text for texts in service.asked for text in texts]
    assert f"query: {QUESTION}" in sent
    assert remote("setup").code == 0  # which makes no model then


def test_the_real_model_elsewhere(
    local_model: OnnxEmbedder,
    remote: Cli,
    service: EmbeddingService,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ROUTEWIJZER_EMBEDDING_TIMEOUT_S", "20")
    service.embed, service.sha = lambda texts: local_model._embed("", texts), "e5"
    assert remote("corpus", "reindex").out == "Editie 2 gepubliceerd.\n"
    found = remote("ask", "Hoeveel kost een leenfiets?", "--json").json
    assert (found["status"], found["edition"]) == ("answered", 2)
    assert "450 euro" in found["text"]


@pytest.mark.fault
def test_without_the_service(remote: Cli, service: EmbeddingService, files: Path) -> None:
    service.fault = "503"
    (files / "fietsen.md").write_text(BIKES.replace("450", "475"), encoding="utf-8")
    for command in (["ask", QUESTION], ["ingest", files], ["serve"], ["corpus", "verify"]):
        refused(remote(*command), "embeddingdienst", "HTTP 503", "over een minuut")
    assert remote("corpus", "list").code == 0  # what needs no vectors goes on
    service.fault = ""
    assert remote("ask", QUESTION).code == 0


@pytest.mark.fault
def test_a_service_that_fails_halfway_a_document(
    remote: Cli, service: EmbeddingService, tmp_path: Path
) -> None:
    path = tmp_path / "lopen.md"
    path.write_text("# Lopen\n\n## Wie loopt er?\n\nKarel loopt een rondje.\n", encoding="utf-8")
    service.refuses = "passage: Lopen"
    refused(remote("ingest", path, "--publish"), "weigert het verzoek (HTTP 422)")
    assert remote("ask", QUESTION, "--json").json["edition"] == 1
    service.refuses = ""
    assert remote("ingest", path, "--publish").code == 0
    assert remote("ask", "Wie loopt er?", "--json").json["edition"] == 2
    assert remote("corpus", "verify").code == 0


def test_another_model_under_the_same_name(
    remote: Cli, service: EmbeddingService, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.embed = HashEmbedder("woorden-2").embed_queries
    said = ("geeft een andere vector dan die in de index staat", "ROUTEWIJZER_EMBEDDING_RELEASE")
    refused(remote("serve"), *said)
    (files / "fietsen.md").write_text(BIKES.replace("450", "475"), encoding="utf-8")
    refused(remote("ingest", files), *said)
    monkeypatch.setenv("ROUTEWIJZER_EMBEDDING_RELEASE", "2")
    refused(remote("serve"), "corpus reindex")
    service.asked.clear()
    assert remote("corpus", "reindex").out == "Editie 2 gepubliceerd.\n"
    assert sum(text.startswith("passage: ") for texts in service.asked for text in texts) > 6
    assert remote("ask", QUESTION, "--json").json["edition"] == 2
    assert remote("corpus", "verify").code == 0


@pytest.fixture
def client(remote: Cli) -> TestClient:
    """The web site on what was published."""
    parts = open_parts()
    watching = Watching(checks=checks(parts))
    app = create_app(parts.assistant, parts.library, parts.settings, watching=watching)
    return TestClient(app)


@pytest.mark.fault
@pytest.mark.parametrize("fault", ["silent", "503", "count"])
def test_a_chat_while_the_service_is_out_of_order(
    client: TestClient,
    service: EmbeddingService,
    fault: str,
    record_property: Callable[[str, object], None],
) -> None:
    def ask() -> int:
        given = client.post("/api/chat", json={"question": QUESTION})
        if given.status_code != 200:
            assert given.json()["error"].startswith("De embeddingdienst ")
        return given.status_code

    assert ask() == 200
    service.fault = fault
    began = time.monotonic()
    assert ask() == 503
    assert time.monotonic() - began < WAIT_S + 1
    assert client.get("/").status_code == 200
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert "embeddingdienst" in ready.json()["checks"]["model"]
    service.recover()
    began = time.monotonic()
    while ask() != 200:
        assert time.monotonic() - began < 10
        time.sleep(0.05)
    record_property("fault", f"embeddingdienst weg tijdens een gesprek ({fault})")
    record_property("recovery_s", round(time.monotonic() - began, 2))
    while client.get("/readyz").status_code != 200:
        assert time.monotonic() - began < 10
        time.sleep(0.05)
