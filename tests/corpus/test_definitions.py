from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.definitions import defined_term


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("Een leerwerkplek is een plek waar een student werkt en leert.", "leerwerkplek"),
        ("Een Ad is een opleiding van twee jaar op niveau 5.", "Ad"),
        ("De Mkb-route is een duale opleiding in het hbo.", "Mkb-route"),
        ("Een praktijkbegeleider is de medewerker die de student helpt.", "praktijkbegeleider"),
        ("Een havist is iemand met een havodiploma.", "havist"),
        ("Een Associate degree (afgekort Ad) is een graad in het hbo.", "Associate degree"),
        ("Een mentor, ook wel buddy genoemd, is een collega die je wegwijs maakt.", "mentor"),
        ("Een ‘route in het hbo’ betreft een opleiding waarin je werkt.", "route in het hbo"),
        ("RAAK is een regeling voor praktijkgericht onderzoek.", "RAAK"),
        ("‘Duaal’ betekent dat werken en leren samengaan.", "Duaal"),
        ("De term duaal betekent dat werken en leren samengaan.", "duaal"),
        ("LLO staat voor Leven Lang Ontwikkelen.", "LLO"),
        ("De afkorting bbl staat voor beroepsbegeleidende leerweg.", "bbl"),
        ("Mkb is de afkorting van midden- en kleinbedrijf.", "Mkb"),
        ("Onder een leerwerkplek verstaan we een baan met begeleiding.", "leerwerkplek"),
        ("Onder studielast wordt verstaan: alle uren voor de studie.", "studielast"),
        ("Met studenten bedoelen we ook deelnemers aan een cursus.", "studenten"),
        ("Met de term zij-instromer wordt iemand uit een ander vak bedoeld.", "zij-instromer"),
        ("Een leerwerkovereenkomst houdt in dat drie partijen tekenen.", "leerwerkovereenkomst"),
        ("Zij-instromers zijn werkenden die van vak wisselen.", "Zij-instromers"),
        ("Leerwerkplek: de plek in het bedrijf waar je leert.", "Leerwerkplek"),
        ("Een plek waar je werkt en leert noemen we een leerwerkplek.", "leerwerkplek"),
        ("Een lectoraat wordt omschreven als een groep onderzoekers.", "lectoraat"),
        ("A work placement is a job in which a student learns.", "work placement"),
        ("SME stands for small and medium-sized enterprise.", "SME"),
        ("By dual we mean that work and study go together.", "dual"),
        ("A mentor is someone who shows you around.", "mentor"),
    ],
)
def test_a_definition_names_its_term(sentence: str, term: str) -> None:
    assert defined_term(sentence) == term


@pytest.mark.parametrize(
    "sentence",
    [
        "De dag is een succes voor iedereen.",
        "De opleiding is een goede keuze voor wie graag werkt.",
        "Dat is een plek waar je leert.",
        "Dit betekent dat de student meer uren maakt.",
        "Het doel is een opleiding die past.",
        "De vraag is een andere dan toen.",
        "Er is een plek waar je leert.",
        "Wat is een leerwerkplek?",
        "Het bedrijf is een plek waar je leert.",
        "Een student is vier dagen in het bedrijf.",
        "Een opleiding is een uitdaging voor elke student.",
        "De school staat voor een grote opgave.",
        "De regeling betekent dat bedrijven minder betalen.",
        "Meestal is het een plek waar je leert.",
        "Tegelijkertijd zijn de studenten een groep die groeit.",
        "Met de student is de afspraak een contract van een jaar.",
        "Een belangrijke stap is een gesprek met de docent.",
        "De studenten zijn mensen die werken.",
        "Studenten zijn tevreden over de begeleiding.",
        "Contact: de heer Jansen, die u helpt.",
        "Bel ons als u vragen hebt.",
        "The day was a success.",
        "This is a route that works.",
        "",
    ],
)
def test_another_sentence_defines_nothing(sentence: str) -> None:
    assert defined_term(sentence) is None


@given(st.text(alphabet="Een Ad is de van wat: die(“”), ", max_size=80) | st.text(max_size=80))
def test_a_term_stands_in_its_sentence(sentence: str) -> None:
    term = defined_term(sentence)
    assert term is None or (term == term.strip() != "" and term in sentence)
