from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from corpus.settings import Settings
from corpus.trace_id import traced
from web.app import create_app
from web.watch.logs import failure, logger, set_up_logs

WORDS = st.text("abcdefghijklmnopqrstuvwxyzé", min_size=5, max_size=20)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Logs:
    """What was logged since it was last read."""

    def __init__(
        self, log_format: str = "json", log_level: str = "debug", terminal: bool = False
    ) -> None:
        self.stream = Terminal() if terminal else io.StringIO()
        given: Any = {"log_format": log_format, "log_level": log_level}
        self.handler = set_up_logs(Settings(**given), self.stream)

    def text(self) -> str:
        text = self.stream.getvalue()
        self.stream.seek(0)
        self.stream.truncate()
        return text

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text().splitlines()]


@pytest.fixture
def put_back() -> Iterator[None]:
    """What a process sets up once, a test takes away again."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    root.setLevel(level)
    root.handlers[:] = handlers
    for name in ("assistant", "cli", "corpus", "eval", "ingest", "web"):
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.fixture
def logs(put_back: None) -> Logs:
    return Logs()


def test_a_line_of_json_says_when_what_and_for_which_request(logs: Logs) -> None:
    with traced("a" * 32):
        logger("web.proef").info("request", status=200)
    (line,) = logs.lines()
    assert line.pop("time").endswith("+00:00")
    expected = {"level": "info", "event": "request", "logger": "web.proef", "trace_id": "a" * 32}
    assert line == {**expected, "status": 200}


def test_other_parts_log_in_the_same_form(logs: Logs) -> None:
    logging.getLogger("corpus.proef").info("Dit is %s", "alles")
    logging.getLogger("httpx").info("POST https://elders")
    logging.getLogger("httpx").warning("Let op")
    assert [line["event"] for line in logs.lines()] == ["Dit is alles", "Let op"]


def test_an_exception_is_told_without_its_message(logs: Logs) -> None:
    try:
        try:
            raise ValueError("geheime vraag")
        except ValueError as error:
            raise FileNotFoundError(2, "No such file", "/geheim/pad") from error
    except FileNotFoundError:
        logging.getLogger("web.proef").exception("Dat ging mis")
    text = logs.text()
    assert "geheim" not in text
    told = json.loads(text)["error"]
    assert [each["kind"] for each in told] == ["FileNotFoundError", "ValueError"]
    assert told[0]["why"] == "No such file"
    assert "watch/test_logs.py:" in told[0]["at"][-1]


def test_a_chain_without_end_is_cut() -> None:
    first: BaseException = ValueError("0")
    error = first
    for number in range(9):
        error.__cause__ = ValueError(str(number))
        error = error.__cause__
    assert len(failure(first)) == 5


def test_a_person_gets_lines_to_read(put_back: None) -> None:
    logs = Logs("console")
    logger("web.proef").info("request", status=200)
    text = logs.text()
    assert "status=200" in text
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)


@pytest.mark.parametrize(("terminal", "is_json"), [(True, False), (False, True)])
def test_left_to_itself_it_looks_whether_a_person_reads(
    put_back: None, terminal: bool, is_json: bool
) -> None:
    logs = Logs("auto", terminal=terminal)
    logger("web.proef").info("request")
    assert logs.text().startswith("{") == is_json


def test_the_level_can_be_set_and_setting_up_twice_doubles_nothing(put_back: None) -> None:
    Logs()
    logs = Logs(log_level="warning")
    logger("web.proef").info("weg")
    logger("web.proef").warning("blijft")
    assert [line["event"] for line in logs.lines()] == ["blijft"]


class QuotesError(Exception):
    """Quotes the question, as exceptions do."""


@pytest.fixture
def asked(answering: Any, library: Any, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """The site; a question with ``fout`` in it breaks with an exception that quotes it."""
    give = answering.answer

    def answer(question: str, **how: Any) -> Any:
        if "fout" in question:
            raise QuotesError(question)
        return give(question, **how)

    monkeypatch.setattr(answering, "answer", answer)
    app = create_app(answering, library, Settings())
    return TestClient(app, client=("203.0.113.77", 1), raise_server_exceptions=False)


@hypothesis_settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=WORDS, kind=st.sampled_from(["goed", "deels", "niets", "stuk", "onklaar", "fout"]))
def test_no_line_holds_a_question_an_address_or_a_cookie(
    logs: Logs, asked: TestClient, word: str, kind: str
) -> None:
    secret, question = f"Q{word}Q", f"{kind} Q{word}Q"
    asked.cookies.set("routewijzer", "koekje")
    asked.get("/", params={"vraag": question})
    asked.post("/api/chat", json={"question": question, "history": [secret]})
    asked.post("/api/chat", json={"question": question, "extra": secret})
    asked.post("/gesprek", json={"vraag": question, "eerder": [secret]})
    asked.post("/api/feedback", json={"trace_id": "x", "helpful": False, "question": question})
    asked.post("/mening", data={"kenmerk": "x", "nuttig": "nee", "vraag": question})
    asked.get(f"/{secret}/{secret}")
    asked.get(f"/bron/{secret}")
    asked.get(f"/static/{secret}.js")
    text = logs.text()
    assert len(text.splitlines()) >= 9
    for hidden in (secret, "koekje", "203.0.113.77"):
        assert hidden not in text
