from __future__ import annotations

import multiprocessing
from dataclasses import replace

import pytest

from corpus.dutch import DutchAnalyser
from corpus.errors import BadInputError, BusyError, NotReadyError
from corpus.progress import no_progress
from corpus.settings import Settings
from corpus.types import Embedder
from ingest.pipeline import Ingested, Pipeline
from ingest.source import Source
from tests.builders import SmallCorpus, make_source, open_corpus, read_here
from tests.corpus import worker

PLACE = make_source(
    "werkplek.md",
    "# Een goede werkplek\n\n"
    "## Begeleiding\n\nElke student heeft een mentor. De mentor krijgt tijd.\n\n"
    "## Taken\n\nDe taken passen bij de opleiding. Ze worden elk jaar zwaarder.\n",
)
COST = make_source(
    "kosten.md", "# Wat het kost\n\nHet bedrijf betaalt loon. De school betaalt de lessen.\n"
)
EMPTY = make_source("leeg.md", "")


def ingest(corpus: SmallCorpus, *sources: Source) -> list[Ingested]:
    return corpus.pipeline.ingest(sources, no_progress)


def results(ingested: list[Ingested]) -> dict[str, str]:
    return {one.name: one.result for one in ingested}


def edited(source: Source, old: str, new: str) -> Source:
    assert old.encode() in source.data
    return replace(source, data=source.data.replace(old.encode(), new.encode()))


def without_model(corpus: SmallCorpus) -> Pipeline:
    """A pipeline that must not need the model: opening it is an error."""

    def refuse() -> Embedder:
        raise NotReadyError("het model is geopend")

    settings = Settings(data_dir=corpus.data_dir)
    return Pipeline(corpus.registry, corpus.ledger, corpus.lock, refuse, settings, read_here)


def test_a_source_becomes_a_draft_that_can_be_published(small_corpus: SmallCorpus) -> None:
    found = ingest(small_corpus, PLACE, COST)
    assert results(found) == {"werkplek.md": "new", "kosten.md": "new"}
    assert small_corpus.registry.drafts() == {one.document_id: one.version_id for one in found}
    counts = small_corpus.registry.counts("passages", [one.version_id for one in found])
    assert [one.passages for one in found] == list(counts.values())
    assert all(counts.values())
    small_corpus.editions.publish("ik")
    assert small_corpus.members() == {one.document_id: one.version_id for one in found}


@pytest.mark.parametrize("published", [False, True])
def test_what_did_not_change_does_nothing(small_corpus: SmallCorpus, published: bool) -> None:
    ingest(small_corpus, PLACE, COST)
    if published:
        small_corpus.editions.publish("ik")
    before = (small_corpus.registry.drafts(), small_corpus.ledger.current())
    again = without_model(small_corpus).ingest([COST, PLACE], no_progress)
    assert results(again) == {"werkplek.md": "unchanged", "kosten.md": "unchanged"}
    assert (small_corpus.registry.drafts(), small_corpus.ledger.current()) == before
    assert small_corpus.editions.publish("ik").nothing is published


def test_a_change_is_a_new_version_and_only_that_is_embedded(small_corpus: SmallCorpus) -> None:
    (old,) = ingest(small_corpus, PLACE)
    small_corpus.editions.publish("ik")
    small_corpus.embedder.embedded.clear()
    (new,) = ingest(small_corpus, edited(PLACE, "elk jaar", "ieder jaar"))
    assert new.result == "new version"
    assert new.document_id == old.document_id
    assert new.version_id != old.version_id
    assert len(small_corpus.embedder.embedded) == 2  # one passage and one sentence
    assert all("ieder jaar" in text for text in small_corpus.embedder.embedded)
    assert small_corpus.members() == {old.document_id: old.version_id}
    small_corpus.editions.publish("ik")
    assert small_corpus.members() == {new.document_id: new.version_id}


def test_bytes_that_read_the_same_are_no_new_version(small_corpus: SmallCorpus) -> None:
    (old,) = ingest(small_corpus, PLACE)
    small_corpus.editions.publish("ik")
    other_bytes = replace(PLACE, data=PLACE.data + b"\n\n\n")
    (same,) = ingest(small_corpus, other_bytes)
    assert (same.result, same.version_id) == ("unchanged", old.version_id)
    assert small_corpus.registry.drafts() == {}
    (known,) = without_model(small_corpus).ingest([other_bytes], no_progress)
    assert known.result == "unchanged"


def test_a_withdrawn_document_comes_back_when_put_in_again(small_corpus: SmallCorpus) -> None:
    place, cost = ingest(small_corpus, PLACE, COST)
    small_corpus.editions.publish("ik")
    small_corpus.editions.withdraw([cost.document_id], "ik")
    assert small_corpus.editions.publish("ik").nothing
    (again,) = without_model(small_corpus).ingest([COST], no_progress)
    assert (again.result, again.version_id) == ("again", cost.version_id)
    small_corpus.editions.publish("ik")
    assert set(small_corpus.members()) == {place.document_id, cost.document_id}


def test_an_earlier_reading_can_be_put_back(small_corpus: SmallCorpus) -> None:
    (first,) = ingest(small_corpus, PLACE)
    small_corpus.editions.publish("ik")
    ingest(small_corpus, edited(PLACE, "elk jaar", "ieder jaar"))
    small_corpus.editions.publish("ik")
    (back,) = ingest(small_corpus, PLACE)
    assert back.result == "again"
    small_corpus.editions.publish("ik")
    assert small_corpus.members() == {first.document_id: first.version_id}


def test_the_published_reading_takes_a_draft_back(small_corpus: SmallCorpus) -> None:
    (first,) = ingest(small_corpus, PLACE)
    small_corpus.editions.publish("ik")
    ingest(small_corpus, edited(PLACE, "elk jaar", "ieder jaar"))
    ingest(small_corpus, PLACE)
    assert small_corpus.editions.publish("ik").nothing
    assert small_corpus.members() == {first.document_id: first.version_id}
    assert small_corpus.registry.drafts() == {}


@pytest.mark.parametrize("known", ["neither", "one", "both"])
def test_two_sources_with_one_id_are_refused_by_name(small_corpus: SmallCorpus, known: str) -> None:
    twin = replace(COST, name="tweede.md", data=COST.data + b"\nEn nog iets.\n")
    if known != "neither":
        ingest(small_corpus, COST)
    if known == "both":
        ingest(small_corpus, twin)
    before = small_corpus.registry.drafts()
    with pytest.raises(BadInputError) as caught:
        ingest(small_corpus, PLACE, COST, twin)
    assert "kosten.md" in str(caught.value)
    assert "tweede.md" in str(caught.value)
    assert small_corpus.registry.drafts() == before


def test_one_bad_file_stores_nothing(small_corpus: SmallCorpus) -> None:
    with pytest.raises(BadInputError, match=r"leeg\.md"):
        ingest(small_corpus, PLACE, EMPTY, COST)
    assert small_corpus.registry.drafts() == {}
    assert small_corpus.registry.latest_versions() == {}
    assert small_corpus.embedder.embedded == []


def test_without_a_model_nothing_is_stored(small_corpus: SmallCorpus) -> None:
    with pytest.raises(NotReadyError):
        without_model(small_corpus).ingest([PLACE], no_progress)
    assert small_corpus.registry.latest_versions() == {}


def test_another_process_that_writes_is_named(
    small_corpus: SmallCorpus, analyser: DutchAnalyser
) -> None:
    here, there = multiprocessing.Pipe()
    process = worker.start(worker.hold_lock, small_corpus.data_dir, there)
    assert here.poll(30)
    hasty = open_corpus(small_corpus.data_dir, analyser, lock_timeout_s=0.1)
    with pytest.raises(BusyError):
        ingest(hasty, PLACE)
    process.kill()
    process.join()
    assert hasty.registry.latest_versions() == {}
    assert results(ingest(hasty, PLACE)) == {"werkplek.md": "new"}


def test_nothing_in_is_nothing_out(small_corpus: SmallCorpus) -> None:
    assert without_model(small_corpus).ingest([], no_progress) == []
