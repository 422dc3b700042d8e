"""A small embedding service that speaks as OpenAI and as text-embeddings-inference do, and that can
be told to go wrong."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np

from corpus.types import Vectors

NAME = "woorden-elders"


@dataclass
class EmbeddingService:
    """How the service does, for a test to change while it runs."""

    embed: Callable[[Sequence[str]], Vectors]
    url: str = ""
    """Without the ``/v1`` of OpenAI."""
    name: str = NAME
    sha: str = "abc"
    most: int = 32
    """Texts per request that it takes."""
    key: str = ""
    fault: str = ""
    times: int = 1_000_000
    """Requests that go wrong; then the fault is over."""
    refuses: str = ""
    """How a text begins that it will not have; "" for none."""
    asked: list[list[str]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    """Ends a silence, so that no test waits for it."""

    def recover(self) -> None:
        """As it was at first."""
        fresh = EmbeddingService(self.embed)
        self.name, self.sha, self.most, self.key = fresh.name, fresh.sha, fresh.most, fresh.key
        self.fault, self.times, self.asked = fresh.fault, fresh.times, fresh.asked
        self.refuses = fresh.refuses
        self.released.set()  # who hears a silence goes on
        self.released = fresh.released

    def openai(self) -> dict[str, str]:
        """The settings for it, without their prefix."""
        return {"embedding_url": f"{self.url}/v1", "embedding_model": self.name}

    def tei(self) -> dict[str, str]:
        return {"embedding_url": self.url, "embedding_api": "tei"}


@contextmanager
def embedding_service(embed: Callable[[Sequence[str]], Vectors]) -> Iterator[EmbeddingService]:
    """A service on this machine that runs until the block ends."""
    service = EmbeddingService(embed)

    class Bound(_Handler):
        pass

    Bound.service = service
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
    server.daemon_threads = True
    server.block_on_close = False
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.released.set()
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    service: EmbeddingService
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        service = self.service
        self._send(
            200,
            {
                "model_id": service.name,
                "model_sha": service.sha,
                "model_dtype": "float32",
                "max_client_batch_size": service.most,
                "version": "1.8.0",
            },
        )

    def do_POST(self) -> None:
        service = self.service
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        fault = service.fault if service.times > 0 else ""
        service.times -= bool(service.fault)
        texts: list[str] = body["inputs" if self.path == "/embed" else "input"]
        service.asked.append(texts)
        if service.key and self.headers.get("Authorization") != f"Bearer {service.key}":
            self._send(401, {"error": "bad key"})
        elif service.refuses and any(text.startswith(service.refuses) for text in texts):
            self._send(422, {"error": "no"})
        elif fault.isdecimal():
            self._send(int(fault), {"error": "no"}, {"Retry-After": "0"})
        elif fault == "silent":
            service.released.wait(20)
        elif fault == "hang up":
            self.close_connection = True
        else:
            self._answer(texts, fault)

    def _answer(self, texts: list[str], fault: str) -> None:
        rows = [list(map(float, row)) for row in self.service.embed(texts)]
        rows = spoilt(rows, fault)
        name = "iets-anders" if fault == "other name" else self.service.name
        answer: Any = rows
        if self.path != "/embed":
            data = [{"index": n, "embedding": row} for n, row in enumerate(rows)]
            answer = {"data": data[::-1], "model": name}  # by their numbers, not in order
        if fault == "form":
            answer = {"result": rows}
        self._send(200, answer, fault=fault)

    def _send(
        self, status: int, answer: Any, headers: dict[str, str] | None = None, fault: str = ""
    ) -> None:
        content = json.dumps(answer).encode()
        if fault == "no json":
            content = b"<html>hallo</html>"
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if fault == "half":
            self.wfile.write(content[: len(content) // 2])
            self.close_connection = True
        elif fault == "slow":
            self._slowly(content)
        else:
            self.wfile.write(content)

    def _slowly(self, content: bytes) -> None:
        try:
            for at in range(len(content)):
                self.wfile.write(content[at : at + 1])
                if self.service.released.wait(0.02):
                    return
        except ConnectionError:  # the client has had enough
            self.close_connection = True

    def log_message(self, *_given: object) -> None:
        """Not on the screen."""


def spoilt(rows: list[list[float]], fault: str) -> list[Any]:
    """The vectors with what is wrong with them."""
    wrong: dict[str, Callable[[], list[Any]]] = {
        "count": lambda: rows[:-1],
        "dimension": lambda: [row[:-1] for row in rows],
        "one dimension": lambda: [*rows[:-1], rows[-1][:-1]],
        "nan": lambda: [*rows[:-1], [float("nan"), *rows[-1][1:]]],
        "infinite": lambda: [*rows[:-1], [float("inf"), *rows[-1][1:]]],
        "zeros": lambda: [*rows[:-1], [0.0] * len(rows[-1])],
        "words": lambda: [*rows[:-1], ["een"] * len(rows[-1])],
        "null": lambda: [*rows[:-1], None],
        "long": lambda: (7 * np.array(rows)).tolist(),
    }
    return wrong[fault]() if fault in wrong else rows


def seconds(of: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.monotonic()
    of()
    return time.monotonic() - began
