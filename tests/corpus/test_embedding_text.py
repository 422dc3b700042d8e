from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.embedding_text import list_hint, passage_text, sentence_text, vector_key
from corpus.settings import Settings
from corpus.types import Version
from ingest.reader import read_source
from tests.builders import make_source

GUIDE = """# Gids

## Geld

### Wat kost het?

Het bedrijf betaalt deze kosten:

- Een boek.
- Een laptop.

## Tijd

Een dag per week.
"""


def read(markdown: str) -> Version:
    return read_source(make_source("gids.md", markdown), Settings())


VERSION = read(GUIDE)
LIST, TEXT = VERSION.passages


def test_a_passage_stands_behind_title_and_headings() -> None:
    first, *rest = passage_text(VERSION, LIST).split("\n")
    assert first == "Gids > Geld > Wat kost het?"
    assert "\n".join(rest).endswith(LIST.text)
    assert passage_text(VERSION, TEXT).startswith("Gids > Tijd\n")


def test_a_passage_that_continues_a_list_stands_behind_its_lead() -> None:
    continued = replace(LIST, lead="Het bedrijf betaalt dit:", text="- Een pen.")
    lines = passage_text(VERSION, continued).split("\n")
    assert lines.index("Het bedrijf betaalt dit:") < lines.index("- Een pen.")


def test_an_item_stands_behind_its_heading_and_lead() -> None:
    item = next(s for s in LIST.sentences if s.text == "Een boek.")
    assert sentence_text(VERSION, LIST, item) == (
        "Wat kost het?\nHet bedrijf betaalt deze kosten:\nEen boek."
    )


def test_a_sentence_without_a_lead_stands_behind_its_heading() -> None:
    (sentence,) = TEXT.sentences
    assert sentence_text(VERSION, TEXT, sentence) == "Tijd\nEen dag per week."
    bare = replace(TEXT, section=())
    assert sentence_text(VERSION, bare, sentence) == "Gids\nEen dag per week."


@pytest.mark.parametrize(
    ("lead", "name"),
    [
        ("Een opleiding doet mee als:", "criteria"),
        ("De vormen zijn de volgende:", "varianten"),
        ("Dat kan op deze manieren:", "mogelijkheden"),
        ("In het team zitten deze personen:", "leden"),
        ("Dit zijn de redenen:", "voordelen"),
        ("Wie al meedoet, geeft deze adviezen:", "tips"),
        ("Het programma heeft dit doel:", "ambities"),
    ],
)
def test_a_list_is_called_what_people_call_it(lead: str, name: str) -> None:
    version = read(f"# Gids\n\n## Deel\n\n{lead}\n\n- Een eend.\n- Een gans.\n")
    (passage,) = version.passages
    assert name in list_hint(passage)
    assert name in passage_text(version, passage)
    assert name not in passage.text


def test_what_is_no_such_list_has_no_other_name() -> None:
    assert list_hint(TEXT) == ""
    plain = read("# Gids\n\n## Deel\n\nDit zijn de redenen. En daarom doen ze mee als: nou ja.\n")
    assert [list_hint(p) for p in plain.passages] == [""]


@given(st.text(), st.text())
def test_a_key_is_the_same_for_the_same_text_only(one: str, other: str) -> None:
    assert (vector_key(one) == vector_key(other)) == (one == other)


def test_a_key_is_short_and_made_of_any_text() -> None:
    for text in ("", "\ud800", "👩‍🎓", "a" * 100_000):
        assert len(vector_key(text)) == 32
