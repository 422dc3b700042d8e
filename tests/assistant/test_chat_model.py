"""The real path to a language model: LangChain's client against a small server of our own.

It streams as OpenAI-compatible servers do; "stil" makes it fall silent halfway.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from pydantic import SecretStr

from assistant.chat_model import open_chat_model, open_streaming_model
from assistant.generation.engine import LanguageModelEngine
from assistant.generation.statements import REPLY_SCHEMA
from assistant.generation.types import Report, Written
from corpus.errors import NotReadyError
from corpus.settings import Settings
from tests.assistant.conftest import query_of
from tests.assistant.generation.scripted import StrictChecker, line, number_of, ranked

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]


RANKED = [ranked()]
SAID = "De student werkt drie dagen per week in het bedrijf."
STATEMENT = line(SAID, number_of("drie dagen", RANKED))


class Server(BaseHTTPRequestHandler):
    """Speaks as much of the chat completions protocol as one reply needs."""

    released = threading.Event()
    """Ends the silence, so that no test waits for it."""
    refused: ClassVar[list[object]] = []
    """The forms that it was asked to keep to and would not."""
    left = threading.Event()
    """Set when a client has hung up in the middle of a reply."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = body["messages"][-1]["content"]
        if "vorm" in asked and "response_format" in body:
            self.refused.append(body["response_format"])
            self._reply("stuk", status=400)
        elif body.get("stream"):
            self._stream(asked)
        else:
            self._reply(f"{asked} met {self.headers['Authorization']}" if "key" in asked else asked)

    def _reply(self, asked: str, status: int = 200) -> None:
        status = 500 if "stuk" in asked and status == 200 else status
        reply = {
            "id": "1",
            "object": "chat.completion",
            "created": 0,
            "model": "klein",
            "choices": [
                {
                    "index": 0,
                    "finish_reason": "stop",
                    "message": {"role": "assistant", "content": f"Je vroeg: {asked}"},
                }
            ],
        }
        body = json.dumps(reply if status == 200 else {"error": {"message": "kapot"}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, asked: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            self._piece(STATEMENT)
            while "eindeloos" in asked:
                time.sleep(0.01)
                self._piece(" ")
            if "stil" in asked:
                self.released.wait(30)
            self.wfile.write(b"data: [DONE]\n\n")
        except (BrokenPipeError, ConnectionResetError):
            self.left.set()

    def _piece(self, text: str) -> None:
        chunk = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "klein",
            "choices": [{"index": 0, "delta": {"role": "assistant", "content": text}}],
        }
        self.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


def settings(address: str | None, model: str | None = "openai:klein") -> Settings:
    return Settings(
        llm_model=model, llm_base_url=address, llm_api_key=SecretStr("geheim"), llm_timeout_s=5
    )


def test_it_gives_the_reply_of_an_openai_compatible_server(address: str) -> None:
    assert open_chat_model(settings(address))("Hallo") == "Je vroeg: Hallo"


def test_a_server_that_fails_is_one_clear_line_without_the_key(address: str) -> None:
    with pytest.raises(NotReadyError, match=r"openai:klein.*kapot.*ROUTEWIJZER_LLM") as told:
        open_chat_model(settings(address))("stuk")
    assert "geheim" not in str(told.value)


def test_nobody_at_the_address(address: str) -> None:
    with pytest.raises(NotReadyError, match="ROUTEWIJZER_LLM_BASE_URL"):
        open_chat_model(settings("http://127.0.0.1:9/v1"))("Hallo")


def test_no_model_is_configured() -> None:
    with pytest.raises(NotReadyError, match="ROUTEWIJZER_LLM_MODEL"):
        open_chat_model(settings(None, None))


def test_a_provider_that_is_not_there() -> None:
    with pytest.raises(NotReadyError, match="nergens:klein"):
        open_chat_model(settings(None, "nergens:klein"))


# --- streamed ----------------------------------------------------------------------------------


def engine(address: str, timeout_s: float = 5.0) -> LanguageModelEngine:
    model = open_streaming_model(settings(address))
    return LanguageModelEngine(model, "openai:klein", StrictChecker(), timeout_s=timeout_s)


def test_statements_come_from_a_streaming_server(address: str) -> None:
    written, report = engine(address).write(query_of("Hoe vaak?"), RANKED)
    assert [w.text for w in written] == [SAID]
    assert report.fallback is None


def test_a_server_that_cannot_keep_to_a_form_is_asked_without_and_only_once(address: str) -> None:
    asking = engine(address)
    for _ in range(2):
        written, _ = asking.write(query_of("Welke vorm?"), RANKED)
        assert [w.text for w in written] == [SAID]
    (form,) = Server.refused
    assert isinstance(form, dict)
    assert form["json_schema"]["schema"] == REPLY_SCHEMA


def test_a_server_that_falls_silent_is_given_up_in_time(address: str) -> None:
    # Opened before: loading LangChain is no part of the time that a question takes.
    asking = engine(address, timeout_s=1.0)
    began = time.monotonic()
    written, report = asking.write(query_of("Blijf je stil?"), RANKED)
    assert time.monotonic() - began < 4
    assert ([w.text for w in written], report.fallback) == ([SAID], "time-out")
    Server.released.set()


def test_the_server_notices_that_nobody_listens_any_longer(address: str) -> None:
    events = engine(address).stream(query_of("Praat eindeloos door"), RANKED)
    assert isinstance(next(events), Written)
    events.close()
    assert Server.left.wait(5)


def test_a_server_that_is_away_means_the_extractive_answer() -> None:
    events = list(engine("http://127.0.0.1:9/v1").stream(query_of("Hoe vaak?"), RANKED))
    (report,) = events
    assert isinstance(report, Report)
    assert report.fallback == "model failed"
    assert "Connection" in report.detail


def test_a_server_of_ones_own_never_gets_the_key_of_another(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "voor-de-wolk")
    own = Settings(llm_model="openai:klein", llm_base_url=address)
    assert open_chat_model(own)("Welke key?") == "Je vroeg: Welke key? met Bearer geen"


def test_no_streaming_model_is_configured() -> None:
    with pytest.raises(NotReadyError, match="ROUTEWIJZER_LLM_MODEL"):
        open_streaming_model(settings(None, None))
