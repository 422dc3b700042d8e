from __future__ import annotations

import sys
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.clock import RETRIEVE, UNDERSTAND
from corpus.errors import BadInputError
from corpus.settings import Settings
from corpus.trace_id import traced
from web.app import create_app
from web.watch.request import Answered
from web.watch.traces import Seen, check_installed, open_spans
from web.watch.watching import Watching

sdk = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
pytest.importorskip("opentelemetry.exporter.otlp.proto.grpc")

BEGAN = 1_700_000_000_000_000_000
STEPS = ((UNDERSTAND, 2.0), (RETRIEVE, 10.0))


@pytest.fixture
def exporter() -> Any:
    return sdk.InMemorySpanExporter()


@pytest.fixture
def spans(exporter: Any) -> Any:
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor

    from web.watch.otel import OtelSpans

    return OtelSpans(SimpleSpanProcessor(exporter))


def test_a_request_with_an_answer_is_one_trace(exporter: Any, spans: Any) -> None:
    given = Answered("answered", "extractive", 7, BEGAN + 1_000_000, STEPS)
    with traced("0af7651916cd43dd8448eb211c80319c"):
        spans.request(Seen("POST", "/api/chat", 200, BEGAN, 0.02, (given,)))
    found = {span.name: span for span in exporter.get_finished_spans()}
    assert set(found) == {"POST /api/chat", "answer", "understand", "retrieve"}
    ids = {format(span.context.trace_id, "032x") for span in found.values()}
    assert ids == {"0af7651916cd43dd8448eb211c80319c"}
    root, answer, step = found["POST /api/chat"], found["answer"], found["retrieve"]
    assert root.parent is None
    assert answer.parent.span_id == root.context.span_id
    assert step.parent.span_id == answer.context.span_id
    assert root.end_time - root.start_time == 20_000_000
    assert step.start_time == BEGAN + 3_000_000
    assert answer.end_time == step.end_time == BEGAN + 13_000_000
    assert answer.attributes["routewijzer.engine"] == "extractive"


def test_an_error_is_marked(exporter: Any, spans: Any) -> None:
    spans.request(Seen("GET", "/", 503, BEGAN, 0.02, refused="busy"))
    (root,) = exporter.get_finished_spans()
    assert not root.status.is_ok
    assert root.attributes["routewijzer.refused"] == "busy"


def test_the_trace_of_an_answer_has_the_id_that_the_reader_sees(
    exporter: Any, spans: Any, answering: Any, library: Any
) -> None:
    app = create_app(answering, library, Settings(), watching=Watching(spans=spans))
    response = TestClient(app).get("/?vraag=geheimpje")
    found = exporter.get_finished_spans()
    assert {format(s.context.trace_id, "032x") for s in found} == {response.headers["x-trace-id"]}
    assert "geheimpje" not in "".join(span.to_json() for span in found)


def test_without_the_packages_it_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "web.watch.otel", raising=False)
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    for asked in (check_installed, lambda: open_spans("http://localhost:4317")):
        with pytest.raises(BadInputError, match=r"routewijzer\[otel\]"):
            asked()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ROUTEWIJZER_OTEL_ENDPOINT", "http://een:4317"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://twee:4317"),
    ],
)
def test_both_names_of_the_setting(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert Settings().otel_endpoint == value
