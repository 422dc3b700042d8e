from __future__ import annotations

from ingest.blocks import Block
from ingest.hyphens import Joiner
from ingest.markdown import markdown_blocks


def blocks(text: str) -> list[Block]:
    return markdown_blocks(text, Joiner(frozenset(), frequency=lambda word: 0.0))


def shape(text: str) -> list[tuple[str, str, int, str]]:
    return [(b.kind, b.text, b.level, b.mark) for b in blocks(text)]


def test_marks_are_not_in_the_text() -> None:
    (block,) = blocks(
        "Een **vet**, *schuin*, `code`, <b>oud</b> \\(haak\\) en [naam](http://x.nl)."
    )
    assert block.text == "Een vet, schuin, code, oud (haak) en naam."


def test_headings_keep_their_level() -> None:
    assert shape("# Een\n\n#### *Vier*") == [("heading", "Een", 1, ""), ("heading", "Vier", 4, "")]


def test_lines_of_a_paragraph_are_joined_with_broken_words() -> None:
    assert blocks("een oplei-\nding en\nmeer")[0].text == "een opleiding en meer"


def test_lists_nest_and_keep_their_numbers() -> None:
    assert shape("3. drie\n   - onder\n4. vier") == [
        ("item", "drie", 1, "3."),
        ("item", "onder", 2, "-"),
        ("item", "vier", 1, "4."),
    ]


def test_an_item_with_a_letter_of_its_own_takes_that_as_mark() -> None:
    assert shape("- a. eerste\n- b. tweede") == [
        ("item", "eerste", 1, "a."),
        ("item", "tweede", 1, "b."),
    ]


def test_a_quotation_in_an_item_stands_on_its_own() -> None:
    found = shape("- Iemand zei:  \n  *“Dat is toch wel heel erg belangrijk.”*\n- meer")
    assert found == [
        ("item", "Iemand zei:", 1, "-"),
        ("quote", "“Dat is toch wel heel erg belangrijk.”", 1, ""),
        ("item", "meer", 1, "-"),
    ]


def test_a_table_becomes_rows() -> None:
    assert shape("| | Aantal |\n|---|---|\n| met | 7 |") == [("row", "met: 7 (Aantal)", 0, "")]


def test_a_table_with_tabs_is_no_code() -> None:
    assert shape("\tAantal\nmet\t7\nzonder\t8")[0] == ("row", "met: 7 (Aantal)", 0, "")


def test_marks_of_notes_go_and_the_note_itself_is_a_note() -> None:
    for text in (
        "Zo is het<sup>1</sup>.\n\n<sup>1</sup> De noot.",
        "Zo is het[^1].\n\n[^1]: De noot.",
    ):
        found = blocks(text)
        assert [(b.kind, b.text) for b in found] == [
            ("paragraph", "Zo is het."),
            ("note", "De noot."),
        ]


def test_a_superscript_of_a_unit_stays() -> None:
    assert blocks("Er is 20 m<sup>2</sup>.")[0].text == "Er is 20 m2."


def test_html_inside_is_read_as_html() -> None:
    assert shape("<ul>\n<li>een</li>\n</ul>") == [("item", "een", 1, "-")]


def test_images_comments_and_rules_are_left_out() -> None:
    assert shape("![logo](x.png)\n\n<!-- weg -->\n\n---\n\ntekst") == [
        ("paragraph", "tekst", 0, "")
    ]


def test_a_heading_of_a_whole_paragraph_is_a_paragraph() -> None:
    assert blocks("# " + "woord " * 60)[0].kind == "paragraph"


def test_code_is_text() -> None:
    assert blocks("```\neen\ntwee\n```")[0].text == "een twee"
