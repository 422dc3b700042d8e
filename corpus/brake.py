"""A brake on guessing passwords: who fails often waits, and longer each time."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from datetime import UTC, timedelta

from sqlalchemy import Engine, delete, select

from corpus import staff_tables
from corpus.staff import Clock, utc_now
from corpus.upsert import upsert

FREE_FAILURES = 5
FREE_FROM_ADDRESS = 20
"""The same for an address, which a whole office may share."""
_FIRST_WAIT = timedelta(seconds=15)
_LONGEST_WAIT = timedelta(minutes=15)
_FORGET_FAILURES = timedelta(hours=1)
_ADDRESS = "address:"


class Brake:
    """Makes who guesses passwords wait: longer after every failure, a quarter of an hour at most.

    Counted per name and per address, so that neither one name from many addresses nor many names
    from one address goes on for free.
    """

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self._engine = engine
        self._now = now

    def wait_s(self, name: str, address: str) -> int:
        """Seconds to wait before the next attempt; 0 or less when it may be made now."""
        f, now = staff_tables.sign_in_failure, self._now()
        with self._engine.connect() as connection:
            rows = connection.execute(select(f).where(f.c.key.in_(_keys(name, address)))).all()
        waits = [
            (row.last_at.replace(tzinfo=UTC), _wait(row.key, row._mapping["count"])) for row in rows
        ]
        # Never longer than the wait itself: a failure may lie in what is the future by now, when
        # the clock of the server is put back.
        left = [min(wait, at + wait - now) for at, wait in waits]
        return max((math.ceil(wait.total_seconds()) for wait in left), default=0)

    def failed(self, name: str, address: str) -> None:
        """Count an attempt that failed."""
        f, now = staff_tables.sign_in_failure, self._now()
        with self._engine.begin() as connection:
            connection.execute(delete(f).where(f.c.last_at < now - _FORGET_FAILURES))
            for key in _keys(name, address):
                connection.execute(
                    upsert(connection, f)
                    .values(key=key, count=1, last_at=now)
                    .on_conflict_do_update(
                        index_elements=["key"], set_={"count": f.c.count + 1, "last_at": now}
                    )
                )

    def succeeded(self, name: str) -> None:
        """Forget the failures of this name. Those of the address stay: who has an account may
        not guess at the passwords of others for free."""
        f = staff_tables.sign_in_failure
        with self._engine.begin() as connection:
            connection.execute(delete(f).where(f.c.key == _name_key(name)))


def _keys(name: str, address: str) -> Sequence[str]:
    return _name_key(name), f"{_ADDRESS}{_hash(address)}"


def _name_key(name: str) -> str:
    return f"name:{_hash(name.strip().lower())}"


def _wait(key: str, failures: int) -> timedelta:
    free = FREE_FROM_ADDRESS if key.startswith(_ADDRESS) else FREE_FAILURES
    if failures < free:
        return timedelta()
    doublings = min(failures - free, 10)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
