from __future__ import annotations

import pytest

from assistant.fits import fits, is_strict, leans_back
from corpus.types import AnswerType


@pytest.mark.parametrize(
    ("kind", "holds", "holds_not"),
    [
        ("money", "Een laptop kost € 500.", "In 2022 deden 25 studenten mee."),
        ("money", "De vergoeding is 2.750 euro.", "De vergoeding is hoog."),
        ("number", "Er waren 25 studenten.", "Er waren studenten."),
        ("number", "Eén route bestond al.", "De route bestond al."),
        ("number", "De helft woonde thuis.", "Ze woonden thuis."),
        ("date", "Het rapport is van 21 juli.", "Het rapport is af."),
        ("date", "In de zomer van dat jaar.", "Na verloop van tijd."),
        ("phone", "Bel 050 595 1234.", "Bel in 2022 met 25 mensen."),
        ("phone", "Bel +31 6 12345678.", "Er zijn 12345678901234 redenen."),
        ("email", "Mail naar info@voorbeeld.nl.", "Mail naar het bureau."),
        ("website", "Kijk op www.voorbeeld.nl.", "Kijk op de site."),
        ("place", "Postbus 1, 9700 AB Groningen.", "In Groningen."),
        ("person", "Daarover gaat Anna de Vries.", "Daarover gaat iemand anders."),
        ("person", "De werkgever betaalt het.", "Het is betaald."),
    ],
)
def test_a_sentence_fits_when_it_holds_what_is_asked(
    kind: AnswerType, holds: str, holds_not: str
) -> None:
    assert fits(kind, holds)
    assert not fits(kind, holds_not)


@pytest.mark.parametrize("kind", ["list", "definition", "yesno", "open"])
def test_other_questions_ask_for_nothing_special(kind: AnswerType) -> None:
    assert fits(kind, "Gewoon een zin.")
    assert not is_strict(kind)


@pytest.mark.parametrize("kind", ["phone", "email", "website", "money", "number", "date", "place"])
def test_without_the_thing_itself_there_is_no_answer(kind: AnswerType) -> None:
    assert is_strict(kind)


@pytest.mark.parametrize(
    ("leaning", "alone"),
    [
        ("Dit kost geld.", "De route kost geld."),
        ("Daarbij helpt de school.", "De school helpt."),
        ("“Dat is mooi.”", "“Het werk is mooi.”"),
        ("Ze betalen zelf.", "Zeeland betaalt zelf."),
        ("Zo leert hij meer.", "Zonder school leert hij minder."),
        ("Maar het mag ook later.", "Maart is de eerste maand."),
    ],
)
def test_leaning_shows_at_the_start(leaning: str, alone: str) -> None:
    assert leans_back(leaning)
    assert not leans_back(alone)
