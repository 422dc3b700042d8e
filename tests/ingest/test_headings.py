from __future__ import annotations

from ingest.blocks import Block
from ingest.headings import set_levels, set_title


def heading(text: str, level: int = 1) -> Block:
    return Block("heading", text, level)


def paragraph(text: str = "Tekst.") -> Block:
    return Block("paragraph", text)


def levels(blocks: list[Block]) -> list[int]:
    return [block.level for block in blocks if block.kind == "heading"]


def test_a_title_over_several_headings_is_no_section() -> None:
    cover = [paragraph("Uitgever"), heading("De route Meting 2021"), heading("Meting 2021", 2)]
    blocks = set_title([*cover, heading("Kop", 2), paragraph()], "De route: meting 2021")
    assert levels(blocks) == [0, 0, 2]
    assert [block.reference for block in blocks] == [True, False, False, False, False]


def test_a_subtitle_between_two_parts_of_the_title_belongs_to_it() -> None:
    blocks = [heading("Samen"), heading("Hoe doe je dat?"), heading("Opleiden"), paragraph()]
    assert levels(set_title(blocks, "Samen opleiden")) == [0, 0, 0]


def test_the_only_first_heading_is_the_title_whatever_it_says() -> None:
    blocks = [heading("Anders"), heading("Kop", 2), paragraph()]
    assert levels(set_title(blocks, "Titel")) == [0, 2]


def test_a_block_quotation_under_the_title_is_a_notice() -> None:
    blocks = [heading("Titel"), Block("quote", "Dit is een samenvatting."), paragraph()]
    assert [block.reference for block in set_title(blocks, "Titel")] == [False, True, False]


def test_numbers_go_before_the_levels_of_the_source() -> None:
    found = set_levels(
        [
            heading("1. Een", 1),
            heading("1.1. Onder", 2),
            heading("2. Twee", 2),
            heading("2.1. Onder", 3),
            heading("Zonder nummer", 3),
            heading("3. Drie", 1),
            heading("Literatuur", 1),
            heading("Contactgegevens", 2),
        ]
    )
    assert levels(found) == [1, 2, 1, 2, 3, 1, 1, 1]


def test_what_stands_under_colofon_is_a_reference() -> None:
    found = set_levels([heading("Colofon", 2), paragraph(), heading("Verder", 2), paragraph()])
    assert [block.reference for block in found] == [True, True, False, False]
