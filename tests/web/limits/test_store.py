from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.strategies import MovingWindowRateLimiter

from corpus.errors import BadInputError
from web.limits.store import SQLITE, SqliteStore, open_store

THREE = RateLimitItemPerMinute(3)


class Time:
    def __init__(self) -> None:
        self.at = 1_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def store(time: Time) -> Iterator[SqliteStore]:
    with closing(SqliteStore(now=time)) as opened:
        yield opened


def test_a_window_moves(store: SqliteStore, time: Time) -> None:
    limiter = MovingWindowRateLimiter(store)
    for _ in range(3):
        assert limiter.hit(THREE, "een")
        time.at += 10
    assert not limiter.hit(THREE, "een")
    assert limiter.hit(THREE, "ander")
    assert limiter.get_window_stats(THREE, "een") == (1_000_060.0, 0)
    time.at = 1_000_060.0
    assert limiter.hit(THREE, "een")
    assert not limiter.hit(THREE, "een")


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 40)), max_size=60), st.integers(1, 5))
def test_in_no_minute_more_is_let_in_than_the_limit(
    asked: list[tuple[str, float]], limit: int
) -> None:
    time = Time()
    with closing(SqliteStore(now=time)) as store:
        limiter, item = MovingWindowRateLimiter(store), RateLimitItemPerMinute(limit)
        let_in: dict[str, list[float]] = {"a": [], "b": []}
        for who, wait in asked:
            time.at += wait
            before = [at for at in let_in[who] if at > time.at - 60]
            assert limiter.hit(item, who) == (len(before) < limit)
            if len(before) < limit:
                let_in[who].append(time.at)


def test_nothing_is_kept_longer_than_its_window(tmp_path: Path, time: Time) -> None:
    path = tmp_path / "limieten.sqlite3"
    with closing(SqliteStore(path, time)) as store:
        limiter = MovingWindowRateLimiter(store)
        for who in ("een", "twee", "drie"):
            limiter.hit(THREE, who)
        time.at += 60
        limiter.hit(THREE, "vier")
        with closing(sqlite3.connect(path)) as reader:
            (kept,) = reader.execute("SELECT group_concat(key) FROM hit").fetchone()
        assert "vier" in kept
        assert "een" not in kept


def test_it_forgets_when_asked(store: SqliteStore) -> None:
    limiter = MovingWindowRateLimiter(store)
    for who in ("een", "een", "twee"):
        limiter.hit(THREE, who)
    assert store.check()
    limiter.clear(THREE, "een")
    assert limiter.get_window_stats(THREE, "een").remaining == 3
    assert limiter.get_window_stats(THREE, "twee").remaining == 2
    assert store.reset() == 1


def test_two_stores_on_one_file_count_together(tmp_path: Path, time: Time) -> None:
    path = tmp_path / "limieten.sqlite3"
    with closing(SqliteStore(path, time)) as one, closing(SqliteStore(path, time)) as other:
        first, second = MovingWindowRateLimiter(one), MovingWindowRateLimiter(other)
        assert [first.hit(THREE, "x"), second.hit(THREE, "x"), first.hit(THREE, "x")] == [True] * 3
        assert not second.hit(THREE, "x")
        assert not first.hit(THREE, "x")


def _let_in(url: str, times: int) -> int:
    limiter = MovingWindowRateLimiter(open_store(url))
    return sum(limiter.hit(RateLimitItemPerMinute(50), "school") for _ in range(times))


def test_two_processes_count_together(tmp_path: Path) -> None:
    url = f"{SQLITE}{tmp_path}/limieten.sqlite3"
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        let_in = pool.starmap(_let_in, [(url, 40), (url, 40)], chunksize=1)
    assert sum(let_in) == 50


def test_a_store_that_fails_says_so(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "limieten.sqlite3")
    store.close()
    with pytest.raises(StorageError):
        MovingWindowRateLimiter(store).hit(THREE, "een")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://x", "redis://HOST:POORT"),
        ("sqlite:////bestaat/niet/limieten.sqlite3", "/bestaat/niet/limieten.sqlite3"),
    ],
)
def test_a_store_that_is_not_there(url: str, words: str) -> None:
    with pytest.raises(BadInputError, match="ROUTEWIJZER_LIMITS_URL") as refused:
        open_store(url)
    assert words in str(refused.value)


def test_redis_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "redis", None)
    with pytest.raises(BadInputError, match=r"routewijzer\[redis\]"):
        open_store("redis://localhost:6379")


def test_without_a_setting_it_counts_in_memory() -> None:
    store = open_store("")
    assert isinstance(store, SqliteStore)
    assert MovingWindowRateLimiter(store).hit(THREE, "een")
    store.close()
