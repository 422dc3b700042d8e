from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.gold import Span
from eval.retrieval import measure
from eval.tutorial import BM25, BOTH, DENSE, TutorialSearch
from tests.builders import make_version
from tests.fakes import HashEmbedder

FILLER = "Over de bel van de fiets valt veel te zeggen en dat doen we hier. " * 12
TEXT = [f"{FILLER}{n}" for n in range(4)] + ["Het bedrijf betaalt 450 euro per fiets."]
VERSIONS = {v.document_id: v for v in (make_version("fietsen", TEXT), make_version("soep", TEXT))}


@pytest.fixture
def tutorial(tmp_path: Path) -> Iterator[TutorialSearch]:
    search = TutorialSearch(tmp_path / "tutorial", VERSIONS, HashEmbedder(dimension=256))
    yield search
    search.close()


def gold(quote: str) -> list[Span]:
    at = VERSIONS["fietsen"].text.index(quote)
    return [Span("fietsen", at, at + len(quote))]


def test_the_chunks_that_hold_the_gold_words_are_relevant(tutorial: TutorialSearch) -> None:
    found = tutorial.ranked("450 euro per fiets?", gold("450 euro"))
    assert found.keys() == {DENSE, BM25, BOTH}
    # The same words in another document are no gold; chunks overlap, so two may hold a quote.
    relevant = found[BM25].relevant
    assert 1 <= len(relevant) <= 2
    assert all(r.relevant == relevant for r in found.values())
    assert measure(found)[BM25]["hit_3"] == 1.0


def test_each_chunk_is_found_by_each_way_once(tutorial: TutorialSearch) -> None:
    found = tutorial.ranked("bel", gold("bel"))
    for ranked in found.values():
        assert len(set(ranked.ids)) == len(ranked.ids)
    assert set(found[DENSE].ids) == set(found[BOTH].ids)


def test_gold_that_is_not_there_is_never_found(tutorial: TutorialSearch) -> None:
    assert measure(tutorial.ranked("bel", []))[DENSE]["hit_10"] == 0.0
