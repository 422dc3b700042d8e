from __future__ import annotations

from collections.abc import Sequence

import pytest

from ingest.blocks import Block
from ingest.pdf.blocks import laid_out, pdf_blocks
from tests.pages import PROSE, Sheet, joiner, read_of


def blocks(*sheets: Sheet) -> list[Block]:
    return pdf_blocks(read_of(*sheets), joiner())


def table_rows(*sheets: Sheet) -> list[str]:
    found = blocks(*sheets)
    return [block.text for block in found if block.kind == "row" and not block.reference]


ROWS = [
    ("Route", "Gestart", "Diploma"),
    ("Techniek", "24", "11"),
    ("Zorg en welzijn", "31", "19"),
    ("Handel", "18", "12"),
]
SAID = [
    "Techniek – Gestart: 24; Diploma: 11",
    "Zorg en welzijn – Gestart: 31; Diploma: 19",
    "Handel – Gestart: 18; Diploma: 12",
]


def put(sheet: Sheet, rows: Sequence[tuple[str, ...]], xs: list[float], top: float = 100) -> None:
    for index, row in enumerate(rows):
        for x, cell in zip(xs, row, strict=True):
            sheet.text(x, top + 20 * index, cell, bold=index == 0)


def test_rows_of_a_ruled_table_name_their_columns() -> None:
    sheet = Sheet().grid([60, 250, 350, 450], [86, 106, 126, 146, 166])
    put(sheet, ROWS, [64, 254, 354])
    assert table_rows(sheet) == SAID


def test_rows_of_a_table_without_rules() -> None:
    sheet = Sheet()
    put(sheet, ROWS, [64, 254, 354])
    assert table_rows(sheet) == SAID


def test_a_table_with_a_rule_under_its_header_only() -> None:
    sheet = Sheet()
    sheet.box(60, 88, 450, 88.5).box(60, 105, 450, 105.5).box(60, 166, 450, 166.5)
    for index, row in enumerate(ROWS):
        for x, cell in zip([64, 254, 354], row, strict=True):
            sheet.text(x, 100 + 20 * index, cell)
    assert table_rows(sheet) == SAID


def test_figures_may_be_set_to_the_right() -> None:
    sheet = Sheet()
    for index, (name, number) in enumerate((("Loon", "12.500"), ("Reis", "640"), ("Boek", "85"))):
        sheet.text(60, 100 + 14 * index, name)
        sheet.text(300 - 5 * len(number), 100 + 14 * index, number)
    assert table_rows(sheet) == ["Loon: 12.500", "Reis: 640", "Boek: 85"]


def test_the_header_row_itself_is_kept() -> None:
    sheet = Sheet().grid([60, 250, 350, 450], [86, 106, 126, 146, 166])
    put(sheet, ROWS, [64, 254, 354])
    last = blocks(sheet)[-1]
    assert (last.text, last.reference) == ("Route; Gestart; Diploma", True)


def test_cells_may_begin_in_small_letters() -> None:
    sheet = Sheet()
    rows = [("Wanneer", "Wat"), ("april", "werving"), ("juni", "gesprekken"), ("juli", "start")]
    put(sheet, rows, [64, 254])
    assert table_rows(sheet) == [
        "april: werving (Wat)",
        "juni: gesprekken (Wat)",
        "juli: start (Wat)",
    ]


def test_a_cell_may_hold_several_lines() -> None:
    sheet = Sheet().grid([60, 200, 450], [86, 106, 140, 160])
    sheet.text(64, 100, "Rol", bold=True).text(204, 100, "Taak", bold=True)
    sheet.text(64, 120, "Begeleider").text(204, 120, "kijkt mee en stelt")
    sheet.text(204, 132, "elke week vragen").text(64, 154, "Docent").text(204, 154, "beoordeelt")
    assert table_rows(sheet) == [
        "Begeleider: kijkt mee en stelt elke week vragen (Taak)",
        "Docent: beoordeelt (Taak)",
    ]


def test_cells_of_several_lines_without_rules() -> None:
    sheet = Sheet()
    rows = [
        ("Begeleider", ["Kijkt elke dag mee en stelt vragen", "over het werk van die week."]),
        ("Docent", ["Komt twee keer per jaar langs en", "beoordeelt de opdrachten."]),
        ("Student", ["Houdt een dossier bij van wat er", "geleerd is."]),
    ]
    base = 100.0
    for name, lines in rows:
        sheet.text(60, base, name)
        for line in lines:
            sheet.text(180, base, line)
            base += 12
        base += 8
    assert table_rows(sheet) == [f"{name}: {' '.join(lines)}" for name, lines in rows]


def test_a_cell_over_several_rows_counts_for_each() -> None:
    sheet = Sheet()
    for y in (86, 106, 146):
        sheet.box(60, y, 350, y + 0.5)
    sheet.box(200, 126, 350, 126.5)
    for x in (60, 200, 280, 350):
        sheet.box(x, 86, x + 0.5, 146)
    sheet.text(64, 100, "Sector", bold=True).text(204, 100, "Jaar", bold=True)
    sheet.text(284, 100, "Aantal", bold=True).text(64, 128, "Techniek")
    sheet.text(204, 120, "2022").text(284, 120, "14").text(204, 140, "2023").text(284, 140, "21")
    assert table_rows(sheet) == [
        "Techniek – Jaar: 2022; Aantal: 14",
        "Techniek – Jaar: 2023; Aantal: 21",
    ]


def test_a_name_over_several_columns_is_said_in_each() -> None:
    sheet = Sheet()
    for y in (86, 126, 146, 166):
        sheet.box(60, y, 350, y + 0.5)
    sheet.box(200, 106, 350, 106.5)
    for x in (60, 200, 350):
        sheet.box(x, 86, x + 0.5, 166)
    sheet.box(280, 106, 280.5, 166)
    sheet.text(205, 100, "Studenten in", bold=True)
    sheet.text(204, 120, "2022", bold=True).text(284, 120, "2023", bold=True)
    sheet.text(64, 140, "Techniek").text(204, 140, "14").text(284, 140, "21")
    sheet.text(64, 160, "Zorg").text(204, 160, "8").text(284, 160, "9")
    assert table_rows(sheet) == [
        "Techniek – Studenten in 2022: 14; Studenten in 2023: 21",
        "Zorg – Studenten in 2022: 8; Studenten in 2023: 9",
    ]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_over_the_page(repeated: bool) -> None:
    first, second = Sheet(1), Sheet(2)
    first.grid([60, 250, 350, 450], [86, 106, 126, 146])
    put(first, ROWS[:3], [64, 254, 354])
    second.grid([60, 250, 350, 450], [86, 106, 126] if repeated else [86, 106])
    put(second, [ROWS[0], ROWS[3]], [64, 254, 354]) if repeated else None
    if not repeated:
        for x, cell in zip([64, 254, 354], ROWS[3], strict=True):
            second.text(x, 100, cell)
        second.grid([60, 250, 350, 450], [106, 126])
        for x, cell in zip([64, 254, 354], ("Bouw", "7", "5"), strict=True):
            second.text(x, 120, cell)
    found = [
        block for block in blocks(first, second) if block.kind == "row" and not block.reference
    ]
    assert [block.text for block in found[:3]] == SAID
    assert [block.pages for block in found[:3]] == [((0, 1),), ((0, 1),), ((0, 2),)]


def test_a_last_row_alone_on_the_next_page() -> None:
    first, second = Sheet(1), Sheet(2)
    put(first, ROWS[:3], [64, 254, 354])
    for x, cell in zip([64, 254, 354], ROWS[3], strict=True):
        second.text(x, 100, cell)
    second.paragraph(60, 140, PROSE)
    assert table_rows(first, second) == SAID


def test_repeated_headers_are_counted_as_dropped() -> None:
    first, second = Sheet(1), Sheet(2)
    for sheet, row in ((first, ROWS[1]), (second, ROWS[3])):
        sheet.grid([60, 250, 350, 450], [86, 106, 126])
        put(sheet, [ROWS[0], row], [64, 254, 354])
    assert laid_out(read_of(first, second), joiner()).furniture == ("Route Gestart Diploma",)


def test_a_row_that_the_end_of_the_page_cuts_keeps_its_name() -> None:
    first, second = Sheet(1), Sheet(2)
    first.grid([60, 200, 450], [86, 106, 126])
    first.text(64, 100, "Rol", bold=True).text(204, 100, "Taak", bold=True)
    first.text(64, 120, "Begeleider").text(204, 120, "Kijkt mee en")
    second.grid([60, 200, 450], [86, 106, 126])
    second.text(204, 100, "stelt vragen.")
    second.text(64, 120, "Docent").text(204, 120, "Beoordeelt.")
    assert table_rows(first, second)[:2] == [
        "Begeleider: Kijkt mee en (Taak)",
        "Begeleider: stelt vragen. (Taak)",
    ]


def test_a_caption_comes_before_the_rows() -> None:
    sheet = Sheet()
    put(sheet, ROWS, [64, 254, 354])
    sheet.text(60, 185, "Tabel 1: Studenten per route")
    sheet.paragraph(60, 230, PROSE)
    found = blocks(sheet)
    assert (found[0].kind, found[0].text) == ("caption", "Tabel 1: Studenten per route")
    assert found[1].kind == "row"


def test_a_numbered_list_is_no_table() -> None:
    sheet = Sheet()
    for index, text in enumerate(("Kies een opleiding", "Zoek een bedrijf", "Begin op tijd")):
        sheet.text(60, 100 + 14 * index, f"{index + 1}.").text(96, 100 + 14 * index, text)
    assert [block.kind for block in blocks(sheet)] == ["item"] * 3


def test_numbered_headings_are_no_table() -> None:
    sheet = Sheet()
    for index, text in enumerate(("Aanleiding", "Opzet", "Uitkomsten")):
        sheet.text(60, 100 + 14 * index, f"1.{index + 1}").text(96, 100 + 14 * index, text)
    assert not table_rows(sheet)


def test_cells_with_long_text_are_no_table() -> None:
    sheet = Sheet().grid([60, 300, 540], [86, 400, 700])
    for x, top in ((64, 100), (304, 100), (64, 414), (304, 414)):
        sheet.paragraph(x, top, PROSE * 2, 220)
    found = blocks(sheet)
    assert not [block for block in found if block.kind == "row"]
    assert " ".join(block.text for block in found).count("zijn diploma krijgt") == 8


def test_a_frame_around_text_is_no_table() -> None:
    sheet = Sheet().grid([60, 540], [86, 200])
    sheet.paragraph(70, 100, PROSE, 450)
    assert [block.kind for block in blocks(sheet)] == ["paragraph"]


def test_prose_with_gaps_in_line_is_no_table() -> None:
    sheet = Sheet()
    for index, (left, right) in enumerate(
        (
            ("wie hier komt", "leert veel van"),
            ("het werk en", "van mensen die"),
            ("er al zijn", "en helpen"),
        )
    ):
        sheet.text(60, 100 + 12 * index, left).text(146, 100 + 12 * index, right)
    assert not table_rows(sheet)
