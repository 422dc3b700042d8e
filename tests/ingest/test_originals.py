"""What comes in is kept as it came."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete

from corpus import schema
from corpus.errors import BadInputError
from corpus.originals import Originals
from corpus.progress import no_progress
from corpus.rows import metadata_from, metadata_row
from corpus.settings import Settings
from corpus.types import Metadata
from ingest.arrive.formats import SUFFIXES
from ingest.fields import Fields, read_fields
from ingest.fingerprint import fingerprint
from ingest.originals import MEDIA_TYPES
from ingest.pipeline import Ingested
from ingest.reader import read_source
from ingest.source import PartialMetadata, Source
from tests import pdfs
from tests.builders import SmallCorpus, make_source

PLAN = make_source("plan.md", "# Plan\n\nWe beginnen op tijd. Daarna eten we soep.\n")
PAPER = Source("plan.txt", pdfs.pdf(pdfs.lines(*pdfs.prose(5))), PartialMetadata(title="Papier"))
PAGE = Source(
    "pagina.html",
    b"<!doctype html><title>Web</title><h1>Web</h1><p>Dit is een pagina van het web.</p>",
    PartialMetadata(url="https://voorbeeld.nl/web"),
)


def ingest(corpus: SmallCorpus, *sources: Source) -> list[Ingested]:
    return corpus.pipeline.ingest(sources, no_progress)


def originals(corpus: SmallCorpus) -> Originals:
    return Originals(corpus.registry.engine, corpus.data_dir)


def test_the_bytes_that_were_read_are_kept_with_what_they_are(small_corpus: SmallCorpus) -> None:
    found = ingest(small_corpus, PLAN, PAPER, PAGE)
    kept = {}
    for one, source in zip(found, (PLAN, PAPER, PAGE), strict=True):
        original = originals(small_corpus).get(one.version_id)
        assert original is not None
        assert originals(small_corpus).read(original) == source.data
        kept[original.name] = original.media_type
    assert kept == {
        "plan.md": "text/markdown",
        "plan.txt": "application/pdf",
        "pagina.html": "text/html",
    }


def test_an_older_data_folder_gets_its_originals_when_it_reads_the_same_again(
    small_corpus: SmallCorpus,
) -> None:
    (one,) = ingest(small_corpus, PLAN)
    small_corpus.editions.publish("ik")
    with small_corpus.registry.engine.begin() as connection:
        connection.execute(delete(schema.original))
    (again,) = ingest(small_corpus, PLAN)
    assert (again.result, again.version_id) == ("unchanged", one.version_id)
    assert originals(small_corpus).get(one.version_id) is not None


def test_a_new_version_has_an_original_of_its_own(small_corpus: SmallCorpus) -> None:
    (old,) = ingest(small_corpus, PLAN)
    (new,) = ingest(small_corpus, replace(PLAN, data=PLAN.data + b"\nEn dan gaan we weg.\n"))
    kept = [originals(small_corpus).get(one.version_id) for one in (old, new)]
    assert [original.size for original in kept if original] == [
        len(PLAN.data),
        len(PLAN.data) + 21,
    ]


def test_every_form_has_a_media_type() -> None:
    assert set(MEDIA_TYPES) == set(SUFFIXES.values())


# --- whether it may be downloaded ----------------------------------------------------------------


def version_id(source: Source) -> str:
    return read_source(source, Settings()).id


def test_what_was_read_before_keeps_its_ids() -> None:
    """Fingerprints and ids are made of the repr, in which the field is not."""
    assert "downloadable" not in repr(Metadata("T", "magazine", (), downloadable=True))
    assert "downloadable" not in repr(PartialMetadata(downloadable=True))
    assert "downloadable" not in metadata_row(Metadata("T", "magazine", ()))


def test_the_permission_makes_another_version_and_is_kept() -> None:
    free = replace(PLAN, metadata=replace(PLAN.metadata, downloadable=True))
    closed = replace(PLAN, metadata=replace(PLAN.metadata, downloadable=False))
    assert len({fingerprint(source) for source in (PLAN, free, closed)}) == 3
    assert version_id(free) != version_id(PLAN)
    assert version_id(closed) == version_id(PLAN)
    metadata = read_source(free, Settings()).metadata
    assert metadata.downloadable
    assert metadata_from(metadata_row(metadata)) == metadata
    assert not metadata_from(metadata_row(replace(metadata, downloadable=False))).downloadable


def test_the_permission_is_said_in_front_matter_or_manifest() -> None:
    written = make_source("a.md", "---\ntitle: A\ndownloadable: true\n---\n\nEen zin staat hier.\n")
    assert read_source(written, Settings()).metadata.downloadable
    assert read_fields(Fields, {"downloadable": False}, "m").metadata().downloadable is False
    with pytest.raises(BadInputError, match=r"'downloadable' is ongeldig .*schrijf true of false"):
        read_fields(Fields, {"downloadable": "ja"}, "m")
