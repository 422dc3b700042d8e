from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.named_things import Names, names_in, wanted_names
from assistant.understanding.asks import answer_type
from corpus.dutch import fold


def wanted(question: str) -> Names | None:
    return wanted_names(question, answer_type(fold(question)))


def share(question: str, text: str, common: frozenset[str] = frozenset()) -> float:
    names = wanted(question)
    assert names is not None
    return names.share(text, common.__contains__)


@pytest.mark.parametrize(
    "question",
    [
        "Welke hogescholen doen mee?",
        "In welke sectoren is het er al?",
        "Met welke kleine bedrijven werken jullie?",
        "Noem voorbeelden van een opleiding",
        "Which universities take part?",
        "Give me examples of companies",
        "Wie zitten erin?",
        "wie doet er mee",
        "Who is involved?",
    ],
)
def test_who_asks_which_ones_wants_names(question: str) -> None:
    assert wanted(question) is not None


@pytest.mark.parametrize(
    "question",
    [
        "Welke opleidingen mogen meedoen?",
        "Welke bedrijven komen in aanmerking?",
        "Welke studies kunnen meedoen?",
        "Hoeveel hogescholen doen mee?",
        "Doen er hogescholen mee?",
        "Wat is een hogeschool?",
        "Wie begeleidt de student?",
        "Welke eisen zijn er?",
        "Wat doet een lectoraat?",
    ],
)
def test_who_asks_for_a_rule_a_number_or_one_thing_does_not(question: str) -> None:
    assert wanted(question) is None


def test_names_of_the_kind_asked_for_count_and_more_of_them_count_more() -> None:
    asked = "Welke hogescholen doen mee?"
    one = share(asked, "Nu doet Hogeschool Westerveen mee.")
    two = share(asked, "Nu doen Hogeschool Westerveen en Hogeschool Oosterdam mee.")
    assert 0 < one < two < 1


def test_without_a_name_of_that_kind_there_is_nothing() -> None:
    asked = "Welke hogescholen doen mee?"
    assert share(asked, "Hogescholen kunnen meedoen met een opleiding.") == 0
    assert share(asked, "Toen kwamen Anna de Wit en Kees Bos.") == 0


def test_other_names_beside_one_of_that_kind_count_a_little() -> None:
    asked = "Welke hogescholen doen mee?"
    alone = share(asked, "Nu doet Hogeschool Westerveen mee.")
    beside = share(asked, "Nu doen Hogeschool Westerveen en ook Anna de Wit mee.")
    another = share(asked, "Nu doen Hogeschool Westerveen en ook Hogeschool Oosterdam mee.")
    assert alone < beside < another


def test_the_word_for_a_thing_is_no_name_of_one() -> None:
    assert share("Welke opleidingen zijn er?", "Het is een Associate Degree of een Bachelor.") == 0
    assert share("Welke opleidingen zijn er?", "Er is een Ad Kaasmaken.") > 0


def test_the_kind_may_stand_right_before_the_name() -> None:
    assert share("Welke ministeries doen mee?", "Het geld komt van het ministerie van XYZ.") > 0


def test_what_stands_everywhere_is_no_name() -> None:
    asked, text = "Welke hogescholen doen mee?", "Nu doet Hogeschool Westerveen mee."
    assert share(asked, text, frozenset({"westerveen"})) == 0


def test_a_plain_word_may_be_such_a_thing() -> None:
    assert share("Welke sectoren doen mee?", "Er zijn groepen in de bouw en de zorg.") > 0
    assert share("Welke hogescholen doen mee?", "Er zijn groepen in de bouw en de zorg.") == 0


def test_to_who_any_name_will_do() -> None:
    assert share("Wie zitten erin?", "Erin zitten Anna de Wit en Kees Bos.") > 0
    assert share("Wie zitten erin?", "Erin zitten mensen van scholen.") == 0


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("De fiets staat buiten.", []),
        ("Toen kwam Anna.", ["anna"]),
        ("Anna de Wit kwam. Zij bleef.", ["anna de wit"]),
        ("- Metaalbond\n- ABC\n- Bond Nederland", ["abc", "bond nederland"]),
        ("BouwClub is er.", ["bouwclub"]),
    ],
)
def test_a_capital_inside_a_sentence_makes_a_name(text: str, names: list[str]) -> None:
    assert [name for name, _ in names_in(text)] == names


@given(st.text(max_size=200))
def test_any_text_has_a_share(text: str) -> None:
    assert 0 <= share("Welke sectoren doen mee?", text) < 1


@pytest.mark.parametrize(
    "question",
    [
        "Voor wie is het bedoeld?",
        "Voor welke studenten is dit geschikt?",
        "Wie kan er meedoen?",
        "Who can join?",
    ],
)
def test_for_whom_wants_groups_of_people(question: str) -> None:
    assert share(question, "Havisten en werkenden leren hier.") > share(question, "Havisten leren.")
    assert share(question, "De molen maalt.") == 0
    assert wanted("Is dit geschikt voor havisten?") is None
