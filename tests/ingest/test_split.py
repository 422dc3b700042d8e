from __future__ import annotations

from ingest.blocks import Block
from ingest.layout import lay_out
from ingest.split import LIST_LIMIT, TEXT_LIMIT, Draft, split

SENTENCE = "Een zin als deze is ongeveer vijftig tekens lang. "


def paragraph(sentences: int, end: str = "") -> Block:
    return Block("paragraph", (SENTENCE * sentences + end).strip())


def item(text: str) -> Block:
    return Block("item", text, 1, "-")


def cut(blocks: list[Block]) -> tuple[str, list[Draft]]:
    layout = lay_out(blocks)
    return layout.text, split(layout)


def test_a_heading_comes_with_the_text_under_it() -> None:
    blocks = [Block("heading", "A", 1), Block("heading", "A1", 2), paragraph(2)]
    text, (draft,) = cut(blocks)
    assert text[draft.start : draft.end].startswith("A\n\nA1\n\nEen zin")
    assert draft.section == ("A", "A1")


def test_the_title_is_no_part_of_a_passage() -> None:
    text, (draft,) = cut([Block("heading", "Titel", 0), paragraph(1)])
    assert text[draft.start : draft.end] == SENTENCE.strip()


def test_short_paragraphs_of_one_section_are_one_passage() -> None:
    _, drafts = cut([paragraph(5), paragraph(5), paragraph(5)])
    assert len(drafts) == 1


def test_sections_are_never_mixed() -> None:
    _, drafts = cut(
        [Block("heading", "A", 1), paragraph(1), Block("heading", "B", 1), paragraph(1)]
    )
    assert [draft.section for draft in drafts] == [("A",), ("B",)]


def test_a_long_paragraph_is_cut_between_sentences_in_equal_parts() -> None:
    text, drafts = cut([paragraph(60)])
    sizes = [draft.end - draft.start for draft in drafts]
    assert max(sizes) <= TEXT_LIMIT
    assert min(sizes) > 0.6 * max(sizes)
    assert all(text[draft.start : draft.end].endswith("lang.") for draft in drafts)


def test_a_list_stands_with_its_lead_apart_from_a_long_text() -> None:
    text, drafts = cut([paragraph(28, "Een route kan als dit zo is:"), item("een"), item("twee")])
    last = drafts[-1]
    assert text[last.start : last.end] == "Een route kan als dit zo is:\n\n- een\n- twee"
    assert (last.kind, last.lead) == ("list", None)


def test_a_long_list_is_cut_between_items_and_repeats_its_lead() -> None:
    blocks = [Block("paragraph", "Dit is allemaal van belang voor bedrijven:")]
    text, drafts = cut([*blocks, *[item(SENTENCE * 8) for _ in range(9)]])
    assert len(drafts) > 1
    assert drafts[0].lead is None
    for draft in drafts[1:]:
        assert draft.lead is not None
        assert text[slice(*draft.lead)] == blocks[0].text
        assert text[draft.start : draft.end].startswith("- ")
    assert all(draft.end - draft.start <= LIST_LIMIT for draft in drafts)


def test_an_item_that_is_far_too_long_is_cut_between_its_sentences() -> None:
    _, drafts = cut([item(SENTENCE * 90), item("kort")])
    assert all(draft.end - draft.start <= LIST_LIMIT for draft in drafts)


def test_references_are_kept_apart() -> None:
    blocks = [paragraph(2), Block("caption", "Figuur 1: x", reference=True), paragraph(2)]
    assert [draft.kind for draft in cut(blocks)[1]] == ["text", "reference", "text"]


def test_kinds_follow_what_a_passage_holds() -> None:
    table = [Block("caption", "Tabel 1: x"), Block("row", "a: 1")]
    quote = [Block("paragraph", "Iemand zei:"), Block("quote", "“" + SENTENCE * 3 + "”")]
    assert [draft.kind for draft in cut(table)[1]] == ["table"]
    assert [draft.kind for draft in cut(quote)[1]] == ["quote"]


def test_a_short_rest_goes_with_the_passage_before_it() -> None:
    _, drafts = cut([paragraph(18), paragraph(10), paragraph(1)])
    assert len(drafts) == 2
