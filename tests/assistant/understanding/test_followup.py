from __future__ import annotations

import pytest

from assistant.understanding.followup import alone, completed, leans, opened, topic_of
from corpus.dutch import DutchAnalyser

ANALYSER = DutchAnalyser()
BEFORE = "Wat kost een leerwerkplek een bedrijf?"


@pytest.mark.parametrize(
    "question",
    [
        "En voor scholen?",
        "en bij een bachelor?",
        "en hoeveel?",
        "wat kost dat",
        "Is dat verplicht?",
        "Waarom?",
        "waarom niet?",
        "waarom die?",
        "hoe lang duurt dat dan?",
        "wat betekent dat?",
        "Van wanneer is die?",
        "Waarom stopt die zo vaak?",
        "wat is dan het verschil?",
        "Wat zijn de voorwaarden?",
        "hoeveel bedrijven verwachten ze volgend jaar?",
        "mag hij fouten maken?",
        "aan welke eisen moet hij voldoen?",
        "krijg ik daar vrijstellingen voor?",
        "hoe groot waren die bedrijven gemiddeld",  # the last question spoke of bedrijven
        "en werden de uren die ze les hadden ook doorbetaald?",
        "contract?",
        "and for a school?",
        "What about schools?",
        "is it up and running?",
        "where can they look for it?",
        "and how can that help my company?",
    ],
)
def test_leans_on_what_came_before(question: str) -> None:
    assert leans(question, [BEFORE], ANALYSER)
    assert not leans(question, [], ANALYSER)


@pytest.mark.parametrize(
    "question",
    [
        "Welke subsidies kan een hogeschool krijgen?",
        "Hoe kiest een bedrijf een goede praktijkbegeleider?",
        "Which criteria must a study programme meet?",
        "Is it possible to start with two companies in one year?",
        "Wat is een GOA?",
        "Wat kan ik met een Ad?",
        "En wat moet een bedrijf regelen voordat de eerste student begint?",
        "Hoelang bestaat die bouwopleiding van Saxion al?",
        "Wat vinden studenten die gestopt zijn van hun begeleider?",
        "docenten pas op het laatst inlichten, kan dat?",
        "tripartiete overeenkomst, wat is dat?",
        "tripartiet wat is dat nou weer voor woord",
        "ons bedrijf doet maar 1 ding, leert zo'n student dan wel genoeg?",
        "moeten studenten terugbetalen als ze stoppen?",
        "Duurt een Ad langer dan een bachelor?",
        "dus ik heb drie dagen in de week een goedkope kracht, mooi toch?",
        "???",
        "dat " * 200,
    ],
)
def test_stands_alone(question: str) -> None:
    assert not leans(question, [BEFORE], ANALYSER)
    assert completed(question, [BEFORE], ANALYSER) == question


def test_the_topic_stands_behind_the_question() -> None:
    history = ["Kunnen studenten eerst naar school?"]
    assert completed("En bij een bachelor?", history, ANALYSER) == (
        "En bij een bachelor? (over: Kunnen studenten eerst naar school?)"
    )
    assert completed("and for a bachelor", ["Who pays?"], ANALYSER) == (
        "and for a bachelor? (on: Who pays?)"
    )


def test_a_topic_that_is_only_named_is_short() -> None:
    assert topic_of(["Wat is de mobiliteitsroute van Fontys?"], ANALYSER) == (
        "de mobiliteitsroute van Fontys"
    )
    assert topic_of(["Wat is er onderzocht bij Fontys?"], ANALYSER) == (
        "Wat is er onderzocht bij Fontys?"
    )


def test_the_topic_is_the_last_question_that_stood_alone_with_what_was_added() -> None:
    history = [
        "Hoeveel kost een leerwerkplek?",
        "Welke routes heeft Avans?",
        "En de bouwopleiding?",
        "Dankjewel!",
    ]
    assert topic_of(history, ANALYSER) == "Welke routes heeft Avans? En de bouwopleiding?"


def test_of_a_long_chain_the_latest_additions_count() -> None:
    history = ["Welke routes heeft Avans?", "En Saxion?", "En Fontys?", "En Windesheim?"]
    assert topic_of(history, ANALYSER) == "Welke routes heeft Avans? En Fontys? En Windesheim?"


def test_the_topic_of_a_letter_is_its_last_sentence_cut_short() -> None:
    letter = "Wij maken dakkapellen. " * 30 + "Kunnen wij meedoen?"
    assert topic_of([letter], ANALYSER) == "Kunnen wij meedoen?"
    assert len(topic_of(["student " * 300], ANALYSER)) <= 301


def test_nothing_to_complete_with() -> None:
    assert topic_of([], ANALYSER) == ""
    assert completed("Is dat verplicht?", ["???", "en?"], ANALYSER) == "Is dat verplicht?"


def test_the_next_half_of_a_double_question_goes_on_sooner() -> None:
    assert completed("hoeveel bijna helemaal?", [BEFORE], ANALYSER, goes_on=True) == (
        f"hoeveel bijna helemaal? (over: {BEFORE})"
    )
    whole = "welke criteria gelden er voor een hogeschool in Brabant?"
    assert completed(whole, [BEFORE], ANALYSER, goes_on=True) == whole


@pytest.mark.parametrize(
    ("typed", "question", "is_new"),
    [
        ("Oké, bedankt! En voor scholen?", "En voor scholen?", False),
        ("ok en wat kost dat", "en wat kost dat", False),
        ("Oké, iets anders: wat kost een route?", "wat kost een route?", True),
        ("Andere vraag. Wie begeleidt?", "Wie begeleidt?", True),
        ("Something else: who pays?", "who pays?", True),
        ("Bedankt!", "Bedankt!", False),
        ("Mooi zijn de studenten", "Mooi zijn de studenten", False),
        ("Iets anders", "Iets anders", False),
        ("ﬁjn, wat kost dat?", "ﬁjn, wat kost dat?", False),
    ],
)
def test_filler_goes_and_a_new_subject_is_seen(typed: str, question: str, is_new: bool) -> None:
    assert opened(typed) == (question, is_new)


@pytest.mark.parametrize(
    "part", ["Wie betaalt dat?", "En wie betaalt dat?", "maar wie betaalt dat?"]
)
def test_a_part_is_named_as_a_reader_would_put_it(part: str) -> None:
    whole = completed(part, [BEFORE], ANALYSER, goes_on=True)
    assert "over:" in whole
    assert alone(whole) == alone(part) == "Wie betaalt dat?"
