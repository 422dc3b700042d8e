from __future__ import annotations

import pytest

from assistant.kinds import STRICT, Kind, holds, kind_of, own_text
from tests.assistant.conftest import query_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Wat kost die cursus?", "money"),
        ("Hoeveel verdient een student bruto?", "money"),
        ("Hoe hoog is het bedrag?", "money"),
        ("Hoeveel procent stopt ermee?", "percentage"),
        ("Welk deel van de kosten betaalt de baas?", "percentage"),
        ("Hoe oud zijn de deelnemers?", "age"),
        ("Hoe lang duurt het?", "duration"),
        ("Hoeveel uur per week leer je?", "duration"),
        ("How many days do they work?", "duration"),
        ("Hoeveel studenten zijn er?", "count"),
        ("Hoeveel bezoekers trekt de website?", "count"),
        ("Tot wanneer kan ik me inschrijven?", "date"),
        ("Wanneer begint het?", "date"),
        ("Hoe laat begint de les?", "time"),
        ("Wat is het bezoekadres?", "address"),
        ("Wat is de naam van de directeur?", "name"),
        ("Wie werkt er mee?", "who"),
        ("Waar is de school?", "place"),
        ("Waarom stopt het?", "reason"),
        ("Welke routes zijn er?", "list"),
        ("Vertel eens", "open"),
    ],
)
def test_what_is_asked(text: str, kind: Kind) -> None:
    assert kind_of(query_of(text)) == kind


def test_a_fragment_asks_what_the_question_before_it_asked() -> None:
    query = query_of("En bij de bachelor? (over: Hoeveel studenten zijn er)", asks="number")
    assert kind_of(query) == "count"
    assert own_text(query) == "En bij de bachelor?"


def test_a_double_question_asks_first_what_its_first_part_asks() -> None:
    both = "Hoe lang duurt het en wat kost het?"
    query = query_of(both, parts=("Hoe lang duurt het?", "Wat kost het?"))
    assert kind_of(query) == "duration"


@pytest.mark.parametrize(
    ("kind", "held", "not_held"),
    [
        ("money", "Het kost 500 euro.", "Het kost 500 uren."),
        ("money", "Zij betaalt € 20.", "Zij betaalt mee."),
        ("percentage", "Dat is 40% van de groep.", "Dat zijn 40 mensen."),
        ("percentage", "De helft stopt.", "Een groep stopt."),
        ("duration", "Het duurt twee jaar.", "Het zijn twee scholen."),
        ("duration", "Het bestaat sinds 2016.", "Het bestaat al een tijd."),
        ("time", "De les begint om 9.30 uur.", "De les begint in 2020."),
        ("count", "Er zijn zeven routes.", "Er zijn routes."),
        ("date", "Het begon in maart.", "Het begon later."),
        ("phone", "Bel 030 123 45 67.", "Bel gerust."),
        ("email", "Mail info@school.nl.", "Mail gerust."),
        ("address", "Dorpsstraat 12 in Ede.", "Mail info@school.nl."),
        ("reason", "Zij stopt omdat het druk is.", "Zij stopt."),
    ],
)
def test_what_a_sentence_holds(kind: Kind, held: str, not_held: str) -> None:
    assert holds(kind, held)
    assert not holds(kind, not_held)


def test_nothing_special_is_always_held() -> None:
    assert holds("open", "")
    assert holds("yesno", "Ja.")
    assert "open" not in STRICT
