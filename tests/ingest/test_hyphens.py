from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.hyphens import Joiner, words_of

JOINER = Joiner(frozenset())


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["een oplei-", "ding volgen"], "een opleiding volgen"),
        (["de onderzoeksagen-", "da"], "de onderzoeksagenda"),
        (["maatwerkon-", "dersteuning"], "maatwerkondersteuning"),
        (["Be-", "drijfskunde"], "Bedrijfskunde"),
        (["het hbo-di-", "ploma"], "het hbo-diploma"),
        (["de Mkb-", "-route"], "de Mkb-route"),
        (["de Mkb-", "route"], "de Mkb-route"),
        (["mbo-", "4"], "mbo-4"),
        (["HBO-", "Diploma"], "HBO-Diploma"),
        (["OBM Midden-", "Nederland"], "OBM Midden-Nederland"),
        (["leer-", "en werkomgeving"], "leer- en werkomgeving"),
        (["mbo-", "of hbo-niveau"], "mbo- of hbo-niveau"),
        (["zij-", "instromers"], "zij-instromers"),
        (["auto-", "ongeluk"], "auto-ongeluk"),
        (["re-", "actie"], "reactie"),
        (["leer- en", "werkplek"], "leer- en werkplek"),
        (["van 2021 -", "en later"], "van 2021 - en later"),
        (["een", "", "  twee "], "een twee"),
    ],
)
def test_lines_are_joined_and_broken_words_mended(lines: list[str], joined: str) -> None:
    assert JOINER.lines(lines) == joined


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("een mkb- bedrijf", "een mkb-bedrijf"),
        ("de Mkb- route", "de Mkb-route"),
        ("een oplei- ding", "een opleiding"),
        ("een Degree- diploma", "een Degree-diploma"),
        ("op-, om- en bijscholing", "op-, om- en bijscholing"),
        ("plus- of minpunten", "plus- of minpunten"),
        ("a- b- c", "a-b-c"),
        ("een streep - ertussen", "een streep - ertussen"),
    ],
)
def test_a_hyphen_left_inside_a_line_is_mended(line: str, mended: str) -> None:
    assert JOINER.inside(line) == mended


def test_how_the_document_writes_a_word_goes_first() -> None:
    assert Joiner(frozenset({"leer-werkplek"})).lines(["leer-", "werkplek"]) == "leer-werkplek"
    assert Joiner(frozenset({"leerwerkplek"})).lines(["leer-", "werkplek"]) == "leerwerkplek"


def test_words_that_a_line_break_may_have_cut_do_not_count() -> None:
    words = words_of("ding is een oplei-\nding van een route-coördinator")
    assert "route-coördinator" in words
    assert not words & {"oplei", "ding"}


def test_the_word_list_is_not_loaded_without_a_broken_word() -> None:
    def forbidden(word: str) -> float:
        raise AssertionError(word)

    joiner = Joiner(frozenset(), forbidden)
    assert joiner.inside(joiner.lines(["een regel", "en nog een"])) == "een regel en nog een"


@given(st.lists(st.text(alphabet="ab -1é", max_size=12), max_size=6))
def test_joining_keeps_every_letter_in_order(lines: list[str]) -> None:
    def letters(text: str) -> str:
        return "".join(char for char in text if char.isalnum())

    joiner = Joiner(frozenset(), frequency=lambda word: 1.0 if len(word) > 4 else 0.0)
    assert letters(joiner.inside(joiner.lines(lines))) == letters("".join(lines))
