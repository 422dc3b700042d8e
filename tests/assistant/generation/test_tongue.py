from __future__ import annotations

import pytest

from assistant.generation.tongue import is_in
from corpus.types import Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De student werkt drie dagen per week in een bedrijf.", "nl"),
        ("Een Ad is een hbo-opleiding van twee jaar.", "nl"),
        ("Het project Boost your Career van Saxion loopt in Deventer.", "nl"),
        ("A small company can hire a student of a hogeschool in the Mkb-route.", "en"),
        ("RAAK-mkb: 300.000 euro", "en"),
    ],
)
def test_the_right_language_passes_with_names_and_jargon(text: str, language: Language) -> None:
    assert is_in(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The student works three days a week at a company.", "nl"),
        ("De student werkt drie dagen per week in een bedrijf.", "en"),
        ("Die Studenten arbeiten drei Tage in der Woche im Unternehmen.", "nl"),
        ("Un étudiant travaille trois jours par semaine dans une entreprise.", "nl"),
        ("El estudiante trabaja tres días por semana en la empresa.", "en"),
    ],
)
def test_another_language_does_not(text: str, language: Language) -> None:
    assert not is_in(text, language)
