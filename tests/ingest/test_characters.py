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
        ("\u0132sland, bl\u0133", "IJsland, blij"),
        ("co\u00a8ordinatie, coo\u00a8rdinatie", "coördinatie, coördinatie"),
        ("ge\u00a8\u0131nteresseerd", "geïnteresseerd"),
        ("\u00b4e\u00b4en caf\u00b4e", "één café"),
        ("foto\u00b4s en \u00b4een\u00b4", "foto\u00b4s en \u00b4een\u00b4"),
        ("een e \ufb03 ciënte aanpak", "een efficiënte aanpak"),
        ("speci \ufb01ek en \ufb01 nanciering", "specifiek en financiering"),
        ("de \ufb01ets en wi\ufb01 is er", "de fiets en wifi is er"),
    ],
)
def test_odd_characters_get_one_spelling_and_real_ones_stay(raw: str, tidy: str) -> None:
    assert tidy_characters(raw) == tidy


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        ("M K B - r o u t e", "MKB-route"),
        ("I N H O U D", "INHOUD"),
        ("de h a n d r e i k i n g.", "de handreiking."),
        ("W A T   I S   D A T", "WAT IS DAT"),
        ("I  N  H  O  U  D", "INHOUD"),
        ("v o o r b e e l d t e k s t", "voorbeeldtekst"),
    ],
)
def test_words_that_are_spaced_out_are_joined(raw: str, tidy: str) -> None:
    assert tidy_characters(raw) == tidy


@pytest.mark.parametrize(
    "text",
    ["kies a b c of d", "A B C D E", "A B B A", "R & D & S & T", "J. P. B. de Vries", "P & O"],
)
def test_options_and_initials_stay_apart(text: str) -> None:
    assert tidy_characters(text) == text


@given(
    st.text(alphabet="abeoi zorg-&'’\u00a8\u00b4\u0131\u00ad\n\ufb01\ufb03\u0301 A(“", max_size=30)
    | st.text()
)
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    once = tidy_characters(text)
    assert tidy_characters(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(alphabet="zorg a\n\t\ufb01", max_size=30) | st.text())
def test_one_line_is_one_line_with_single_spaces(text: str) -> None:
    line = one_line(text)
    assert "\n" not in line
    assert "  " not in line
    assert line == line.strip() == one_line(line)
