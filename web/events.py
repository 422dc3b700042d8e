"""An answer as server-sent events (WHATWG HTML, section 9.2)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from fastapi.sse import format_sse_event

from corpus.types import Outcome, Spoken
from web.present import nearest


def event_stream(pieces: Iterable[Spoken | Outcome]) -> Iterator[bytes]:
    """Events in a fixed order: for each statement ``statement`` and a ``citation`` for each that it
    is the first to name; then ``nearest`` and ``answer``.

    ``line`` comes before a statement that has a line above it in the text of the answer: it holds
    that as ``text``. It is an event of its own: who does not know it passes it over, and a
    statement stays what it is in the answer. ``nearest`` is a list and is sent only when nothing
    was found; ``answer``, the whole answer, is always the last, and counts when it says something
    else than the statements did. The data of every event is JSON on one line.
    """
    for piece in pieces:
        yield from _spoken(piece) if isinstance(piece, Spoken) else _outcome(piece)


def _spoken(spoken: Spoken) -> Iterator[bytes]:
    if spoken.heading:
        line = json.dumps({"text": spoken.heading}, ensure_ascii=False)
        yield format_sse_event(event="line", data_str=line)
    yield format_sse_event(event="statement", data_str=spoken.statement.model_dump_json())
    for citation in spoken.citations:
        yield format_sse_event(event="citation", data_str=citation.model_dump_json())


def _outcome(outcome: Outcome) -> Iterator[bytes]:
    passages = nearest(outcome)
    if passages:
        data = json.dumps([passage.model_dump() for passage in passages], ensure_ascii=False)
        yield format_sse_event(event="nearest", data_str=data)
    yield format_sse_event(event="answer", data_str=outcome.answer.model_dump_json())
