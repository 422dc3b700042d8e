from __future__ import annotations

import time
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.understand import understand
from corpus.errors import BadInputError
from corpus.types import AnswerType, Query
from corpus.words import EditionWords
from tests.language import ANALYSER, SPELLER

EDITION = EditionWords({"student": 90, "begeleiding": 60, "hogeschool": 80, "subsidie": 15})
CORRECT = partial(SPELLER.correct, edition=EDITION)
MAX = 2000


def ask(question: str, *history: str) -> Query:
    return understand(question, None, history, ANALYSER, MAX, CORRECT)


def test_a_plain_question_stays_as_it_is() -> None:
    query = understand(" Wat kost\teen  route? ", "bedrijf", (), ANALYSER, MAX)
    assert query == Query(
        original=" Wat kost\teen  route? ",
        text="Wat kost een route?",
        language="nl",
        audience="bedrijf",
        asks="open",
    )


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


def test_a_question_that_stands_alone_stays_as_it_is() -> None:
    question = "Welke subsidies kan een hogeschool krijgen?"
    assert ask(question, "Wat kost een leerwerkplek een bedrijf?").text == question


def test_another_subject_takes_nothing_from_before() -> None:
    query = ask("Oké, iets anders: wie betaalt?", "Wat is een Ad?", "En een bachelor?")
    assert query.text == "wie betaalt?"


def test_without_earlier_questions_nothing_is_added() -> None:
    for history in ((), ("", " \n\x00")):
        assert ask("Is dat verplicht?", *history).text == "Is dat verplicht?"


def test_a_follow_up_keeps_its_own_language() -> None:
    assert ask("And for the schools?", "Wat kost een leerwerkplek?").language == "en"
    assert ask("En voor de scholen?", "What does a workplace cost?").language == "nl"


@pytest.mark.parametrize(
    ("follow_up", "before", "asks"),
    [
        ("En bij een bachelor?", "Hoeveel studenten zijn er bij een Ad?", "number"),
        ("En van Avans?", "Wat is het e-mailadres van Fontys?", "email"),
        ("En waarom?", "Hoeveel studenten zijn er bij een Ad?", "open"),
        ("En hoeveel studenten?", "Wie doet er mee?", "number"),
        ("En mag dat ook?", "Wie doet er mee?", "yesno"),
        ("Welke subsidies kan een hogeschool krijgen?", "Wie doet er mee?", "list"),
    ],
)
def test_a_fragment_asks_for_what_was_asked_before(
    follow_up: str, before: str, asks: AnswerType
) -> None:
    assert ask(follow_up, before).asks == asks


def test_years_that_are_named() -> None:
    assert ask("Hoeveel routes in 2021 en 2023, en weer 2021?").years == ("2021", "2023")
    assert ask("Bel 20215 of 1821").years == ()


def test_the_year_of_a_follow_up_stands_in_the_place_of_the_year_before() -> None:
    before = "Hoeveel studenten waren er in 2021?"
    assert ask("En in de bouw?", before).years == ("2021",)
    assert ask("En in 2023?", before).years == ("2023",)


def test_an_earlier_question_without_end_is_cut() -> None:
    assert len(ask("Is dat verplicht?", "stad " * 5000).text) < 2 * MAX


# --- double questions --------------------------------------------------------------------------


def test_each_part_stands_alone() -> None:
    query = ask("Wat kost een route en wie betaalt dat?")
    assert query.text == "Wat kost een route en wie betaalt dat?"
    assert query.parts == ("Wat kost een route?", "wie betaalt dat? (over: Wat kost een route?)")


def test_the_parts_of_a_follow_up_have_its_topic() -> None:
    query = ask("Wat kost die? En wie betaalt dat?", "Wat is de Ad Bouwkunde?")
    assert len(query.parts) == 2
    assert all("de Ad Bouwkunde" in part for part in query.parts)


def test_a_double_question_asks_for_what_its_first_part_asks() -> None:
    assert ask("Welke routes zijn er en wanneer beginnen ze?").asks == "list"


def test_one_question_has_no_parts() -> None:
    assert ask("Wat zijn de voor- en nadelen?").parts == ()


# --- typing errors -------------------------------------------------------------------------------


def test_typing_errors_are_mended_and_named() -> None:
    query = ask("hoevel begeleidng krijgt een studnet?")
    assert query.original == "hoevel begeleidng krijgt een studnet?"
    assert query.text == "hoeveel begeleiding krijgt een student?"
    assert query.asks == "number"
    assert query.corrected == (
        ("hoevel", "hoeveel"),
        ("begeleidng", "begeleiding"),
        ("studnet", "student"),
    )


def test_errors_in_the_topic_and_in_parts_are_mended_too() -> None:
    query = ask("En wat kost dat?", "Wie geeft de studnet begeleidng?")
    assert query.text == "En wat kost dat? (over: Wie geeft de student begeleiding?)"
    assert query.corrected == (("studnet", "student"), ("begeleidng", "begeleiding"))
    assert (
        ask("Wie geeft begeleidng en wat kost de subsdie?")
        .parts[1]
        .startswith("wat kost de subsidie?")
    )


def test_nothing_is_mended_without_the_words_of_an_edition() -> None:
    assert understand("begeleidng", None, (), ANALYSER, MAX).corrected == ()


# --- bad input -------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["", "   ", "\n\t\r", "\x00\x1b", "\ud800", "\u200b\ufeff"])
def test_nothing_to_read_is_an_empty_question(question: str) -> None:
    with pytest.raises(BadInputError, match="De vraag is leeg"):
        ask(question)


@pytest.mark.parametrize("question", ["???", "\U0001f642", "... !!"])
def test_no_word_is_a_question_that_takes_nothing_from_before(question: str) -> None:
    assert ask(question, "Wat is een Ad?").text == question


def test_too_long_says_how_long_and_how_long_it_may_be() -> None:
    for length in (2001, 10_000, 10_000_000):
        with pytest.raises(BadInputError, match=rf"{length} tekens.*2000"):
            ask("a" * length)
    assert ask("a" * MAX).text == "a" * MAX


def test_of_a_letter_the_end_is_read() -> None:
    letter = "Wij zijn een bedrijf in de bouw en wij maken daken. " * 20
    assert ask(f"{letter}Hoeveel studenten kunnen wij nemen?").asks == "number"
    assert ask(f"{letter}How many students can we take? What does that mean for us?").parts == ()


PIECES = st.sampled_from(
    [
        "Wat kost dat?",
        "'; DROP TABLE versions; --",
        "SELECT * FROM documents WHERE 1=1",
        '{"$ne": null}',
        "<script>alert(1)</script>",
        "👩‍🎓🎉",
        "\ud800",
        "\x00\x07",
        "ﷺ" * 15,
        "مرحبا كيف",
        "학생은 일한다 学生は働く",
        "ß Ĳ ﬁ İ é",
        "e" + "\u0301" * 400,
        "(((((((",
        "\\b[a-z]+$",
        "euro" * 200,
        "verdien " * 100,
        "van wie en " * 100,
        "begeleidng hogeshcool",
        "a" * 3000,
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=6).map(" ".join)), st.data())
@example("x" * 10_000, None)
@settings(deadline=None)
def test_any_text_is_understood_or_refused(text: str, data: st.DataObject | None) -> None:
    history = data.draw(st.lists(PIECES, max_size=3)) if data else ["Wat?"]
    try:
        query = understand(text, "bedrijf", history, ANALYSER, MAX, CORRECT)
    except BadInputError:
        return  # what it says is tested above; any other exception is an error
    for said in (query.text, *query.parts):
        assert said.isprintable()
        said.encode()  # no lone surrogate is left
        assert said == " ".join(said.split())
    assert query.original == text
    assert query.language in ("nl", "en")
    assert len(query.parts) in (0, 2, 3)


@pytest.mark.parametrize(
    "piece",
    [
        "dat ",
        "van wie en ",
        "? ",
        "a-",
        "e\u0301 ",
        "ﷺ",
        "verdien krijg ",
        "oké, ",
        "<",
        "en ",
        "x.y",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    SPELLER.warm(EDITION)
    text = (piece * MAX)[: MAX - 1]
    history = [text] * 8
    quickest = min(_seconds(text, history) for _ in range(3))
    assert quickest < 0.2  # some 20 ms; a slow machine has time to spare


def _seconds(text: str, history: list[str]) -> float:
    started = time.process_time()
    understand(text, None, history, ANALYSER, MAX, CORRECT)
    return time.process_time() - started
