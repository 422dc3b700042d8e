from __future__ import annotations

import pytest

from assistant.generation.nonsense import nonsense
from tests.assistant.conftest import query_of

ASKED = query_of("Hoeveel dagen per week werkt een student?", asks="number")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("De student.", "is no sentence"),
        ("Dit zijn de criteria:", "only introduces what follows"),
        ("Hoeveel dagen werkt de student bij Jansen?", "is a question"),
        ("Wat is een route? Dat is de vraag.", "is a question"),
        ("De student is in het bedrijf bij de studenten in het bedrijf.", "goes round in circles"),
        ("Een student werkt dagen per week.", "only repeats the question"),
        ("De student werkt drie dagen per week.", None),
        ("De student werkt 3 dagen per week.", None),
        ("De student werkt bij een bedrijf.", None),
    ],
)
def test_what_tells_nothing_is_seen(text: str, reason: str | None) -> None:
    assert nonsense(text, ASKED) == reason


def test_yes_may_give_back_the_words_of_the_question() -> None:
    asked = query_of("Mag een student bij een groot bedrijf werken?", asks="yesno")
    assert nonsense("Ja, een student mag bij een groot bedrijf werken.", asked) is None


def test_a_long_sentence_may_say_three_words_twice() -> None:
    text = (
        "De helft van de bedrijven vindt de begeleiding goed en de andere helft van de bedrijven "
        "wil er graag wat meer tijd en geld voor krijgen van de hogeschool."
    )
    assert nonsense(text, ASKED) is None
