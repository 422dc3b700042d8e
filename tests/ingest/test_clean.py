from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import clean_text, is_furniture

LINES = st.lists(
    st.sampled_from(["", "9", "n\t\titem", "Zoeken", "logo", "tekst.", "- 12 -", "a\u00ad", "1"])
    | st.text(max_size=12)
)


def test_a_page_number_alone_between_blank_lines_goes() -> None:
    assert clean_text("een\n\n17\n\ntwee\n\n- 18 -\n\nPagina 3 van 9").split() == ["een", "twee"]


def test_a_number_on_the_line_of_other_text_stays() -> None:
    assert clean_text("\n3\nHogeschool aan Zee\n") == "\n3\nHogeschool aan Zee\n"


def test_bullets_that_became_the_letter_n_are_bullets_again() -> None:
    assert clean_text("n\t\tappel\nn\t\tpeer") == "• appel\n• peer"


def test_one_such_line_is_too_little_to_be_sure() -> None:
    assert clean_text("n\tappel\npeer") == "n\tappel\npeer"


@pytest.mark.parametrize("line", ["Zoeken", " logo ", "decoratief element", "openingsbeeld bij x"])
def test_page_furniture_goes_but_not_inside_a_paragraph(line: str) -> None:
    assert is_furniture(line)
    assert clean_text(f"a\n\n{line}\n\nb").split() == ["a", "b"]
    assert line in clean_text(f"wij gaan\n{line}\nmet elkaar")


def test_of_markup_only_the_characters_are_cleaned() -> None:
    assert clean_text("<p>\n\n9\n\n</p>", markup=True) == "<p>\n\n9\n\n</p>"


@given(LINES)
def test_cleaning_twice_changes_nothing_more(lines: list[str]) -> None:
    once = clean_text("\n".join(lines))
    assert clean_text(once) == once
