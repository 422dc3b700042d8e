from __future__ import annotations

import pytest

from assistant.understanding.asks import answer_type
from corpus.dutch import fold
from corpus.types import AnswerType


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Wat is het telefoonnummer van de projectleider?", "phone"),
        ("Kan ik iemand bellen?", "phone"),
        ("What is the phone number?", "phone"),
        ("Who do I call?", "phone"),
        ("Wat is het e-mailadres van het programma?", "email"),
        ("Naar wie kan ik mailen?", "email"),
        ("naar wie mail ik mijn vraag", "email"),
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
        ("Wat zijn voordelen?", "list"),
        ("Wat zijn goede werkplekken?", "list"),
        ("Wat zijn zij-instromers?", "definition"),
        ("en wat zijn GOA's precies", "definition"),
        ("What are apprentices exactly?", "definition"),
        ("What does GOA mean?", "definition"),
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
