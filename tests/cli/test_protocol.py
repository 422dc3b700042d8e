"""What comes before the body of a request is bounded in size and time."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from cli import protocol
from cli.protocol import MOST_HEAD_BYTES, BoundedHttp

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
SOUND = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    body = 0
    while scope["method"] == "POST":
        message = await receive()
        body += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    await PlainTextResponse(f"dag {body}")(scope, receive, send)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    line = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(hello, http=BoundedHttp, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [line]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield line.getsockname()[1]
    server.should_exit = True
    thread.join()
    line.close()


def heard(line: socket.socket) -> bytes:
    """What comes until the line is closed; empty when it was closed at once."""
    told = b""
    try:
        while part := line.recv(65536):
            told += part
    except ConnectionResetError:
        pass
    return told


def test_requests_on_one_line_are_each_answered(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        for _ in range(20):  # together more than the limit, were they counted together
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"x" * 6000 + b"\r\n\r\n")
            assert line.recv(4096).startswith(b"HTTP/1.1 200")


def test_a_body_is_not_counted(port: int) -> None:
    size = 5 * MOST_HEAD_BYTES
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % size)
        for _ in range(5):
            line.sendall(b"x" * MOST_HEAD_BYTES)
        assert line.recv(4096).endswith(b"dag %d" % size)
        line.sendall(SOUND)
        assert line.recv(4096).endswith(b"dag 0")


@pytest.mark.parametrize("piece", [b"x" * 4096, b"\r\nA: b" * 600], ids=["one", "many"])
def test_an_endless_head_is_cut_off(port: int, piece: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nA: ")
        try:
            for _ in range(50 * MOST_HEAD_BYTES // len(piece)):
                line.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            return
        # It does not wait for the rest: that would be a TimeoutError here.
        assert heard(line)[:12] in (b"", b"HTTP/1.1 400")


@pytest.mark.parametrize("begin", [b"", b"GET / HTTP/1.1\r\nHo", SOUND + b"GET / HT"])
def test_who_sends_no_head_is_sent_away(
    port: int, begin: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.2)
    started = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(begin)
        assert heard(line).count(b"HTTP/1.1 200") == begin.count(SOUND)
    assert time.monotonic() - started < 5
