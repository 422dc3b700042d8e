"""`routewijzer serve` as a process of its own, asked over HTTP on this machine only."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from tests.cli.conftest import COMMAND, Cli, environment, in_process, refused
from tests.cli.topics import topics

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
QUESTION = "Hoeveel euro geeft werkplaats 1 uit aan glas?"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


@contextmanager
def serving(data_dir: Path, *options: str) -> Iterator[str]:
    """The address of a running server; stopped with Ctrl+C, which must leave it clean."""
    port = free_port()
    running = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port), *options],
        # Of a request nothing is logged here, so that what is left is what went wrong.
        env=environment(data_dir, ROUTEWIJZER_LOG_LEVEL="warning"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address + "/healthz")
        yield address
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=240)
    except BaseException:
        os.killpg(running.pid, signal.SIGKILL)  # its workers, too: they hold the other end
        running.communicate()
        raise
    assert (running.returncode, err) == (0, "")
    assert out == f"Routewijzer staat op {address}/ (stoppen: Ctrl+C)\n"


def wait_for(address: str) -> None:
    until = time.monotonic() + 240  # for a busy machine
    while True:
        try:
            fetch(address)
        except URLError:
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.1)
        else:
            return


def fetch(address: str, body: object = None) -> tuple[int, str]:
    data = json.dumps(body).encode() if body is not None else None
    request = Request(address, data, {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=30) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def ask(address: str, question: str) -> Any:
    status, body = fetch(address + "/api/chat", {"question": question})
    assert status == 200, body
    return json.loads(body)


def test_it_serves_what_another_process_publishes(
    tiny_model: None,
    data_dir: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cli = in_process(monkeypatch, capsys)  # another process than that of the server
    with serving(data_dir) as address:
        status, page = fetch(address + "/")
        assert status == 200
        assert "<form" in page
        assert fetch(address + "/readyz")[0] == 503
        status, body = fetch(address + "/api/chat", {"question": QUESTION})
        assert status == 503
        assert "nog geen editie" in json.loads(body)["error"]
        for number in (1, 2):
            new = topics(tmp_path / str(number), range(number, number + 1))
            assert cli("ingest", new, "--publish").code == 0
            started = time.monotonic()
            ready = fetch(address + "/readyz")
            assert time.monotonic() - started < 1
            assert ready[0] == 200
            assert json.loads(ready[1])["edition"] == number
            assert set(json.loads(ready[1])["checks"].values()) == {"ok"}
            answer = ask(address, f"Hoeveel euro geeft werkplaats {number} uit aan glas?")
            assert (answer["status"], answer["edition"]) == ("answered", number)
            assert f"{10 + number} euro" in answer["text"]


def test_a_port_that_is_taken(cli: Cli) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused(cli("serve", "--port", port), f"poort {port}", "--port")
        refused(cli("serve", "--port", port, "--workers", "2"), f"poort {port}", "--port")


def test_an_address_that_is_not_of_this_machine(cli: Cli) -> None:
    refused(cli("serve", "--host", "127.0.0.999"), "127.0.0.999", "--host")
    refused(cli("serve", "--host", "192.0.2.1"), "192.0.2.1", "--host")
