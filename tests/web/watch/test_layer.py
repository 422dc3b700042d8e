"""Each request: a trace id, a line in the log, metrics and a span."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from starlette.types import Message, Receive, Scope, Send

from corpus.settings import Settings
from tests.web.watch.test_logs import Logs, put_back
from web.app import create_app
from web.watch.layer import Watch
from web.watch.traces import Seen
from web.watch.watching import Watching

__all__ = ["put_back"]


class Kept:
    """Keeps what was seen."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []

    def request(self, seen: Seen) -> None:
        self.seen.append(seen)


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def client(answering: Any, library: Any, kept: Kept) -> TestClient:
    app = create_app(answering, library, Settings(), watching=Watching(spans=kept))
    return TestClient(
        app, "http://localhost", client=("127.0.0.1", 1), raise_server_exceptions=False
    )


@pytest.mark.parametrize(
    ("method", "address", "route", "status"),
    [
        ("GET", "/?vraag=geheim", "/", 200),
        ("GET", "/api/documents/werkplek/text", "/api/documents/{document_id}/text", 200),
        ("GET", "/api/documents/geheim/text", "/api/documents/{document_id}/text", 404),
        ("GET", "/static/style.css", "/static", 200),
        ("GET", "/static/geheim.css", "/static", 404),
        ("GET", "/geheim", "none", 404),
        ("POST", "/docs", "/docs", 405),
        ("GET", "/?vraag=stuk", "/", 500),
    ],
)
def test_a_request_is_known_by_its_route(
    client: TestClient, kept: Kept, method: str, address: str, route: str, status: int
) -> None:
    response = client.request(method, address)
    (seen,) = kept.seen
    assert (seen.method, seen.route, seen.status) == (method, route, status)
    assert response.status_code == status
    assert 0 < seen.seconds < 30


def test_the_trace_id_is_in_the_answer_the_header_and_the_log(
    put_back: None, client: TestClient, library: Any
) -> None:
    logs = Logs()
    first = client.post("/api/chat", json={"question": "wat"}).headers["x-trace-id"]
    response = client.get("/?vraag=stuk")
    trace_id = response.headers["x-trace-id"]
    assert trace_id in response.text
    assert trace_id != first
    lines = logs.lines()
    assert [(line["event"], line["trace_id"]) for line in lines] == [
        ("request", first),
        (f"Unexpected error {trace_id}", trace_id),
        ("request", trace_id),
    ]
    answered = {"answer": "answered", "engine": "extractive", "edition": 7}
    assert answered.items() <= lines[0].items()
    assert lines[1]["error"][0]["kind"] == "ZeroDivisionError"


def test_probes_are_quiet_as_long_as_all_is_well(
    put_back: None, client: TestClient, library: Any
) -> None:
    logs = Logs(log_level="info")
    client.get("/healthz")
    client.get("/readyz")
    assert logs.text() == ""
    library.edition = None
    client.get("/readyz")
    assert [(line["route"], line["status"]) for line in logs.lines()] == [("/readyz", 503)]


def test_a_stream_is_timed_to_its_end(client: TestClient, kept: Kept) -> None:
    with client.stream(
        "POST", "/api/chat", json={"question": "wat"}, headers={"accept": "text/event-stream"}
    ) as response:
        last = list(response.iter_lines())
    assert json.loads(next(x[6:] for x in reversed(last) if x.startswith("data: ")))
    (seen,) = kept.seen
    assert [given.status for given in seen.answered] == ["answered"]


def test_labels_stay_few_whatever_is_asked(client: TestClient) -> None:
    for number in range(30):
        client.get(f"/{number}")
        client.get(f"/bron/{number}")
        client.request(f"METHODE{number}", "/")
    families = text_string_to_metric_families(client.get("/metrics").text)
    (family,) = [f for f in families if f.name == "routewijzer_request_seconds"]
    counts = {s.labels["route"] + s.labels["method"] for s in family.samples}
    assert len(counts) <= 4


def test_who_goes_before_the_answer() -> None:
    kept = Kept()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        return None

    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        raise AssertionError("nothing is sent")

    layer = Watch(app, watching=Watching(spans=kept))
    layer._routes = {}
    asyncio.run(layer({"type": "http", "method": "GET", "path": "/x"}, nothing, send))
    assert [seen.status for seen in kept.seen] == [499]
    asyncio.run(layer({"type": "lifespan"}, nothing, send))
    assert len(kept.seen) == 1
