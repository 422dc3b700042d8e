"""Questions that break things: a clear answer or message each, and no other exception."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from assistant.answer import Assistant
from corpus.dutch import DutchAnalyser
from corpus.errors import BadInputError
from tests.assistant.test_answer import DOCUMENTS, assistant_of, put
from tests.builders import open_corpus

WORDLESS = {
    "punctuation": "?!...,;:-()",
    "emoji": "🙂🚲👩🏽‍🏫",
    "one letter": "x",
    "format string": "%s %d {0}",
    "zero width": "\u200b\u200d\u2060?",
    "digits": "12345",
}
STRANGE = {
    "sql": "'; DROP TABLE passage; --",
    "script": "<script>alert(1)</script>",
    "control characters": "fiets\x00\x07\x1b[31m\r\n\t?",
    "lone surrogate": "fiets \ud800?",
    "arabic": "كم تكلفة الدراجة؟",
    "chinese": "自行车多少钱？",
    "cyrillic": "Сколько стоит велосипед?",
    "right to left": "\u202efiets een kost wat\u202c",
    "combining": "fi" + "\u0301" * 1500 + "ets",
    "giant word": "fiets" * 380,
    "brackets": "((((" * 400,
    "query syntax": 'terms:fiets AND "kost"^100 OR *:* ~5 [a TO z]',
    "regular expression": "(a+)+$" * 100,
    "json": '{"question": "Wat kost een leenfiets?"}',
    "path": "../../../../etc/passwd",
}


@pytest.fixture(scope="module")
def assistant(
    tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser
) -> Iterator[Assistant]:
    corpus = open_corpus(tmp_path_factory.mktemp("hostile") / "var", analyser)
    for name, text in DOCUMENTS.items():
        put(corpus, name, text)
    corpus.editions.publish("test")
    yield assistant_of(corpus, gate=None)
    corpus.registry.engine.dispose()


@pytest.mark.parametrize("text", WORDLESS.values(), ids=WORDLESS.keys())
def test_a_question_without_words_is_no_question(assistant: Assistant, text: str) -> None:
    answer = assistant.answer(text).answer
    assert answer.status == "out_of_scope"
    assert answer.text
    assert not answer.citations


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
def test_a_strange_question_gets_an_answer_that_holds(assistant: Assistant, text: str) -> None:
    for history in ((), (text, text)):
        answer = assistant.answer(text, history=history).answer
        assert answer.text
        assert json.loads(answer.model_dump_json())["question"] == answer.question
        assert all(statement.citations for statement in answer.statements)


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x01", "a" * 10_000, "wat kost dat? " * 800])
def test_nothing_and_too_much_are_refused_in_one_plain_line(
    assistant: Assistant, text: str
) -> None:
    with pytest.raises(BadInputError) as refused:
        assistant.answer(text)
    line = str(refused.value)
    assert "\n" not in line
    assert len(line) < 200
    assert "leeg" in line or "Maak hem korter" in line


def test_script_and_sql_are_words_that_nothing_holds(assistant: Assistant) -> None:
    for name in ("sql", "script", "path", "chinese"):
        assert assistant.answer(STRANGE[name]).answer.statements == (), name
