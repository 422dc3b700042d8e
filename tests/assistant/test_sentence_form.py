from __future__ import annotations

import pytest

from assistant.sentence_form import (
    answers_form,
    asked_form,
    heading_likeness,
    is_no_statement,
    leans,
    only_adds,
    says_what_it_is,
    stands_alone,
    tells_of_research,
    wants_decision,
    wants_person,
    wants_reason,
)
from corpus.types import AnswerType, Sentence, SentenceKind
from tests.assistant.conftest import query_of


def sentence(text: str, kind: SentenceKind = "sentence") -> Sentence:
    return Sentence("p:0", 0, len(text), text, kind, None)


@pytest.mark.parametrize(
    ("question", "decision", "reason", "person"),
    [
        ("Mag een student ook thuis werken?", True, False, False),
        ("zo'n student mag toch overal werken?", True, False, False),
        ("Is it allowed to start late?", True, False, False),
        ("Waarom doen bedrijven mee?", False, True, False),
        ("wat levert het ons op?", False, True, False),
        ("wat heb ik er zelf aan?", False, True, False),
        ("Wie betaalt de begeleider?", False, False, True),
        ("Hoeveel dagen werkt een student?", False, False, False),
    ],
)
def test_what_a_question_wants(question: str, decision: bool, reason: bool, person: bool) -> None:
    assert wants_decision(question) == decision
    assert wants_reason(question) == reason
    assert wants_person(question) == person


@pytest.mark.parametrize(
    ("text", "asks", "expected"),
    [
        ("Zijn er eisen aan de begeleider?", "list", "yesno"),
        ("Kunt u de eisen noemen?", "list", "list"),
        ("Welke eisen zijn er?", "list", "list"),
        ("Zet de doelen onder elkaar", "open", "list"),
        ("Vertel over de doelen", "open", "open"),
        ("Hoeveel zijn het er, op een rijtje?", "number", "number"),
    ],
)
def test_the_form_of_a_question_says_what_is_asked(
    text: str, asks: AnswerType, expected: AnswerType
) -> None:
    assert asked_form(query_of(text, asks=asks)) == expected


@pytest.mark.parametrize(
    ("question", "asks", "text", "points"),
    [
        ("Mag dat?", "yesno", "Een gast mag niet mee.", 1.0),
        ("Mag dat?", "yesno", "De gast eet taart.", 0.0),
        ("Waarom doen ze mee?", "open", "Ze doen mee omdat het loont.", 1.0),
        ("Waarom doen ze mee?", "open", "Ze doen mee.", 0.0),
        ("Wie helpt?", "person", "De praktijkbegeleider helpt.", 1.0),
        ("Wie helpt en waarom?", "person", "De praktijkbegeleider helpt.", 0.5),
        ("Voor wie is dit?", "person", "De gids is bedoeld voor bakkers.", 1.0),
        ("Voor wie is dit?", "person", "De praktijkbegeleider helpt.", 0.0),
        ("Hoeveel kost het?", "money", "Dat mag niet, omdat het te duur is.", 0.0),
    ],
)
def test_a_sentence_may_hold_what_the_form_asks(
    question: str, asks: AnswerType, text: str, points: float
) -> None:
    assert answers_form(question, asks, text) == points


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dit betekent dat de student werkt.", True),
        ("Zeven daarvan doen mee.", True),
        ("Van deze bakkers bakken er vijf brood.", True),
        ("Men koos voor brood.", False),
        ("De bakker koos hierbij voor brood.", True),
        ("De bakker bakt brood.", False),
        ("De bakker bakt daar waar het warm is.", False),
        ("De bakker bakt elke dag brood en taart voor de mensen die hier wonen.", False),
    ],
)
def test_a_sentence_that_leans_on_what_stands_before_it(text: str, expected: bool) -> None:
    assert leans(text) == expected


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (sentence("Wat moet je regelen?"), True),
        (sentence("Kosten en baten"), True),
        (sentence("Het kost niets."), False),
        (sentence("Wie begeleidt de student?", "item"), False),
        (sentence("Een laptop", "item"), False),
        (sentence("een lange regel zonder punt aan het eind die toch echt iets zegt"), False),
    ],
)
def test_a_heading_or_a_question_is_no_statement(one: Sentence, expected: bool) -> None:
    assert is_no_statement(one) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De bakker en de slager leiden samen een student op.", True),
        ("Een nieuwe laptop.", False),
        ("de bakker en de slager leiden samen een student op.", False),
        ("Bakker en slager, met de smid en de molenaar samen", False),
    ],
)
def test_an_item_that_needs_no_lead(text: str, expected: bool) -> None:
    assert stands_alone(text) == expected


def test_an_item_of_a_list_that_nothing_introduces_must_start_a_sentence() -> None:
    assert is_no_statement(sentence("een molen die maalt.", "item"))
    assert not is_no_statement(sentence("Een molen die maalt.", "item"))


def test_an_item_that_only_announces_someones_words_is_no_statement() -> None:
    assert is_no_statement(sentence("Zoals de bakker gisteren zei:", "item"))
    assert not is_no_statement(sentence("Bak brood, zoals de bakker zei.", "item"))
    assert is_no_statement(sentence("De uitkomsten zijn weergegeven in figuur 3."))


def test_how_it_was_found_out_is_something_else_than_what() -> None:
    assert tells_of_research("De vragenlijst is door tien bakkers ingevuld.")
    assert tells_of_research("Aan de bakkers is tevens gevraagd wat zij vinden.")
    assert not tells_of_research("De bakkers zijn tevreden.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een leenfiets is een fiets van de zaak.", True),
        ("GOA staat voor een samenwerking van bakkers.", True),
        ("De leenfiets is volgens de bakker handig.", False),
        ("De bakker heeft een leenfiets.", False),
    ],
)
def test_a_sentence_may_say_what_something_is(text: str, expected: bool) -> None:
    assert says_what_it_is(text) == expected


def test_small_words_tell_headings_apart() -> None:
    question = "Voor wie is de leenfiets?"
    near = heading_likeness(question, "Voor wie is een leenfiets bedoeld?")
    assert 1 > near > heading_likeness(question, "Van wie is de fiets, die leenfiets?") > 0
    assert heading_likeness(question, question) == 1
    assert heading_likeness(question, "") == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Daarnaast mag de bakker elke dag een brood meenemen naar huis.", True),
        ("Daarnaast mag dat.", False),
        ("Daarnaast is dit voor de bakker een goede reden om te bakken.", True),
        ("Ook deze bakker mag elke dag een brood meenemen naar huis.", False),
        ("De bakker mag elke dag een brood meenemen naar huis.", False),
    ],
)
def test_one_small_word_that_adds(text: str, expected: bool) -> None:
    assert only_adds(text) == expected


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("Aan bedrijven is gevraagd hoe tevreden ze zijn.", True),
        ("Hierbij konden bedrijven een oordeel geven van 1 tot 10.", True),
        ("In tabel 2 staan de cijfers.", True),
        ("Aan de opleiding zijn kosten verbonden.", False),
        ("Bedrijven zijn gematigd tevreden.", False),
    ],
)
def test_what_only_announces_an_outcome_is_no_statement(text: str, empty: bool) -> None:
    assert is_no_statement(Sentence("s", 0, len(text), text, "sentence", None)) is empty


@pytest.mark.parametrize("text", ["Gemiddeld ging het om 75% van de kosten.", "Het betreft drie."])
def test_a_sentence_about_an_it_leans_on_the_one_before(text: str) -> None:
    assert leans(text)
