from __future__ import annotations

import pytest

from ingest.blocks import Block
from ingest.hyphens import Joiner
from ingest.plain import plain_blocks

LONG = "Dit is een lange alinea die op een regel staat. " * 4


def blocks(*lines: str) -> list[Block]:
    return plain_blocks("\n".join(lines), Joiner(frozenset(), frequency=lambda word: 0.0))


def kinds(*lines: str) -> list[str]:
    return [block.kind for block in blocks(*lines)]


def test_a_short_line_above_a_paragraph_is_a_heading() -> None:
    assert (
        kinds("Wat is het?", "", LONG, "", "Waarom dit", "", LONG)
        == [
            "heading",
            "paragraph",
        ]
        * 2
    )


@pytest.mark.parametrize("line", ["Een korte zin.", "Denk hierbij aan:", "met kleine letter"])
def test_a_sentence_or_lead_is_no_heading(line: str) -> None:
    assert kinds(line, "", LONG) == ["paragraph", "paragraph"]


def test_the_last_line_is_no_heading() -> None:
    assert kinds(LONG, "", "Tot ziens") == ["paragraph", "paragraph"]


def test_bullets_and_numbers_are_items() -> None:
    found = blocks(LONG, " • een", "", " • twee", "  1. drie", "  2. vier")
    assert [(b.kind, b.text, b.mark) for b in found[1:]] == [
        ("item", "een", "-"),
        ("item", "twee", "-"),
        ("item", "drie", "1."),
        ("item", "vier", "2."),
    ]


def test_a_numbered_line_that_stands_alone_is_a_heading() -> None:
    found = blocks(LONG, "", "2. De kosten", "", LONG)
    assert (found[1].kind, found[1].text) == ("heading", "2. De kosten")


def test_lines_with_label_and_value_are_no_headings() -> None:
    assert kinds("Tekst: Jan", "Beeld: Piet", "Druk: Kees", LONG) == ["paragraph"] * 4


def test_a_long_run_of_short_lines_is_no_run_of_headings() -> None:
    assert "heading" not in kinds("Jan", "Piet", "Kees", "Klaas", "Marie", LONG)
