from __future__ import annotations

import io

import docx
from docx.shared import Pt

from ingest.html.reader import html_blocks
from ingest.office.docx import read_docx
from tests.office import (
    in_list,
    make_docx,
    numbering,
    paragraph,
    run,
    word_row,
    word_style,
    word_table,
)

STYLES = (
    word_style("Kop1", "heading 1")
    + word_style("Bijlage", "Bijlagekop", '<w:basedOn w:val="Kop1"/>')
    + word_style("Eigen", "Hoofdstuk", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
    + word_style("Titel", "Title")
    + word_style("Citaat", "Quote")
    + word_style("Bijschrift", "caption")
    + word_style("Inhopg1", "toc 1")
    + word_style("Voortzetting", "List Continue", '<w:pPr><w:ind w:left="720"/></w:pPr>')
)


def shape(data: bytes) -> list[tuple[str, str]]:
    (page,) = read_docx(data, "plan.docx").pages
    assert page.number is None
    return [(block.kind, block.text) for block in html_blocks(page.text)]


def saved(document: docx.document.Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_document_by_another_library() -> None:
    document = docx.Document()
    document.core_properties.title = "Word Document"
    document.add_heading("Gids voor leerwerkplekken", 0)
    document.add_heading("Kosten", 1)
    document.add_paragraph("Het bedrijf betaalt het loon.")
    document.add_paragraph("Loon", style="List Bullet")
    document.add_paragraph("Reiskosten", style="List Bullet 2")
    document.add_paragraph("Eerst bellen", style="List Number")
    document.add_paragraph("Dan schrijven", style="List Number")
    document.add_paragraph("Leren is werken.", style="Quote")
    document.add_paragraph("Tabel 1: bedragen", style="Caption")
    table = document.add_table(2, 2)
    for number, text in enumerate(("Soort", "Bedrag", "Loon", "900 euro")):
        cell = table.cell(number // 2, number % 2)
        cell.paragraphs[0].add_run(text).bold = number < 2
    document.sections[0].header.paragraphs[0].text = "Kopregel"
    read = read_docx(saved(document), "gids.docx")
    assert read.title == "Gids voor leerwerkplekken"
    assert read.warnings == ()
    blocks = html_blocks(read.pages[0].text)
    assert [(block.kind, block.level, block.text) for block in blocks] == [
        ("heading", 1, "Gids voor leerwerkplekken"),
        ("heading", 2, "Kosten"),
        ("paragraph", 0, "Het bedrijf betaalt het loon."),
        ("item", 1, "Loon"),
        ("item", 2, "Reiskosten"),
        ("item", 1, "Eerst bellen"),
        ("item", 1, "Dan schrijven"),
        ("quote", 0, "Leren is werken."),
        ("caption", 0, "Tabel 1: bedragen"),
        ("row", 0, "Loon: 900 euro (Bedrag)"),
    ]
    assert [block.mark for block in blocks if block.kind == "item"] == ["-", "-", "1.", "2."]


def test_headings_by_style_by_its_base_and_by_outline_level() -> None:
    body = (
        paragraph("Een", "Kop1")
        + paragraph("Bijlage", "Bijlage")
        + paragraph("Eigen", "Eigen")
        + paragraph("Los", more='<w:outlineLvl w:val="2"/>')
        + paragraph("Geen kop", "Kop1", '<w:outlineLvl w:val="9"/>')
    )
    page = read_docx(make_docx(body, {"styles": STYLES}), "x.docx").pages[0]
    found = [(block.kind, block.level, block.text) for block in html_blocks(page.text)]
    assert found == [
        ("heading", 1, "Een"),
        ("heading", 1, "Bijlage"),
        ("heading", 2, "Eigen"),
        ("heading", 3, "Los"),
        ("paragraph", 0, "Geen kop"),
    ]


def test_without_styles_bold_and_large_lines_are_headings() -> None:
    document = docx.Document()
    title = document.add_paragraph().add_run("Werken en leren")
    title.font.size = Pt(20)
    for heading in ("Voor wie", "Hoe lang"):
        document.add_paragraph("Dit is een gewone zin met een punt. " * 4)
        document.add_paragraph().add_run(heading).bold = True
    document.add_paragraph("Het duurt vier jaar, en soms korter. " * 3)
    kinds = [(kind, text) for kind, text in shape(saved(document)) if kind == "heading"]
    assert kinds == [
        ("heading", "Werken en leren"),
        ("heading", "Voor wie"),
        ("heading", "Hoe lang"),
    ]


def test_notes_come_after_the_paragraph_list_or_table_that_calls_them() -> None:
    def call(id_: int) -> str:
        return f'<w:r><w:footnoteReference w:id="{id_}"/></w:r>'

    notes = "".join(
        f'<w:footnote w:id="{id_}">{paragraph(f"Noot {id_}.")}</w:footnote>' for id_ in (1, 2, 3)
    )
    bullet = in_list("Een punt", 1).replace("</w:p>", call(2) + "</w:p>")
    body = (
        f"<w:p>{run('Er zijn')}{call(1)}{run(' acht routes.')}</w:p>"
        + bullet
        + in_list("Nog een punt", 1)
        + word_table(word_row("a", f"<w:p>{run('b')}{call(3)}</w:p>"), word_row("c", "d"))
        + f"<w:p>{run('Weer de eerste.')}{call(1)}{call(99)}</w:p>"
    )
    parts = {"footnotes": notes, "numbering": numbering({"1": [("bullet", "-")]})}
    assert shape(make_docx(body, parts)) == [
        ("paragraph", "Er zijn acht routes."),
        ("note", "Noot 1."),
        ("item", "Een punt"),
        ("item", "Nog een punt"),
        ("note", "Noot 2."),
        ("row", "a: b"),
        ("row", "c: d"),
        ("note", "Noot 3."),
        ("paragraph", "Weer de eerste."),
    ]


def test_a_note_that_calls_itself_ends() -> None:
    call = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    parts = {"endnotes": f'<w:endnote w:id="1"><w:p>{run("Rond.")}{call}</w:p></w:endnote>'}
    assert shape(make_docx(f"<w:p>{run('Zie.')}{call}</w:p>", parts)) == [
        ("paragraph", "Zie."),
        ("note", "Rond."),
    ]


def test_lists_go_on_after_a_paragraph_and_keep_what_belongs_to_an_item() -> None:
    body = (
        in_list("Zoek een bedrijf", 1)
        + paragraph("Begin in de buurt.", "Voortzetting")
        + in_list("Vraag rond", 1, 1)
        + in_list("Dat hoeft niet lang te zijn.", 0)
        + in_list("Maak een plan", 1)
        + paragraph("Tussendoor.")
        + in_list("Teken", 1)
    )
    levels = [("decimal", "%1."), ("lowerLetter", "%2)")]
    parts = {"numbering": numbering({"1": levels}), "styles": STYLES}
    page = read_docx(make_docx(body, parts), "x.docx").pages[0]
    found = [(b.kind, b.level, b.text) for b in html_blocks(page.text)]
    assert found == [
        ("item", 1, "Zoek een bedrijf"),
        ("paragraph", 1, "Begin in de buurt."),
        ("item", 2, "Vraag rond"),
        ("paragraph", 2, "Dat hoeft niet lang te zijn."),
        ("item", 1, "Maak een plan"),
        ("paragraph", 0, "Tussendoor."),
        ("item", 1, "Teken"),
    ]
    assert '<ol start="3">\n<li>Teken' in page.text
    assert '<ol type="a">' in page.text


def test_numbered_headings_and_labels_keep_their_number() -> None:
    number = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    body = (
        paragraph("Begin", "Kop1", number.format(0))
        + paragraph("Doel", "Eigen", number.format(1))
        + paragraph("Opzet", "Eigen", number.format(1))
        + in_list("Bel de school.", 2)
    )
    levels = {"1": [("decimal", "%1"), ("decimal", "%1.%2")], "2": [("decimal", "Stap %1:")]}
    parts = {"numbering": numbering(levels), "styles": STYLES}
    assert shape(make_docx(body, parts)) == [
        ("heading", "1 Begin"),
        ("heading", "1.1 Doel"),
        ("heading", "1.2 Opzet"),
        ("item", "Stap 1: Bel de school."),
    ]


def test_a_chart_is_read_as_a_table() -> None:
    def points(tag: str, *values: str) -> str:
        inner = "".join(f'<c:pt idx="{i}"><c:v>{v}</c:v></c:pt>' for i, v in enumerate(values))
        return f"<c:{tag}>{inner}</c:{tag}>"

    series = (
        f"<c:ser><c:tx>{points('strCache', 'Aandeel')}</c:tx>"
        f"<c:cat>{points('strCache', 'Gestopt', 'Geslaagd')}</c:cat>"
        "<c:val><c:numCache><c:formatCode>0.0%</c:formatCode>"
        '<c:pt idx="0"><c:v>0.125</c:v></c:pt><c:pt idx="1"><c:v>0.875</c:v></c:pt>'
        "</c:numCache></c:val></c:ser>"
    )
    spaces = (
        'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    part = f"<c:chartSpace {spaces}><c:chart>{series}</c:chart></c:chartSpace>"
    drawn = '<w:drawing><a:graphic><c:chart r:id="c1"/></a:graphic></w:drawing>'
    data = make_docx(f"<w:p><w:r>{drawn}</w:r></w:p>", files={"c1": part})
    assert shape(data) == [
        ("row", "Gestopt: 12,5% (Aandeel)"),
        ("row", "Geslaagd: 87,5% (Aandeel)"),
    ]
    assert read_docx(data, "x.docx").warnings[0].startswith("Grafieken zijn als tabel gelezen (1)")


def test_an_empty_document_has_no_pages() -> None:
    assert read_docx(make_docx("<w:p/><w:p><w:r/></w:p>"), "leeg.docx").pages == ()
