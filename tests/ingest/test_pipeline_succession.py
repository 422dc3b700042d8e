"""Documents that name their successor, as they come in."""

from __future__ import annotations

import pytest

from corpus.errors import BadInputError
from corpus.progress import no_progress
from ingest.pipeline import Ingested
from ingest.source import Source
from tests.builders import SmallCorpus, make_source

TEXT = "# {0}\n\nDe student leert in het bedrijf {0}. Dat duurt twee jaar.\n"


def source(name: str, replaced_by: str | None = None) -> Source:
    return make_source(f"{name}.md", TEXT.format(name), replaced_by=replaced_by)


def ingest(corpus: SmallCorpus, *sources: Source) -> list[Ingested]:
    return corpus.pipeline.ingest(list(sources), no_progress)


def stored(corpus: SmallCorpus) -> set[str]:
    return set(corpus.registry.latest_versions())


def test_front_matter_names_the_successor(small_corpus: SmallCorpus) -> None:
    text = "---\nreplaced_by: nieuw\n---\n" + TEXT.format("oud")
    found = ingest(small_corpus, make_source("oud.md", text))[0]
    version = small_corpus.registry.version(found.version_id)
    assert version.metadata.replaced_by == "nieuw"


@pytest.mark.parametrize("given", ["Geen Id", "", 3])
def test_a_successor_is_an_id(small_corpus: SmallCorpus, given: object) -> None:
    text = f"---\nreplaced_by: {given!r}\n---\n" + TEXT.format("oud")
    with pytest.raises(BadInputError, match="'replaced_by' is ongeldig"):
        ingest(small_corpus, make_source("oud.md", text))


def test_a_document_that_replaces_itself_is_refused(small_corpus: SmallCorpus) -> None:
    with pytest.raises(BadInputError, match="'oud' noemt zichzelf als opvolger"):
        ingest(small_corpus, source("oud", "oud"), source("ander"))
    assert stored(small_corpus) == set()
    assert small_corpus.embedder.embedded == []


def test_documents_that_replace_each_other_are_refused_together(small_corpus: SmallCorpus) -> None:
    with pytest.raises(BadInputError, match="'oud' is vervangen door 'nieuw', en dat weer"):
        ingest(small_corpus, source("oud", "nieuw"), source("nieuw", "oud"))
    assert stored(small_corpus) == set()


def test_a_circle_is_refused_when_it_closes(small_corpus: SmallCorpus) -> None:
    ingest(small_corpus, source("een", "twee"))
    small_corpus.editions.publish("ik")
    ingest(small_corpus, source("twee", "drie"))  # a draft counts, too
    with pytest.raises(BadInputError, match="'drie' is vervangen door 'een', 'twee', en dat weer"):
        ingest(small_corpus, source("drie", "een"))
    assert stored(small_corpus) == {"een", "twee"}


def test_a_new_version_may_break_the_circle(small_corpus: SmallCorpus) -> None:
    ingest(small_corpus, source("oud", "nieuw"))
    ingest(small_corpus, source("oud"), source("nieuw", "oud"))
    assert stored(small_corpus) == {"oud", "nieuw"}


def test_a_version_of_before_that_closes_a_circle_is_refused(small_corpus: SmallCorpus) -> None:
    ingest(small_corpus, source("oud", "nieuw"))
    ingest(small_corpus, source("oud"))
    ingest(small_corpus, source("nieuw", "oud"))
    with pytest.raises(BadInputError, match="vervangen door"):
        ingest(small_corpus, source("oud", "nieuw"))


def test_an_unknown_successor_is_allowed_and_said(small_corpus: SmallCorpus) -> None:
    warnings = ingest(small_corpus, source("oud", "nieuw"))[0].warnings
    assert [w for w in warnings if "'nieuw' is er niet" in w]
    small_corpus.editions.publish("ik")
    assert set(small_corpus.members()) == {"oud"}
    ingest(small_corpus, source("nieuw"))
    small_corpus.editions.publish("ik")
    assert set(small_corpus.members()) == {"nieuw"}


def test_a_successor_that_comes_along_needs_no_warning(small_corpus: SmallCorpus) -> None:
    found = ingest(small_corpus, source("oud", "nieuw"), source("nieuw"))
    assert not [w for item in found for w in item.warnings if "opvolger" in w]


def test_what_has_made_way_is_not_put_in_again_and_again(small_corpus: SmallCorpus) -> None:
    both = source("oud", "nieuw"), source("nieuw")
    ingest(small_corpus, *both)
    small_corpus.editions.publish("ik")
    again = ingest(small_corpus, *both)
    assert [item.result for item in again] == ["unchanged", "unchanged"]
    assert small_corpus.registry.drafts() == {}


def test_what_made_way_for_something_withdrawn_can_be_put_in_again(
    small_corpus: SmallCorpus,
) -> None:
    ingest(small_corpus, source("oud", "nieuw"), source("nieuw"), source("ander"))
    small_corpus.editions.publish("ik")
    small_corpus.editions.withdraw(["nieuw"], "ik")
    assert ingest(small_corpus, source("oud", "nieuw"))[0].result == "again"
    small_corpus.editions.publish("ik")
    assert set(small_corpus.members()) == {"oud", "ander"}
