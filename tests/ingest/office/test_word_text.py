from __future__ import annotations

import pytest

from ingest.html.reader import html_blocks
from ingest.office.docx import read_docx
from ingest.pages import Read
from tests.office import make_docx, paragraph, run, word_row, word_style, word_table

CONTENTS = word_style("Inhopg1", "toc 1")


def shape(data: bytes) -> list[tuple[str, str]]:
    (page,) = read_docx(data, "plan.docx").pages
    assert page.number is None
    return [(block.kind, block.text) for block in html_blocks(page.text)]


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
    assert shape(make_docx(body, {"styles": CONTENTS})) == [
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


def test_large_pictures_are_counted_and_small_ones_are_not() -> None:
    def picture(centimetres: int) -> str:
        size = centimetres * 360_000
        extent = f'<wp:extent cx="{size}" cy="{size}"/>'
        return f"<w:p><w:r><w:drawing>{extent}<a:blip/></w:drawing></w:r></w:p>"

    read = warnings_of(paragraph("Tekst.") + picture(2) + picture(9))
    assert read.warnings == ("Tekst in afbeeldingen is niet gelezen (1 grote afbeeldingen).",)
