from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.understand import answer_type, language_of, understand
from corpus.dutch import DutchAnalyser, fold
from corpus.errors import BadInputError
from corpus.types import AnswerType, Language, Query

ANALYSER = DutchAnalyser()
MAX = 2000


def ask(question: str, *history: str) -> Query:
    return understand(question, None, history, ANALYSER, MAX)


# --- language --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wat kost een Mkb-route een bedrijf?", "nl"),
        ("Is de student in dienst?", "nl"),
        ("hoeveel dagen naar school", "nl"),
        ("What does a Mkb-route cost a company?", "en"),
        ("Who pays the student?", "en"),
        ("Is there a contract for students?", "en"),
        ("HOW MANY DAYS DO THEY WORK", "en"),
        # Dutch when unsure: no function words, names, other scripts, nothing at all.
        ("Mkb-route", "nl"),
        ("mentor training", "nl"),
        ("Associate degree bachelor team", "nl"),
        ("Was ist das?", "nl"),
        ("что такое маршрут", "nl"),
        ("", "nl"),
    ],
)
def test_language(text: str, language: Language) -> None:
    assert language_of(text) == language


# --- kind of answer --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Wat is het telefoonnummer van de projectleider?", "phone"),
        ("Kan ik iemand bellen?", "phone"),
        ("What is the phone number?", "phone"),
        ("Wat is het e-mailadres van het programma?", "email"),
        ("Naar wie kan ik mailen?", "email"),
        ("Is there an email address?", "email"),
        ("Wat is de website?", "website"),
        ("Hoeveel euro krijgt een bedrijf?", "money"),
        ("Hoe hoog is de subsidie?", "money"),
        ("Wat verdient een student per maand?", "money"),
        ("How much is the subsidy?", "money"),
        ("Hoeveel studenten doen mee?", "number"),
        ("Hoe lang duurt een Mkb-route?", "number"),
        ("Hoe oud zijn de studenten?", "number"),
        ("Hoe hoog is het percentage uitvallers?", "number"),
        ("How many days a week does a student work?", "number"),
        ("What is the number of students that dropped out?", "number"),
        ("Wanneer begint het?", "date"),
        ("In welk jaar verscheen het rapport?", "date"),
        ("When does the programme end?", "date"),
        ("Wat is het adres?", "place"),
        ("In welke stad is dat?", "place"),
        ("Wie leidt het programma?", "person"),
        ("Who pays the tuition fee?", "person"),
        ("Welke varianten zijn er?", "list"),
        ("Wat zijn de voorwaarden?", "list"),
        ("What are the requirements?", "list"),
        ("Wat is een leerwerkplek?", "definition"),
        ("Wat betekent LLO?", "definition"),
        ("What does LLO mean?", "definition"),
        ("Moet de student in dienst zijn?", "yesno"),
        ("En mag dat ook?", "yesno"),
        ("Can a small company join?", "yesno"),
        ("Hoe richt ik een leerwerkplek in?", "how"),
        ("Waarom doen bedrijven mee?", "open"),
        ("How do I start?", "how"),
    ],
)
def test_answer_type(question: str, asks: AnswerType) -> None:
    assert answer_type(fold(question)) == asks
    assert ask(question).asks == asks


def test_years_that_are_named() -> None:
    assert ask("Hoeveel routes in 2021 en 2023, en weer 2021?").years == ("2021", "2023")
    assert ask("Bel 20215 of 1821").years == ()


# --- follow-ups ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "follow_up",
    [
        "En voor scholen?",
        "Is dat verplicht?",
        "Waarom?",
        "What about schools?",
        "En de duur ervan?",
    ],
)
def test_a_follow_up_is_completed_with_the_question_before_it(follow_up: str) -> None:
    query = ask(follow_up, "Hoe heet de gans?", "Wat kost een leerwerkplek een bedrijf?")
    assert query.original == follow_up
    assert follow_up.rstrip("?") in query.text
    assert "Wat kost een leerwerkplek een bedrijf" in query.text
    assert "gans" not in query.text


@pytest.mark.parametrize(
    "question",
    [
        "Welke subsidies kan een hogeschool krijgen?",
        "Hoe kiest een bedrijf een goede praktijkbegeleider?",
        "Which criteria must a study programme meet?",
    ],
)
def test_a_question_that_stands_alone_stays_as_it_is(question: str) -> None:
    assert ask(question, "Wat kost een leerwerkplek een bedrijf?").text == question


def test_without_earlier_questions_nothing_is_added() -> None:
    for history in ((), ("", " \n\x00")):
        assert ask("Is dat verplicht?", *history).text == "Is dat verplicht?"


def test_a_follow_up_keeps_its_own_language() -> None:
    assert ask("And for the schools?", "Wat kost een leerwerkplek?").language == "en"
    assert ask("En voor de scholen?", "What does a workplace cost?").language == "nl"


def test_a_year_in_the_question_before_counts_too() -> None:
    assert ask("En in de bouw?", "Hoeveel studenten waren er in 2021?").years == ("2021",)


def test_an_earlier_question_without_end_is_cut() -> None:
    assert len(ask("Is dat verplicht?", "stad " * 5000).text) < 2 * MAX


# --- bad input -------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["", "   ", "\n\t\r", "\x00\x1b", "\ud800", "\u200b\ufeff"])
def test_nothing_to_read_is_an_empty_question(question: str) -> None:
    with pytest.raises(BadInputError, match="De vraag is leeg"):
        ask(question)


def test_too_long_says_how_long_and_how_long_it_may_be() -> None:
    with pytest.raises(BadInputError, match=r"10000 tekens.*2000"):
        ask("a" * 10_000)
    assert ask("a" * MAX).text == "a" * MAX


def test_control_characters_and_lone_surrogates_are_left_out() -> None:
    query = ask("Wat\x00 kost\ud83d een\x1b route\r\n?")
    assert query.text == "Wat kost een route ?"
    query.text.encode()


PIECES = st.sampled_from(
    [
        "Wat kost dat?",
        "'; DROP TABLE versions; --",
        "SELECT * FROM documents WHERE 1=1",
        '{"$ne": null}',
        "👩‍🎓🎉",
        "\ud800",
        "\x00\x07",
        "ﷺ" * 15,
        "مرحبا كيف",
        "学生は働く",
        "ß Ĳ ﬁ İ é",
        "(((((((",
        "\\b[a-z]+$",
        "euro" * 200,
        "verdien " * 100,
        "a" * 3000,
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=6).map(" ".join)), st.data())
@example("x" * 10_000, None)
def test_any_text_is_understood_or_refused(text: str, data: st.DataObject | None) -> None:
    history = data.draw(st.lists(PIECES, max_size=3)) if data else ["Wat?"]
    try:
        query = understand(text, "bedrijf", history, ANALYSER, MAX)
    except BadInputError:
        return  # what it says is tested above; any other exception is an error
    assert query.text.isprintable()
    query.text.encode()  # no lone surrogate is left
    assert query.text == " ".join(query.text.split())
    assert query.original == text
    assert query.language in ("nl", "en")
