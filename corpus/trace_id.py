"""The id that binds an answer, its lines in the log and its trace to each other."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Per request: threads that work for one see its own, and hand it on to nobody.
_current: ContextVar[str | None] = ContextVar("trace_id", default=None)


def new_trace_id() -> str:
    """32 hexadecimal digits, never the same twice: the form of a W3C trace id."""
    return uuid.uuid4().hex


def current_trace_id() -> str | None:
    """The id of the request that is being answered, or None."""
    return _current.get()


def trace_id() -> str:
    """The same; a new one when there is none."""
    return _current.get() or new_trace_id()


@contextmanager
def traced(given: str) -> Iterator[None]:
    """All that happens within has this id."""
    token = _current.set(given)
    try:
        yield
    finally:
        _current.reset(token)
