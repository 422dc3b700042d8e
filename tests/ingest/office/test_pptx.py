from __future__ import annotations

import copy
import io
from typing import Any

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.util import Cm, Pt

from corpus.errors import BadInputError
from ingest.html.reader import html_blocks
from ingest.office.pptx import read_pptx
from tests.office import members_of, zipped

TITLE, CONTENT, SECTION, TWO, BLANK = 0, 1, 2, 3, 6
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def new_deck() -> Any:
    """A deck in the layouts that python-pptx brings; Any, as its types are not those it takes."""
    return pptx.Presentation()


def saved(deck: Any) -> bytes:
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def add(deck: Any, layout: int, title: str = "") -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    if title:
        slide.shapes.title.text = title
    return slide


def box(slide: Any, text: str, left: float, top: float, size: float = 0) -> None:
    shape = slide.shapes.add_textbox(Cm(left), Cm(top), Cm(8), Cm(2))
    run = shape.text_frame.paragraphs[0].add_run()
    run.text = text
    if size:
        run.font.size = Pt(size)


def shape(deck: Any, number: int = 1) -> list[tuple[str, int, str]]:
    pages = {page.number: page.text for page in read_pptx(saved(deck), "dia's.pptx").pages}
    return [(block.kind, block.level, block.text) for block in html_blocks(pages[number])]


def test_titles_bullets_and_levels() -> None:
    deck = new_deck()
    first = add(deck, TITLE, "Leren op de werkvloer")
    first.placeholders[1].text = "Een gids"
    frame = add(deck, CONTENT, "Wat is nodig?").placeholders[1].text_frame
    frame.text = "Tijd"
    for text, level in (("een dag per week", 1), ("Geld", 0)):
        paragraph = frame.add_paragraph()
        paragraph.text, paragraph.level = text, level
    assert shape(deck) == [("heading", 1, "Leren op de werkvloer"), ("paragraph", 0, "Een gids")]
    assert shape(deck, 2) == [
        ("heading", 2, "Wat is nodig?"),
        ("item", 1, "Tijd"),
        ("item", 2, "een dag per week"),
        ("item", 1, "Geld"),
    ]
    assert read_pptx(saved(deck), "x").title == "Leren op de werkvloer"


def test_slides_of_a_section_stand_under_it() -> None:
    deck = new_deck()
    add(deck, CONTENT, "Vooraf")
    add(deck, SECTION, "Deel een")
    add(deck, CONTENT, "Kosten")
    assert [shape(deck, number)[0] for number in (1, 2, 3)] == [
        ("heading", 2, "Vooraf"),
        ("heading", 2, "Deel een"),
        ("heading", 3, "Kosten"),
    ]


def test_hidden_slides_and_notes_are_left_out_and_keep_the_count() -> None:
    deck = new_deck()
    for title in ("Een", "Twee", "Drie"):
        add(deck, CONTENT, title)
    deck.slides[1]._element.set("show", "0")
    deck.slides[2].notes_slide.notes_text_frame.text = "Hier niet lang bij stilstaan."
    read = read_pptx(saved(deck), "x.pptx")
    assert [page.number for page in read.pages] == [1, 3]
    assert "stilstaan" not in read.pages[1].text
    assert read.warnings == (
        "Verborgen dia's zijn weggelaten (dia 2).",
        "Notities van de spreker zijn weggelaten (dia 3).",
    )


def test_boxes_are_read_top_to_bottom_and_columns_one_by_one() -> None:
    deck = new_deck()
    slide = add(deck, BLANK)
    box(slide, "onder", 1, 15)
    box(slide, "rechts", 14, 6)
    box(slide, "links", 1, 6)
    box(slide, "boven", 1, 1)
    assert [text for _, _, text in shape(deck)] == ["boven", "links", "rechts", "onder"]


def test_two_columns_stand_where_the_layout_puts_them() -> None:
    deck = new_deck()
    slide = add(deck, TWO, "Voor en tegen")
    slide.placeholders[2].text = "tegen"
    slide.placeholders[1].text = "voor"
    assert [text for _, _, text in shape(deck)] == ["Voor en tegen", "voor", "tegen"]


def test_the_largest_line_at_the_top_is_the_title_of_a_slide_without_one() -> None:
    deck = new_deck()
    slide = add(deck, BLANK)
    box(slide, "Gewone tekst.", 1, 8, 14)
    box(slide, "Wat kost het?", 1, 1, 32)
    assert shape(deck)[0] == ("heading", 2, "Wat kost het?")
    low = new_deck()
    slide = add(low, BLANK)
    box(slide, "Gewone tekst.", 1, 1, 14)
    box(slide, "900 euro", 1, 16, 32)
    assert [kind for kind, _, _ in shape(low)] == ["paragraph", "paragraph"]


def test_numbered_lists_and_bullets_that_are_turned_off() -> None:
    deck = new_deck()
    frame = add(deck, CONTENT, "Stappen").placeholders[1].text_frame
    frame.text = "Bel de school"
    for text in ("Maak een plan", "Zonder punt"):
        frame.add_paragraph().text = text
    for paragraph, tag in zip(
        frame.paragraphs, ('buAutoNum type="arabicPeriod"',) * 2 + ("buNone",), strict=True
    ):
        paragraph._p.get_or_add_pPr().append(parse_xml(f'<a:{tag} xmlns:a="{_A}"/>'))
    pages = read_pptx(saved(deck), "x").pages
    found = [(block.kind, block.mark, block.text) for block in html_blocks(pages[0].text)]
    assert found[1:] == [
        ("item", "1.", "Bel de school"),
        ("item", "2.", "Maak een plan"),
        ("paragraph", "", "Zonder punt"),
    ]


def test_tables_with_their_header_and_merged_cells() -> None:
    deck = new_deck()
    slide = add(deck, BLANK)
    table = slide.shapes.add_table(3, 2, Cm(1), Cm(1), Cm(10), Cm(5)).table
    for number, text in enumerate(("Soort", "Bedrag", "Loon", "900 euro", "Samen")):
        table.cell(number // 2, number % 2).text = text
    table.cell(2, 0).merge(table.cell(2, 1))
    assert shape(deck)[0] == ("row", 0, "Loon: 900 euro (Bedrag)")
    assert '<td colspan="2"><p>Samen</p></td>' in read_pptx(saved(deck), "x").pages[0].text


def test_a_chart_is_a_table_with_its_numbers_as_shown() -> None:
    deck = new_deck()
    data: Any = CategoryChartData(number_format="0.0%")  # type: ignore[no-untyped-call]
    data.categories = ["Gestopt", "Geslaagd"]
    data.add_series("Aandeel", (0.125, 0.875))
    add(deck, BLANK).shapes.add_chart(
        XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(1), Cm(1), Cm(9), Cm(9), data
    )
    assert shape(deck) == [
        ("row", 0, "Gestopt: 12,5% (Aandeel)"),
        ("row", 0, "Geslaagd: 87,5% (Aandeel)"),
    ]
    (warning,) = read_pptx(saved(deck), "x").warnings
    assert warning.startswith("Grafieken zijn als tabel gelezen")


def test_groups_fields_breaks_and_hidden_shapes() -> None:
    deck = new_deck()
    slide = add(deck, BLANK)
    group = slide.shapes.add_group_shape()
    for text, top in (("lager", 5), ("hoger", 2)):
        group.shapes.add_textbox(Cm(1), Cm(top), Cm(5), Cm(1)).text_frame.text = text
    frame = slide.shapes.add_textbox(Cm(1), Cm(9), Cm(5), Cm(1)).text_frame
    frame.text = "een\vtwee"
    number = f'<a:fld xmlns:a="{_A}" id="{{x}}" type="slidenum"><a:t>7</a:t></a:fld>'
    frame.paragraphs[0]._p.append(parse_xml(number))
    box(slide, "verborgen", 1, 12)
    slide.shapes[-1]._element.nvSpPr.cNvPr.set("hidden", "1")
    assert [text for _, _, text in shape(deck)] == ["hoger", "lager", "een twee"]


def test_a_shape_in_alternate_content_is_read_once() -> None:
    deck = new_deck()
    slide = add(deck, BLANK)
    box(slide, "Een formule.", 1, 1)
    element = slide.shapes[0]._element
    tree = element.getparent()
    alternate: Any = parse_xml(
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice/><mc:Fallback/></mc:AlternateContent>"
    )
    tree.append(alternate)
    alternate[0].append(element)
    alternate[1].append(copy.deepcopy(element))
    assert shape(deck) == [("paragraph", 0, "Een formule.")]


def test_smartart_is_a_list() -> None:
    spaces = (
        'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        f'xmlns:a="{_A}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )

    def point(id_: str, text: str) -> str:
        inner = f"<dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t>"
        return f'<dgm:pt modelId="{id_}">{inner}</dgm:pt>'

    def link(above: str, below: str, place: int) -> str:
        return f'<dgm:cxn srcId="{above}" destId="{below}" srcOrd="{place}"/>'

    data = (
        f'<dgm:dataModel {spaces}><dgm:ptLst><dgm:pt modelId="0" type="doc"/>'
        + point("2", "Dan")
        + point("1", "Eerst")
        + point("3", "met hulp")
        + point("9", "los")
        + "</dgm:ptLst><dgm:cxnLst>"
        + link("0", "2", 1)
        + link("0", "1", 0)
        + link("1", "3", 0)
        + link("3", "1", 0)
        + "</dgm:cxnLst></dgm:dataModel>"
    )
    deck = new_deck()
    slide = add(deck, BLANK)
    slide.shapes.add_table(1, 1, 0, 0, 9, 9)
    frame = slide.shapes[0]._element.graphic.graphicData
    frame.remove(frame[0])
    frame.append(parse_xml(f'<dgm:relIds {spaces} r:dm="rId77"/>'))
    members = members_of(saved(deck))
    links = members["ppt/slides/_rels/slide1.xml.rels"].decode()
    link_to_data = '<Relationship Id="rId77" Type="x/diagramData" Target="../diagrams/data1.xml"/>'
    members["ppt/slides/_rels/slide1.xml.rels"] = links.replace(
        "</Relationships>", link_to_data + "</Relationships>"
    ).encode()
    members["ppt/diagrams/data1.xml"] = data.encode()
    (page,) = read_pptx(zipped(members), "x.pptx").pages
    assert [(block.level, block.text) for block in html_blocks(page.text)] == [
        (1, "Eerst"),
        (2, "met hulp"),
        (1, "Dan"),
        (1, "los"),
    ]


def test_a_show_and_a_template_are_read_too() -> None:
    deck = new_deck()
    add(deck, CONTENT, "Welkom")
    members = members_of(saved(deck))
    for kind in ("slideshow", "template"):
        types = members["[Content_Types].xml"].replace(
            b"presentationml.presentation.main", f"presentationml.{kind}.main".encode()
        )
        read = read_pptx(zipped({**members, "[Content_Types].xml": types}), "x")
        assert "Welkom" in read.pages[0].text


def test_a_slide_that_is_missing_is_named() -> None:
    deck = new_deck()
    add(deck, CONTENT, "Een")
    members = members_of(saved(deck))
    del members["ppt/slides/slide1.xml"]
    with pytest.raises(BadInputError, match="dia 1 ontbreekt"):
        read_pptx(zipped(members), "x.pptx")


def test_an_empty_deck_has_no_pages() -> None:
    deck = new_deck()
    add(deck, BLANK)
    assert read_pptx(saved(deck), "x").pages == ()
