"""A number of answers at once, a line before it of bounded length, and bounded patience.

Who would not have a place in time hears so at once. How long that takes is known from how fast
places came free while others waited (exponential smoothing: Brown, 1959).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

_NEWEST = 0.1
"""How much the last place that came free counts for the pace."""
_GUESS_S = 0.1
"""Between two places that come free, until one did while somebody waited: twice what it takes on
two cores. Better to send some away who might have had an answer, than to let hundreds wait in vain
who come at the same moment."""


class Line:
    """Lets in a number at a time, first come first served. For one event loop."""

    def __init__(
        self,
        places: int,
        waiting: int,
        patience_s: float,
        changed: Callable[[int, int], None] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """``places`` are let in together, ``waiting`` stand in line for ``patience_s`` seconds.
        ``changed`` is told how many are inside and how many wait. ``now`` gives seconds."""
        self._places = asyncio.Semaphore(places)
        self._most_waiting = waiting
        self.patience_s = patience_s
        self._changed = changed
        self._now = now
        self._pace_s = _GUESS_S
        """Between two places that come free while somebody waits."""
        self._measured = 0
        """How many of such gaps are in it."""
        self._left_at: float | None = None
        self._inside = 0
        self._waiting = 0

    async def enter(self) -> bool:
        """Whether there is a place now, or soon enough. Who was let in must leave."""
        if self._places.locked() and not self._is_worth_waiting():
            return False
        self._waiting += 1
        self._begin_to_measure()
        self._tell()
        try:
            async with asyncio.timeout(self.patience_s):
                await self._places.acquire()
        except TimeoutError:
            return False
        else:
            self._inside += 1
            return True
        finally:
            self._waiting -= 1
            self._tell()

    def leave(self) -> None:
        """Give the place to the next."""
        self._inside -= 1
        self._places.release()
        self._note_pace()
        self._tell()

    def _is_worth_waiting(self) -> bool:
        in_time = self._waiting * self._pace_s <= self.patience_s
        return self._waiting < self._most_waiting and in_time

    def _begin_to_measure(self) -> None:
        """The first gap begins when the first has to wait: answers that began together are ready
        together, and only the time before all of them tells how long they took."""
        if not self._measured and self._left_at is None and self._places.locked():
            self._left_at = self._now()

    def _note_pace(self) -> None:
        """Only while somebody waits: else a place comes free when a reader happens to be done."""
        now = self._now()
        if self._waiting and self._left_at is not None:
            gap = now - self._left_at
            self._measured += 1
            # At first the mean of all, without the guess.
            self._pace_s += max(_NEWEST, 1 / self._measured) * (gap - self._pace_s)
        self._left_at = now if self._waiting else None

    def _tell(self) -> None:
        if self._changed is not None:
            self._changed(self._inside, self._waiting)
