"""The probes and /metrics, over HTTP."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from corpus.errors import NotReadyError
from corpus.jobs import Delay
from corpus.settings import Settings
from corpus.state import Figures
from web.app import create_app
from web.watch.routes import NOT_FOR_YOU
from web.watch.watching import Watching

FIGURES = Figures(
    edition=7,
    documents=2,
    passages=9,
    index_bytes=1000,
    free_bytes=5000,
    jobs={"waiting": 0, "running": 1, "done": 4, "failed": 2},
    delay=Delay(waiting_s=0.0, silent_s=3.5),
)


def client_of(
    answering: Any, library: Any, watching: Watching, address: str = "127.0.0.1"
) -> TestClient:
    app = create_app(answering, library, Settings(), watching=watching)
    return TestClient(app, "http://localhost", client=(address, 1))


def test_a_part_that_fails_is_named(answering: Any, library: Any) -> None:
    def full(edition: int) -> None:
        raise NotReadyError("De schijf is vol.")

    client = client_of(answering, library, Watching(checks={"disk": full}))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "status": "not_ready",
        "edition": 7,
        "error": "De schijf is vol.",
        "checks": {"database": "ok", "edition": "ok", "disk": "De schijf is vol."},
    }
    assert 'routewijzer_ready{part="disk"} 0.0' in client.get("/metrics").text
    assert client.get("/healthz").status_code == 200


def test_the_metrics_can_be_read(answering: Any, library: Any) -> None:
    client = client_of(answering, library, Watching(figures=lambda: FIGURES))
    client.get("/?vraag=wat")
    client.post("/api/chat", json={"question": "niets"})
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    families = {f.name: f for f in text_string_to_metric_families(response.text)}
    values = {name: f.samples[0].value for name, f in families.items() if len(f.samples) == 1}
    assert values["routewijzer_edition"] == 7
    assert values["routewijzer_passages"] == 9
    assert values["routewijzer_index_bytes"] == 1000
    jobs = {s.labels["state"]: s.value for s in families["routewijzer_jobs"].samples}
    assert jobs == FIGURES.jobs
    asked = {
        s.labels["status"]: s.value
        for s in families["routewijzer_questions"].samples
        if s.name.endswith("_total")
    }
    assert asked == {"answered": 1, "not_found": 1}
    assert all(f.documentation.endswith(".") for f in families.values())


def test_without_a_database_there_are_no_figures(answering: Any, library: Any) -> None:
    def broken() -> int:
        raise OSError

    library.current_edition = broken
    watching = Watching(figures=lambda: pytest.fail("asked for without a database"))
    text = client_of(answering, library, watching).get("/metrics").text
    assert 'routewijzer_ready{part="database"} 0.0' in text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("127.0.0.1", {"host": "[::1]:8000"}, 200),
        ("192.0.2.1", {}, 403),
        ("192.0.2.1", {"authorization": "Bearer geheim"}, 200),
        ("192.0.2.1", {"authorization": "Bearer gehei"}, 403),
        ("192.0.2.1", {"authorization": "Bearer géheim"}, 403),
        ("192.0.2.1", {"host": "localhost"}, 403),
        ("127.0.0.1", {"host": "kwaad.example"}, 403),
        ("127.0.0.1", {"x-forwarded-for": "192.0.2.1"}, 403),
        ("127.0.0.1", {"forwarded": "for=192.0.2.1"}, 403),
        ("testclient", {}, 403),
    ],
)
def test_who_may_read_them(
    answering: Any, library: Any, address: str, headers: dict[str, str], status: int
) -> None:
    client = client_of(answering, library, Watching(metrics_token="geheim"), address)
    encoded = {name: value.encode("utf-8") for name, value in headers.items()}
    response = client.get("/metrics", headers=encoded)
    assert response.status_code == status
    assert (response.text == NOT_FOR_YOU) == (status == 403)


def test_without_a_token_no_token_will_do(answering: Any, library: Any) -> None:
    client = client_of(answering, library, Watching(), "192.0.2.1")
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 403


_WORKER = """
import sys
from corpus.types import Outcome
from web.watch.metrics import Metrics
metrics = Metrics()
metrics.refused("questions", "rate")
metrics.requested("GET", "/", 200, 0.01)
metrics.line_changed(3, 1)
"""
_READER = """
import pathlib, sys
from prometheus_client.registry import Collector
from web.watch.metrics import Metrics
from web.watch.state import exposition
class Nothing(Collector):
    def collect(self):
        return []
metrics = Metrics()
metrics.refused("questions", "rate")
metrics.line_changed(2, 0)
sys.stdout.write(exposition(metrics, Nothing(), pathlib.Path(sys.argv[1])).decode())
"""


def test_workers_count_together_and_one_that_died_holds_no_place(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]

    def run(code: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            env={"PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
            text=True,
        )
        return ran.stdout

    run(_WORKER)
    families = {f.name: f for f in text_string_to_metric_families(run(_READER))}
    assert families["routewijzer_refused"].samples[0].value == 2
    assert families["routewijzer_answers_in_progress"].samples[0].value == 2
