from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus
from corpus.dutch import DutchAnalyser, fold
from corpus.errors import BadInputError
from corpus.glossary import Glossary, load_glossary

ANALYSER = DutchAnalyser()
STEM = ANALYSER.stem
SHIPPED = Path(corpus.__file__).parent / "glossary.toml"
GROUPS = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["group"]


def load(folder: Path, text: str) -> Glossary:
    path = folder / "woorden.toml"
    path.write_text(text, encoding="utf-8")
    return load_glossary(path, ANALYSER)


def group(say: list[str], means: list[str]) -> str:
    return f"[[group]]\nsay = {say}\nmeans = {means}\n"


# --- what it knows ---------------------------------------------------------------------------


def test_a_word_in_any_form_has_its_meanings(tmp_path: Path) -> None:
    glossary = load(tmp_path, group(["mentor"], ["praktijkbegeleider", "begeleiding"]))
    wanted = (STEM("praktijkbegeleider"), STEM("begeleiding"))
    assert glossary.meanings(STEM("mentor")) == wanted
    assert glossary.meanings(STEM("mentoren")) == wanted
    assert glossary.meanings(STEM("ander")) == ()


def test_a_word_does_not_mean_itself(tmp_path: Path) -> None:
    glossary = load(tmp_path, group(["student", "leerling"], ["student"]))
    assert glossary.meanings(STEM("student")) == ()
    assert glossary.meanings(STEM("leerling")) == (STEM("student"),)


def test_groups_that_share_a_word_are_added_up(tmp_path: Path) -> None:
    text = group(["geld"], ["subsidie"]) + group(["geld"], ["salaris", "subsidie"])
    assert load(tmp_path, text).meanings(STEM("geld")) == (STEM("subsidie"), STEM("salaris"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kunnen kleine bedrijven meedoen?", True),
        ("KLEINE BEDRIJVEN", True),
        ("Een klein bedrijf", False),
        ("Onkleine bedrijven", False),
        ("kleine bedrijvengids", False),
        ("", False),
    ],
)
def test_a_phrase_is_found_whole(tmp_path: Path, text: str, found: bool) -> None:
    glossary = load(tmp_path, group(["kleine  bedrijven "], ["mkb"]))
    assert glossary.in_phrases(text) == ((STEM("mkb"),) if found else ())


def test_a_phrase_may_hold_signs_that_mean_something_in_a_pattern(tmp_path: Path) -> None:
    glossary = load(tmp_path, group(["o&o (fonds", "midden- en kleinbedrijf"], ["fonds"]))
    assert glossary.in_phrases("Het midden- en kleinbedrijf") == (STEM("fonds"),)
    assert glossary.in_phrases("een o&o (fonds") == (STEM("fonds"),)


def test_a_compound_may_be_a_meaning(tmp_path: Path) -> None:
    glossary = load(tmp_path, group(["lening"], ["Ad-opleiding", "raad van advies"]))
    assert glossary.meanings(STEM("lening")) == (STEM("adopleiding"), STEM("raad"), STEM("advies"))


def test_an_empty_file_knows_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, "") == Glossary(words={}, phrases={})


@given(st.text(max_size=80))
def test_any_text_may_be_searched_for_phrases(text: str) -> None:
    glossary = load_glossary(SHIPPED, ANALYSER)
    known = {meaning for means in glossary.phrases.values() for meaning in means}
    assert set(glossary.in_phrases(text)) <= known


# --- files that are wrong --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[group]\nsay = 3", "geldige TOML"),
        ("group = 3", r"\[\[group\]\]"),
        ("[group]\nsay = ['a']\nmeans = ['b']", r"\[\[group\]\]"),
        ("group = ['a']", "Groep 1"),
        ("[[group]]\nsay = ['a']", "Groep 1 .*`means`"),
        ("[[group]]\nmeans = ['a']", "Groep 1 .*`say`"),
        (group(["a"], ["b"]) + "[[group]]\nsay = 'a'\nmeans = ['b']", "Groep 2"),
        ("[[group]]\nsay = []\nmeans = ['b']", "Groep 1"),
        ("[[group]]\nsay = ['a', 3]\nmeans = ['b']", "Groep 1"),
        ("[[group]]\nsay = ['a', ' ']\nmeans = ['b']", "Groep 1"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said) as refused:
        load(tmp_path, text)
    assert "\n" not in str(refused.value)
    assert str(tmp_path / "woorden.toml") in str(refused.value)


def test_a_file_that_is_not_text_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "woorden.toml"
    path.write_bytes(b"say = '\xff\xfe'")
    with pytest.raises(BadInputError, match="UTF-8") as refused:
        load_glossary(path, ANALYSER)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_refused_in_one_line(tmp_path: Path) -> None:
    for path in (tmp_path / "weg.toml", tmp_path):
        with pytest.raises(BadInputError, match="ROUTEWIJZER_GLOSSARY") as refused:
            load_glossary(path, ANALYSER)
        assert "\n" not in str(refused.value)
        assert str(path) in str(refused.value)


# --- the file that comes along ---------------------------------------------------------------


@pytest.mark.parametrize("number", range(len(GROUPS)), ids=lambda n: GROUPS[n]["say"][0])
def test_every_group_that_comes_along_means_something(number: int) -> None:
    entries = GROUPS[number]
    glossary = load_glossary(SHIPPED, ANALYSER)
    assert set(entries) == {"say", "means"}
    wanted = {ANALYSER.forms(w)[0] for m in entries["means"] for w in ANALYSER.words(m)}
    for word in entries["means"]:
        assert ANALYSER.words(word), f"means {word!r} holds only stop words"
    for said in entries["say"]:
        assert said == said.strip() == said.lower()
        assert len(entries["say"]) == len(set(entries["say"]))
        if " " in said:
            assert set(glossary.in_phrases(f"Nou, {said}?")) >= wanted
            continue
        stems = [ANALYSER.forms(word)[0] for word in ANALYSER.words(said)]
        assert stems, f"say {said!r} is a stop word: no question holds it"
        for stem in stems:
            assert set(glossary.meanings(stem)) >= wanted - {stem}


def test_what_comes_along_is_folded_as_questions_are() -> None:
    glossary = load_glossary(SHIPPED, ANALYSER)
    assert all(phrase == fold(phrase) for phrase in glossary.phrases)
    assert len(glossary.words) > len(GROUPS)
