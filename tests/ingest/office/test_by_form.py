from __future__ import annotations

import pytest

from ingest.office.by_form import by_form
from ingest.office.flow import Piece


def text(words: str, size: float = 11, bold: bool = False) -> Piece:
    return Piece("paragraph", words, size=size, bold=bold)


BODY = text("Het bedrijf en de school maken samen een plan voor het eerste jaar. " * 3)


def headings(pieces: list[Piece]) -> list[tuple[str, int]]:
    return [(piece.text, piece.level) for piece in by_form(pieces) if piece.kind == "heading"]


def test_short_bold_or_large_lines_between_text_are_headings() -> None:
    pieces = [text("De route", 18), BODY, text("Kosten", bold=True), BODY, text("Duur", bold=True)]
    assert headings([*pieces, BODY]) == [("De route", 1), ("Kosten", 2), ("Duur", 2)]


def test_with_a_heading_by_style_bold_lines_stay_text() -> None:
    pieces = [Piece("heading", "Begin", 1), text("Let op", bold=True), BODY]
    assert headings(pieces) == [("Begin", 1)]


@pytest.mark.parametrize(
    "line",
    [
        text("Dit is een hele zin die vet staat.", bold=True),
        text("Let op:", bold=True),
        text("2021", bold=True),
        text("een " * 20, bold=True),
        text("Gewoon"),
        Piece("item", "Een punt", 1, bold=True),
    ],
)
def test_what_is_no_heading(line: Piece) -> None:
    assert headings([BODY, line, BODY]) == []


def test_an_address_in_bold_is_no_row_of_headings() -> None:
    lines = [text(line, bold=True) for line in ("De Brug", "Kade 1", "Zaal 2", "Utrecht")]
    assert headings([BODY, *lines, BODY]) == []


def test_a_last_line_heads_nothing() -> None:
    assert headings([BODY, text("Einde", bold=True)]) == []


def test_a_document_that_is_mostly_bold_has_no_bold_headings() -> None:
    bold = Piece("paragraph", BODY.text, size=11, bold=True)
    assert headings([bold, text("Kosten", bold=True), bold]) == []


def test_typed_bullets_and_numbers_become_lists() -> None:
    pieces = [text("- een"), text("–\ttwee"), text("Tekst."), text("1. eerst"), text("2. dan")]
    found = [(piece.kind, piece.text, piece.mark) for piece in by_form(pieces)]
    assert found == [
        ("item", "een", ""),
        ("item", "twee", ""),
        ("paragraph", "Tekst.", ""),
        ("item", "eerst", "1."),
        ("item", "dan", "2."),
    ]


def test_lines_with_bullets_in_one_paragraph_become_a_list() -> None:
    found = by_form([text("Dit is nodig:\n- tijd\n- geld")])
    assert [(piece.kind, piece.text) for piece in found] == [
        ("paragraph", "Dit is nodig:"),
        ("item", "tijd"),
        ("item", "geld"),
    ]


@pytest.mark.parametrize("lines", [["1. Inleiding"], ["2. b", "3. c"], ["1. a", "3. c"], ["- a"]])
def test_marks_that_make_no_list_stay(lines: list[str]) -> None:
    pieces = [text(line) for line in lines]
    assert by_form(pieces) == pieces
