import asyncio
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from corpus.errors import NotReadyError
from web.guard import MAX_BODY_BYTES, SECURITY_HEADERS, Guard

PATHS = [
    "/",
    "/?vraag=Wat+nu%3F",
    "/?vraag=",
    "/?vraag=onklaar",
    "/?vraag=stuk",
    "/bron/werkplek",
    "/bron/onbekend",
    "/docs",
    "/openapi.json",
    "/api/documents",
    "/api/documents/werkplek/text",
    "/api/chat",
    "/healthz",
    "/readyz",
    "/static/style.css",
    "/static/onbekend.css",
    "/onbekend",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_response_has_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    for name, value in SECURITY_HEADERS.items():
        assert headers[name] == value
    assert headers["cache-control"] == "private, no-cache"


def test_the_content_policy_allows_nothing_inline_and_no_other_host(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def big(size: int) -> bytes:
    start = b'{"question": "'
    return start + b"a" * (size - len(start) - 2) + b'"}'


def test_a_body_of_the_limit_is_read_and_one_byte_more_is_not(
    client: TestClient, answering: Any
) -> None:
    headers = {"Content-Type": "application/json"}
    ok = client.post("/api/chat", content=big(MAX_BODY_BYTES), headers=headers)
    assert ok.status_code == 200
    response = client.post("/api/chat", content=big(MAX_BODY_BYTES + 1), headers=headers)
    assert response.status_code == 413
    assert "64 kB" in response.json()["error"]
    assert len(answering.asked) == 1


def test_a_body_without_a_declared_length_is_counted(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(20):
            yield b"a" * 8192

    headers = {"Content-Type": "application/json"}
    response = client.post("/api/chat", content=chunks(), headers=headers)
    assert response.status_code == 413
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/?vraag=stuk", "/api/chat"])
def test_an_unexpected_error_shows_a_trace_id_and_nothing_else(
    client: TestClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    with caplog.at_level(logging.ERROR):
        if path == "/api/chat":
            response = client.post(path, json={"question": "alles is stuk"})
            trace_id = response.json()["trace_id"]
        else:
            response = client.get(path)
            trace_id = response.text.split("<code>")[1].split("</code>")[0]
    assert response.status_code == 500
    assert "geheim" not in response.text
    assert "Traceback" not in response.text
    record = caplog.records[0]
    assert trace_id in record.getMessage()
    assert record.exc_info is not None
    assert "stuk" not in record.getMessage()


def run(guard: Guard, scope: Scope) -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(guard(scope, receive, send))
    return sent


def never(scope: Scope, trace_id: str) -> PlainTextResponse:
    raise AssertionError("no error page was expected")


def test_an_error_of_a_layer_in_between_is_told_plainly_where_it_can_be() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise NotReadyError("De database is weg.")

    def known(scope: Scope, error: Exception) -> PlainTextResponse:
        return PlainTextResponse(str(error), 503)

    guard = Guard(app, error_page=never, body_limit=lambda _: MAX_BODY_BYTES, known=known)
    start, body = run(guard, {"type": "http", "path": "/", "method": "GET", "headers": []})
    assert (start["status"], body["body"]) == (503, b"De database is weg.")
    assert (b"x-content-type-options", b"nosniff") in start["headers"]


def test_an_error_in_the_middle_of_a_response_is_not_hidden() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise HTTPException(418)

    with pytest.raises(HTTPException):
        run(
            Guard(app, error_page=never, body_limit=lambda _: MAX_BODY_BYTES),
            {"type": "http", "path": "/", "headers": []},
        )


@pytest.mark.parametrize(
    ("location", "sent_on"),
    [
        (b"http://kwaad.example/documenten?a=b", b"/documenten?a=b"),
        (b"http://kwaad.example//elders.example/", b"/elders.example/"),
        (b"http://kwaad.example.nl/documenten", b"http://kwaad.example.nl/documenten"),
        (b"https://sso.example/aanmelden", b"https://sso.example/aanmelden"),
        (b"/beheer", b"/beheer"),
    ],
)
def test_a_redirect_within_the_site_names_no_host(location: bytes, sent_on: bytes) -> None:
    """The host is whatever the request says that it is."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"location", location)]
        await send({"type": "http.response.start", "status": 307, "headers": headers})

    scope = {
        "type": "http",
        "scheme": "http",
        "path": "/",
        "headers": [(b"host", b"kwaad.example")],
    }
    (start,) = run(Guard(app, error_page=never, body_limit=lambda _: MAX_BODY_BYTES), scope)
    assert dict(start["headers"])[b"location"] == sent_on


def test_other_kinds_of_connection_pass() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "lifespan.startup.complete"})

    sent = run(
        Guard(app, error_page=never, body_limit=lambda _: MAX_BODY_BYTES), {"type": "lifespan"}
    )
    assert sent == [{"type": "lifespan.startup.complete"}]
