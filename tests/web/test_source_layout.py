"""The canonical text as elements of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.settings import Settings
from corpus.types import Version
from ingest.reader import read_source
from ingest.source import PartialMetadata, Source
from web.source_layout import Block, lay_out, page_at, page_spans, within

TEXT = """# Een werkplek

Wie een werkplek biedt, regelt dit.

## 2. Begeleiding

Voor de begeleider is dit nodig:

- tijd, elke week;
- een training.

Doe daarna dit:

1. Maak een plan.
2. Bespreek het.

### Kosten

| Post | Bedrag |
|---|---|
| Laptop | 800 euro |
| Reis | 90 euro |

> Het werkte meteen.
"""


def read(text: str, name: str = "plek.md") -> Version:
    return read_source(Source(name, text.encode(), PartialMetadata()), Settings())


def shown(version: Version, block: Block) -> list[list[str]]:
    return [[version.text[line.start : line.end] for line in group] for group in block.groups]


def test_each_part_is_the_element_that_it_is() -> None:
    version = read(TEXT)
    blocks = lay_out(version)
    found = [(block.kind, block.level, shown(version, block)) for block in blocks]
    assert found[1:] == [
        ("paragraph", 0, [["Wie een werkplek biedt, regelt dit."]]),
        ("heading", 1, [["2. Begeleiding"]]),
        ("paragraph", 0, [["Voor de begeleider is dit nodig:"]]),
        ("list", 0, [["tijd, elke week;"], ["een training."]]),
        ("paragraph", 0, [["Doe daarna dit:"]]),
        ("list", 0, [["Maak een plan."], ["Bespreek het."]]),
        ("heading", 2, [["Kosten"]]),
        ("table", 0, [["Laptop: ", "800 euro (Bedrag)"], ["Reis: ", "90 euro (Bedrag)"]]),
        ("quote", 0, [["Het werkte meteen."]]),
    ]
    assert [block.marked for block in blocks if block.kind == "list"] == [False, True]
    assert [line.mark for line in blocks[6].groups[0]] == ["1."]


def test_a_caption_stands_above_its_table() -> None:
    version = read(
        "# Tabellen\n\nIets.\n\nTabel 1: Kosten\n\n| Post | Euro |\n|---|---|\n| A | 1 |\n"
    )
    table = next(block for block in lay_out(version) if block.kind == "table")
    assert table.caption is not None
    assert version.text[table.caption.start : table.caption.end] == "Tabel 1: Kosten"
    assert table.start == table.caption.start


def test_rows_without_a_label_take_the_whole_width() -> None:
    version = read("# T\n\nDit is de tabel:\n\n| a |\n|---|\n| een |\n| twee |\n")
    (table,) = [block for block in lay_out(version) if block.kind == "table"]
    assert all(len(group) == 1 for group in table.groups)


@given(
    st.lists(
        st.sampled_from(
            [
                "Een zin.",
                "- punt een\n- punt twee",
                "## Kop",
                "1. stap\n2. stap",
                "> citaat",
                "a: b",
            ]
        ),
        min_size=1,
        max_size=8,
    )
)
def test_no_letter_is_lost_or_told_twice(parts: list[str]) -> None:
    version = read("# Titel\n\nDit is een begin.\n\n" + "\n\n".join(parts) + "\n")
    letters = [
        version.text[at]
        for block in lay_out(version)
        for group in block.groups
        for line in group
        for at in range(line.begin, line.end)
    ]
    assert "".join("".join(letters).split()) == "".join(version.text.split())


def paged() -> Version:
    version = read(TEXT)
    at = version.text.index("Voor de begeleider")
    cut = version.text.index("een training")
    object.__setattr__(version, "page_starts", ((0, 1), (at, 2), (cut, 3)))
    return version


def test_a_page_shows_what_stands_on_it() -> None:
    version = paged()
    blocks = lay_out(version)
    assert page_at(0, version) == 1
    assert [block.page for block in blocks][:5] == [1, 1, 1, 2, 2]
    second = within(blocks, page_spans(version, 2))
    assert [shown(version, block) for block in second] == [
        [["Voor de begeleider is dit nodig:"]],
        [["tijd, elke week;"]],
    ]
    assert within(blocks, page_spans(version, 4)) == []


@pytest.mark.parametrize("pages", [(), ((0, 1),)])
def test_a_text_without_pages_has_none(pages: tuple[tuple[int, int], ...]) -> None:
    version = read(TEXT)
    object.__setattr__(version, "page_starts", pages)
    assert page_at(5, version) == (1 if pages else None)
