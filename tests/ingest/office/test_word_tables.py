from __future__ import annotations

from ingest.html.reader import html_blocks
from ingest.office.docx import read_docx
from tests.office import make_docx, paragraph, run, word_row, word_style, word_table


def page(body: str, styles: str = "") -> str:
    return read_docx(make_docx(body, {"styles": styles} if styles else {}), "x.docx").pages[0].text


def rows(body: str, styles: str = "") -> list[str]:
    return [block.text for block in html_blocks(page(body, styles)) if block.kind == "row"]


def cell(text: str, properties: str) -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_a_header_row_goes_with_each_row() -> None:
    table = word_table(
        word_row("Route", "Start", "Duur", header=True),
        word_row("Techniek", "september", "4 jaar"),
    )
    assert rows(table) == ["Techniek – Start: september; Duur: 4 jaar"]


def test_a_table_style_that_sets_the_first_row_apart_makes_a_header() -> None:
    style = word_style("Net", "Grid 4", '<w:tblStylePr w:type="firstRow"/>', "table")
    for look, expected in (('w:firstRow="1"', 2), ('w:val="0020"', 2), ('w:val="0400"', 0)):
        properties = f'<w:tblPr><w:tblStyle w:val="Net"/><w:tblLook {look}/></w:tblPr>'
        table = word_table(word_row("Soort", "Aantal"), word_row("a", "b"))
        assert page(table.replace("<w:tblPr/>", properties), style).count("<th>") == expected


def test_merged_cells_span() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    begin, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = word_table(
        f"<w:tr>{cell('Jaar', begin)}{cell('Aantal', wide)}</w:tr>",
        f"<w:tr>{cell('', go_on)}{cell('man', '')}{cell('vrouw', '')}</w:tr>",
        f"<w:tr>{cell('2021', '')}{cell('7', '')}{cell('9', '')}</w:tr>",
    )
    written = page(table)
    assert '<td rowspan="2"><p>Jaar</p></td><td colspan="2"><p>Aantal</p></td>' in written
    assert "<tr><td><p>man</p></td><td><p>vrouw</p></td></tr>" in written


def test_a_cell_that_goes_on_from_nothing_is_a_cell() -> None:
    table = word_table(
        f"<w:tr>{cell('a', '<w:vMerge/>')}{cell('b', '')}</w:tr>", word_row("c", "d")
    )
    assert rows(table) == ["a: b", "c: d"]


def test_a_table_of_one_column_is_a_frame_around_text() -> None:
    table = word_table(word_row("Let op."), word_row("Meld u aan."))
    found = [(block.kind, block.text) for block in html_blocks(page(table))]
    assert found == [("paragraph", "Let op."), ("paragraph", "Meld u aan.")]


def test_a_table_with_sections_in_its_cells_is_read_cell_by_cell() -> None:
    style = word_style("Kop1", "heading 1")
    left = paragraph("Links", "Kop1") + paragraph("Tekst links.")
    right = paragraph("Rechts", "Kop1") + paragraph("Tekst rechts.")
    found = [
        (block.kind, block.text)
        for block in html_blocks(page(word_table(word_row(left, right)), style))
    ]
    assert found == [
        ("heading", "Links"),
        ("paragraph", "Tekst links."),
        ("heading", "Rechts"),
        ("paragraph", "Tekst rechts."),
    ]


def test_a_table_in_a_table_loses_nothing() -> None:
    inner = word_table(word_row("binnen a", "binnen b"), word_row("binnen c", "binnen d"))
    table = word_table(word_row("buiten", inner + "<w:p/>"), word_row("x", "y"))
    text = " ".join(block.text for block in html_blocks(page(table)))
    assert all(word in text for word in ("buiten", "binnen a", "binnen d", "x", "y"))


def test_rows_and_cells_in_content_controls_are_read() -> None:
    row = f"<w:sdt><w:sdtContent>{word_row('a', 'b')}</w:sdtContent></w:sdt>"
    in_cell = f"<w:sdt><w:sdtContent><w:tc>{paragraph('d')}</w:tc></w:sdtContent></w:sdt>"
    table = word_table(row, f"<w:tr>{cell('c', '')}{in_cell}</w:tr>")
    assert rows(table) == ["a: b", "c: d"]


def test_paragraphs_in_a_cell_are_not_glued() -> None:
    two = paragraph("eerst") + paragraph("dan")
    table = word_table(word_row("a", two), word_row("b", f"<w:p>{run('x')}</w:p>"))
    first, second = rows(table)
    assert "eerst" in first.split("a: ")[1]
    assert "eerstdan" not in first
    assert second == "b: x"


def test_an_empty_table_is_nothing() -> None:
    body = word_table(word_row("", ""), word_row("", "")) + paragraph("Tekst.")
    assert page(body) == "<p>Tekst.</p>"
