from __future__ import annotations

import pytest
from lxml import etree

from ingest.office.word_numbering import Numbering
from tests.office import WORD_SPACES, numbering, word_style


def root(tag: str, inner: str) -> etree._Element:
    return etree.fromstring(f"<w:{tag} {WORD_SPACES}>{inner}</w:{tag}>")


def marks(counted: Numbering, *places: int, num_id: str = "1") -> list[str | None]:
    found = [counted.next(num_id, place) for place in places]
    return [mark.text if mark else None for mark in found]


def test_levels_count_and_begin_anew_under_a_higher_one() -> None:
    levels = [("decimal", "%1"), ("decimal", "%1.%2"), ("lowerLetter", "%3)")]
    counted = Numbering(root("numbering", numbering({"1": levels})), None)
    assert marks(counted, 0, 1, 1, 2, 2, 0, 1) == ["1", "1.1", "1.2", "a)", "b)", "2", "2.1"]


def test_a_level_that_was_skipped_counts_as_its_start() -> None:
    levels = [("decimal", "%1"), ("decimal", "%1.%2")]
    counted = Numbering(root("numbering", numbering({"1": levels})), None)
    assert marks(counted, 1, 1) == ["1.1", "1.2"]


def test_a_numbering_that_overrides_its_start_begins_anew_once() -> None:
    restart = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    )
    counted = Numbering(root("numbering", numbering({"1": [("decimal", "%1.")]}, restart)), None)
    assert marks(counted, 0, 0) == ["1.", "2."]
    assert marks(counted, 0, 0, num_id="2") == ["1.", "2."]
    assert marks(counted, 0, num_id="3") == ["3."]


@pytest.mark.parametrize(
    ("form", "expected"),
    [("upperRoman", "III"), ("lowerLetter", "c"), ("decimalZero", "03"), ("ordinal", "3")],
)
def test_forms_of_numbers(form: str, expected: str) -> None:
    counted = Numbering(root("numbering", numbering({"1": [(form, "%1")]})), None)
    assert marks(counted, 0, 0, 0)[2] == expected


def test_bullets_and_nothing() -> None:
    levels = {"1": [("bullet", "o")], "2": [("none", "")], "3": [("decimal", "Artikel %1")]}
    counted = Numbering(root("numbering", numbering(levels)), None)
    bullet = counted.next("1", 0)
    assert bullet is not None
    assert (bullet.text, bullet.number) == ("", 0)
    assert counted.next("2", 0) is None
    assert counted.next("9", 0) is None
    article = counted.next("3", 0)
    assert article is not None
    assert article.label


def test_a_list_style_lends_its_numbering() -> None:
    lent = (
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Punten"/></w:abstractNum>'
        '<w:num w:numId="8"><w:abstractNumId w:val="7"/></w:num>'
    )
    style = word_style(
        "Punten",
        "Punten",
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
        "numbering",
    )
    part = root("numbering", numbering({"1": [("decimal", "(%1)")]}, lent))
    assert marks(Numbering(part, root("styles", style)), 0, num_id="8") == ["(1)"]
