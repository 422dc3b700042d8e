"""What changed is embedded again, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.embedding import embed_versions
from corpus.progress import no_progress
from ingest.source import Source
from tests.builders import SmallCorpus, make_source

SECTIONS = [
    f"## Deel {n}\n\nIn deel {n} leert de student les {n}. Daarna volgt toets {n}. De docent "
    f"van deel {n} kijkt hem na.\n\n- Neem boek {n} mee.\n- Neem pen {n} mee.\n"
    for n in range(30)
]


def document(sections: list[str], **metadata: object) -> Source:
    return make_source("leren.md", "\n".join(["# Leren\n", *sections]), **metadata)


def embedded(corpus: SmallCorpus, *sources: Source) -> list[str]:
    """What this run embeds; it is published, too."""
    before = len(corpus.embedder.embedded)
    corpus.pipeline.ingest(list(sources), no_progress)
    corpus.editions.publish("ik")
    return corpus.embedder.embedded[before:]


@pytest.fixture
def read(small_corpus: SmallCorpus) -> Callable[..., list[str]]:
    """Embeds what a changed document needs after the first one."""
    first = embedded(small_corpus, document(SECTIONS))
    assert len(first) > 150
    return lambda *sources: embedded(small_corpus, *sources)


def test_a_changed_sentence_costs_itself_and_its_passage(read: Callable[..., list[str]]) -> None:
    changed = [s.replace("Daarna volgt toets 7.", "Toets 7 vervalt.") for s in SECTIONS]
    found = read(document(changed))
    assert len(found) == 2
    assert all("Toets 7 vervalt." in text for text in found)
    assert read(document(SECTIONS)) == []  # back to what it was


def test_a_changed_item_costs_no_other_item(read: Callable[..., list[str]]) -> None:
    changed = [s.replace("Neem pen 7 mee.", "Neem potlood 7 mee.") for s in SECTIONS]
    found = read(document(changed))
    assert len(found) <= 3  # the item, and the passages that it is read in
    assert all("potlood 7" in text for text in found)


def test_a_section_that_moves_costs_nothing(read: Callable[..., list[str]]) -> None:
    assert read(document([*SECTIONS[:4], *SECTIONS[5:], SECTIONS[4]])) == []


def test_a_section_that_goes_costs_nothing(read: Callable[..., list[str]]) -> None:
    assert read(document(SECTIONS[:10] + SECTIONS[11:])) == []


def test_a_section_that_comes_costs_itself(read: Callable[..., list[str]]) -> None:
    new = "## Nieuw\n\nDit deel is nieuw. Het gaat over fietsen.\n"
    found = read(document([*SECTIONS[:10], new, *SECTIONS[10:]]))
    assert len(found) == 3
    assert all("Nieuw" in text for text in found)


def test_other_metadata_costs_nothing(
    small_corpus: SmallCorpus, read: Callable[..., list[str]]
) -> None:
    before = small_corpus.members()
    changed = document(SECTIONS, audiences=("hogeschool",), published="2024", replaced_by="later")
    assert read(changed) == []
    assert small_corpus.members() != before


def test_another_title_costs_the_passages_and_not_the_sentences(
    small_corpus: SmallCorpus, read: Callable[..., list[str]]
) -> None:
    found = read(document(SECTIONS, title="Anders leren"))
    version_id = small_corpus.members()["anders-leren"]
    assert len(found) == small_corpus.registry.counts("passages", [version_id])[version_id]
    assert all("Anders leren" in text for text in found)


def test_a_copied_section_costs_its_passages_and_not_its_sentences(
    read: Callable[..., list[str]],
) -> None:
    copy = make_source("kopie.md", f"# Kopie\n\nDit is een kopie.\n\n{SECTIONS[3]}")
    found = [text for text in read(copy) if "Deel 3" in text]
    assert found
    assert all(text.startswith("Kopie") for text in found)


def test_the_same_document_under_another_id_costs_nothing(
    small_corpus: SmallCorpus, read: Callable[..., list[str]]
) -> None:
    assert read(replace(document(SECTIONS), document_id="tweede")) == []
    assert set(small_corpus.members()) == {"leren", "tweede"}


def test_other_page_numbers_cost_nothing(small_corpus: SmallCorpus) -> None:
    embedded(small_corpus, document(SECTIONS))
    version = small_corpus.registry.version(small_corpus.members()["leren"])
    paged = replace(
        version,
        id="0123456789abcdef",
        page_starts=((0, 1), (500, 2)),
        passages=tuple(
            replace(p, page=2, sentences=tuple(replace(s, page=2) for s in p.sentences))
            for p in version.passages
        ),
    )
    registry, embedder = small_corpus.registry, small_corpus.embedder
    assert embed_versions([paged], registry, embedder, no_progress) == 0
