from __future__ import annotations

from ingest.pdf.blocks import pdf_blocks
from tests.pages import PROSE, Sheet, joiner, read_of, wrapped

LEFT = "Links staat een verhaal dat over de volle hoogte van de kolom loopt. " + PROSE
RIGHT = "Rechts staat een ander verhaal dat daar niets mee te maken heeft. " + PROSE
THIRD = "In de derde kolom staat nog iets anders dat ook gelezen wordt. " + PROSE


def said(*sheets: Sheet) -> list[str]:
    return [block.text for block in pdf_blocks(read_of(*sheets), joiner())]


def row_by_row(sheet: Sheet, columns: list[tuple[float, str]], top: float = 100) -> None:
    """Sets columns as some programs write them: line after line over the whole page."""
    lines = [wrapped(text, 220, 10) for _, text in columns]
    for index in range(max(map(len, lines))):
        for (x, _), column in zip(columns, lines, strict=True):
            if index < len(column):
                sheet.text(x, top + 12 * index, column[index])


def test_two_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    sheet.paragraph(60, 100, LEFT, 225)
    sheet.paragraph(310, 100, RIGHT, 225)
    assert said(sheet) == [LEFT.strip(), RIGHT.strip()]


def test_two_columns_that_the_file_has_row_by_row() -> None:
    sheet = Sheet()
    row_by_row(sheet, [(60, LEFT), (310, RIGHT)])
    assert said(sheet) == [LEFT.strip(), RIGHT.strip()]


def test_a_gutter_of_ten_points() -> None:
    sheet = Sheet()
    row_by_row(sheet, [(60, LEFT), (291, RIGHT)])
    assert said(sheet) == [LEFT.strip(), RIGHT.strip()]


def test_columns_whose_lines_are_not_level() -> None:
    sheet = Sheet()
    sheet.paragraph(60, 100, LEFT, 225)
    sheet.paragraph(310, 105, RIGHT, 225, step=13)
    assert said(sheet) == [LEFT.strip(), RIGHT.strip()]


def test_three_columns() -> None:
    sheet = Sheet()
    for x, text in ((40, LEFT), (220, RIGHT), (400, THIRD)):
        sheet.paragraph(x, 100, text, 160)
    assert said(sheet) == [LEFT.strip(), RIGHT.strip(), THIRD.strip()]


def test_a_heading_over_both_columns_parts_the_page() -> None:
    sheet = Sheet()
    sheet.text(60, 80, "Een kop boven twee kolommen op deze bladzijde", 18, bold=True)
    sheet.paragraph(60, 110, LEFT, 225)
    sheet.paragraph(310, 110, RIGHT, 225)
    sheet.text(60, 420, "Nog een kop die over beide kolommen heen gaat", 18, bold=True)
    sheet.paragraph(60, 450, "Derde stuk. " + PROSE, 225)
    sheet.paragraph(310, 450, "Vierde stuk. " + PROSE, 225)
    assert [text[:11] for text in said(sheet)] == [
        "Een kop bov",
        "Links staat",
        "Rechts staa",
        "Nog een kop",
        "Derde stuk.",
        "Vierde stuk",
    ]


def test_a_short_heading_between_two_pairs_of_columns() -> None:
    sheet = Sheet()
    end = sheet.paragraph(60, 110, LEFT, 225)
    sheet.paragraph(310, 110, RIGHT, 225)
    sheet.text(60, end + 30, "Tweede deel", 18, bold=True)
    sheet.paragraph(60, end + 60, "Derde stuk. " + PROSE, 225)
    sheet.paragraph(310, end + 60, "Vierde stuk. " + PROSE, 225)
    assert [text[:11] for text in said(sheet)] == [
        "Links staat",
        "Rechts staa",
        "Tweede deel",
        "Derde stuk.",
        "Vierde stuk",
    ]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    lines = wrapped(PROSE * 3, 225, 10)
    sheet = Sheet()
    for index, line in enumerate(lines):
        x, row = (60, index) if index < 12 else (310, index - 12)
        sheet.text(x, 100 + 12 * row, line)
    assert said(sheet) == [" ".join(lines)]


def test_a_sidebar_comes_after_the_text_beside_it() -> None:
    sheet = Sheet()
    sheet.box(400, 90, 550, 200)
    sheet.text(408, 110, "Kort en goed", 9, bold=True)
    sheet.paragraph(408, 124, "Wie meer wil weten belt de opleiding in de buurt.", 130, 8, step=10)
    sheet.paragraph(60, 100, LEFT, 320)
    found = said(sheet)
    assert found[0] == LEFT.strip()
    assert "Kort en goed" in found[1]


def test_a_narrow_column_in_small_type_comes_last() -> None:
    sheet = Sheet()
    sheet.paragraph(60, 100, RIGHT, 110, 8, step=10)
    sheet.paragraph(200, 100, LEFT + PROSE, 340)
    found = said(sheet)
    assert found == [(LEFT + PROSE).strip(), RIGHT.strip()]


def test_a_quotation_in_the_middle_of_two_columns_parts_no_sentence() -> None:
    sheet = Sheet()
    for x, text in ((60, LEFT + PROSE), (310, RIGHT + PROSE)):
        words = text.split()
        for index in range(24):
            beside = 8 <= index <= 11
            line = wrapped(" ".join(words), 160 if beside else 225, 10)[0]
            words = words[len(line.split()) :]
            sheet.text(x + (65 if beside and x > 300 else 0), 100 + 12 * index, line)
    sheet.text(228, 205, "Leren is werken", 18, italic=True)
    sheet.text(228, 225, "en andersom ook", 18, italic=True)
    found = said(sheet)
    assert "Leren is werken en andersom ook" in found
    assert found[0] == (LEFT + PROSE).strip()
    assert (RIGHT + PROSE).strip() in found


def test_boxes_side_by_side_are_read_from_left_to_right() -> None:
    sheet = Sheet()
    sheet.paragraph(60, 100, PROSE, 470)
    for index, name in enumerate(("Kiezen", "Afspreken", "Beginnen")):
        x = 60 + 160 * index
        sheet.grid([x, x + 150], [250, 330])
        sheet.text(x + 8, 270, f"{index + 1} {name}", bold=True)
        sheet.paragraph(x + 8, 284, f"Bij {name.lower()} helpt de school je graag verder.", 130)
    sheet.paragraph(60, 360, "Daarna gaat de tekst hier weer verder.", 470)
    found = said(sheet)
    assert [found.index(f"{i} {name}") for i, name in ((1, "Kiezen"), (2, "Afspreken"))] == [1, 3]
    assert found[-1] == "Daarna gaat de tekst hier weer verder."


def test_one_column_with_wide_spaces_stays_one() -> None:
    sheet = Sheet()
    lines = wrapped(PROSE * 2, 300, 10)
    for index, line in enumerate(lines):
        x = 60.0
        words = line.split()
        gap = (380 - sum(5 * len(word) for word in words)) / max(1, len(words) - 1)
        gap = gap if line is not lines[-1] else 3.0
        for word in words:
            sheet.text(x, 100 + 12 * index, word)
            x += 5 * len(word) + gap
    assert said(sheet) == [(PROSE * 2).strip()]
