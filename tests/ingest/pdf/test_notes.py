from __future__ import annotations

from ingest.blocks import Block
from ingest.pdf.blocks import laid_out, pdf_blocks
from tests.pages import PROSE, Sheet, joiner, read_of


def blocks(*sheets: Sheet) -> list[Block]:
    return pdf_blocks(read_of(*sheets), joiner())


def with_mark(sheet: Sheet, x: float, base: float, text: str, mark: str) -> None:
    sheet.text(x, base, text)
    sheet.text(sheet.words[-1].x1, base - 4, mark, 6)


def test_notes_stand_apart_from_the_text() -> None:
    sheet = Sheet()
    with_mark(sheet, 60, 100, "De route duurt twee jaar.", "1")
    sheet.box(60, 700, 180, 700.5)
    sheet.text(60, 710, "1", 5).text(64, 714, "Voltijd duurt de route korter.", 8)
    sheet.text(60, 722, "2", 5).text(64, 726, "Dit geldt niet voor alle", 8)
    sheet.text(60, 736, "opleidingen.", 8)
    found = blocks(sheet)
    assert [(block.kind, block.text) for block in found] == [
        ("paragraph", "De route duurt twee jaar."),
        ("note", "Voltijd duurt de route korter."),
        ("note", "Dit geldt niet voor alle opleidingen."),
    ]


def test_notes_with_typed_numbers_are_known_by_the_marks_in_the_text() -> None:
    sheet = Sheet()
    end = sheet.paragraph(60, 100, PROSE * 3)
    with_mark(sheet, 60, end, "De route duurt twee jaar.", "3")
    sheet.text(60, 720, "3 Voltijd duurt de route korter.", 8)
    laid = laid_out(read_of(sheet), joiner())
    assert laid.blocks[-1] == Block("note", "Voltijd duurt de route korter.", pages=((0, 1),))
    assert laid.marks.count("3") == 2


def test_small_print_without_marks_is_no_note() -> None:
    sheet = Sheet()
    sheet.paragraph(60, 100, PROSE * 3)
    sheet.text(60, 720, "Deze brochure is gedrukt op papier uit hergebruikt hout.", 8)
    assert [block.kind for block in blocks(sheet)] == ["paragraph", "paragraph"]


def test_a_list_at_the_foot_of_a_page_is_no_note() -> None:
    sheet = Sheet()
    sheet.paragraph(60, 100, PROSE * 3)
    sheet.text(60, 700, "Dit zijn de stappen:")
    sheet.text(70, 716, "1. kies een opleiding;").text(70, 728, "2. kies een bedrijf.")
    assert [block.kind for block in blocks(sheet)][-2:] == ["item", "item"]


def test_a_note_goes_on_over_the_page() -> None:
    first, second = Sheet(1), Sheet(2)
    first.paragraph(60, 100, PROSE * 3)
    with_mark(first, 60, 400, "De route duurt twee jaar.", "1")
    first.box(60, 700, 180, 700.5)
    first.text(60, 710, "1", 5).text(64, 714, "Voltijd duurt de route korter, als de", 8)
    second.paragraph(60, 100, PROSE * 3)
    second.box(60, 700, 180, 700.5)
    second.text(60, 714, "opleiding dat toestaat.", 8)
    (note,) = (block for block in blocks(first, second) if block.kind == "note")
    assert note.text == "Voltijd duurt de route korter, als de opleiding dat toestaat."
    assert note.pages == ((0, 1), (note.text.index("opleiding"), 2))


def test_notes_at_the_foot_of_a_column() -> None:
    sheet = Sheet()
    sheet.paragraph(60, 100, PROSE * 2, 225)
    sheet.text(60, 500, "1", 5).text(64, 504, "Een noot links.", 8)
    sheet.paragraph(310, 100, PROSE * 2, 225)
    sheet.text(310, 500, "2", 5).text(314, 504, "Een noot rechts.", 8)
    assert [block.text for block in blocks(sheet) if block.kind == "note"] == [
        "Een noot links.",
        "Een noot rechts.",
    ]


def test_a_paragraph_goes_on_past_the_notes_of_its_page() -> None:
    first, second = Sheet(1), Sheet(2)
    said = "Wie les geeft stelt veel vragen en zegt op welke manier het werk dat er"
    with_mark(first, 60, 660, said, "1")
    first.paragraph(60, 100, PROSE * 2)
    first.text(60, 710, "1", 5).text(64, 714, "Dat is wettelijk zo geregeld.", 8)
    second.text(60, 100, "ligt beter kan.")
    second.paragraph(60, 140, PROSE)
    found = blocks(first, second)
    text = next(block for block in found if "het werk dat er ligt" in block.text)
    assert text.pages == ((0, 1), (text.text.index("ligt"), 2))
