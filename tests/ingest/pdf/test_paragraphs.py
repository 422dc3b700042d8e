from __future__ import annotations

import pytest

from ingest.blocks import Block
from ingest.pdf.blocks import pdf_blocks
from tests.pages import PROSE, Sheet, joiner, read_of, wrapped


def blocks(*sheets: Sheet) -> list[Block]:
    return pdf_blocks(read_of(*sheets), joiner())


def items(*sheets: Sheet) -> list[tuple[int, str, str]]:
    return [(b.level, b.mark, b.text) for b in blocks(*sheets) if b.kind == "item"]


def test_space_parts_paragraphs() -> None:
    sheet = Sheet()
    base = sheet.paragraph(60, 100, PROSE)
    sheet.paragraph(60, base + 8, PROSE)
    assert [block.text for block in blocks(sheet)] == [PROSE.strip()] * 2


def test_an_indent_parts_paragraphs() -> None:
    sheet = Sheet()
    base = sheet.paragraph(60, 100, PROSE, indent=12)
    base = sheet.paragraph(60, base, PROSE, indent=12)
    sheet.paragraph(60, base, PROSE, indent=12)
    assert [block.text for block in blocks(sheet)] == [PROSE.strip()] * 3


def test_a_line_that_ends_short_parts_paragraphs() -> None:
    sheet = Sheet()
    base = sheet.paragraph(60, 100, PROSE + "Dat is het.", 440)
    sheet.paragraph(60, base, PROSE, 440)
    assert len(blocks(sheet)) == 2


def test_hanging_lines_belong_to_their_paragraph() -> None:
    sheet = Sheet()
    base = 100.0
    for name in ("Jansen, P.", "Pietersen, K."):
        first, *rest = wrapped(f"{name} (2020). " + PROSE, 420, 10)
        sheet.text(60, base, first)
        for line in rest:
            base += 12
            sheet.text(80, base, line)
        base += 12
    assert [block.text[:9] for block in blocks(sheet)] == ["Jansen, P", "Pietersen"]


@pytest.mark.parametrize("glyph", ["•", "▪", "–", "-", "\uf0b7", "➢", "□", "✓"])
def test_bullets_in_any_glyph(glyph: str) -> None:
    sheet = Sheet()
    for index, text in enumerate(("een begeleider;", "een werkplek;", "een plan.")):
        sheet.text(60, 100 + 14 * index, glyph).text(78, 100 + 14 * index, text)
    assert items(sheet) == [
        (1, "-", "een begeleider;"),
        (1, "-", "een werkplek;"),
        (1, "-", "een plan."),
    ]


@pytest.mark.parametrize("letter", ["n", "o", "v", "§"])
def test_bullets_that_became_letters(letter: str) -> None:
    sheet = Sheet()
    sheet.paragraph(60, 100, PROSE)
    for index, text in enumerate(("een begeleider;", "een werkplek;", "een plan.")):
        sheet.text(60, 300 + 14 * index, letter).text(78, 300 + 14 * index, text)
    assert [text for _, _, text in items(sheet)] == [
        "een begeleider;",
        "een werkplek;",
        "een plan.",
    ]


def test_a_letter_that_is_a_word_is_no_bullet() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "Wie hulp zoekt leest dit boek en weet dan wat er te doen is als").text(
        60, 112, "u begint."
    )
    sheet.text(60, 140, "Wie klaar is leest dit boek nog eens en weet dan wat er mis ging en").text(
        60, 152, "u ook."
    )
    assert items(sheet) == []


def test_numbers_and_letters() -> None:
    sheet = Sheet()
    for index, text in enumerate(("1. kies;", "2. zoek;", "3. begin.")):
        sheet.text(60, 100 + 14 * index, text)
    for index, text in enumerate(("a) kies;", "b) zoek.")):
        sheet.text(60, 200 + 14 * index, text)
    assert [mark for _, mark, _ in items(sheet)] == ["1.", "2.", "3.", "a)", "b)"]


def test_a_number_at_the_start_of_a_line_is_no_item() -> None:
    sheet = Sheet()
    text = (
        "Wie meer wil weten over de kosten van deze route leest verder in de bijlage onder punt 12."
    )
    lines = wrapped(text + " Daar staat alles.", 460, 10)
    sheet.text(60, 100, lines[0]).text(60, 112, "14. Daar staat alles over geld.")
    assert items(sheet) == []


def test_items_of_several_lines() -> None:
    sheet = Sheet()
    base = 100.0
    for _ in range(3):
        sheet.text(60, base, "•")
        base = sheet.paragraph(78, base, PROSE, 420)
    assert [text for _, _, text in items(sheet)] == [PROSE.strip()] * 3


def test_nested_lists() -> None:
    sheet = Sheet()
    for index, (x, text) in enumerate(
        (
            (60, "• een plan:"),
            (80, "– voor het werk;"),
            (80, "– voor de studie;"),
            (60, "• een plek."),
        )
    ):
        sheet.text(x, 100 + 14 * index, text)
    assert [level for level, _, _ in items(sheet)] == [1, 2, 2, 1]


def test_a_paragraph_inside_an_item() -> None:
    sheet = Sheet().text(60, 100, "1.").text(78, 100, "Kies een opleiding.")
    sheet.text(78, 122, "Doe dat op tijd, want er is een wachtlijst.")
    sheet.text(60, 144, "2.").text(78, 144, "Zoek een bedrijf.")
    assert [(b.kind, b.level) for b in blocks(sheet)] == [
        ("item", 1),
        ("paragraph", 1),
        ("item", 1),
    ]


def test_a_list_and_an_item_go_on_over_the_page() -> None:
    first, second = Sheet(1), Sheet(2)
    first.paragraph(60, 600, PROSE)
    first.text(60, 700, "•").text(78, 700, "een begeleider;")
    first.text(60, 714, "•").text(
        78, 714, "een werkplek waar iemand in alle rust aan een opdracht kan werken als het in de"
    )
    second.text(78, 80, "rest van het bedrijf druk is;").text(60, 94, "•").text(78, 94, "een plan.")
    found = blocks(first, second)
    assert [block.kind for block in found] == ["paragraph", "item", "item", "item"]
    assert found[2].text.endswith("in de rest van het bedrijf druk is;")
    assert found[2].pages == ((0, 1), (found[2].text.index("rest van"), 2))


def test_a_broken_word_is_joined_over_the_page() -> None:
    first, second = Sheet(1), Sheet(2)
    first.paragraph(60, 100, PROSE)
    first.text(60, 300, "De begeleider en de docent bespreken samen hoe het gaat met de oplei-")
    second.text(60, 80, "ding van de student.")
    text = blocks(first, second)[-1]
    assert text.text.endswith("met de opleiding van de student.")
    assert text.pages == ((0, 1), (text.text.index("ding van"), 2))
