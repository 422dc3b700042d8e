from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bench.hyphen_cases import (
    by_patterns,
    by_rule,
    cases_of_text,
    cases_of_word,
    set_in_columns,
)
from eval.bench.hyphens import always, by_word_list, main, own_pile, scores, text_piles, wrong


def whole(lines: list[str]) -> str:
    """What stood there before it was set in columns."""
    text = " ".join(lines)
    return text.replace("\u2010 ", "").replace("- ", "-")


@given(st.lists(st.sampled_from(["opleiding", "de", "mkb-bedrijf", "leerwerkplek."]), max_size=9))
def test_setting_in_columns_loses_nothing(words: list[str]) -> None:
    lines = set_in_columns(" ".join(words), 14, by_patterns)
    assert whole(lines) == " ".join(words)
    assert all(len(line) <= 14 for line in lines)


def test_a_text_gives_cases_of_both_kinds() -> None:
    paragraph = "Een mkb-bedrijf zoekt een leerwerkplek voor een student uit de hbo-opleiding. "
    cases, printed = cases_of_text([paragraph * 6], by_patterns)
    assert {case.real for case in cases} == {True, False}
    for case in cases:
        assert case.left.endswith("-")
        assert f"{case.left}\n{case.right}" in printed
        assert case.whole.replace("-", "") == (case.left + case.right).replace("-", "")


def test_a_hanging_hyphen_keeps_its_space() -> None:
    cases, _ = cases_of_text(["Dit is nu een plek voor de in- en uitvoer"], by_patterns)
    (case,) = [case for case in cases if case.real]
    assert case.whole == "Dit is nu een plek voor de in- en uitvoer"
    assert case.category == "hangend streepje"


@pytest.mark.parametrize(
    ("word", "category"),
    [
        ("mkb-bedrijf", "letter of afkorting"),
        ("Noord-Holland", "naam of hoofdletter"),
        ("Word-bestand", "begint met hoofdletter"),
        ("mbo-4", "cijfer"),
        ("auto-ongeluk", "klinkerbotsing"),
        ("niet-roker", "voorvoegsel"),
        ("zwart-wit", "overig"),
    ],
)
def test_a_hyphened_word_is_a_case_of_its_kind(word: str, category: str) -> None:
    (case,) = cases_of_word(word, by_patterns)
    assert (case.left + case.right, case.whole, case.real) == (word, word, True)
    assert case.category == category


def test_both_ways_of_breaking_leave_letters_on_both_sides() -> None:
    for breaks in (by_patterns, by_rule):
        points = breaks("opleidingskosten")
        assert points
        assert all(1 < point < 15 for point in points)


def test_the_rivals_do_what_they_say() -> None:
    assert always("een mkb-", "bedrijf") == "een mkbbedrijf"
    assert by_word_list("een oplei-", "ding.") == "een opleiding."
    assert by_word_list("een mkb-", "bedrijf") == "een mkb-bedrijf"


def test_the_product_does_better_than_its_rivals_on_words_it_was_not_made_with() -> None:
    found = scores([own_pile(kept=True)])
    right = {
        (method, real): sum(s.right for s in found if (s.method, s.real) == (method, real))
        / sum(s.cases for s in found if (s.method, s.real) == (method, real))
        for method in ("altijd samen", "alleen een woordenlijst", "Routewijzer")
        for real in (True, False)
    }
    assert right["altijd samen", True] == 0
    assert right["Routewijzer", False] > 0.97 > right["alleen een woordenlijst", False]
    assert right["Routewijzer", True] > 0.85 > right["alleen een woordenlijst", True]


def test_the_halves_share_no_case() -> None:
    kept, tuned = ({case.whole for case in own_pile(half).cases} for half in (True, False))
    assert kept
    assert tuned
    assert not kept & tuned


def test_what_goes_wrong_can_be_looked_at() -> None:
    made = {case.whole: text for case, text in wrong([own_pile(kept=True)])}
    assert all(whole != text for whole, text in made.items())


def test_the_command_writes_figures(tmp_path: Path) -> None:
    text = tmp_path / "tekst.txt"
    text.write_text("Een mkb-bedrijf zoekt een student voor de leerwerkplek.\n" * 20, "utf-8")
    words = tmp_path / "woorden"
    words.write_text("opleiding\nauto-ongeluk\nhavo\n", "utf-8")
    out = tmp_path / "uit"
    assert main([str(text), "--words", str(words), "--out", str(out)]) == 0
    assert "| eigen lijst | hoort erbij | alles |" in out.with_suffix(".md").read_text("utf-8")
    assert json.loads(out.with_suffix(".json").read_text("utf-8"))["tuned"]


def test_a_missing_text_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "weg.txt"), "--out", str(tmp_path / "uit")]) == 2
    assert "weg.txt" in capsys.readouterr().err


def test_documents_have_words_of_their_own() -> None:
    piles = list(text_piles("tekst", ["Een mkb-bedrijf leert."] * 151, by_patterns))
    assert len(piles) == 2
    assert all("mkb-bedrijf" in pile.words for pile in piles[:1])
