from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect

from corpus import questions_log
from corpus.database import open_database
from corpus.gap_groups import GapGroups
from corpus.questions_log import Count, QuestionsLog, today
from corpus.types import Answer, Audience, Outcome, Query, Status


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture
def log(engine: Engine) -> QuestionsLog:
    return QuestionsLog(engine, 90)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Makes it another day."""
    return lambda day: monkeypatch.setattr(questions_log, "today", lambda: day)


def given(
    text: str,
    status: Status = "not_found",
    *,
    trace_id: str = "t1",
    audience: Audience | None = "bedrijf",
    reason: str = "sum",
) -> Outcome:
    answer = Answer(
        status=status,
        question=text,
        language="nl",
        engine="extractive",
        edition=3,
        text="",
        statements=(),
        citations=(),
        uncovered=(),
        suggestions=(),
        trace_id=trace_id,
    )
    return Outcome(answer, Query(text, text, "nl", audience, "open"), (), reason, 1.0)


def stored(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in folder.glob("routewijzer.sqlite3*"))


@pytest.mark.parametrize("status", ["not_found", "partial", "out_of_scope"])
def test_a_question_without_a_good_answer_is_kept_masked(
    log: QuestionsLog, tmp_path: Path, status: Status
) -> None:
    log.answered(given("Bel mij op  06-12345678, mag dat?", status))
    (kept,) = log.questions()
    assert (kept.text, kept.status) == ("Bel mij op [telefoon], mag dat?", status)
    assert (kept.day, kept.audience, kept.edition, kept.helpful) == (today(), "bedrijf", 3, None)
    assert log.counts() == [Count(today(), 3, status, 1)]
    assert b"12345678" not in stored(tmp_path)


def test_of_a_question_that_was_answered_only_a_count_remains(
    log: QuestionsLog, tmp_path: Path
) -> None:
    log.answered(given("Wat kost een eenhoorn?", "answered"))
    log.answered(given("Wat kost een eenhoorn?", "answered", trace_id="t2"))
    assert log.questions() == []
    assert log.counts() == [Count(today(), 3, "answered", 2)]
    assert b"eenhoorn" not in stored(tmp_path)


def test_a_greeting_is_counted_but_not_kept(log: QuestionsLog) -> None:
    log.answered(given("hoi", "out_of_scope", reason="a greeting"))
    assert log.questions() == []
    assert [c.what for c in log.counts()] == ["out_of_scope"]


def test_no_with_the_question_keeps_it(log: QuestionsLog) -> None:
    word = "mail jan@voorbeeld.nl " + "x" * 300
    assert log.feedback("t9", False, 4, question="Wat kost  het?", language="en", word=word)
    (kept,) = log.questions()
    assert (kept.text, kept.status, kept.reason) == ("Wat kost het?", "answered", "unhelpful")
    assert (kept.helpful, kept.language, kept.edition) == (False, "en", 4)
    assert kept.word.startswith("mail [e-mail] x")
    assert len(kept.word) == 200
    assert log.counts() == [Count(today(), 4, "unhelpful", 1)]


def test_yes_keeps_nothing_but_a_count(log: QuestionsLog) -> None:
    assert log.feedback("t9", True, 4, question="Wat kost het?")
    assert log.questions() == []
    assert log.counts() == [Count(today(), 4, "helpful", 1)]


def test_no_without_the_question_is_counted(log: QuestionsLog) -> None:
    log.feedback("t9", False, 4, question="  ")
    assert log.questions() == []
    assert [c.what for c in log.counts()] == ["unhelpful"]


def test_the_first_vote_and_the_first_word_on_a_kept_question_count(log: QuestionsLog) -> None:
    log.answered(given("Wat kost het?"))
    log.feedback("t1", False, 9)
    log.feedback("t1", False, 9, word="prijs")
    log.feedback("t1", True, 9, word="toch niet")
    (kept,) = log.questions()
    assert (kept.helpful, kept.word) == (False, "prijs")
    # Counted in the edition that answered, once.
    votes = [c for c in log.counts() if c.what != "not_found"]
    assert votes == [Count(today(), 3, "unhelpful", 1)]


def test_nothing_at_all_is_kept_for_zero_days(engine: Engine, tmp_path: Path) -> None:
    QuestionsLog(engine, 90).answered(given("Wat kost een eenhoorn?"))
    log = QuestionsLog(engine, 0)
    log.answered(given("Wat eet een eenhoorn?", trace_id="t2"))
    assert log.feedback("t3", False, 1, question="Waar woont hij?") is False
    assert log.questions() == []  # what was there went, too
    assert [c.count for c in log.counts()] == [1]
    assert b"eenhoorn" not in stored(tmp_path)


def test_a_question_goes_when_its_days_are_over(
    engine: Engine, log: QuestionsLog, on: Callable[[date], None], tmp_path: Path
) -> None:
    asked = today()
    log.answered(given("Wat kost een eenhoorn?"))
    on(asked + timedelta(days=89))
    assert len(log.questions()) == 1
    on(asked + timedelta(days=90))
    # The next answer is enough: nobody has to think of it.
    QuestionsLog(engine, 90).answered(given("Wat nu?", "answered", trace_id="t2"))
    assert b"eenhoorn" not in stored(tmp_path)
    assert log.questions() == []


def test_the_oldest_go_when_there_are_too_many(
    log: QuestionsLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions_log, "MAX_KEPT", 2)
    for number in range(4):
        log.answered(given(f"vraag {number}", trace_id=str(number)))
    assert [q.text for q in log.questions()] == ["vraag 2", "vraag 3"]


def test_forgetting_by_number_by_trace_and_all(log: QuestionsLog, tmp_path: Path) -> None:
    for number in range(4):
        log.answered(given(f"eenhoorn {number}", trace_id=f"spoor{number}"))
    assert log.forget(str(log.questions()[0].id)) == 1
    assert log.forget("spoor1") == 1
    assert log.forget("spoor1") == 0
    assert [q.text for q in log.questions()] == ["eenhoorn 2", "eenhoorn 3"]
    assert b"eenhoorn 1" not in stored(tmp_path)
    assert log.forget_all() == 2
    assert b"eenhoorn" not in stored(tmp_path)
    assert sum(c.count for c in log.counts()) == 4


def test_an_empty_group_goes_unless_staff_worked_on_it(engine: Engine, log: QuestionsLog) -> None:
    groups = GapGroups(engine)
    for number in range(2):
        log.answered(given(f"vraag {number}", trace_id=str(number)))
    first, second = log.questions()
    groups.put({}, [[first.id], [second.id]])
    groups.change(2, owner="Anja")
    log.forget_all()
    assert [g.id for g in groups.groups()] == [2]


def test_readers_get_their_answer_when_the_database_is_gone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = open_database(tmp_path)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE daily_count")
    with caplog.at_level(logging.WARNING):
        QuestionsLog(engine, 90).answered(given("geheime vraag"))
    engine.dispose()
    assert "not counted" in caplog.text
    assert "geheime" not in caplog.text


def test_an_error_of_the_database_never_tells_what_was_asked(
    engine: Engine, log: QuestionsLog
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE kept_question")
    with pytest.raises(Exception, match="kept_question") as caught:
        log.feedback("geheim-spoor", False, 1, question="geheime vraag")
    assert "geheim" not in str(caught.value)


def columns(engine: Engine) -> Any:
    with engine.connect() as connection:
        return [column["name"] for column in inspect(connection).get_columns("kept_question")]


def test_there_is_no_place_for_who_asked_or_when_exactly(engine: Engine) -> None:
    assert set(columns(engine)) == {
        "id",
        "day",
        "text",
        "language",
        "audience",
        "status",
        "reason",
        "edition",
        "helpful",
        "word",
        "trace_id",
        "group_id",
    }
