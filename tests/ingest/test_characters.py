from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.characters import one_line, tidy_characters


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        ("cafe\u0301", "café"),
        ("o\ufb03cieel", "officieel"),
        ("ha\u00adlen", "halen"),
        ("oplei\u00ad\n  ding", "opleiding"),
        ("tien\u00a0euro\u202fen\u2009meer", "tien euro en meer"),
        ("on\u200bzicht\ufeffbaar", "onzichtbaar"),
        ("een\r\ntwee\rdrie", "een\ntwee\ndrie"),
        ("een\ftwee", "een\n\ntwee"),
        ("bel\x07letje", "belletje"),
        ("€ 5 – ‘ja’ “nee” …", "€ 5 – ‘ja’ “nee” …"),
    ],
)
def test_odd_characters_get_one_spelling_and_real_ones_stay(raw: str, tidy: str) -> None:
    assert tidy_characters(raw) == tidy


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    once = tidy_characters(text)
    assert tidy_characters(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text())
def test_one_line_is_one_line_with_single_spaces(text: str) -> None:
    line = one_line(text)
    assert "\n" not in line
    assert "  " not in line
    assert line == line.strip() == one_line(line)
