from __future__ import annotations

from ingest.blocks import Block
from ingest.hyphens import Joiner
from ingest.wrapped import is_wrapped, wrapped_blocks

COLUMN = [
    "Een route is een opleiding waarin de student",
    "werkt en leert tegelijk. De werkplek is daar-",
    "bij een belangrijke plek om te leren, en het",
    "bedrijf helpt de student daar goed mee.",
]
WHOLE = (
    "Een route is een opleiding waarin de student werkt en leert tegelijk. De werkplek is daarbij "
    "een belangrijke plek om te leren, en het bedrijf helpt de student daar goed mee."
)


def blocks(lines: list[str]) -> list[Block]:
    return wrapped_blocks(lines, Joiner(frozenset(), frequency=lambda word: 0.0))


def texts(lines: list[str]) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks(lines)]


def test_short_lines_are_wrapped_and_long_ones_are_not() -> None:
    assert is_wrapped(COLUMN)
    assert not is_wrapped([WHOLE])


def test_lines_of_a_column_are_one_paragraph() -> None:
    assert texts(COLUMN) == [("paragraph", WHOLE)]


def test_blank_lines_between_all_lines_do_not_part_them() -> None:
    spaced = [line for text in COLUMN for line in (text, "")]
    assert texts(spaced) == [("paragraph", WHOLE)]


def test_a_short_last_line_ends_a_paragraph() -> None:
    assert texts([*COLUMN[:3], "bedrijf helpt mee.", *COLUMN])[1] == ("paragraph", WHOLE)


def test_a_heading_of_several_short_lines() -> None:
    assert texts(["Dit is de", "route in", "het hbo", "", *COLUMN]) == [
        ("heading", "Dit is de route in het hbo"),
        ("paragraph", WHOLE),
    ]


def test_a_heading_right_above_its_text() -> None:
    assert texts([*COLUMN, "Meer weten?", *COLUMN])[1] == ("heading", "Meer weten?")


def test_a_heading_with_its_number_on_a_line_above_it() -> None:
    found = blocks([*COLUMN, "", "2", "Hogeschool aan Zee | Ad", "Techniek", "", *COLUMN])
    assert (found[1].kind, found[1].text, found[1].level) == (
        "heading",
        "2 Hogeschool aan Zee | Ad Techniek",
        2,
    )


def test_an_indented_line_starts_something_new() -> None:
    page = [*COLUMN[:3], "zonder einde", " Het nieuwe", "programma", " ", *COLUMN]
    assert ("heading", "Het nieuwe programma") in texts(page)


def test_items_go_on_over_lines_and_gaps() -> None:
    lines = [
        "Het doel is dit:",
        "",
        "• Ondersteuning van pilots;",
        "• Branches en bedrijven benaderen",
        "",
        "voor een duurzaam aanbod",
        "",
        "• Vormgeven van een leernetwerk.",
        "",
        *COLUMN,
    ]
    assert texts(lines) == [
        ("paragraph", "Het doel is dit:"),
        ("item", "Ondersteuning van pilots;"),
        ("item", "Branches en bedrijven benaderen voor een duurzaam aanbod"),
        ("item", "Vormgeven van een leernetwerk."),
        ("paragraph", WHOLE),
    ]
