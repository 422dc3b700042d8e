from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dutch import DutchAnalyser, fold

ANALYSER = DutchAnalyser()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("begeleiding", "beleid"),
        ("werkgever", "werkver"),
        ("gebruik", "bruik"),
        ("student", "studie"),
    ],
)
def test_words_that_only_look_alike_stay_apart(
    analyser: DutchAnalyser, one: str, other: str
) -> None:
    assert analyser.stem(one) != analyser.stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bedrijven", "bedrijf"),
        ("huizen", "huis"),
        ("begeleiders", "begeleider"),
        ("studenten", "student"),
        ("opleidingen", "opleiding"),
    ],
)
def test_forms_of_one_word_meet(analyser: DutchAnalyser, one: str, other: str) -> None:
    assert analyser.stem(one) == analyser.stem(other)


@pytest.mark.parametrize(
    ("compound", "words"),
    [
        ("praktijkbegeleider", ["praktijk", "begeleider", "praktijkbegeleider"]),
        ("Ad-opleiding", ["adopleiding", "ad", "opleiding"]),
        ("opleidingskosten", ["opleiding", "kosten"]),
        ("Mkb-route", ["mkb", "route", "mkbroute"]),
    ],
)
def test_a_compound_meets_its_parts(
    analyser: DutchAnalyser, compound: str, words: list[str]
) -> None:
    terms = set(analyser.terms(compound))
    for word in words:
        assert analyser.stem(word) in terms


@pytest.mark.parametrize("word", ["onderwijs", "begeleiding", "student", "werk"])
def test_a_common_word_is_no_compound(analyser: DutchAnalyser, word: str) -> None:
    assert analyser.split_compound(word) == ()


def test_accents_case_and_ligatures_do_not_matter(analyser: DutchAnalyser) -> None:
    assert analyser.terms("FINANCIËRING") == analyser.terms("financiering")
    assert fold("Één ﬁets vóór Ĳssel") == "een fiets voor ijssel"


def test_stop_words_are_no_terms(analyser: DutchAnalyser) -> None:
    assert analyser.terms("Wat is het en waarom moet dat?") == ()


def test_every_word_counts_as_often_as_it_is_said(analyser: DutchAnalyser) -> None:
    terms = analyser.terms("praktijkbegeleider praktijk")
    assert terms.count(analyser.stem("praktijk")) == 2
    assert terms.count(analyser.stem("begeleider")) == 1


@pytest.mark.parametrize("letters", ["a", "ab", "praktijk", "abcdefghijklmnopqrstuvwxyz"])
def test_a_word_without_end_is_one_term(analyser: DutchAnalyser, letters: str) -> None:
    endless = letters * 5000
    assert analyser.terms(endless) == (analyser.stem(endless),)


_DUTCH = st.lists(
    st.sampled_from(
        ["praktijk", "begeleider", "s", "en", "-", "’", "é", " ", "2.700", "b.v.", "student", "ij"]
    )
).map("".join)


@given(st.text() | _DUTCH)
def test_any_text_has_terms_and_every_word_is_among_them(text: str) -> None:
    terms = ANALYSER.terms(text)
    assert all(term and not any(c.isspace() for c in term) for term in terms)
    assert {ANALYSER.forms(word)[0] for word in ANALYSER.words(text)} <= set(terms)


@given(st.text(), st.text())
def test_terms_of_a_text_are_those_of_its_lines(one: str, other: str) -> None:
    assert ANALYSER.terms(f"{one}\n{other}") == ANALYSER.terms(one) + ANALYSER.terms(other)
