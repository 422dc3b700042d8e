"""Other metadata for a text that stays, and drafts that are thrown away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from corpus.errors import BadInputError
from corpus.originals import Originals
from corpus.origins import Origin, Origins
from corpus.progress import no_progress
from corpus.settings import Settings
from ingest.reader import read_source
from ingest.revise import Revisions, given_fields, with_metadata
from tests.builders import SmallCorpus, make_source

BIKE = "# Fietsen\n\n## Prijs\n\nEen fiets kost 450 euro. Een slot kost 20 euro.\n"
SOUP = "# Soep\n\n## Wanneer\n\nAnna kookt elke dag soep.\n"


@pytest.fixture
def corpus(small_corpus: SmallCorpus) -> SmallCorpus:
    """Two documents, published."""
    sources = [make_source("fiets.md", BIKE), make_source("soep.md", SOUP)]
    small_corpus.pipeline.ingest(sources, no_progress)
    small_corpus.editions.publish("test")
    return small_corpus


def revisions(corpus: SmallCorpus) -> Revisions:
    engine = corpus.registry.engine
    return Revisions(
        corpus.registry,
        corpus.ledger,
        lambda: corpus.editions,
        corpus.lock,
        Originals(engine, corpus.data_dir),
        Origins(engine),
        lambda: corpus.embedder,
        lambda _hashes: None,
    )


def revise(corpus: SmallCorpus, document_id: str = "fietsen", **values: object) -> bool:
    version_id = corpus.registry.drafts().get(document_id) or corpus.members()[document_id]
    metadata = corpus.registry.metadata([version_id])[version_id][1]
    changed = replace(metadata, **values)  # type: ignore[arg-type]
    return revisions(corpus).revise(version_id, changed, "anna", no_progress)


def test_it_is_what_reading_it_with_that_metadata_gives() -> None:
    read = read_source(make_source("fiets.md", BIKE), Settings())
    given = make_source("fiets.md", BIKE, kind="brochure", valid_until=date(2030, 1, 1))
    again = read_source(given, Settings())
    made = with_metadata(read, again.metadata)
    assert replace(made, fingerprint="") == replace(again, fingerprint="")
    assert made.id != read.id


def test_a_change_waits_as_a_draft_with_the_same_text(corpus: SmallCorpus) -> None:
    before = corpus.members()
    assert revise(corpus, kind="brochure", audiences=("bedrijf",))
    assert corpus.members() == before  # readers see nothing of it yet
    draft = corpus.registry.version(corpus.registry.drafts()["fietsen"])
    published = corpus.registry.version(before["fietsen"])
    assert draft.metadata == replace(published.metadata, kind="brochure", audiences=("bedrijf",))
    assert draft.text == published.text
    assert [p.text for p in draft.passages] == [p.text for p in published.passages]
    corpus.editions.publish("test")
    assert corpus.members()["fietsen"] == draft.id
    log = corpus.ledger.history()
    assert ("anna", "metadata") in [(act.who, act.action) for act in log]


def test_changing_it_back_leaves_nothing_waiting(corpus: SmallCorpus) -> None:
    assert revise(corpus, kind="brochure")
    assert not revise(corpus, kind="programmapagina")
    assert corpus.registry.drafts() == {}


def test_the_file_stays_the_original_of_both(corpus: SmallCorpus) -> None:
    revise(corpus, kind="brochure")
    originals = Originals(corpus.registry.engine, corpus.data_dir)
    kept = [originals.get(v) for v in (corpus.members(), corpus.registry.drafts())[0].values()]
    draft = originals.get(corpus.registry.drafts()["fietsen"])
    assert draft is not None
    assert draft.sha256 in {one.sha256 for one in kept if one is not None}
    assert originals.read(draft) == BIKE.encode()


def test_the_same_file_once_more_does_not_undo_it(corpus: SmallCorpus) -> None:
    revise(corpus, kind="brochure")
    draft = corpus.registry.drafts()["fietsen"]
    (item,) = corpus.pipeline.ingest([make_source("fiets.md", BIKE)], no_progress)
    assert (item.result, item.version_id) == ("unchanged", draft)


def test_what_is_read_from_the_web_again_is_given_the_change(corpus: SmallCorpus) -> None:
    origins = Origins(corpus.registry.engine)
    moment = datetime.now(UTC)
    origins.put(Origin("fietsen", "https://voorbeeld.nl/", '"1"', None, {"id": "x"}, moment))
    revise(corpus, kind="brochure", publisher="School")
    found = origins.all()["fietsen"]
    assert (found.given["kind"], found.given["publisher"]) == ("brochure", "School")
    assert (found.given["id"], found.etag) == ("fietsen", '"1"')


def test_documents_do_not_replace_each_other(corpus: SmallCorpus) -> None:
    assert revise(corpus, replaced_by="soep")
    with pytest.raises(BadInputError, match="'soep' is vervangen door 'fietsen'"):
        revise(corpus, "soep", replaced_by="fietsen")
    assert corpus.registry.drafts().keys() == {"fietsen"}


def test_all_metadata_can_be_given_again(corpus: SmallCorpus) -> None:
    revise(corpus, publisher="School", published="2022-07", downloadable=True, url="https://a.nl/")
    metadata = corpus.registry.version(corpus.registry.drafts()["fietsen"]).metadata
    source = make_source("fiets.md", BIKE)
    fields = given_fields(metadata, "fietsen")
    given = replace(source, metadata=fields.metadata(), document_id=fields.id)
    assert read_source(given, Settings()).metadata == metadata


def test_a_draft_is_thrown_away_with_its_file(corpus: SmallCorpus) -> None:
    files = {p for p in (corpus.data_dir / "originals").rglob("*") if p.is_file()}
    corpus.pipeline.ingest([make_source("brommer.md", BIKE.replace("iets", "rommer"))], no_progress)
    document_id = next(iter(corpus.registry.drafts()))
    revisions(corpus).discard(document_id, "anna")
    assert document_id not in corpus.registry.latest_versions()
    assert {p for p in (corpus.data_dir / "originals").rglob("*") if p.is_file()} == files
    act = corpus.ledger.history()[0]
    assert (act.who, act.action, act.detail) == ("anna", "drop draft", {"discarded": [document_id]})


def test_a_staged_edition_that_holds_the_draft_goes_too(corpus: SmallCorpus) -> None:
    revise(corpus, kind="brochure")
    corpus.editions.stage("test")
    revisions(corpus).discard("fietsen", "anna")
    assert corpus.editions.staged() is None
    assert corpus.registry.drafts() == {}


def test_a_staged_edition_without_the_draft_stays(corpus: SmallCorpus) -> None:
    revise(corpus, kind="brochure")
    staged = corpus.editions.stage("test").edition
    revise(corpus, "soep", kind="brochure")
    revisions(corpus).discard("soep", "anna")
    assert corpus.editions.staged() == staged


def test_without_a_draft_there_is_nothing_to_throw_away(corpus: SmallCorpus) -> None:
    with pytest.raises(BadInputError, match="Van 'fietsen' is er geen concept"):
        revisions(corpus).discard("fietsen", "anna")
