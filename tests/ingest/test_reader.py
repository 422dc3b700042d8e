"""Whatever comes in, either a sound version comes out or one plain line says why not."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import BadInputError
from corpus.settings import Settings
from corpus.types import Passage, Version
from ingest.reader import read_source
from ingest.source import PartialMetadata, Source

SMALL = Settings(max_file_mb=1, max_text_mb=1)
PIECES = (
    "# |## |- |1. |  - |\n|\n\n|**|*|> |Tabel 1: x\n\n|Tip 1: |Tip 2: |zo:|Een zin. |mkb- |“|”|"
    "woord |<b>|</b>|<sup>1</sup>|a\tb\n|7|...... 4\n|---|`|<ul><li>|</li></ul>|<p>|</p>|<table>"
    "<tr><td>|</td></tr></table>|<h2>|</h2>|\f|[x](http://y.nl)|(...)|?|Colofon\n\n|<blockquote>|"
    "<br>|oplei-\nding|n\t\tx\n|[^1]|[^1]: |\u00ad|---\ntitle: T\n---\n"
)
MARKUP = st.sampled_from(PIECES.split("|"))
TEXT = st.one_of(
    st.text(max_size=200),
    st.lists(MARKUP | st.text(max_size=6), max_size=50).map("".join),
)


def check_sentences(version: Version, passage: Passage) -> None:
    end = passage.start
    for sentence in passage.sentences:
        assert end <= sentence.start < sentence.end <= passage.end
        assert version.text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip()
        assert "\n" not in sentence.text
        if sentence.lead:
            assert sentence.lead[0] < sentence.lead[1] <= sentence.start
        end = sentence.end


def check(version: Version) -> None:
    assert version.passages
    for before, after in pairwise(version.passages):
        assert before.end <= after.start
    for ordinal, passage in enumerate(version.passages):
        assert passage.ordinal == ordinal
        assert version.text[passage.start : passage.end] == passage.text != ""
        assert passage.text == passage.text.strip()
        assert not passage.lead or passage.lead in version.text[: passage.start]
        check_sentences(version, passage)


def check_outcome(data: bytes, name: str, title: str | None = "Titel") -> None:
    try:
        version = read_source(Source(name, data, PartialMetadata(title=title)), SMALL)
    except BadInputError as problem:
        refusal = str(problem)
    else:
        check(version)
        refusal = ""
    assert "\n" not in refusal


@settings(deadline=None, max_examples=300)
@given(TEXT, st.sampled_from(["a.md", "a.txt", "a.html"]), st.sampled_from([None, "Titel"]))
def test_any_text_gives_a_sound_version_or_one_plain_line(
    text: str, name: str, title: str | None
) -> None:
    check_outcome(text.encode("utf-8", errors="surrogatepass"), name, title)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200), st.sampled_from(["a.md", "a.txt", "a.html"]))
def test_any_bytes_give_a_sound_version_or_one_plain_line(data: bytes, name: str) -> None:
    check_outcome(data, name)


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html"])
@pytest.mark.parametrize(
    "piece",
    ["a", ".", "a. ", "J. ", "(...) ", "[", "<", "<b>", "aa-\n", "- a\n", "a .... 4\n", "“"],
)
def test_long_runs_of_one_piece_are_read(name: str, piece: str) -> None:
    check_outcome((piece * (20_000 // len(piece))).encode(), name)


def test_a_page_is_read_as_a_reader_would(read: Callable[..., Version]) -> None:
    version = read(
        "# Leren bij een bedrijf\n\n## Wat krijgt u?\n\nU krijgt hulp. Dit hoort erbij:\n\n"
        "- een begeleider;\n- een plan. Dat maakt u samen.\n\n## Colofon\n\nTekst: Jan\n"
    )
    help_, colophon = version.passages
    assert help_.section == ("Wat krijgt u?",)
    assert help_.kind == "list"
    assert [(s.kind, s.text) for s in help_.sentences] == [
        ("lead", "U krijgt hulp. Dit hoort erbij:"),
        ("item", "een begeleider;"),
        ("item", "een plan."),
        ("item", "Dat maakt u samen."),
    ]
    assert colophon.kind == "reference"
    assert version.page_starts == ()
    assert all(s.page is None for p in version.passages for s in p.sentences)


def test_a_text_file_with_markdown_in_it_is_read_as_markdown(read: Callable[..., Version]) -> None:
    version = read("# Titel\n\n## Kop\n\nEen **vet** woord.\n", name="rapport.txt")
    assert version.passages[0].sentences[0].text == "Een vet woord."
