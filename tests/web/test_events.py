import json
from typing import Any

from corpus.types import Answer, Citation, Statement
from tests.web.conftest import BESIDE
from web.events import event_stream


def read(stream: bytes) -> list[tuple[str, Any]]:
    """Parse server-sent events strictly: one event line and one data line each."""
    assert stream.endswith(b"\n\n")
    found = []
    for block in stream.decode("utf-8").removesuffix("\n\n").split("\n\n"):
        event, data = block.split("\n")
        assert event.startswith("event: ")
        assert data.startswith("data: ")
        found.append((event.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_statements_with_their_citations_then_the_whole_answer(answering: Any) -> None:
    outcome = answering.answer("vraag")
    events = read(b"".join(event_stream(answering.stream("vraag"))))
    assert [name for name, _ in events] == ["statement", "citation"] * 4 + ["answer"]
    sent = [data for _, data in events]
    assert tuple(Statement(**data) for data in sent[:8:2]) == outcome.answer.statements
    assert tuple(Citation(**data) for data in sent[1:8:2]) == outcome.answer.citations
    assert Answer(**sent[8]) == outcome.answer


def test_the_line_above_a_statement_comes_before_it(answering: Any) -> None:
    events = read(b"".join(event_stream(answering.stream("wat staat hiernaast"))))
    pair = ["statement", "citation"]
    assert [name for name, _ in events] == [*pair * 3, "line", *pair, "answer"]
    assert events[6][1] == {"text": BESIDE}


def test_nearest_passages_come_before_the_answer_when_nothing_was_found(answering: Any) -> None:
    events = read(b"".join(event_stream(answering.stream("niets"))))
    assert [name for name, _ in events] == ["nearest", "answer"]
    passages = events[0][1]
    assert len(passages) == 3
    assert {"document_id", "title", "section", "text", "start", "end"} <= passages[0].keys()


def test_a_line_end_in_the_data_does_not_break_the_stream(answering: Any) -> None:
    question = "regel een\nregel twee\r\n\ndata: nep\u2028event: nep"
    events = read(b"".join(event_stream(answering.stream(question))))
    assert events[-1][0] == "answer"
    assert events[-1][1]["question"] == question
