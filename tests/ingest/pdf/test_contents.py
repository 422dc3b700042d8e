from __future__ import annotations

from ingest.blocks import Block
from ingest.pdf.blocks import pdf_blocks
from tests.pages import PROSE, Sheet, joiner, read_of


def blocks(*sheets: Sheet) -> list[Block]:
    return pdf_blocks(read_of(*sheets), joiner())


def references(*sheets: Sheet) -> list[str]:
    return [block.text for block in blocks(*sheets) if block.reference]


ENTRIES = [("1 Aanleiding", 3), ("1.1 Vraag", 4), ("2 Opzet", 9), ("3 Slot", 12)]


def test_lines_with_dots_are_entries() -> None:
    sheet = Sheet()
    for index, (title, page) in enumerate(ENTRIES):
        sheet.text(60, 100 + 14 * index, f"{title} {'.' * 40} {page}")
    assert references(sheet) == [f"{title} {page}" for title, page in ENTRIES]


def test_dots_may_stand_apart_or_touch_the_title() -> None:
    sheet = Sheet()
    for index, (title, page) in enumerate(ENTRIES):
        dots = " . . . . . . . . " if index % 2 else "........"
        sheet.text(60, 100 + 14 * index, f"{title}{dots}{page}")
    assert references(sheet) == [f"{title} {page}" for title, page in ENTRIES]


def test_pages_at_the_right_under_a_heading() -> None:
    sheet = Sheet().text(60, 80, "Inhoud", 16)
    for index, (title, page) in enumerate(ENTRIES):
        sheet.text(60, 110 + 14 * index, title)
        sheet.text(500 - 5 * len(str(page)), 110 + 14 * index, str(page))
    assert references(sheet) == [f"{title} {page}" for title, page in ENTRIES]


def test_a_title_over_two_lines() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "1 Aanleiding .......... 3")
    sheet.text(60, 114, "2 Wat bedrijven van een student verwachten als het")
    sheet.text(70, 128, "druk is op de werkvloer .......... 5").text(60, 142, "3 Slot .......... 9")
    assert references(sheet)[1] == (
        "2 Wat bedrijven van een student verwachten als het druk is op de werkvloer 5"
    )


def test_contents_over_two_pages() -> None:
    first, second = Sheet(1), Sheet(2)
    for index in range(6):
        first.text(60, 600 + 14 * index, f"{index + 1} Titel .......... {index + 3}")
        second.text(60, 80 + 14 * index, f"{index + 7} Titel .......... {index + 20}")
    found = blocks(first, second)
    assert [block.pages for block in found] == [((0, 1),)] * 6 + [((0, 2),)] * 6


def test_a_table_of_figures_is_no_contents() -> None:
    sheet = Sheet()
    for index, (name, number) in enumerate(
        (("Zorg", 40), ("Bouw", 12), ("Handel", 31), ("Ict", 7))
    ):
        sheet.text(60, 100 + 14 * index, name)
        sheet.text(500 - 5 * len(str(number)), 100 + 14 * index, str(number))
    assert [(block.text, block.reference) for block in blocks(sheet)] == [
        ("Zorg: 40", False),
        ("Bouw: 12", False),
        ("Handel: 31", False),
        ("Ict: 7", False),
    ]


def test_a_sentence_with_dots_is_no_entry() -> None:
    sheet = Sheet()
    sheet.paragraph(60, 100, PROSE)
    sheet.text(60, 200, "En toen werd het stil... 5 mensen stonden op.")
    assert references(sheet) == []
