from __future__ import annotations

from collections.abc import Callable

from ingest.pdf.edges import words_in
from ingest.pdf.furniture import without_furniture
from ingest.pdf.ornaments import page_lines
from tests.pages import PROSE, Sheet


def kept(
    pages: int, draw: Callable[[Sheet, int], object], titles: frozenset[str] = frozenset()
) -> list[str]:
    """What is left besides the running text of pages that ``draw`` adds something to."""
    sheets = []
    for number in range(1, pages + 1):
        sheet = Sheet(number)
        sheet.paragraph(60, 120, f"Eigen tekst op blad {'abcdefghijklmnop'[number]}. " + PROSE * 3)
        draw(sheet, number)
        sheets.append((sheet.page(), page_lines(sheet.page())))
    body = {line.text for page, _ in sheets for line in page_lines(page) if 110 < line.base < 700}
    left, dropped = without_furniture(sheets, 10, titles)
    texts = [line.text for _, lines in left for line in lines]
    assert len(texts) + len(dropped) == sum(len(lines) for _, lines in sheets)
    assert body <= set(texts)
    return [text for text in texts if text not in body]


def test_running_heads_and_page_numbers_go() -> None:
    def draw(sheet: Sheet, number: int) -> None:
        sheet.text(60, 40, "Handreiking leerwerkplekken", 9).text(290, 810, str(number))

    assert kept(5, draw) == []


def test_heads_of_left_and_right_pages_differ() -> None:
    def draw(sheet: Sheet, number: int) -> None:
        if number % 2:
            sheet.text(380, 40, "Onderzoek naar uitval", 9).text(530, 40, str(number), 9)
        else:
            sheet.text(60, 40, str(number), 9).text(90, 40, "Hogeschool en bedrijf", 9)

    assert kept(8, draw) == []


def test_page_numbers_may_start_anywhere() -> None:
    assert kept(4, lambda sheet, number: sheet.text(290, 810, f"- {number + 46} -")) == []


def test_roman_page_numbers_go() -> None:
    numbers = ["i", "ii", "iii", "iv", "v"]
    assert kept(5, lambda sheet, number: sheet.text(290, 810, numbers[number - 1])) == []


def test_a_number_that_does_not_count_the_pages_stays() -> None:
    values = {1: "17", 2: "4", 3: "93"}
    assert kept(3, lambda s, n: s.text(290, 810, values[n])) == ["17", "4", "93"]


def test_two_pages_with_their_numbers() -> None:
    assert kept(2, lambda sheet, number: sheet.text(290, 810, str(number))) == []


def test_a_single_page_says_which_of_all_it_is() -> None:
    assert kept(1, lambda sheet, number: sheet.text(290, 810, "Pagina 1 van 1")) == []
    assert kept(1, lambda sheet, number: sheet.text(290, 810, "Pagina 3 van 9")) != []


def test_a_number_on_a_single_page_stays() -> None:
    assert kept(1, lambda sheet, number: sheet.text(290, 810, "1")) == ["1"]


def test_steps_that_count_with_the_pages_stay() -> None:
    found = kept(4, lambda s, n: s.text(60, 60, f"Stap {n}"))
    assert found == ["Stap 1", "Stap 2", "Stap 3", "Stap 4"]


def test_a_first_line_that_counts_with_the_pages_stays() -> None:
    found = kept(4, lambda s, n: s.text(60, 90, f"Artikel {n} begint hier met een zin"))
    assert len(found) == 4


def test_titles_of_chapters_as_running_heads_go() -> None:
    chapters = ["Aanleiding", "Aanleiding", "Opzet van het werk", "Opzet van het werk", "Slot"]

    def draw(sheet: Sheet, number: int) -> None:
        sheet.text(60, 40, chapters[number - 1], 9).text(530, 40, str(number), 9)

    titles = frozenset(map(words_in, chapters))
    assert kept(5, draw, titles) == []


def test_a_heading_at_the_top_of_each_page_stays() -> None:
    names = ["Techniek", "Zorg", "Handel", "Bouw"]
    found = kept(4, lambda s, n: s.text(60, 60, names[n - 1], 18), frozenset(map(words_in, names)))
    assert found == names


def test_what_a_browser_prints_around_a_page_goes() -> None:
    def draw(sheet: Sheet, number: int) -> None:
        sheet.text(25, 22, "12-3-2024, 14:05", 8).text(280, 22, "Mkb-route", 8)
        sheet.text(25, 825, "https://voorbeeld.nl/route", 8).text(550, 825, "1/1", 8)

    assert kept(1, draw) == []


def test_the_header_of_a_table_on_each_page_stays() -> None:
    def draw(sheet: Sheet, number: int) -> None:
        sheet.text(60, 60, "Route").text(300, 60, "Gestart")
        sheet.text(60, 74, f"naam {number}").text(300, 74, "12")

    assert kept(4, draw).count("Gestart") == 4


def test_text_that_repeats_below_other_text_stays() -> None:
    names = ["Techniek", "Zorg", "Handel", "Bouw", "Horeca", "Landbouw"]

    def draw(sheet: Sheet, number: int) -> None:
        sheet.text(60, 50, names[number - 1], 18).text(60, 80, "Voor wie?", 12)

    assert kept(6, draw).count("Voor wie?") == 6
