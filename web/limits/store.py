"""Where requests are counted: in SQLite for the processes of one machine, in Redis for several."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from limits.errors import ConfigurationError
from limits.storage import MovingWindowSupport, Storage, storage_from_string

from corpus.errors import BadInputError

SQLITE = "sqlite:///"
_REDIS = ("redis://", "rediss://")
_PATIENCE_S = 0.5
"""Counting may not take longer: what cannot be counted is let through."""

_TABLE = """
CREATE TABLE IF NOT EXISTS hit (key TEXT NOT NULL, at REAL NOT NULL, until REAL NOT NULL);
CREATE INDEX IF NOT EXISTS hit_key ON hit (key, at);
CREATE INDEX IF NOT EXISTS hit_until ON hit (until);
"""
_INSIDE = "FROM hit WHERE key = ? AND at > ?"


class SqliteStore(Storage, MovingWindowSupport):
    """Moving windows in SQLite. Nothing is kept longer than its window.

    The library has stores in memory, whose clean-up starts a thread per burst and walks over
    every key, and in servers. This one is the same for one process and for several.
    """

    STORAGE_SCHEME = None  # opened by name only: importing this registers nothing

    def __init__(self, path: Path | None = None, now: Callable[[], float] = time.time) -> None:
        """Without a ``path`` it counts in memory, for this process alone."""
        super().__init__(wrap_exceptions=True)
        self._now = now
        self.in_memory = path is None
        """Whether it never waits for anything."""
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(
            path or ":memory:", timeout=_PATIENCE_S, isolation_level=None, check_same_thread=False
        )
        if path is not None:
            # What is lost with a power cut is a minute of counting.
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.executescript(_TABLE)

    @property
    def base_exceptions(self) -> type[Exception]:
        """What this store raises when it cannot count."""
        return sqlite3.Error

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count ``amount`` hits on ``key`` if that makes no more than ``limit`` in ``expiry``
        seconds; False, and nothing is counted, when it does."""
        with self._transaction() as cursor:
            now = self._now()
            cursor.execute("DELETE FROM hit WHERE until <= ?", (now,))
            (count,) = cursor.execute(f"SELECT count(*) {_INSIDE}", (key, now - expiry)).fetchone()
            if count + amount > limit:
                return False
            row = (key, now, now + expiry)
            cursor.executemany("INSERT INTO hit VALUES (?, ?, ?)", [row] * amount)
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """(Unix time of the oldest hit in the window, how many there are)."""
        with self._transaction() as cursor:
            now = self._now()
            found = cursor.execute(f"SELECT min(at), count(*) {_INSIDE}", (key, now - expiry))
            oldest, count = found.fetchone()
        return (now, 0) if oldest is None else (oldest, count)

    def check(self) -> bool:
        """Whether it can be read."""
        with self._transaction() as cursor:
            cursor.execute("SELECT 1 FROM hit LIMIT 1")
        return True

    def reset(self) -> int:
        """Forget everything; the number of hits that were forgotten comes back."""
        with self._transaction() as cursor:
            return cursor.execute("DELETE FROM hit").rowcount

    def clear(self, key: str) -> None:
        """Forget one key."""
        with self._transaction() as cursor:
            cursor.execute("DELETE FROM hit WHERE key = ?", (key,))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    # Of fixed windows, which are not used here.

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Not for this store."""
        raise NotImplementedError

    def get(self, key: str) -> int:
        """Not for this store."""
        raise NotImplementedError

    def get_expiry(self, key: str) -> float:
        """Not for this store."""
        raise NotImplementedError

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Cursor]:
        with self._lock:
            cursor = self._connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
            except BaseException:
                cursor.execute("ROLLBACK")
                raise
            cursor.execute("COMMIT")


def open_store(url: str) -> Storage:
    """The store that ``url`` names; an empty one counts in memory.

    Raises BadInputError when there is no such store.
    """
    if not url:
        return SqliteStore()
    if url.startswith(SQLITE):
        path = Path(url.removeprefix(SQLITE))
        try:
            return SqliteStore(path)
        except sqlite3.Error as error:
            raise BadInputError(
                f"In {path} kan niet geteld worden ({error}). "
                "Noem met ROUTEWIJZER_LIMITS_URL een bestand om in te schrijven."
            ) from None
    if not url.startswith(_REDIS):
        raise BadInputError(
            "ROUTEWIJZER_LIMITS_URL klopt niet. Schrijf redis://HOST:POORT of sqlite:///PAD."
        )
    try:
        return storage_from_string(  # type: ignore[return-value]
            url,
            wrap_exceptions=True,
            socket_timeout=_PATIENCE_S,
            socket_connect_timeout=_PATIENCE_S,
        )
    except ConfigurationError:
        raise BadInputError(
            "ROUTEWIJZER_LIMITS_URL noemt Redis, maar het pakket daarvoor ontbreekt. "
            "Installeer het met: pip install 'routewijzer[redis]'"
        ) from None
