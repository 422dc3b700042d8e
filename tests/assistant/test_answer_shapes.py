from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer_shapes import forms_in, is_of_form, shape_points, shapes_of, words_of_form
from tests.assistant.conftest import evidence_of, read

GUIDE = read(
    "# Gids\n\n## Voor wie\n\nDeze groepen doen mee:\n\n- Bakkers met een diploma.\n\n"
    "## De molen\n\nDe cursus in de molen is tweejarig. De molenaar werkt er twee dagen per week. "
    "De bakkers moeten een schort dragen. Van de bakkers dragen 12 studenten een schort. "
    "De bakker is een man die brood verkoopt. Mensen zijn tevreden over de bakker. "
    "Het brood is gebakken door de bakker. De bakker heeft brood gegeten. "
    "De bakkerij is open sinds mei 2019. De bakkerij is elke dag open. "
    "Bakkers betalen het meel zelf. Bakkers eten het meel zelf. "
    "Mail naar bakker@example.org. De bakker weet veel. "
    "Wie brood bakt, heeft daar voordeel van. Wie brood bakt, heeft dan brood. "
    "Met dank aan de molenaar. De molenaar maalt. "
    "Dit is ook in de handreiking te vermelden. De vlag hangt uit.\n\n"
    "## Uitgaven\n\nBakkers hebben deze kosten:\n\n- Een oven van steen.\n\n"
    "## Cijfers\n\nTabel 1: bakkers per dorp:\n\n- Westerveen: 7 (aantal)\n"
)


def points(question: str, words: str, coverage: float = 1.0) -> float:
    found = evidence_of(GUIDE, words)
    sentence, forms = found.sentence, forms_in(found.sentence.text)
    return shape_points(shapes_of(question), sentence, found.hit.passage, coverage, forms)


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("Hoe lang duurt de cursus?", "tweejarig", "dagen per week"),
        ("How long does the course take?", "tweejarig", "dagen per week"),
        ("Hoeveel dagen werkt de molenaar?", "dagen per week", "tweejarig"),
        ("Moeten bakkers een schort dragen?", "moeten een schort", "12 studenten"),
        ("Must I wear an apron?", "moeten een schort", "12 studenten"),
        ("Wie is de bakker?", "man die brood", "tevreden"),
        ("Wie heeft het brood gebakken?", "gebakken door", "brood gegeten"),
        ("Wanneer ging de bakkerij open?", "mei 2019", "elke dag"),
        ("Wat kost het een bakker?", "betalen het meel", "eten het meel"),
        ("Wat kost het een bakker?", "oven van steen", "betalen het meel"),
        ("Met wie kan ik contact opnemen?", "Mail naar", "weet veel"),
        ("Waarom zou ik brood bakken?", "voordeel", "heeft dan brood"),
        ("Voor wie is het bedoeld?", "met een diploma", "heeft dan brood"),
        ("Wie kan er meedoen?", "met een diploma", "heeft dan brood"),
        ("Welke dorpen zijn er?", "De molenaar maalt", "Westerveen"),
        ("Wat maalt de molenaar?", "De molenaar maalt", "Met dank aan"),
        ("Waar hangt de vlag?", "De vlag", "in de handreiking te"),
    ],
)
def test_a_sentence_of_the_form_that_is_asked_gains(question: str, better: str, worse: str) -> None:
    assert points(question, better) > points(question, worse)


def test_most_questions_want_no_form() -> None:
    assert points("Wat doet de bakker graag?", "De bakker weet veel") == 0
    assert words_of_form("Wat doet de bakker graag?") == frozenset()


def test_who_asks_how_it_was_found_out_is_told() -> None:
    assert points("Wie zijn er geïnterviewd?", "Met dank aan") == 0
    assert points("Wie bakt er?", "Met dank aan") < 0


def test_a_number_that_is_asked_for_may_stand_in_a_table() -> None:
    assert points("Welk dorp heeft welk aantal bakkers?", "Westerveen") == 0


def test_a_sentence_about_something_else_gains_nothing_by_its_form() -> None:
    assert points("Hoe lang duurt de cursus?", "tweejarig", coverage=0.0) == 0


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_more_it_says_of_what_is_asked_the_more_the_form_counts(a: float, b: float) -> None:
    low, high = sorted((a, b))
    question = "Hoe lang duurt de cursus?"
    assert points(question, "tweejarig", low) <= points(question, "tweejarig", high)


def test_words_that_only_ask_are_known() -> None:
    assert words_of_form("Voor welke studenten is dit geschikt?") >= {"geschikt"}
    assert "geschikt" not in words_of_form("Is deze bakker geschikt?")


def test_a_passage_is_of_the_form_by_its_heading_or_lead() -> None:
    groups, molen, *_ = GUIDE.passages
    asked = shapes_of("Voor wie is het bedoeld?")
    assert is_of_form(asked, groups)
    assert not is_of_form(asked, molen)
    assert not is_of_form(shapes_of("Wat doet de bakker?"), groups)
