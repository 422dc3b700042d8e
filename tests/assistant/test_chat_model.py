"""The real path to a language model: LangChain's client against a small server of our own."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pydantic import SecretStr

from assistant.chat_model import open_chat_model
from corpus.errors import NotReadyError
from corpus.settings import Settings

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]


class Server(BaseHTTPRequestHandler):
    """Speaks as much of the chat completions protocol as one reply needs."""

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        asked = json.loads(self.rfile.read(length))["messages"][-1]["content"]
        status = 500 if "stuk" in asked else 200
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
