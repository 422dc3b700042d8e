from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.inflection import dutch_forms, english_forms, participles, plain

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("klas", {"klas", "klassen"}),
        ("baan", {"baan", "banen"}),
        ("brief", {"brief", "brieven"}),
        ("huis", {"huis", "huizen"}),
        ("motief", {"motief", "motieven"}),
        ("diploma", {"diploma", "diplomas"}),
        ("stoppen", {"stoppen", "stop", "stopt", "gestopt"}),
        ("haken", {"haken", "haak", "haakt", "gehaakt"}),
        ("leven", {"leven", "leef", "leeft", "geleefd"}),
        ("lezen", {"lezen", "lees", "leest"}),
        ("tekenen", {"tekenen", "teken", "tekent", "tekende", "getekend"}),
        ("starten", {"starten", "start", "gestart"}),
        ("betalen", {"betalen", "betaal", "betaalt", "betaald"}),
        ("begeleiden", {"begeleiden", "begeleid"}),
    ],
)
def test_the_forms_of_a_dutch_word_are_among_those_found(word: str, forms: set[str]) -> None:
    assert forms <= set(dutch_forms(word))


def test_a_separable_verb_has_its_ge_inside() -> None:
    assert "afgehaakt" in participles("haken", "af")
    assert "terugbetaald" in participles("betalen", "terug")


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("company", {"company", "companies"}),
        ("hire", {"hire", "hires", "hired", "hiring"}),
        ("drop", {"drop", "drops", "dropped", "dropping"}),
        ("boss", {"boss", "bosses"}),
        ("pay", {"pay", "pays", "paying"}),
    ],
)
def test_the_forms_of_an_english_word_are_among_those_found(word: str, forms: set[str]) -> None:
    assert forms <= set(english_forms(word))


@pytest.mark.parametrize("word", ["hr", "o&o", "well known"])
def test_an_abbreviation_has_no_english_forms(word: str) -> None:
    assert english_forms(word) == (word,)


@pytest.mark.parametrize(
    ("stem", "same"), [("stopp", "stop"), ("haak", "hak"), ("klass", "klas"), ("duaal", "dual")]
)
def test_what_spelling_does_to_a_stem_is_undone(stem: str, same: str) -> None:
    assert plain(stem) == plain(same) == same


@pytest.mark.parametrize("stem", ["", "mbo", "id7", "mbo44", "idee", "trouw"])
def test_other_stems_stay_as_they_are(stem: str) -> None:
    assert plain(stem) == stem


@given(WORDS)
def test_the_forms_of_any_word_begin_with_itself_and_are_each_given_once(word: str) -> None:
    for forms in (dutch_forms(word), english_forms(word)):
        assert forms[0] == word
        assert len(forms) == len(set(forms))
        assert all(forms)
