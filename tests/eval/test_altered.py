from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.dutch import DutchAnalyser
from corpus.library import Library
from corpus.progress import no_progress
from corpus.types import Version
from eval.altered import (
    BareWords,
    RememberingEmbedder,
    WholeWords,
    publish_altered,
    without_headings,
    without_leads,
)
from tests.builders import SmallCorpus, make_version
from tests.fakes import HashEmbedder

PLAIN = make_version("werk", ["De praktijkbegeleider helpt:", "De fietsen zijn duur."])
LEAD, ITEM = PLAIN.passages
LISTED = replace(
    PLAIN,
    passages=(
        replace(LEAD, sentences=tuple(replace(s, kind="lead") for s in LEAD.sentences)),
        replace(
            ITEM,
            lead=LEAD.text,
            sentences=tuple(
                replace(s, kind="item", lead=(LEAD.start, LEAD.end)) for s in ITEM.sentences
            ),
        ),
    ),
)


@pytest.fixture
def embedder() -> RememberingEmbedder:
    return RememberingEmbedder(HashEmbedder())


def publish(
    folder: Path, version: Version, analyser: DutchAnalyser, embedder: RememberingEmbedder
) -> Iterator[Library]:
    library = publish_altered(folder, [version], analyser, embedder, no_progress)
    yield library
    library.registry.engine.dispose()


def test_words_are_not_split_but_hyphens_are(analyser: DutchAnalyser) -> None:
    whole = WholeWords()
    assert len(analyser.terms("praktijkbegeleider")) == 3
    assert whole.terms("praktijkbegeleider") == (analyser.stem("praktijkbegeleider"),)
    assert whole.terms("ad-opleiding") == analyser.terms("ad-opleiding")


def test_words_are_not_stemmed() -> None:
    assert BareWords().terms("fietsen") == ("fietsen",)


def test_text_is_kept_and_what_stood_around_it_is_gone() -> None:
    bare = without_leads(without_headings(LISTED))
    assert bare.text == LISTED.text
    assert [p.text for p in bare.passages] == [p.text for p in LISTED.passages]
    assert all(p.section == () and p.lead == "" for p in bare.passages)
    sentences = [s for p in bare.passages for s in p.sentences]
    assert [s.kind for s in sentences] == ["sentence", "item"]
    assert all(s.lead is None for s in sentences)


def test_an_altered_corpus_is_searched_by_the_production_index(
    tmp_path: Path, analyser: DutchAnalyser, embedder: RememberingEmbedder
) -> None:
    part = analyser.stem("praktijk")
    for found, chosen in (({LEAD.id}, analyser), (set(), WholeWords())):
        folder = tmp_path / type(chosen).__name__
        for library in publish(folder, PLAIN, chosen, embedder):
            assert library.open_edition().lexical.search({part: 1.0}, 5).keys() == found


def test_no_text_is_embedded_twice_nor_what_the_corpus_knows(
    small_corpus: SmallCorpus, tmp_path: Path, analyser: DutchAnalyser
) -> None:
    small_corpus.publish(LISTED)
    inside = HashEmbedder()
    embedder = RememberingEmbedder(inside)
    embedder.remember(small_corpus.registry, [LISTED])
    for _ in publish(tmp_path / "same", LISTED, analyser, embedder):
        assert inside.embedded == []
    for _ in publish(tmp_path / "bare", without_headings(LISTED), analyser, embedder):
        assert inside.embedded
    count = len(inside.embedded)
    for _ in publish(tmp_path / "again", without_headings(LISTED), analyser, embedder):
        assert len(inside.embedded) == count


def test_a_question_is_embedded_as_the_model_does(embedder: RememberingEmbedder) -> None:
    first = embedder.embed_queries(["een", "twee", "een"])
    assert (first == HashEmbedder().embed_queries(["een", "twee", "een"])).all()
    assert (embedder.embed_queries(["twee"])[0] == first[1]).all()
