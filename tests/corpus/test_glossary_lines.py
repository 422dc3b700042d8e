from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BadInputError
from corpus.glossary_lines import Line, read_lines, with_line, without_line
from corpus.glossary_shelf import SHIPPED

TEXT = """# Bovenaan.

# === fietsen ===
[[group]]
say = [
    "karretje", "tweewieler",  # van lezers
]
means = ["fiets"]

# === eten ===
[[group]]
same = ["soep", "bouillon"]

# === afkortingen ===
[abbreviations]
mkb = "midden- en kleinbedrijf"

[english]
"bike, cycle" = ["fiets"]

[verbs]
eten = ["at", "gegeten"]
"""
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1).filter(
    lambda word: word.strip() == word and "," not in word
)


def test_lines_come_in_the_order_of_the_file() -> None:
    assert read_lines(TEXT) == (
        Line("say", ("karretje", "tweewieler"), ("fiets",)),
        Line("same", ("soep", "bouillon")),
        Line("abbreviation", ("mkb",), ("midden- en kleinbedrijf",)),
        Line("english", ("bike", "cycle"), ("fiets",)),
    )


def test_a_change_leaves_the_rest_as_it_stands() -> None:
    changed = with_line(TEXT, Line("same", ("soep", "bouillon", "consommé")), 1)
    expected = TEXT.replace('"bouillon"]', '"bouillon", "consommé"]')
    assert changed == expected


def test_a_line_that_goes_leaves_the_comments_around_it() -> None:
    gone = without_line(TEXT, 0)
    assert "karretje" not in gone
    assert "# === fietsen ===\n\n# === eten ===\n[[group]]\nsame" in gone


@pytest.mark.parametrize(
    ("line", "before"),
    [
        (Line("say", ("brommer",), ("fiets",)), "# === afkortingen"),
        (Line("abbreviation", ("OV",), ("openbaar vervoer",)), "[english]"),
        (Line("english", ("soup",), ("soep",)), "[verbs]"),
    ],
)
def test_a_new_line_comes_behind_its_own_kind(line: Line, before: str) -> None:
    changed = with_line(TEXT, line)
    added = changed.index(line.said[0])
    assert added < changed.index(before)
    assert line in read_lines(changed)
    assert tomllib.loads(changed)["verbs"] == {"eten": ["at", "gegeten"]}


def test_a_table_that_is_not_there_is_made() -> None:
    line = Line("english", ("soup", "broth"), ("soep",))
    assert read_lines(with_line('[[group]]\nsame = ["a", "b"]', line)) == (
        Line("same", ("a", "b")),
        line,
    )


def test_a_line_may_become_another_kind() -> None:
    changed = with_line(TEXT, Line("english", ("cart",), ("fiets",)), 0)
    assert [line.kind for line in read_lines(changed)] == [
        "same",
        "abbreviation",
        "english",
        "english",
    ]


@pytest.mark.parametrize("place", [-1, 4, 99])
def test_a_place_that_is_not_there_is_refused(place: int) -> None:
    with pytest.raises(BadInputError, match="Zoek hem opnieuw op"):
        without_line(TEXT, place)
    with pytest.raises(BadInputError, match="Zoek hem opnieuw op"):
        with_line(TEXT, Line("same", ("a", "b")), place)


def test_what_would_say_something_else_is_refused() -> None:
    with pytest.raises(BadInputError, match="past de regel niet"):
        with_line(TEXT, Line("abbreviation", ("mkb",), ("iets anders",)))
    dotted = "group = [{ same = ['a', 'b'] }]\n"
    with pytest.raises((BadInputError, IndexError)):
        without_line(dotted, 0)


def test_long_lists_are_broken_into_rows() -> None:
    line = Line("say", tuple(f"woord nummer {n}" for n in range(30)), ("fiets",))
    changed = with_line(TEXT, line)
    assert line in read_lines(changed)
    assert max(map(len, changed.splitlines())) <= 100


@given(st.lists(WORDS, min_size=1, max_size=5), st.lists(WORDS, min_size=1, max_size=3))
def test_any_words_come_back_as_they_were(said: list[str], means: list[str]) -> None:
    for line in (
        Line("say", tuple(said), tuple(means)),
        Line("english", tuple(said), tuple(means)),
    ):
        changed = with_line(TEXT, line)
        assert line in read_lines(changed)
        assert tomllib.loads(changed)["verbs"] == {"eten": ["at", "gegeten"]}


def test_our_own_glossary_can_be_edited_anywhere() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    lines = read_lines(text)
    for place in range(0, len(lines), 150):
        assert len(read_lines(without_line(text, place))) == len(lines) - 1
        assert read_lines(with_line(text, lines[place], place)) == lines
