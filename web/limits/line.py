"""A number of answers at once, a line before it of bounded length, and bounded patience."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Line:
    """Lets in a number at a time, first come first served. For one event loop."""

    def __init__(
        self,
        places: int,
        waiting: int,
        patience_s: float,
        changed: Callable[[int, int], None] | None = None,
    ) -> None:
        """``places`` are let in together, ``waiting`` stand in line for ``patience_s`` seconds.
        ``changed`` is told how many are inside and how many wait."""
        self._places = asyncio.Semaphore(places)
        self._most_waiting = waiting
        self.patience_s = patience_s
        self._changed = changed
        self._inside = 0
        self._waiting = 0

    async def enter(self) -> bool:
        """Whether there is a place now, or soon enough. Who was let in must leave."""
        if self._places.locked() and self._waiting >= self._most_waiting:
            return False
        self._waiting += 1
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
        self._tell()

    def _tell(self) -> None:
        if self._changed is not None:
            self._changed(self._inside, self._waiting)
