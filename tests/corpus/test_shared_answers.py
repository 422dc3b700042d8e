from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

import corpus.shared_answers as shared_answers
from corpus import question_tables
from corpus.database import open_database
from corpus.errors import BadInputError, BusyError
from corpus.shared_answers import SharedAnswers
from corpus.types import Answer, Citation, Outcome, Query, Statement

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = open_database(Path(tmp_path_factory.mktemp("shared")))
    yield opened
    opened.dispose()


@pytest.fixture
def store(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> SharedAnswers:
    with engine.begin() as connection:
        connection.execute(question_tables.shared_answer.delete())
    monkeypatch.setattr(shared_answers, "today", lambda: DAY)
    return SharedAnswers(engine, days=30)


def outcome(question: str = "Wie begeleidt?", uncovered: tuple[str, ...] = ()) -> Outcome:
    quote = "Mail naar team@programma.nl."
    citation = Citation(
        number=1,
        document_id="doc",
        version_id="v1",
        title="Titel",
        section="Kop",
        page=3,
        start=0,
        end=len(quote),
        quote=quote,
        url=None,
        published="2022",
    )
    answer = Answer(
        status="partial" if uncovered else "answered",
        question=question,
        language="nl",
        engine="extractive",
        edition=7,
        text=f"{quote} [1]\nHierover staat niets: {' '.join(uncovered)}",
        statements=(Statement(text=quote, citations=(1,), kind="sentence"),),
        citations=(citation,),
        uncovered=uncovered,
        suggestions=("En dan?",),
        trace_id="spoor",
    )
    query = Query(question, question, "nl", "bedrijf", "open")
    return Outcome(answer, query, (), "omdat", 1.0, headings=((0, "Uit 2022:"),))


def move_to(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setattr(shared_answers, "today", lambda: DAY + timedelta(days=days))


def test_an_answer_comes_back_as_it_was_given(store: SharedAnswers) -> None:
    given = outcome()
    found = store.get(store.put(given, "Wie  begeleidt?"))
    assert found is not None
    assert found.answer == given.answer.model_copy(update={"suggestions": ()})
    assert (found.given_on, found.expires_on) == (DAY, DAY + timedelta(days=30))
    assert (found.asked, found.audience) == ("Wie begeleidt?", "bedrijf")
    assert found.headings == ((0, "Uit 2022:"),)


def test_ids_can_not_be_guessed(store: SharedAnswers) -> None:
    ids = {store.put(outcome(), "vraag") for _ in range(20)}
    assert len(ids) == 20
    assert all(len(one) >= 22 for one in ids)
    assert store.get("onbekend") is None


def test_what_the_reader_typed_is_masked_and_the_documents_are_not(
    store: SharedAnswers, engine: Engine
) -> None:
    asked = "Bel 06-12345678 of mail jan@thuis.nl"
    found = store.get(store.put(outcome(asked, (asked,)), asked))
    assert found is not None
    masked = "Bel [telefoon] of mail [e-mail]"
    assert found.asked == found.answer.question == masked
    assert found.answer.uncovered == (masked,)
    assert found.answer.citations[0].quote == "Mail naar team@programma.nl."
    with engine.connect() as connection:
        stored = str(connection.execute(select(question_tables.shared_answer)).all())
    assert "12345678" not in stored
    assert "thuis.nl" not in stored


def test_it_is_gone_when_it_expires(
    store: SharedAnswers, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared_id = store.put(outcome(), "vraag")
    move_to(monkeypatch, 29)
    assert store.get(shared_id) is not None
    assert store.clean() == 0
    move_to(monkeypatch, 30)
    assert store.get(shared_id) is None
    assert store.clean() == 1
    with engine.connect() as connection:
        assert (
            connection.scalar(select(func.count()).select_from(question_tables.shared_answer)) == 0
        )


def test_a_shorter_term_holds_for_what_was_shared_before(
    store: SharedAnswers, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared_id = store.put(outcome(), "vraag")
    move_to(monkeypatch, 5)
    shorter = SharedAnswers(engine, days=5)
    assert shorter.get(shared_id) is None
    assert shorter.clean() == 1


def test_sharing_cleans_once_a_day(store: SharedAnswers, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put(outcome(), "vraag")
    move_to(monkeypatch, 30)
    store.put(outcome(), "vraag")
    assert store.clean() == 0


def test_nothing_is_kept_when_it_is_off(store: SharedAnswers, engine: Engine) -> None:
    shared_id = store.put(outcome(), "vraag")
    off = SharedAnswers(engine, days=0)
    with pytest.raises(BadInputError, match="Delen staat uit"):
        off.put(outcome(), "vraag")
    assert off.get(shared_id) is None
    assert off.clean() == 1


def test_an_answer_without_statements_is_not_shared(store: SharedAnswers) -> None:
    given = outcome()
    empty = replace(given, answer=given.answer.model_copy(update={"statements": ()}))
    with pytest.raises(BadInputError, match="niet te delen"):
        store.put(empty, "vraag")


def test_nobody_fills_the_disk(store: SharedAnswers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_answers, "MAX_A_DAY", 2)
    store.put(outcome(), "vraag")
    store.put(outcome(), "vraag")
    with pytest.raises(BusyError, match="te veel antwoorden"):
        store.put(outcome(), "vraag")
    move_to(monkeypatch, 1)
    store.put(outcome(), "vraag")
