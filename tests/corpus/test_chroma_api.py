"""A Chroma server that is away, hangs, refuses, or is something else."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import pytest

from corpus.chroma_api import ChromaApi
from corpus.errors import BadInputError, NotReadyError

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


class Answers(HTTPServer):
    """Gives every request the same answer."""

    status, body = 200, b"[]"
    cut = 0
    """So many connections are dropped first."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.headers: list[dict[str, str]] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Answers

    def do_GET(self) -> None:
        self.server.headers.append({k.lower(): v for k, v in self.headers.items()})
        if self.server.cut:
            self.server.cut -= 1
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    do_POST = do_DELETE = do_GET  # noqa: N815 - the names are the library's

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def server() -> Iterator[Answers]:
    with Answers() as made:
        threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
        yield made
        made.shutdown()


@pytest.mark.parametrize(
    "url",
    [
        "chroma:8000",
        "ftp://chroma",
        "http://",
        "http://geheim:woord@chroma:8000",
        "http://chroma:geheim",
        "http://chroma?geheim=1",
        "http://[geheim",
    ],
)
def test_a_wrong_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(BadInputError, match="ROUTEWIJZER_CHROMA_URL") as told:
        ChromaApi(url)
    assert "geheim" not in str(told.value)


def test_the_token_goes_along_and_is_not_told(
    server: Answers, caplog: pytest.LogCaptureFixture
) -> None:
    assert ChromaApi(server.url, "sleutel-1").names() == []
    assert server.headers[0]["authorization"] == "Bearer sleutel-1"
    assert server.headers[0]["x-chroma-token"] == "sleutel-1"
    server.status = 401
    with (
        caplog.at_level(logging.DEBUG),
        pytest.raises(NotReadyError, match=r"weigert de sleutel.*ROUTEWIJZER_CHROMA_TOKEN") as told,
    ):
        ChromaApi(server.url, "sleutel-1").names()
    assert "sleutel-1" not in str(told.value) + caplog.text
    assert "authorization" not in _asked_without_token(server)


def _asked_without_token(server: Answers) -> dict[str, str]:
    server.status = 200
    ChromaApi(server.url).names()
    return server.headers[-1]


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (404, b"{}", "staan niet meer op de Chroma-server.*corpus reindex"),
        (500, b"au", "geeft een fout.*500.*logboek"),
        (200, b"<html>", "is geen Chroma-server.*Controleer het adres"),
    ],
)
def test_an_answer_of_no_use_is_told(server: Answers, status: int, body: bytes, told: str) -> None:
    server.status, server.body = status, body
    with pytest.raises(NotReadyError, match=told) as error:
        ChromaApi(server.url).nearest("x", np.ones((1, 3), np.float32), 5)
    assert "127.0.0.1" not in str(error.value)  # readers see it, too


def test_a_connection_that_breaks_is_tried_once_more(server: Answers) -> None:
    server.cut = 1
    assert ChromaApi(server.url).names() == []
    server.cut = 2
    with pytest.raises(NotReadyError, match="is niet te bereiken"):
        ChromaApi(server.url).names()


def test_a_server_that_hangs_is_waited_for_no_longer_than_set() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        api = ChromaApi(f"http://127.0.0.1:{silent.getsockname()[1]}", seconds=0.1)
        began = time.monotonic()
        with pytest.raises(NotReadyError, match=r"binnen 0\.1 seconden geen antwoord"):
            api.names()
        assert time.monotonic() - began < 2


def test_what_is_gone_already_can_be_removed(server: Answers) -> None:
    server.status = 404
    with pytest.raises(NotReadyError):
        ChromaApi(server.url).count("x")
    ChromaApi(server.url).remove("x")
