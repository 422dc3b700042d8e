from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.spelling import Corrected
from corpus.words import EditionWords
from tests.language import SPELLER

EDITION = EditionWords(
    {
        "student": 90,
        "studenten": 120,
        "begeleiding": 60,
        "praktijkbegeleider": 25,
        "begeleider": 20,
        "hogeschool": 80,
        "subsidie": 15,
        "overeenkomst": 30,
        "leerwerkplek": 40,
        "werk": 30,
        "plek": 12,
        "opleiding": 100,
        "contract": 14,
        "contact": 12,
        "advies": 12,
        "mkb-route": 70,
        "diploma": 20,
        "voltijd": 8,
        "voeren": 10,
        "voegen": 10,
        "levenlang": 1,
        "leven": 9,
        "lang": 9,
        "route": 99,
        "routes": 60,
    }
)


def corrected(text: str) -> str:
    return SPELLER.correct(text, EDITION).text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("begeleidng", "begeleiding"),
        ("begelijding", "begeleiding"),
        ("prakijkbegeleider", "praktijkbegeleider"),
        ("subsdie", "subsidie"),
        ("hogeshcool", "hogeschool"),
        ("studneten", "studenten"),
        ("diplomma", "diploma"),
        ("overeenkonst", "overeenkomst"),
        ("advis", "advies"),  # stands in word lists, as a usual slip
        ("leerwekplek", "leerwerkplek"),
        ("mkbroute", "mkb-route"),
        ("hoevel", "hoeveel"),  # what questions are made of need not stand in the documents
        ("waarm", "waarom"),
    ],
)
def test_typing_errors_become_words_of_the_edition(typed: str, meant: str) -> None:
    assert corrected(f"en de {typed} dan") == f"en de {meant} dan"


@pytest.mark.parametrize(
    "text",
    [
        # names, small places, firms
        "Leonie Blom en de heer Kwakkel uit Klazienaveen",
        "kowalczyk haverkort tesfaye papadopoulos",
        "Vanderlande Croonwolter Heijmans solidworks kubernetes",
        # trade words and rare words
        "dakkapellen verspanen hydrauliek stucadoor payrolling microcredential",
        "tentamenrooster loonheffing dga tachograaf",
        # English
        "What does the supervisor need to sign before autumn?",
        "curriculum lifelong learning tuition fee",
        # a compound of known parts, an inflection, a known word one letter away
        "bedrijfsschool studentenhuis begeleidde vluchteling studentes omleiding overeenkomt",
        # codes, numbers, addresses
        "studnet@voorbeeld.nl www.hogeshcool.nl subsdie2024 mbo4 06-12345678 subsdie_x",
        # two words of the edition lie equally near
        "voexen",
        # an edition's own slip is no reason to join
        "een leven lang leren",
        "",
        "???",
    ],
)
def test_what_may_be_right_stays(text: str) -> None:
    assert SPELLER.correct(text, EDITION) == Corrected(text)


def test_words_typed_apart_are_joined_when_the_edition_writes_them_as_one() -> None:
    found = SPELLER.correct("hoe richt ik een leer werk plek in?", EDITION)
    assert found.text == "hoe richt ik een leerwerkplek in?"
    assert found.words == (("leer werk plek", "leerwerkplek"),)
    assert corrected("een leer, werk of plek") == "een leer, werk of plek"


def test_says_what_was_changed_once_each_in_order() -> None:
    found = SPELLER.correct("subsdie, Begeleidng en subsdie?", EDITION)
    assert found.text == "subsidie, Begeleiding en subsidie?"
    assert found.words == (("subsdie", "subsidie"), ("Begeleidng", "Begeleiding"))


def test_capitals_stay() -> None:
    assert corrected("HOGESHCOOL") == "HOGESCHOOL"
    assert corrected("Hogeshcool van Amsterdam") == "Hogeschool van Amsterdam"


def test_a_word_with_a_capital_in_a_sentence_may_be_a_name() -> None:
    assert corrected("bel de heer Stduen") == "bel de heer Stduen"
    assert corrected("bel de heer Routte") == "bel de heer Routte"
    assert corrected("bel over de routte") == "bel over de route"


def test_another_language_is_left_alone() -> None:
    text = "stduent begeleidng hogeshcool subsdie diplomma"
    assert corrected(text) == text
    assert corrected("mijn stduent wil begeleidng van de hogeshcool") != text


def test_an_edition_without_words_corrects_nothing() -> None:
    assert SPELLER.correct("hoevel begeleidng", EditionWords()).text == "hoevel begeleidng"


def test_correcting_twice_changes_nothing_more() -> None:
    once = corrected("begeleidng van studneten op de leer werk plek")
    assert corrected(once) == once


@given(st.text(max_size=200))
def test_only_the_words_that_it_names_are_changed(text: str) -> None:
    found = SPELLER.correct(text, EDITION)
    rest = found.text
    for typed, meant in found.words:
        assert typed in text
        rest = rest.replace(meant, typed)
    assert rest == text or any(meant in text for _, meant in found.words)


def test_quick_with_ten_thousand_characters_and_many_words() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = {
        f"{a}{b}eleiding{c}{d}": 1 for a in letters for b in letters for c in "abcd" for d in "xyz"
    }
    edition = EditionWords({**EDITION.counts, **many})
    SPELLER.warm(edition)
    started = time.process_time()
    SPELLER.correct("begeleidng hoe dan " * 530, edition)
    assert time.process_time() - started < 0.5  # some 20 ms; a slow machine has time to spare
