from __future__ import annotations

import pytest

from corpus.errors import BadInputError
from ingest.html.reader import html_blocks
from ingest.office.odt import read_odt
from tests.office import make_odt

STYLES = (
    '<style:style style:name="Heading_20_1" style:family="paragraph"/>'
    '<style:style style:name="Title" style:family="paragraph"/>'
    '<style:style style:name="Quotations" style:family="paragraph"/>'
    '<style:style style:name="Caption" style:family="paragraph"/>'
    '<style:style style:name="Table" style:family="paragraph" style:parent-style-name="Caption"/>'
    '<text:list-style style:name="Nummers">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    "</text:list-style>"
    '<text:list-style style:name="Punten">'
    '<text:list-level-style-bullet text:level="1" text:bullet-char="-"/>'
    '<text:list-level-style-bullet text:level="2" text:bullet-char="-"/>'
    "</text:list-style>"
)
OUTLINE = (
    '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>'
    '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
    "</text:outline-style>"
)


def shape(body: str, automatic: str = "", styles: str = STYLES) -> list[tuple[str, int, str]]:
    (page,) = read_odt(make_odt(body, automatic, styles), "plan.odt").pages
    assert page.number is None
    return [(block.kind, block.level, block.text) for block in html_blocks(page.text)]


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text: str, level: int, style: str = "Heading_20_1") -> str:
    return f'<text:h text:style-name="{style}" text:outline-level="{level}">{text}</text:h>'


def lists(style: str, *items: str, more: str = "") -> str:
    inner = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="{style}" {more}>{inner}</text:list>'


def test_headings_text_and_quotations() -> None:
    automatic = (
        '<style:style style:name="P1" style:family="paragraph" '
        'style:parent-style-name="Heading_20_1"/>'
    )
    body = (
        p("Gids", "Title")
        + h("Kosten", 1)
        + p("Loon en reis.")
        + h("Loon", 2)
        + p("Als kop opgemaakt", "P1")
        + p("Leren is werken.", "Quotations")
    )
    assert shape(body, automatic) == [
        ("heading", 1, "Gids"),
        ("heading", 2, "Kosten"),
        ("paragraph", 0, "Loon en reis."),
        ("heading", 3, "Loon"),
        ("heading", 2, "Als kop opgemaakt"),
        ("quote", 0, "Leren is werken."),
    ]


def test_the_title_of_the_text_goes_before_that_of_the_properties() -> None:
    both = make_odt(p("Gids", "Title"), "", STYLES, "Plan van aanpak")
    assert read_odt(both, "x").title == "Gids"
    assert read_odt(make_odt(p("a"), title="Plan van aanpak"), "x").title == "Plan van aanpak"
    assert read_odt(make_odt(p("a"), title="Naamloos 1"), "x").title is None


def test_numbered_headings_keep_their_number() -> None:
    body = h("Begin", 1) + h("Doel", 2) + h("Opzet", 2) + h("Einde", 1)
    assert [text for _, _, text in shape(body, "", STYLES + OUTLINE)] == [
        "1 Begin",
        "1.1 Doel",
        "1.2 Opzet",
        "2 Einde",
    ]


def test_a_heading_that_turns_its_number_off() -> None:
    automatic = (
        '<style:style style:name="P1" style:family="paragraph" style:list-style-name="" '
        'style:parent-style-name="Heading_20_1"/>'
    )
    body = h("Vooraf", 1, "P1") + h("Begin", 1)
    assert [text for _, _, text in shape(body, automatic, STYLES + OUTLINE)] == [
        "Vooraf",
        "1 Begin",
    ]


def test_lists_nest_count_and_go_on() -> None:
    body = (
        lists("Nummers", p("een") + p("meer over een") + lists("", p("sub")), p("twee"))
        + p("Tussendoor.")
        + lists("Nummers", p("drie"), more='text:continue-numbering="true"')
        + p("Nog iets.")
        + lists("Nummers", p("weer een"))
        + p("En:")
        + lists("Punten", p("punt"), lists("", p("dieper")))
    )
    assert shape(body) == [
        ("item", 1, "een"),
        ("paragraph", 1, "meer over een"),
        ("item", 2, "sub"),
        ("item", 1, "twee"),
        ("paragraph", 0, "Tussendoor."),
        ("item", 1, "drie"),
        ("paragraph", 0, "Nog iets."),
        ("item", 1, "weer een"),
        ("paragraph", 0, "En:"),
        ("item", 1, "punt"),
        ("item", 2, "dieper"),
    ]
    written = read_odt(make_odt(body, "", STYLES), "x").pages[0].text
    assert '<ol start="3">\n<li>drie' in written
    assert "<ol>\n<li>weer een" in written
    assert '<ol type="a">' in written


def test_a_list_goes_on_by_the_id_of_another_and_an_item_can_set_its_number() -> None:
    body = (
        lists("Nummers", p("een"), p("twee"), more='xml:id="L1"')
        + p("Tussen.")
        + lists("Nummers", p("drie"), more='text:continue-list="L1"')
        + '<text:list text:style-name="Nummers"><text:list-item text:start-value="9">'
        + p("negen")
        + "</text:list-item></text:list>"
    )
    written = read_odt(make_odt(body, "", STYLES), "x").pages[0].text
    assert 'start="3"' in written
    assert '<li value="9">negen' in written


def test_a_heading_in_a_list_is_a_heading() -> None:
    assert shape(lists("Nummers", h("Kosten", 1), h("Duur", 1))) == [
        ("heading", 1, "1. Kosten"),
        ("heading", 1, "2. Duur"),
    ]


def test_spaces_breaks_notes_and_what_is_left_out() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Bron: peiling.</text:p></text:note-body></text:note>"
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        + p("Weg.")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
        + "<text:table-of-content><text:index-body>"
        + p("Kosten 4")
        + "</text:index-body></text:table-of-content>"
        + p(f"Er zijn<text:s text:c='3'/>acht{note}<text:line-break/>routes\n  in<text:tab/>2021.")
        + p("Zin<office:annotation><text:p>Klopt dit?</text:p></office:annotation> af.")
        + '<text:section text:display="none">'
        + p("Geheim.")
        + "</text:section>"
        + "<text:section>"
        + p("<text:soft-page-break/>Open.")
        + "</text:section>"
    )
    assert shape(body) == [
        ("paragraph", 0, "Er zijn acht routes in 2021."),
        ("note", 0, "Bron: peiling."),
        ("paragraph", 0, "Zin af."),
        ("paragraph", 0, "Open."),
    ]
    assert read_odt(make_odt(body), "x").warnings == (
        "Het bestand heeft bijgehouden wijzigingen (1). "
        "Ze zijn gelezen alsof ze zijn geaccepteerd.",
        "Opmerkingen in de kantlijn zijn weggelaten (1).",
        "Verborgen tekst is weggelaten.",
    )


def test_hidden_characters_and_objects() -> None:
    automatic = (
        '<style:style style:name="T1" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>'
    )
    body = p('Zichtbaar<text:span text:style-name="T1">, geheim</text:span>.') + p(
        "<draw:frame><draw:object/></draw:frame>"
    )
    read = read_odt(make_odt(body, automatic), "x")
    assert read.pages[0].text == "<p>Zichtbaar.</p>"
    assert [warning.split()[0] for warning in read.warnings] == ["Verborgen", "Ingevoegde"]


def test_frames_come_after_their_paragraph_with_their_caption() -> None:
    frame = (
        "<draw:frame><draw:text-box><text:p text:style-name='Table'>Figuur 1: de route</text:p>"
        "<text:p>In het kader.</text:p></draw:text-box></draw:frame>"
    )
    assert shape(p(f"Voor {frame}en na.")) == [
        ("paragraph", 0, "Voor en na."),
        ("caption", 0, "Figuur 1: de route"),
        ("paragraph", 0, "In het kader."),
    ]


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{p(text) if text else ''}</table:table-cell>"


def test_tables_with_headers_spans_and_repeats() -> None:
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cell("Route")
        + cell("Start")
        + cell("Duur")
        + "</table:table-row></table:table-header-rows><table:table-row>"
        + cell("Techniek")
        + cell("4", 'table:number-columns-repeated="2"')
        + "</table:table-row><table:table-row>"
        + cell("Alles", 'table:number-columns-spanned="3"')
        + '<table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>'
        + '<table:table-row table:number-rows-repeated="1000000">'
        + cell("", 'table:number-columns-repeated="3"')
        + "</table:table-row></table:table>"
    )
    written = read_odt(make_odt(body), "x").pages[0].text
    assert written.count("<th>") == 3
    assert '<td colspan="3"><p>Alles</p></td>' in written
    assert len(written) < 1000
    assert ("row", 0, "Techniek – Start: 4; Duur: 4") in shape(body)


def test_a_table_that_repeats_without_end_is_refused() -> None:
    row = (
        '<table:table-row table:number-rows-repeated="100">'
        + cell("x", 'table:number-columns-repeated="100"')
        + "</table:table-row>"
    )
    data = make_odt(f"<table:table>{row * 11}</table:table>")
    with pytest.raises(BadInputError, match="meer dan 100000 cellen"):
        read_odt(data, "x.odt")


def test_a_bold_first_row_is_a_header() -> None:
    automatic = (
        '<style:style style:name="Vet" style:family="paragraph">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
    )
    bold = "<table:table-cell>" + p("Soort", "Vet") + "</table:table-cell>"
    body = (
        f"<table:table><table:table-row>{bold}{bold}</table:table-row>"
        f"<table:table-row>{cell('a')}{cell('7')}</table:table-row></table:table>"
    )
    assert read_odt(make_odt(body, automatic), "x").pages[0].text.count("<th>") == 2


def test_an_empty_document_has_no_pages() -> None:
    assert read_odt(make_odt("<text:p/>"), "x").pages == ()
