"""What is noted about one request while it is being answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from corpus.types import Outcome


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer, as far as it may be told: nothing of what was asked or said."""

    status: str
    engine: str
    edition: int
    began_ns: int
    """Unix time."""
    steps: tuple[tuple[str, float], ...]
    """(step, milliseconds)."""


@dataclass(slots=True)
class Notes:
    """The notes of one request: every thread that works for it writes in the same ones."""

    answered: list[Answered] = field(default_factory=list)
    refused: str = ""
    """Why the limits refused it."""


# The notes themselves are shared between the threads of a request; the variable only finds them.
_notes: ContextVar[Notes | None] = ContextVar("request_notes", default=None)


def notes() -> Notes:
    """The notes of this request; outside of one, notes that nobody reads."""
    return _notes.get() or Notes()


@contextmanager
def taking_notes() -> Iterator[Notes]:
    """New notes for all that happens within."""
    made = Notes()
    token = _notes.set(made)
    try:
        yield made
    finally:
        _notes.reset(token)


def answered(outcome: Outcome, began_ns: int) -> Answered:
    """What may be told of an answer."""
    answer = outcome.answer
    return Answered(answer.status, answer.engine, answer.edition, began_ns, outcome.steps)
