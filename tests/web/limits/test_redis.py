"""Counting in Redis, as several machines do: with a real server, which these tests start."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import Mock

import anyio
import pytest
from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import Storage
from limits.strategies import MovingWindowRateLimiter

from web.limits.rates import Rates
from web.limits.rules import NOTING
from web.limits.store import open_store
from web.limits.visitors import Visitors

PROGRAM = shutil.which("redis-server")
pytestmark = [
    pytest.mark.server,
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.skipif(PROGRAM is None, reason="redis-server staat niet op deze machine"),
]
THREE = RateLimitItemPerMinute(3)
SCOPE = {"type": "http", "path": "/mening", "headers": [], "client": ("192.0.2.1", 9)}


@dataclass
class Redis:
    """A server of this test's own. Nothing of it is kept on disk."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        assert PROGRAM is not None
        command = [PROGRAM, "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        command += ["--appendonly", "no", "--dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while not answers(self.port):
            assert time.monotonic() < until, "redis-server did not start"
            time.sleep(0.02)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    redis = Redis(tmp_path_factory.mktemp("redis"), port, Mock())
    redis.start()
    yield redis
    redis.kill()


@pytest.fixture
def store(server: Redis) -> Iterator[Storage]:
    opened = open_store(server.url)
    yield opened
    opened.reset()


def test_a_window_is_counted(store: Storage) -> None:
    limiter = MovingWindowRateLimiter(store)
    assert store.check()
    assert [limiter.hit(THREE, "een") for _ in range(4)] == [True, True, True, False]
    assert limiter.hit(THREE, "ander")
    reset, left = limiter.get_window_stats(THREE, "een")
    assert left == 0
    assert 55 < reset - time.time() <= 61


def test_nothing_is_kept_longer_than_its_window(store: Storage, server: Redis) -> None:
    import redis

    MovingWindowRateLimiter(store).hit(THREE, "een")
    with redis.Redis(port=server.port) as client:
        kept = client.keys("*")
        assert kept
        assert all(0 < client.ttl(key) <= 61 for key in kept)


def _let_in(url: str, times: int) -> int:
    limiter = MovingWindowRateLimiter(open_store(url))
    return sum(limiter.hit(RateLimitItemPerMinute(50), "school") for _ in range(times))


def test_two_machines_count_together(store: Storage, server: Redis) -> None:
    """Each with a connection of its own, which is all that Redis sees of them."""
    with ThreadPoolExecutor(2) as pool:
        let_in = pool.map(_let_in, [server.url] * 2, [40] * 2)
    assert sum(let_in) == 50


async def _wait(rates: Rates) -> int:
    return await rates.wait_s(NOTING, SCOPE)


@pytest.mark.fault
def test_readers_are_let_through_while_it_is_away(
    server: Redis, record_property: Callable[[str, object], None]
) -> None:
    """And counted again once it is back, without a restart."""
    missed = Mock()
    store = open_store(server.url)
    rates = Rates(store, Visitors(b"geheim", ()), {"notes": 2}, not_counted=missed)
    assert [anyio.run(_wait, rates) for _ in range(2)] == [0, 0]
    assert anyio.run(_wait, rates) > 0
    server.kill()
    with pytest.raises(StorageError):
        MovingWindowRateLimiter(store).hit(THREE, "een")
    started = time.monotonic()
    assert anyio.run(_wait, rates) == 0
    assert time.monotonic() - started < 3  # counting may not hold a reader up
    assert missed.called
    server.start()
    back, counted = time.monotonic(), missed.call_count
    assert [anyio.run(_wait, rates) for _ in range(2)] == [0, 0]
    assert anyio.run(_wait, rates) > 0
    assert missed.call_count == counted
    record_property("recovery_s", time.monotonic() - back)
    record_property("fault", "kill -9 van Redis terwijl verzoeken geteld worden")
