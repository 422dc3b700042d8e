from __future__ import annotations

import pytest

from ingest.blocks import Block
from ingest.headings import set_levels
from ingest.pages import Bookmark
from ingest.pdf.blocks import pdf_blocks
from tests.pages import PROSE, Sheet, joiner, read_of


def headings(*sheets: Sheet, outline: tuple[Bookmark, ...] = ()) -> list[tuple[int, str]]:
    found = pdf_blocks(read_of(*sheets, outline=outline), joiner())
    return [(block.level, block.text) for block in found if block.kind == "heading"]


def test_larger_type_is_a_heading_and_size_gives_its_level() -> None:
    sheet = Sheet().text(60, 80, "Hoe het werkt", 20)
    base = sheet.paragraph(60, 110, PROSE)
    sheet.text(60, base + 20, "De student", 14)
    base = sheet.paragraph(60, base + 40, PROSE)
    sheet.text(60, base + 20, "De begeleider", 14)
    sheet.paragraph(60, base + 40, PROSE)
    assert headings(sheet) == [(1, "Hoe het werkt"), (1, "De student"), (1, "De begeleider")] or (
        headings(sheet) == [(1, "Hoe het werkt"), (2, "De student"), (2, "De begeleider")]
    )


def test_numbers_give_levels() -> None:
    sheet = Sheet()
    base = 80.0
    for title in ("1 Aanleiding", "1.1 Vraag", "1.1.1 Deelvraag", "2 Opzet"):
        sheet.text(60, base, title, 13, bold=True)
        base = sheet.paragraph(60, base + 24, PROSE) + 24
    assert headings(sheet) == [
        (1, "1 Aanleiding"),
        (2, "1.1 Vraag"),
        (3, "1.1.1 Deelvraag"),
        (1, "2 Opzet"),
    ]


def test_bold_lines_of_the_size_of_the_text() -> None:
    sheet = Sheet()
    base = sheet.paragraph(60, 100, PROSE)
    sheet.text(60, base + 12, "Wat kost het", bold=True)
    sheet.paragraph(60, base + 28, PROSE)
    assert [text for _, text in headings(sheet)] == ["Wat kost het"]


def test_capitals() -> None:
    sheet = Sheet()
    base = sheet.paragraph(60, 100, PROSE)
    sheet.text(60, base + 12, "MEER WETEN", 9)
    sheet.paragraph(60, base + 28, PROSE)
    assert [text for _, text in headings(sheet)] == ["MEER WETEN"]


def test_a_heading_over_several_lines_is_one() -> None:
    sheet = (
        Sheet().text(60, 80, "Wat een klein bedrijf", 18).text(60, 102, "van een student leert", 18)
    )
    sheet.paragraph(60, 130, PROSE)
    assert headings(sheet) == [(1, "Wat een klein bedrijf van een student leert")]


def test_a_number_above_its_title_is_one_heading_with_it() -> None:
    sheet = Sheet().text(60, 80, "Hoofdstuk 2", 16).text(60, 110, "De praktijk", 22)
    sheet.paragraph(60, 140, PROSE)
    assert [text for _, text in headings(sheet)] == ["Hoofdstuk 2 De praktijk"]


def test_the_outline_gives_levels() -> None:
    sheet = Sheet().text(60, 80, "Inleiding", 14)
    base = sheet.paragraph(60, 110, PROSE)
    sheet.text(60, base + 20, "Voor wie", 14)
    base = sheet.paragraph(60, base + 40, PROSE)
    sheet.text(60, base + 20, "Gewone regel die in de inhoud staat")
    sheet.paragraph(60, base + 40, PROSE)
    outline = (
        Bookmark(1, "1. Inleiding", 1),
        Bookmark(2, "1.1 Voor wie", 1),
        Bookmark(3, "Gewone regel die in de inhoud staat", 1),
    )
    assert headings(sheet, outline=outline) == [
        (1, "Inleiding"),
        (2, "Voor wie"),
        (3, "Gewone regel die in de inhoud staat"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dit is een zin in vet die met een punt eindigt.",
        "Dit leidt een lijst in:",
        "Figuur 3: de stappen van het plan",
        "Tabel 2.1 Studenten per route",
        "12 maart 2024",
    ],
)
def test_these_bold_lines_are_no_headings(text: str) -> None:
    sheet = Sheet()
    base = sheet.paragraph(60, 100, PROSE)
    sheet.text(60, base + 12, text, bold=True)
    sheet.paragraph(60, base + 28, PROSE)
    assert headings(sheet) == []


def test_bold_words_inside_a_paragraph_are_no_heading() -> None:
    sheet = Sheet().text(60, 100, "Let op", bold=True).text(98, 100, "want de termijn is kort en")
    sheet.paragraph(60, 112, "er wordt geen uitstel gegeven.")
    assert headings(sheet) == []


def test_a_quotation_in_large_type_is_no_heading() -> None:
    sheet = Sheet()
    base = sheet.paragraph(60, 100, PROSE)
    sheet.text(90, base + 24, "“Leren doe je hier elke dag”", 18)
    sheet.paragraph(60, base + 60, PROSE)
    assert headings(sheet) == []


def test_bold_items_of_a_list_are_no_headings() -> None:
    sheet = Sheet()
    base = sheet.paragraph(60, 100, PROSE)
    for index, text in enumerate(("Kies een opleiding", "Zoek een bedrijf", "Begin op tijd"), 1):
        sheet.text(60, base + 14 * index, f"{index}. {text}", bold=True)
    sheet.paragraph(60, base + 70, PROSE)
    assert headings(sheet) == []


def test_headings_on_the_first_line_of_a_paragraph() -> None:
    sheet = Sheet()
    base = 100.0
    for name in ("Duur.", "Kosten."):
        sheet.text(60, base, name, bold=True)
        sheet.text(
            sheet.words[-1].x1 + 10, base, "Een route van het bedrijf met de school samen is"
        )
        base = sheet.paragraph(60, base + 12, "langer dan een jaar. " + PROSE) + 10
    assert [text for _, text in headings(sheet)] == ["Duur.", "Kosten."]


def test_one_stressed_opening_is_no_heading() -> None:
    sheet = Sheet().text(60, 100, "Duur.", bold=True).text(95, 100, "Een route duurt twee jaar.")
    assert headings(sheet) == []


def test_what_stands_under_literature_is_a_reference() -> None:
    sheet = Sheet().text(60, 80, "Slot", 16)
    base = sheet.paragraph(60, 110, PROSE)
    sheet.text(60, base + 20, "Literatuur", 16)
    sheet.paragraph(60, base + 44, "Jansen, P. (2020). Leren in het werk.")
    found = set_levels(pdf_blocks(read_of(sheet), joiner()))
    assert [block.reference for block in found] == [False, False, True, True]


def test_a_heading_in_a_sidebar_does_not_take_the_text_that_follows() -> None:
    sheet = Sheet().text(60, 80, "Begeleiding", 16)
    base = sheet.paragraph(60, 110, PROSE)
    sheet.box(60, base, 540, base + 90)
    sheet.text(70, base + 20, "Uit de praktijk", bold=True)
    sheet.paragraph(70, base + 36, "Een bakker in het dorp doet dit al jaren zo.", 400)
    sheet.paragraph(60, base + 110, PROSE)
    assert headings(sheet) == [(1, "Begeleiding")]
    found: list[Block] = pdf_blocks(read_of(sheet), joiner())
    assert [block.text for block in found][2] == "Uit de praktijk"
