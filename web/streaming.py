"""Answers that arrive piece by piece, as a response."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from starlette.responses import StreamingResponse

from corpus.types import Outcome, Spoken
from web.ports import Recorder

Pieces = Iterable[Spoken | Outcome]


def started(pieces: Pieces) -> Pieces:
    """The same pieces, the first of them already made: an error that comes before there is
    anything to show still gets an HTTP status of its own."""
    waiting = iter(pieces)
    first = next(waiting, None)
    return chain([first], waiting) if first is not None else ()


def recorded(pieces: Pieces, recorder: Recorder | None) -> Iterator[Spoken | Outcome]:
    """The same pieces; the outcome is recorded once it has gone to the reader."""
    for piece in pieces:
        yield piece
        if recorder is not None and isinstance(piece, Outcome):
            recorder.answered(piece)


def event_response(events: Iterable[bytes]) -> StreamingResponse:
    """A response of server-sent events that no proxy keeps back until it is whole."""
    headers = {"X-Accel-Buffering": "no"}
    return StreamingResponse(iter(events), media_type="text/event-stream", headers=headers)
