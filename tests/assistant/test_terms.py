from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.terms import AskedTerm, TermWeights, asked_terms, lexical_query, meant, surest_terms
from corpus.dutch import DutchAnalyser
from corpus.glossary import Glossary
from corpus.lexical import LexicalIndex, write_lexical

ANALYSER = DutchAnalyser()
STEM = ANALYSER.stem
GLOSSARY = Glossary(
    words={STEM("mentor"): (STEM("praktijkbegeleider"), STEM("begeleiding"))},
    phrases={"kleine bedrijven": (STEM("mkb"),)},
)
EMPTY = Glossary(words={}, phrases={})


@pytest.mark.parametrize("form", ["mentor", "mentoren", "Mentor", "MENTOREN"])
def test_every_form_of_a_word_brings_its_meanings(form: str) -> None:
    (term,) = asked_terms(f"Wat doet de {form}?", ANALYSER, GLOSSARY)
    assert term.stem == STEM("mentor")
    assert term.meanings == (STEM("praktijkbegeleider"), STEM("begeleiding"))


def test_a_compound_brings_its_parts() -> None:
    (term,) = asked_terms("praktijkbegeleider", ANALYSER, EMPTY)
    assert set(term.parts) == {STEM("praktijk"), STEM("begeleider")}


def test_a_phrase_brings_its_meaning_to_its_words() -> None:
    terms = asked_terms("Is er steun voor kleine bedrijven?", ANALYSER, GLOSSARY)
    assert {t.stem: t.meanings for t in terms} == {
        STEM("steun"): (),
        STEM("kleine"): (STEM("mkb"),),
        STEM("bedrijven"): (STEM("mkb"),),
    }


def test_a_phrase_of_common_words_brings_its_meaning_last_and_without_a_word() -> None:
    glossary = Glossary(words={}, phrases={"hoe doe je dat": (STEM("stappen"),)})
    terms = asked_terms("Steun, hoe doe je dat?", ANALYSER, glossary)
    assert [(t.word, t.stem) for t in terms] == [("steun", STEM("steun")), ("", STEM("stappen"))]


def test_a_passage_that_meets_a_word_in_any_way_meets_it(tmp_path: Path) -> None:
    rows = [("a:0", "a", ["mentor"]), ("a:1", "a", ["bedrijf"]), ("a:2", "a", ["bedrijf"])]
    write_lexical(tmp_path, (), rows)
    lexical = LexicalIndex(tmp_path)
    terms = (
        AskedTerm("baas", "baas", meanings=("bedrijf", "onbekend")),
        AskedTerm("mentor", "mentor", meanings=("bedrijf",)),
        AskedTerm("fiets", "fiets"),
        AskedTerm("", "nergens"),
    )
    weights = TermWeights(meaning=0.5)
    assert surest_terms(terms, weights, lexical) == {"bedrijf": 0.5, "mentor": 1.0, "fiets": 1.0}


def test_a_word_that_is_said_twice_is_one_term() -> None:
    terms = asked_terms("student en studenten, STUDENT", ANALYSER, EMPTY)
    assert [t.stem for t in terms] == [STEM("student")]


def test_what_is_said_counts_more_than_its_parts_and_meanings() -> None:
    weights = TermWeights(part=0.5, meaning=0.4)
    terms = asked_terms("mentor voor kleine bedrijven", ANALYSER, GLOSSARY)
    query = lexical_query(terms, weights)
    assert query[STEM("mentor")] == query[STEM("bedrijf")] == 1.0
    assert query[STEM("begeleiding")] == query[STEM("mkb")] == weights.meaning
    query = lexical_query(asked_terms("praktijkbegeleider", ANALYSER, EMPTY), weights)
    assert query[STEM("praktijk")] == weights.part


def test_the_highest_weight_of_a_term_counts() -> None:
    # "begeleiding" is said, and is a meaning of "mentor" as well.
    query = lexical_query(asked_terms("begeleiding door mentor", ANALYSER, GLOSSARY), TermWeights())
    assert query[STEM("begeleiding")] == 1.0


@given(st.text(max_size=100))
def test_any_text_gives_terms_each_once_with_a_weight(text: str) -> None:
    terms = asked_terms(text, ANALYSER, GLOSSARY)
    assert len({t.stem for t in terms}) == len(terms)
    query = lexical_query(terms, TermWeights())
    assert {t.stem for t in terms} <= set(query)
    assert all(0 < weight <= 1 for weight in query.values())


def test_what_the_glossary_leads_to_is_told_as_its_file_writes_it() -> None:
    glossary = Glossary(
        words={STEM("mentor"): tuple(map(STEM, ("praktijkbegeleider", "begeleiding", "coach")))},
        phrases={"in zee gaan": (STEM("meedoen"),)},
        written={STEM("praktijkbegeleider"): "praktijkbegeleider", STEM("meedoen"): "meedoen"},
    )
    asked = asked_terms("Welke mentor?", ANALYSER, glossary)
    assert meant(asked, glossary) == ("praktijkbegeleider", STEM("begeleiding"))
    assert meant(asked_terms("Welke mentor?", ANALYSER, EMPTY), EMPTY) == ()
