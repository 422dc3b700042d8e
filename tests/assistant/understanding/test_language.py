from __future__ import annotations

import pytest

from assistant.understanding.language import language_of
from corpus.types import Language


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
        ("whats the salary", "en"),
        ("costs for employer", "en"),
        # Dutch when unsure: no function words, names, other scripts, nothing at all.
        ("Mkb-route", "nl"),
        ("help", "nl"),
        ("mentor training", "nl"),
        ("Associate degree bachelor team", "nl"),
        ("Was ist das?", "nl"),
        ("что такое маршрут", "nl"),
        (r"\b[a-z]+$ ((", "nl"),
        ("", "nl"),
    ],
)
def test_language(text: str, language: Language) -> None:
    assert language_of(text) == language
