"""A language model that never answers: readers get the sentences of the documents, in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from fastapi.testclient import TestClient

from cli.parts import open_parts
from tests.cli.conftest import Cli
from web.app import create_app

pytestmark = [
    pytest.mark.fault,
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
]

WAIT_S = 0.4
QUESTIONS = (
    "Hoeveel kost een leenfiets?",
    "Hoeveel kost een leenfiets eigenlijk?",
    "En hoeveel kost een leenfiets?",
)


@contextmanager
def silent_server() -> Iterator[str]:
    """An address at which every request is read and none is answered."""
    released = threading.Event()

    class Silent(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            released.wait(30)

        def log_message(self, *_given: object) -> None:
            """Not on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Silent)
    server.daemon_threads, server.block_on_close = True, False
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        released.set()
        server.shutdown()
        server.server_close()


def asking() -> Callable[[str], tuple[dict[str, Any], float]]:
    """Asks the web site: the answer, and the seconds that it took."""
    parts = open_parts()
    client = TestClient(create_app(parts.assistant, parts.library, parts.settings))
    client.post("/api/chat", json={"question": "Wie kookt er?"})  # what is loaded once, is loaded

    def ask(question: str) -> tuple[dict[str, Any], float]:
        began = time.monotonic()
        given = client.post("/api/chat", json={"question": question})
        assert given.status_code == 200
        found: dict[str, Any] = given.json()
        return found, time.monotonic() - began

    return ask


def test_a_model_that_hangs_holds_nobody_up(
    published: Cli,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    without = asking()(QUESTIONS[0])[0]
    with silent_server() as address:
        monkeypatch.setenv("ROUTEWIJZER_LLM_MODEL", "openai:zwijger")
        monkeypatch.setenv("ROUTEWIJZER_LLM_BASE_URL", address)
        monkeypatch.setenv("ROUTEWIJZER_LLM_TIMEOUT_S", str(WAIT_S))
        ask = asking()
        took = []
        for question in QUESTIONS:
            answer, seconds = ask(question)
            assert answer["engine"] == "extractive"
            assert answer["statements"] == without["statements"]
            took.append(seconds)
    assert max(took) < WAIT_S + 2
    # The first questions waited for it; after that it is left alone for a while.
    assert min(took) < WAIT_S
    record_property("fault", "taalmodel hangt: antwoord uit de documenten na")
    record_property("recovery_s", round(max(took), 2))
