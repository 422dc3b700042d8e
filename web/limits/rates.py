"""Counts requests per visitor and says how long one must wait."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Mapping

from anyio import CapacityLimiter, to_thread
from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import Storage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import Scope

from web.limits.rules import Kind, Rule
from web.limits.store import SqliteStore
from web.limits.visitors import Visitors

log = logging.getLogger(__name__)


class Rates:
    """A moving window of a minute for each visitor and kind of request."""

    def __init__(
        self,
        store: Storage,
        visitors: Visitors,
        per_minute: Mapping[Kind, int],
        *,
        not_counted: Callable[[], None],
        now: Callable[[], float] = time.time,
    ) -> None:
        """``not_counted`` is told that the store failed. ``now`` is the clock of ``store``."""
        self._limiter = MovingWindowRateLimiter(store)
        self._visitors = visitors
        self._items = {
            kind: RateLimitItemPerMinute(amount, namespace=kind)
            for kind, amount in per_minute.items()
            if amount
        }
        self._not_counted = not_counted
        self._now = now
        # A hop to a thread takes longer than counting in memory does.
        self._waits = not (isinstance(store, SqliteStore) and store.in_memory)
        # Threads of its own: those that answer may all be taken.
        self._threads = CapacityLimiter(4)

    async def wait_s(self, rule: Rule, scope: Scope) -> int:
        """Count a request; the seconds to wait come back when there were too many, else 0.

        When the store fails the request is let through: readers come before counting.
        """
        item = self._items.get(rule.kind)
        names = self._visitors.names(scope) if item is not None else ()
        if item is None or not names:
            return 0
        if not self._waits:
            return self._wait_s(item, names)
        return await to_thread.run_sync(self._wait_s, item, names, limiter=self._threads)

    def _wait_s(self, item: RateLimitItemPerMinute, names: tuple[str, ...]) -> int:
        try:
            for name in names:
                if not self._limiter.hit(item, name):
                    free_at = self._limiter.get_window_stats(item, name).reset_time
                    return max(1, math.ceil(free_at - self._now()))
        except StorageError as error:
            self._not_counted()
            log.warning("Requests are not counted: %s", type(error.storage_error).__name__)
        return 0
