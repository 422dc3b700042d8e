from __future__ import annotations

import io

import docx
import pytest
from docx.shared import Pt

from ingest.html import html_blocks
from ingest.office.docx import read_docx
from ingest.pages import Read
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


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p>"
        + run("Het duurt ")
        + f"<w:del>{run('drie').replace('w:t', 'w:delText')}</w:del><w:ins>{run('vier')}</w:ins>"
        + run(" jaar.")
        + "</w:p>"
        + f"<w:p><w:moveFrom>{run('Verplaatst.')}</w:moveFrom></w:p>"
        + f"<w:p><w:moveTo>{run('Verplaatst.')}</w:moveTo></w:p>"
        + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
        + run("Een zin ")
        + "</w:p>"
        + "<w:p>"
        + run("die doorloopt.")
        + "</w:p>"
        + word_table(
            word_row("a", "b"),
            "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc></w:tr>",
            word_row("c", "d"),
        )
    )
    data = make_docx(body)
    assert shape(data) == [
        ("paragraph", "Het duurt vier jaar."),
        ("paragraph", "Verplaatst."),
        ("paragraph", "Een zin die doorloopt."),
        ("row", "a: b"),
        ("row", "c: d"),
    ]
    (warning,) = read_docx(data, "x.docx").warnings
    assert warning.startswith("Het bestand heeft bijgehouden wijzigingen (6).")


def test_text_whose_end_was_deleted_is_not_lost_at_the_end() -> None:
    body = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("Slot.") + "</w:p>"
    assert shape(make_docx(body)) == [("paragraph", "Slot.")]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('Tip: begin klein.')}</w:txbxContent>"
    drawn = (
        "<mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    body = f"<w:p>{run('Voor ')}<w:r>{drawn}</w:r>{run('de box.')}</w:p>" + paragraph("Erna.")
    assert shape(make_docx(body)) == [
        ("paragraph", "Voor de box."),
        ("paragraph", "Tip: begin klein."),
        ("paragraph", "Erna."),
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


def field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{result}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_the_table_of_contents_is_left_out_and_other_fields_are_kept() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    body = (
        f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{paragraph('Inhoud')}</w:sdtContent>"
        "</w:sdt>"
        + paragraph("Kosten 3", "Inhopg1")
        + f"<w:p>{field(' TOC ', run('Kosten ') + field(' PAGEREF x ', run('4')))}</w:p>"
        + f"<w:p>{run('Zie pagina ')}{field(' PAGEREF y ', run('7'))}{run('.')}</w:p>"
        + f'<w:p><w:fldSimple w:instr=" DATE ">{run("1 mei")}</w:fldSimple></w:p>'
    )
    assert shape(make_docx(body, {"styles": STYLES})) == [
        ("paragraph", "Zie pagina 7."),
        ("paragraph", "1 mei"),
    ]


def test_a_field_that_never_ends_swallows_nothing() -> None:
    body = f"<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>{run('Toch gelezen.')}</w:p>"
    assert shape(make_docx(body + paragraph("Ook dit."))) == [
        ("paragraph", "Toch gelezen."),
        ("paragraph", "Ook dit."),
    ]


def test_hyphens_tabs_breaks_symbols_links_and_controls() -> None:
    body = (
        f"<w:p>{run('mbo')}<w:r><w:noBreakHyphen/></w:r>{run('hbo en oplei')}"
        f"<w:r><w:softHyphen/></w:r>{run('ding')}<w:r><w:tab/><w:t>na</w:t><w:br/><w:t>regel</w:t>"
        "</w:r></w:p>"
        f"<w:p>{run('van a ')}<w:r><w:sym w:font='Wingdings' w:char='F0E0'/></w:r>{run(' b')}</w:p>"
        f"<w:p><w:hyperlink>{run('de site')}</w:hyperlink></w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('Ingevuld.')}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph('Klik hier')}"
        "</w:sdtContent></w:sdt>"
        f"<w:p><w:ruby><w:rt>{run('uitspraak')}</w:rt><w:rubyBase>{run('woord')}</w:rubyBase>"
        "</w:ruby></w:p>"
    )
    assert shape(make_docx(body)) == [
        ("paragraph", "mbo-hbo en opleiding na regel"),
        ("paragraph", "van a → b"),
        ("paragraph", "de site"),
        ("paragraph", "Ingevuld."),
        ("paragraph", "woord"),
    ]


def test_a_drop_cap_is_the_first_letter_of_the_next_paragraph() -> None:
    cap = paragraph("H", more='<w:framePr w:dropCap="drop"/>')
    assert shape(make_docx(cap + paragraph("et begint hier."))) == [
        ("paragraph", "Het begint hier.")
    ]


def test_lists_go_on_after_a_paragraph_and_keep_what_belongs_to_an_item() -> None:
    body = (
        in_list("Zoek een bedrijf", 1)
        + paragraph("Begin in de buurt.", "Voortzetting")
        + in_list("Vraag rond", 1, 1)
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


def test_formulas_are_read_as_text() -> None:
    def part(name: str, text: str) -> str:
        return f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>"

    fraction = f"<m:oMath><m:f>{part('num', 'a+b')}{part('den', '2')}</m:f></m:oMath>"
    data = make_docx(f"<w:p>{run('Het is ')}{fraction}</w:p>")
    assert shape(data) == [("paragraph", "Het is (a+b)/2")]
    assert read_docx(data, "x.docx").warnings[0].startswith("Formules")


def warnings_of(body: str, parts: dict[str, str] | None = None) -> Read:
    return read_docx(make_docx(body, parts), "x.docx")


@pytest.mark.parametrize(
    ("body", "start"),
    [
        (paragraph("Zichtbaar.") + f"<w:p>{run('Geheim', '<w:vanish/>')}</w:p>", "Verborgen tekst"),
        (paragraph("Zichtbaar.") + '<w:altChunk r:id="x"/>', "Ingevoegde bestanden"),
        (
            paragraph("Zichtbaar.")
            + '<w:p><w:r><w:sym w:font="Wingdings 3" w:char="F021"/></w:r></w:p>',
            "Tekens uit een symboollettertype",
        ),
    ],
)
def test_what_is_left_out_is_said(body: str, start: str) -> None:
    read = warnings_of(body)
    assert [block.text for block in html_blocks(read.pages[0].text)] == ["Zichtbaar."]
    assert [warning.startswith(start) for warning in read.warnings] == [True]


def test_comments_are_left_out_and_counted() -> None:
    parts = {"comments": f'<w:comment w:id="1">{paragraph("Klopt dit?")}</w:comment>'}
    read = warnings_of(f'<w:p>{run("Tekst.")}<w:commentReference w:id="1"/></w:p>', parts)
    assert "Klopt" not in read.pages[0].text
    assert read.warnings == ("Opmerkingen in de kantlijn zijn weggelaten (1).",)


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
