from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lists import is_mark, real_bullets, split_mark


@pytest.mark.parametrize(
    ("line", "mark", "text"),
    [
        ("• visie", "-", "visie"),
        ("- visie", "-", "visie"),
        ("1. visie", "1.", "visie"),
        ("12) visie", "12)", "visie"),
        ("a) visie", "a)", "visie"),
        ("(b) visie", "(b)", "visie"),
        ("gewone zin", "", "gewone zin"),
        ("-uitwisseling", "", "-uitwisseling"),
        ("2021. Een jaar", "", "2021. Een jaar"),
        ("1.1 Kop", "", "1.1 Kop"),
        ("•", "", "•"),
        ("➢ visie", "-", "visie"),
        ("\uf0d8 visie", "-", "visie"),
        ("(2) visie", "(2)", "visie"),
        ("iv) visie", "iv)", "visie"),
        ("B) visie", "B)", "visie"),
        ("J. Jansen", "", "J. Jansen"),
    ],
)
def test_the_mark_is_parted_from_the_item(line: str, mark: str, text: str) -> None:
    assert split_mark(line) == (mark, text)


@pytest.mark.parametrize(
    ("text", "mark"), [("•", True), ("1.", True), ("(a)", True), ("1. visie", False), ("", False)]
)
def test_a_mark_alone_is_known(text: str, mark: bool) -> None:
    assert is_mark(text) is mark


@pytest.mark.parametrize(
    ("text", "real"),
    [
        ("n\teen\nn\t\ttwee", "• een\n• twee"),
        ("  ü\tja\n  ü\tnee", "• ja\n• nee"),
        ("o een\no twee\nen zo\no “drie”", "• een\n• twee\nen zo\n• “drie”"),
        ("Ø doel\nØ plan\nØ geld", "• doel\n• plan\n• geld"),
    ],
)
def test_letters_that_were_bullets_become_bullets(text: str, real: str) -> None:
    assert real_bullets(text) == real


@pytest.mark.parametrize(
    "text",
    [
        "n\teen keer",
        "o ja\nen o nee",
        "§ 2.1 Kop\n§ 2.2 Kop\n§ 2.3 Kop",
        "n\t12\t3\nn\t13\t4",
        "v r a a g\nv r a a g\nv r a a g",
        "u komt\nu gaat\nu blijft",
    ],
)
def test_other_letters_stay(text: str) -> None:
    assert real_bullets(text) == text


@given(st.text(alphabet="nov ü\t\n•ab1", max_size=60))
def test_bullets_are_found_once(text: str) -> None:
    once = real_bullets(text)
    assert real_bullets(once) == once
