from __future__ import annotations

import pytest

from corpus.errors import BadInputError
from ingest.frontmatter_block import split_front_matter


def block(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "", "# Kop", "tekst"])


def test_all_keys_are_read() -> None:
    metadata, own_id, body = split_front_matter(
        block(
            "title: Een titel",
            "id: een-id",
            "kind: brochure",
            "audience: [bedrijf]",
            "publisher: Ons bureau",
            "url: https://voorbeeld.nl/a",
            "published: 2021-07",
            "valid_until: 2030-12-31",
        ),
        "a.md",
    )
    assert (metadata.title, own_id, metadata.kind) == ("Een titel", "een-id", "brochure")
    assert metadata.audiences == ("bedrijf",)
    assert metadata.published == "2021-07"
    assert body.startswith("# Kop")


def test_sources_become_the_ids_that_are_summarised() -> None:
    metadata, _, _ = split_front_matter(
        block(
            "sources:",
            "  - {title: Eerste bron, publisher: P, year: 2022, section: 1.1}",
            "  - {title: Tweede bron}",
            "  - {title: Eerste bron, section: 2}",
        )
        .replace("1.1", "'1.1'")
        .replace("section: 2}", "section: '2'}"),
        "a.md",
    )
    assert metadata.summary_of == ("eerste-bron", "tweede-bron")


def test_summary_of_goes_before_sources() -> None:
    text = block("sources:", "  - {title: Bron}", "summary_of: [andere-bron]")
    assert split_front_matter(text, "a.md")[0].summary_of == ("andere-bron",)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["titel: x"], "onbekende sleutel 'titel'"),
        (["title: [x"], "geen geldige YAML"),
        (["published: 2021-02-30"], "geen geldige YAML"),
        (["kind: folder"], "programmapagina"),
        (["audience: x", "audiences: y"], "niet beide"),
        (["sources: [zonder]"], "title"),
        (["title: x", "3: y"], "woord"),
    ],
)
def test_a_wrong_block_is_refused_in_one_line(lines: list[str], says: str) -> None:
    with pytest.raises(BadInputError) as refused:
        split_front_matter(block(*lines), "a.md")
    assert says in str(refused.value)
    assert "a.md" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_block_that_is_not_closed_is_refused() -> None:
    with pytest.raises(BadInputError, match="niet gesloten"):
        split_front_matter("---\ntitle: x\n\ntekst", "a.md")


@pytest.mark.parametrize("text", ["# Kop\n\ntekst", "---\n\nEen lijn boven de tekst.\n\n---\n"])
def test_text_without_a_block_stays_as_it_is(text: str) -> None:
    metadata, own_id, body = split_front_matter(text, "a.md")
    assert body == text
    assert metadata.title is own_id is None


def test_a_block_that_is_nested_without_end_is_not_read() -> None:
    with pytest.raises(BadInputError, match=r"te lang \(\d+ tekens\)"):
        split_front_matter(f"---\ntitle: {'[' * 50_000}\n---\nTekst\n", "a.md")
