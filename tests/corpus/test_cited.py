"""How often documents are cited is counted, and nothing of the questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from corpus import question_tables
from corpus.cited import Cited, count_citations
from corpus.database import open_database
from corpus.types import Answer, Citation

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path)
    yield engine
    engine.dispose()


def answer(*places: tuple[str, str], edition: int = 1) -> Answer:
    """An answer that cites these (document id, section)."""
    citations = tuple(
        Citation(
            number=number,
            document_id=document_id,
            version_id="v",
            title="Titel",
            section=section,
            page=None,
            start=0,
            end=4,
            quote="Tekst",
            url=None,
            published=None,
        )
        for number, (document_id, section) in enumerate(places, start=1)
    )
    return Answer(
        status="answered",
        question="Hoe heet mijn geheime vraag?",
        language="nl",
        engine="extractive",
        edition=edition,
        text="Tekst",
        statements=(),
        citations=citations,
        uncovered=(),
        suggestions=(),
        trace_id="spoor",
    )


def count(engine: Engine, given: Answer, day: date = MONDAY) -> None:
    with engine.begin() as connection:
        count_citations(connection, given, day)


def test_each_citation_counts_by_document_and_section(engine: Engine) -> None:
    count(engine, answer(("fiets", "Prijs"), ("fiets", "Prijs"), ("fiets", "Slot"), ("soep", "")))
    cited = Cited(engine)
    assert cited.by_document() == {"fiets": 3, "soep": 1}
    assert cited.sections("fiets") == [("Prijs", 2), ("Slot", 1)]
    assert cited.sections("brommer") == []


def test_counts_of_days_and_editions_are_kept_apart_and_read_together(engine: Engine) -> None:
    count(engine, answer(("fiets", "Prijs")))
    count(engine, answer(("fiets", "Prijs")))
    count(engine, answer(("fiets", "Prijs")), TUESDAY)
    count(engine, answer(("fiets", "Prijs"), edition=2), TUESDAY)
    assert Cited(engine).by_document() == {"fiets": 4}
    c = question_tables.cited_count.c
    with engine.connect() as connection:
        rows = connection.execute(select(c.day, c.edition, c.count).order_by(c.day, c.edition))
        assert [tuple(row) for row in rows] == [(MONDAY, 1, 2), (TUESDAY, 1, 1), (TUESDAY, 2, 1)]


def test_only_the_most_cited_sections_are_named(engine: Engine) -> None:
    places = [("fiets", f"Deel {n}") for n in range(5) for _ in range(n + 1)]
    count(engine, answer(*places))
    assert Cited(engine).sections("fiets", limit=2) == [("Deel 4", 5), ("Deel 3", 4)]


def test_an_answer_without_citations_counts_nothing(engine: Engine) -> None:
    count(engine, answer())
    assert Cited(engine).by_document() == {}


def test_nothing_of_the_question_is_kept(engine: Engine) -> None:
    count(engine, answer(("fiets", "Prijs")))
    with engine.connect() as connection:
        row = connection.execute(select(question_tables.cited_count)).one()
    assert set(row._mapping) == {"day", "edition", "document_id", "section", "count"}
    assert "geheime" not in repr(row)
