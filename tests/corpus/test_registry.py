"""Registry and rows: what goes into SQL comes out the same."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.database import open_database
from corpus.embedding_text import vector_key
from corpus.registry import Registry
from corpus.rows import metadata_from, metadata_row
from corpus.types import (
    Audience,
    Kind,
    Metadata,
    Passage,
    PassageKind,
    Sentence,
    SentenceKind,
    Version,
)
from tests.builders import SmallCorpus, make_version

HARD = "Een 🎓 met e\u0301e\u0301n accent, 𝔘nicode en \u200b niets. \ufdfa. Einde\u00a0hier."

# Lone surrogates are no text: no file that can be decoded holds them. NUL has a test of its own.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
NUMBERS = itertools.count()  # the database is shared, so ids must not come back
DATES = st.none() | st.dates(date(1900, 1, 1))
METADATA = st.builds(
    Metadata,
    title=TEXT,
    kind=st.sampled_from(get_args(Kind)),
    audiences=st.lists(st.sampled_from(get_args(Audience)), unique=True).map(tuple),
    publisher=TEXT,
    url=st.none() | TEXT,
    published=st.none() | TEXT,
    valid_from=DATES,
    valid_until=DATES,
    summary_of=st.lists(TEXT, max_size=3).map(tuple),
    replaced_by=st.none() | TEXT,
)
SPANS = st.tuples(st.integers(0, 10_000), st.integers(0, 10_000))
PAGES = st.none() | st.integers(1, 999)


@st.composite
def sentences(draw: st.DrawFn, sentence_id: str) -> Sentence:
    start, end = draw(SPANS)
    return Sentence(
        id=sentence_id,
        start=start,
        end=end,
        text=draw(TEXT),
        kind=draw(st.sampled_from(get_args(SentenceKind))),
        page=draw(PAGES),
        lead=draw(st.none() | SPANS),
    )


@st.composite
def passages(draw: st.DrawFn, version_id: str, ordinal: int) -> Passage:
    passage_id = f"{version_id}:{ordinal}"
    start, end = draw(SPANS)
    count = draw(st.integers(0, 3))
    return Passage(
        id=passage_id,
        version_id=version_id,
        ordinal=ordinal,
        start=start,
        end=end,
        text=draw(TEXT),
        kind=draw(st.sampled_from(get_args(PassageKind))),
        section=tuple(draw(st.lists(TEXT, max_size=3))),
        page=draw(PAGES),
        sentences=tuple(draw(sentences(f"{passage_id}:{n}")) for n in range(count)),
        lead=draw(TEXT),
    )


@st.composite
def versions(draw: st.DrawFn) -> Version:
    version_id = f"v{next(NUMBERS)}"
    count = draw(st.integers(0, 12))  # over nine, so that sorting by id would show
    return Version(
        id=version_id,
        document_id=draw(st.sampled_from(["a", "b"])),
        fingerprint=f"bron van {version_id}",
        metadata=draw(METADATA),
        source_name=draw(TEXT),
        text=draw(TEXT),
        page_starts=tuple(draw(st.lists(SPANS, max_size=3))),
        passages=tuple(draw(passages(version_id, n)) for n in range(count)),
        warnings=tuple(draw(st.lists(TEXT, max_size=2))),
    )


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """One database for many examples: no two versions have the same id."""
    engine = open_database(tmp_path_factory.mktemp("registry"))
    yield Registry(engine)
    engine.dispose()


@given(version=versions())
@settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
def test_a_version_comes_out_as_it_went_in(shared: Registry, version: Version) -> None:
    shared.store_draft(version)
    assert shared.version(version.id) == version
    assert shared.text(version.id) == version.text
    assert shared.metadata([version.id]) == {version.id: (version.document_id, version.metadata)}
    assert list(shared.passages_of([version.id])) == [list(version.passages)]
    by_id = {passage.id: passage for passage in version.passages}
    assert shared.passages(list(by_id)) == by_id
    assert shared.drafts()[version.document_id] == version.id
    found = shared.read_before([version.fingerprint])[version.fingerprint]
    assert found == (version.document_id, version.id)


def test_characters_of_every_plane_keep_their_place(small_corpus: SmallCorpus) -> None:
    version = make_version("hard", [HARD, "Gewoon. " + HARD])
    small_corpus.put(version)
    stored = small_corpus.registry.version(version.id)
    assert stored == version
    for passage in stored.passages:
        assert stored.text[passage.start : passage.end] == passage.text
        for sentence in passage.sentences:
            assert stored.text[sentence.start : sentence.end] == sentence.text


def test_storing_a_version_again_changes_nothing(small_corpus: SmallCorpus) -> None:
    registry = small_corpus.registry
    version = make_version("a", ["Eerste. Tweede."])
    registry.store_draft(version)
    registry.store_draft(version)
    assert registry.version(version.id) == version
    assert registry.drafts() == {"a": version.id}
    assert registry.latest_versions() == {"a": version.id}


def test_the_same_version_read_from_another_source_is_known_by_it(
    small_corpus: SmallCorpus,
) -> None:
    registry = small_corpus.registry
    version = make_version("a", ["Eerste."])
    registry.store_draft(version)
    registry.store_draft(replace(version, fingerprint="anders"))
    assert registry.read_before(["anders", "onbekend"]) == {"anders": ("a", version.id)}


def test_a_newer_version_takes_the_place_of_the_draft(small_corpus: SmallCorpus) -> None:
    registry = small_corpus.registry
    old, new = make_version("a", ["Oud."]), make_version("a", ["Nieuw."])
    registry.store_draft(old)
    registry.store_draft(new)
    assert registry.drafts() == {"a": new.id}
    assert registry.latest_versions() == {"a": new.id}
    registry.redraft(old.id)
    assert registry.drafts() == {"a": old.id}


def test_a_version_that_cannot_be_stored_whole_is_not_stored(small_corpus: SmallCorpus) -> None:
    version = make_version("a", ["Eerste.", "Tweede."])
    twice = replace(version, passages=(version.passages[0], version.passages[0]))
    with pytest.raises(Exception, match=r"(?i)unique"):
        small_corpus.registry.store_draft(twice)
    assert small_corpus.registry.drafts() == {}
    assert small_corpus.registry.latest_versions() == {}


def test_passages_for_reference_are_kept_but_not_searched(small_corpus: SmallCorpus) -> None:
    version = make_version("a", ["Tekst. Meer.", "Inhoud. Lijst."], kinds={1: "reference"})
    small_corpus.put(version)
    registry = small_corpus.registry
    assert registry.version(version.id).passages[1].kind == "reference"
    assert registry.counts("passages", [version.id]) == {version.id: 1}
    assert registry.counts("sentences", [version.id, "none"]) == {version.id: 2, "none": 0}
    assert registry.vectors.of_version("passages", "woorden-1", version.id)[0] == [
        version.passages[0].id
    ]
    assert not any("Inhoud" in text for text in small_corpus.embedder.embedded)


@given(st.text(), st.text())
def test_equal_text_has_an_equal_key_and_other_text_another(one: str, other: str) -> None:
    assert (vector_key(one) == vector_key(other)) == (one == other)


def test_metadata_of_an_earlier_release_has_no_successor() -> None:
    metadata = Metadata(title="Oud", kind="brochure", audiences=("bedrijf",))
    row = dict(metadata_row(metadata))
    del row["replaced_by"]
    assert metadata_from(row) == metadata


def test_only_documents_that_bear_on_others_are_read(small_corpus: SmallCorpus) -> None:
    plain = make_version("a", ["Een."])
    later = make_version("b", ["Twee."], valid_from=date(2030, 1, 1))
    replaced = make_version("c", ["Drie."], replaced_by="a")
    summary = make_version("d", ["Vier."], summary_of=("a", "b"))
    small_corpus.put(plain, later, replaced, summary)
    assert small_corpus.registry.bearing_metadata() == {
        v.id: (v.document_id, v.metadata) for v in (later, replaced, summary)
    }
