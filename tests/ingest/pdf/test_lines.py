from __future__ import annotations

import time

import pytest

from ingest.pages import PdfPage
from ingest.pdf.blocks import pdf_blocks
from ingest.pdf.lines import Line, merge, rows
from ingest.pdf.ornaments import page_lines
from tests.pages import Sheet, joiner, read_of


def texts(page: PdfPage) -> list[str]:
    return [" | ".join(line.text for line in row) for row in rows(page_lines(page))]


def test_words_on_one_baseline_are_a_line() -> None:
    page = Sheet().text(60, 100, "Leren op de werkvloer").text(60, 112, "kost tijd.").page()
    assert texts(page) == ["Leren op de werkvloer", "kost tijd."]


def test_the_order_of_the_file_does_not_matter() -> None:
    page = Sheet().text(60, 100, "Leren op de werkvloer kost tijd.").page()
    words = (page.words[3], page.words[0], page.words[5], *page.words[1:3], page.words[4])
    shuffled = PdfPage(1, page.width, page.height, words)
    assert [merge(row).text for row in rows(page_lines(shuffled))] == [
        "Leren op de werkvloer kost tijd."
    ]


def test_lines_do_not_cross_a_gutter() -> None:
    page = Sheet().text(60, 100, "links staat dit").text(310, 100, "en rechts dat").page()
    assert texts(page) == ["links staat dit | en rechts dat"]


def test_two_sizes_share_a_baseline() -> None:
    page = Sheet().text(60, 100, "Groot", 16).text(103, 100, "en klein", 10).page()
    assert texts(page) == ["Groot en klein"]


def raised(base_text: str, mark: str, after: str = "") -> Line:
    sheet = Sheet().text(60, 100, base_text)
    end = sheet.words[-1].x1
    sheet.text(end, 96, mark, 6)
    if after:
        sheet.text(end + 3 * len(mark) + 3, 100, after)
    lines = page_lines(sheet.page())
    assert len(lines) == 1
    return lines[0]


@pytest.mark.parametrize("mark", ["3", "12", "1,2", "*", "a"])
def test_a_note_mark_is_taken_out_of_the_text(mark: str) -> None:
    line = raised("de opleiding", mark, "duurt")
    assert line.text == "de opleiding duurt"
    assert line.marks == (mark,)


def test_a_full_stop_behind_a_note_mark_stays_with_its_word() -> None:
    sheet = Sheet().text(60, 100, "de opleiding")
    end = sheet.words[-1].x1
    sheet.text(end, 96, "3", 6).text(end + 3, 100, ". Daarna")
    assert page_lines(sheet.page())[0].text == "de opleiding. Daarna"


@pytest.mark.parametrize(
    ("before", "mark", "text"),
    [("40 m", "2", "40 m2"), ("ruim 10", "6", "ruim 10⁶"), ("de 1", "e", "de 1e")],
)
def test_exponents_and_endings_stay(before: str, mark: str, text: str) -> None:
    line = raised(before, mark)
    assert (line.text, line.marks) == (text, ())


def test_a_typed_superscript_is_a_note_mark() -> None:
    line = page_lines(Sheet().text(60, 100, "De opleiding¹ duurt 40 m² lang.²").page())[0]
    assert line.text == "De opleiding duurt 40 m² lang."
    assert line.marks == ("¹", "²")


def test_a_name_that_ends_in_a_raised_figure_keeps_it() -> None:
    sheet = Sheet().text(60, 100, "Open GOsa² en kies in GOsa² een naam.¹")
    (block,) = pdf_blocks(read_of(sheet), joiner())
    assert block.text == "Open GOsa² en kies in GOsa² een naam."


def test_a_raised_mark_opens_a_note() -> None:
    page = Sheet().text(60, 696, "3", 5).text(63, 700, "Zie de bijlage.", 8).page()
    (line,) = page_lines(page)
    assert (line.opener, line.text) == ("3", "Zie de bijlage.")


def test_a_large_first_letter_joins_its_word() -> None:
    sheet = Sheet().text(60, 122, "D", 40)
    sheet.text(85, 101, "e student werkt bij een bedrijf").text(85, 113, "en leert er elke dag")
    sheet.text(60, 125, "iets nieuws bij.")
    found = page_lines(sheet.page())
    assert sorted(line.text for line in found) == [
        "De student werkt bij een bedrijf",
        "en leert er elke dag",
        "iets nieuws bij.",
    ]
    assert {line.x0 for line in found} == {60}


def test_drawn_dots_are_bullets() -> None:
    sheet = Sheet().text(80, 100, "een begeleider").text(80, 114, "een werkplek")
    sheet.box(68, 94, 71, 97).box(68, 108, 71, 111)
    assert texts(sheet.page()) == ["• een begeleider", "• een werkplek"]


def test_a_single_dot_is_no_bullet() -> None:
    sheet = Sheet().text(80, 100, "een begeleider").box(68, 94, 71, 97)
    assert texts(sheet.page()) == ["een begeleider"]


def test_a_page_with_very_many_words_is_read_in_time() -> None:
    sheet = Sheet(width=4000, height=6000)
    for row in range(200):
        sheet.text(10, 20 + 14 * row, "woord " * 100, 8)
    started = time.process_time()
    found = page_lines(sheet.page())
    assert len(found) == 200
    assert time.process_time() - started < 5
