from __future__ import annotations

from ingest.blocks import Block
from ingest.layout import Layout, lay_out


def item(text: str, mark: str = "-", level: int = 1) -> Block:
    return Block("item", text, level, mark)


def said(layout: Layout) -> list[tuple[str, str, str]]:
    """(kind, text, lead) of every sentence."""
    return [
        (s.kind, layout.text[s.start : s.end], layout.text[s.lead[0] : s.lead[1]] if s.lead else "")
        for unit in layout.units
        for s in unit.sentences
    ]


def test_blocks_are_laid_out_with_their_marks() -> None:
    blocks = [
        Block("heading", "Kop", 1),
        Block("paragraph", "Dit helpt:"),
        item("een", "1."),
        item("b"),
    ]
    blocks += [Block("caption", "Tabel 1"), Block("row", "c: 1"), Block("row", "d: 2")]
    assert lay_out(blocks).text == "Kop\n\nDit helpt:\n\n1. een\n- b\n\nTabel 1\nc: 1\nd: 2"


def test_items_know_what_introduces_them() -> None:
    layout = lay_out(
        [Block("paragraph", "Eerst dit. Een route kan als:"), item("Een. Meer."), item("b")]
    )
    assert said(layout) == [
        ("sentence", "Eerst dit.", ""),
        ("lead", "Een route kan als:", ""),
        ("item", "Een.", "Een route kan als:"),
        ("item", "Meer.", "Een route kan als:"),
        ("item", "b", "Een route kan als:"),
    ]


def test_a_lead_that_points_back_takes_the_sentence_before_it() -> None:
    layout = lay_out([Block("paragraph", "Inleiding hier. Er zijn 8 routes. Dat zijn:"), item("a")])
    assert said(layout)[1] == ("lead", "Er zijn 8 routes. Dat zijn:", "")
    assert said(layout)[2][2] == "Er zijn 8 routes. Dat zijn:"


def test_a_heading_straight_above_a_list_introduces_it() -> None:
    layout = lay_out([Block("heading", "Waarom een route?", 1), item("a"), item("b")])
    assert said(layout)[0] == ("lead", "Waarom een route?", "")
    assert {lead for _, _, lead in said(layout)[1:]} == {"Waarom een route?"}


def test_a_caption_introduces_its_rows() -> None:
    layout = lay_out([Block("caption", "Tabel 1: Aantal?"), Block("row", "met: 7")])
    assert said(layout) == [("lead", "Tabel 1: Aantal?", ""), ("row", "met: 7", "Tabel 1: Aantal?")]


def test_a_list_inside_an_item_is_introduced_by_that_item() -> None:
    layout = lay_out([Block("paragraph", "Dit:"), item("Een"), item("x", level=2), item("Twee")])
    assert [lead for _, _, lead in said(layout)] == ["", "Dit:", "Een", "Dit:"]


def test_a_quotation_is_introduced_by_who_said_it() -> None:
    quote = Block("quote", "“Een. Twee.”", 1)
    layout = lay_out([Block("paragraph", "Dit:"), item("Iemand zei:"), quote, item("b")])
    assert said(layout)[2] == ("quote", "“Een.", "Iemand zei:")
    assert said(layout)[-1] == ("item", "b", "Dit:")


def test_a_list_after_a_table_does_not_belong_to_its_caption() -> None:
    layout = lay_out([Block("caption", "Tabel 1"), Block("row", "a: 1"), item("los")])
    assert said(layout)[-1] == ("item", "los", "")


def test_sections_follow_the_headings_without_the_title() -> None:
    blocks = [Block("heading", "Titel", 0), Block("heading", "A", 1), Block("heading", "A1", 2)]
    blocks += [Block("paragraph", "x"), Block("heading", "B", 1), Block("paragraph", "y")]
    layout = lay_out(blocks)
    sections = [unit.section for unit in layout.units if unit.kind == "text"]
    assert sections == [("A", "A1"), ("B",)]


def test_pages_start_where_their_text_starts_with_the_mark_of_an_item() -> None:
    layout = lay_out(
        [
            Block("paragraph", "Een zin over twee bladen.", pages=((0, 3), (13, 4))),
            Block("item", "punt", 1, "-", pages=((0, 4),)),
            Block("item", "volgend punt", 1, "-", pages=((0, 5),)),
        ]
    )
    starts = [(layout.text[at : at + 6], page) for at, page in layout.pages]
    assert starts == [("Een zi", 3), ("twee b", 4), ("- volg", 5)]


def test_a_text_without_pages_has_none() -> None:
    assert lay_out([Block("paragraph", "Een zin.")]).pages == ()


def test_a_list_keeps_its_lead_behind_a_note() -> None:
    blocks = [Block("paragraph", "Dit helpt:"), item("een"), Block("note", "Noot."), item("twee")]
    leads = {text: lead for _, text, lead in said(lay_out(blocks))}
    assert leads["een"] == leads["twee"] == "Dit helpt:"
