from __future__ import annotations

from ingest.blocks import Block
from ingest.loaded import Loaded
from ingest.pages import Page, Read
from ingest.source import PartialMetadata
from ingest.structure import structure

TEXT = Read(pages=(Page(None, "# Kop\n\nTekst."),))


def blocks(text: str, title: str | None = None) -> tuple[Block, ...]:
    loaded = Loaded("markdown", Read(pages=(Page(None, text),)))
    return structure(loaded, title).blocks


def kinds(text: str) -> list[str]:
    return [block.kind for block in blocks(text)]


def test_a_paragraph_broken_by_a_page_is_joined_past_a_footnote() -> None:
    found = blocks(
        "Zij kregen veel vragen. Via\n\n<sup>1</sup> Een noot.\n\neen onderzoek werd dat."
    )
    assert [(b.kind, b.text) for b in found] == [
        ("paragraph", "Zij kregen veel vragen. Via een onderzoek werd dat."),
        ("note", "Een noot."),
    ]
    assert found[1].reference


def test_a_footnote_between_lead_and_list_moves_to_the_end_of_its_section() -> None:
    text = "Dit helpt:\n\n---\n\n<sup>2</sup> Noot.\n\n- een\n- twee\n\n## Kop\n\nTekst."
    assert kinds(text) == ["paragraph", "item", "item", "note", "heading", "paragraph"]


def test_tips_with_their_explanation_are_one_list() -> None:
    found = blocks("## Tips\n\nTip 1: Doe dit.\n\nDan gaat het goed.\n\nTip 2: Doe dat.")
    assert [(b.kind, b.text) for b in found[1:]] == [
        ("item", "Tip 1: Doe dit. Dan gaat het goed."),
        ("item", "Tip 2: Doe dat."),
    ]


def test_one_tip_is_a_paragraph() -> None:
    assert kinds("Tip 1: Doe dit.\n\nDan gaat het goed.") == ["paragraph", "paragraph"]


def test_a_list_goes_on_after_a_quotation_that_an_item_announced() -> None:
    text = "- Een deelnemer zei:\n\n“Dat is toch wel heel erg belangrijk.”\n\nDus dat.\n\n- Twee"
    found = blocks(text)
    assert [(b.kind, b.level) for b in found] == [
        ("item", 1),
        ("quote", 1),
        ("paragraph", 1),
        ("item", 1),
    ]


def test_a_caption_belongs_to_a_table_and_is_else_a_reference() -> None:
    found = blocks("Tabel 1: Aantal\n\n| a | b |\n|---|---|\n| c | 1 |\n\nFiguur 2: Score (N=8)")
    assert [(b.kind, b.reference) for b in found] == [
        ("caption", False),
        ("row", False),
        ("caption", True),
    ]


def test_a_quotation_over_several_paragraphs_is_a_quotation_in_all() -> None:
    assert kinds("“Nog vaak is dat zo.\n\nDat moet anders.\n\nHet biedt kansen.”\n\nBron: X") == [
        "quote",
        "quote",
        "quote",
        "paragraph",
    ]


def test_page_furniture_is_left_out() -> None:
    assert kinds("Tekst.\n\n**Zoeken**\n\nMeer tekst.") == ["paragraph", "paragraph"]


def test_the_first_heading_gives_the_title_unless_one_was_given() -> None:
    loaded = Loaded("markdown", TEXT)
    assert structure(loaded, None).title == "Kop"
    assert structure(loaded, "Gegeven").title == "Gegeven"
    front = Loaded("markdown", TEXT, PartialMetadata(title="Voor"))
    assert structure(front, None).title == "Voor"
