"""How long each step of an answer takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import TypeVar

Said = TypeVar("Said")
Made = TypeVar("Made")

UNDERSTAND = "begrijpen"
RETRIEVE = "zoeken"
SELECT = "zinnen kiezen"
DECIDE = "beslissen"
COMPOSE = "opstellen"
VERIFY = "controleren"
WRITE = "schrijven"
"""By a language model, with the check of each statement."""
PRESENT = "afmaken"
"""Numbers, sources, and how to go on from the answer."""


class Clock:
    """Adds up the time per step; a step that is done for each part of a question counts once."""

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self._now = now
        self._spent: dict[str, float] = {}
        self._waited = 0.0
        self._at = now()

    def done(self, step: str) -> None:
        """Note that ``step`` ended now: it took all time since the step before."""
        now = self._now()
        self._spent[step] = self._spent.get(step, 0.0) + now - self._at - self._waited
        self._at, self._waited = now, 0.0

    def unheard(self, pieces: Generator[Said, None, Made]) -> Generator[Said, None, Made]:
        """The same pieces, and what comes back in the end; the time in which a reader takes a
        piece belongs to no step. Closing it closes ``pieces``."""
        try:
            while True:
                try:
                    piece = next(pieces)
                except StopIteration as end:
                    made: Made = end.value
                    return made
                given = self._now()
                yield piece
                self._waited += self._now() - given
        finally:
            pieces.close()

    @property
    def steps(self) -> tuple[tuple[str, float], ...]:
        """(step, milliseconds), in the order in which they were first done."""
        return tuple((step, round(spent * 1000, 2)) for step, spent in self._spent.items())
