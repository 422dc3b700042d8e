"""An outcome as server-sent events (WHATWG HTML, section 9.2)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from fastapi.sse import format_sse_event

from corpus.types import Outcome
from web.present import nearest


def event_stream(outcome: Outcome) -> Iterator[bytes]:
    """Events in a fixed order: ``statement`` each, ``citation`` each, ``nearest``, ``answer``.

    ``nearest`` is a list and is sent only when nothing was found; ``answer``, the whole answer,
    is always the last. The data of every event is JSON on one line.
    """
    answer = outcome.answer
    for statement in answer.statements:
        yield format_sse_event(event="statement", data_str=statement.model_dump_json())
    for citation in answer.citations:
        yield format_sse_event(event="citation", data_str=citation.model_dump_json())
    passages = nearest(outcome)
    if passages:
        data = json.dumps([passage.model_dump() for passage in passages], ensure_ascii=False)
        yield format_sse_event(event="nearest", data_str=data)
    yield format_sse_event(event="answer", data_str=answer.model_dump_json())
