from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import Block
from ingest.notes import place_notes


def paragraph(text: str, *pages: tuple[int, int]) -> Block:
    return Block("paragraph", text, pages=pages)


def note(page: int | None = None) -> Block:
    return Block("note", "Noot.", pages=() if page is None else ((0, page),))


def item(page: int) -> Block:
    return Block("item", "punt", 1, "-", pages=((0, page),))


def kinds(blocks: list[Block]) -> list[str]:
    return [block.kind for block in blocks]


def test_a_note_goes_to_the_end_of_its_section_on_its_own_page() -> None:
    blocks = [
        paragraph("Dit helpt:", (0, 1)),
        note(1),
        item(1),
        item(1),
        Block("heading", "Kop", 1, pages=((0, 2),)),
        paragraph("Tekst.", (0, 2)),
    ]
    placed = place_notes(blocks)
    assert kinds(placed) == ["paragraph", "item", "item", "note", "heading", "paragraph"]
    assert placed[3].reference


def test_a_note_stands_before_a_list_that_goes_on_over_the_page() -> None:
    lead = paragraph("Dit helpt:", (0, 3))
    placed = place_notes([lead, item(3), note(3), item(4), item(4)])
    assert kinds(placed) == ["note", "paragraph", "item", "item", "item"]


def test_a_note_stands_before_the_paragraph_that_goes_on_over_the_page() -> None:
    blocks = [
        paragraph("Eerst dit.", (0, 3)),
        paragraph("Een zin die doorgaat op de volgende bladzijde.", (0, 3), (20, 4)),
        note(3),
        paragraph("Dan dit.", (0, 4)),
    ]
    assert kinds(place_notes(blocks)) == ["paragraph", "note", "paragraph", "paragraph"]


def test_a_list_that_fills_a_page_is_parted_by_its_note_rather_than_a_page_be_wrong() -> None:
    placed = place_notes([paragraph("Dit:", (0, 1)), item(1), item(2), note(2), item(3)])
    assert kinds(placed) == ["paragraph", "item", "item", "note", "item"]


def test_a_paragraph_around_a_whole_page_is_cut_at_the_end_of_that_page() -> None:
    long = paragraph("eerste tweede derde", (0, 1), (7, 2), (14, 3))
    placed = place_notes([long, note(2)])
    assert [(b.text, b.pages) for b in placed] == [
        ("eerste tweede", ((0, 1), (7, 2))),
        ("Noot.", ((0, 2),)),
        ("derde", ((0, 3),)),
    ]


def test_notes_keep_their_order() -> None:
    notes = [Block("note", str(number)) for number in range(3)]
    placed = place_notes([notes[0], paragraph("a"), notes[1], paragraph("b"), notes[2]])
    assert [block.text for block in placed] == ["a", "b", "0", "1", "2"]


@st.composite
def paged(draw: st.DrawFn) -> list[Block]:
    """Blocks in reading order over pages, with notes at the end of the pages that they are on."""
    blocks: list[Block] = []
    page = 1
    for _ in range(draw(st.integers(0, 12))):
        kind = draw(
            st.sampled_from(["paragraph", "item", "heading", "row", "note", "over", "next"])
        )
        if kind == "next":
            page += 1
        elif kind == "note":
            blocks.append(replace(note(page), text=f"Noot {len(blocks)}."))
        elif kind == "over":
            on = draw(st.integers(1, 2))
            marks = tuple((6 * step, page + step) for step in range(on + 1))
            blocks.append(paragraph("tekst " * 4, *marks))
            blocks += [note(page + step) for step in range(draw(st.integers(0, on)))]
            page += on
        else:
            blocks.append(Block(kind, "woord", 1, pages=((0, page),)))  # type: ignore[arg-type]
    return blocks


@given(paged())
def test_pages_keep_going_up_and_nothing_is_lost(blocks: list[Block]) -> None:
    placed = place_notes(blocks)
    pages = [number for block in placed for _, number in block.pages]
    assert all(before <= after for before, after in pairwise(pages))
    words = sorted(word for block in blocks for word in block.text.split())
    assert sorted(word for block in placed for word in block.text.split()) == words
    notes = [b for b in placed if b.kind == "note"]
    assert all(b.reference for b in notes)
    assert [b.text for b in notes] == [b.text for b in blocks if b.kind == "note"]
