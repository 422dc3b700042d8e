from __future__ import annotations

import pytest

from assistant.opposites import OneSide, asked_side
from assistant.understanding.asks import answer_type
from corpus.dutch import fold


def side(question: str) -> OneSide | None:
    return asked_side(question, answer_type(fold(question)))


@pytest.mark.parametrize(
    ("question", "asked", "opposite"),
    [
        ("Wat zijn de nadelen?", "Een minpunt is de drukte.", "Een voordeel is de rust."),
        ("What are the drawbacks?", "Een nadeel is de drukte.", "De meerwaarde is groot."),
        ("Waarom stoppen bedrijven?", "Drie zijn gestopt.", "Zij doen mee om te leren."),
        ("Waarom doen ze niet mee?", "Een bedrijf haakt af.", "Veel scholen nemen deelname op."),
        ("Waar klagen studenten over?", "De klachten zijn bekend.", "Zij zijn tevreden."),
        ("Wat ging er mis?", "Het ligt stil.", "Het werd een succes."),
        ("Wie mag er niet meedoen?", "Kleine groepen zijn uitgesloten.", "Iedereen mag komen."),
        ("Why do they not recommend it?", "Zij raden het niet aan: afraden dus.",
         "Ze zouden het aanbevelen."),
    ],
)  # fmt: skip
def test_a_text_speaks_of_what_is_asked_or_of_the_opposite(
    question: str, asked: str, opposite: str
) -> None:
    found = side(question)
    assert found is not None
    assert (found.of(asked), found.of(opposite)) == ("asked", "opposite")
    assert found.of("De fiets staat buiten.") == "neither"
    assert found.of(f"{opposite} {asked}") == "asked"


def test_a_not_turns_the_other_side_into_this_one_within_its_clause() -> None:
    found = side("Waar zijn studenten ontevreden over?")
    assert found is not None
    assert found.of("Zij zijn niet tevreden over de tijd.") == "asked"
    assert found.of("Zij zijn tevreden, en er is geen haast.") == "opposite"


@pytest.mark.parametrize(
    "question",
    [
        "Wat zijn de voordelen?",
        "Waarom doen bedrijven mee?",
        "Mag een student niet meedoen?",
        "Wat als een student wil stoppen?",
        "Wie doen er mee?",
        "Hoe tevreden zijn bedrijven?",
    ],
)
def test_another_question_asks_for_no_such_side(question: str) -> None:
    assert side(question) is None
