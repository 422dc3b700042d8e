"""Token vectors of passages are kept and found again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from corpus import token_vectors
from corpus.embedding import embed_versions
from corpus.embedding_text import passage_text
from corpus.progress import no_progress
from corpus.token_vectors import TokenVectors, open_token_vectors
from corpus.tokens import pack
from corpus.types import Version
from tests.builders import SmallCorpus, make_version
from tests.fakes import HashEmbedder, TokenHashEmbedder


def stored(corpus: SmallCorpus, embedder: TokenHashEmbedder, *versions: Version) -> TokenVectors:
    embed_versions(versions, corpus.registry, embedder, no_progress)
    for version in versions:
        corpus.registry.store_draft(version)
    store = open_token_vectors(corpus.registry.engine, embedder)
    assert store is not None
    return store


def test_tokens_come_back_by_passage(small_corpus: SmallCorpus) -> None:
    embedder = TokenHashEmbedder()
    version = make_version("a", ["Een zin over loon.", "Nog een zin. En nog een."])
    store = stored(small_corpus, embedder, version)
    ids = [passage.id for passage in version.passages]
    for _ in range(2):  # from SQL, then from memory
        found = store.read([*reversed(ids), "bestaat-niet"], embedder.dimension)
        assert list(found) == ids[::-1]
        for passage in version.passages:
            _, (tokens,) = embedder.embed_passage_tokens([passage_text(version, passage)])
            assert np.array_equal(found[passage.id], pack(tokens.vectors))


def test_every_model_and_space_has_its_own(small_corpus: SmallCorpus) -> None:
    version = make_version("a", ["Een zin over loon."])
    ids = [version.passages[0].id]
    stored(small_corpus, TokenHashEmbedder("m1"), version)
    for other in (TokenHashEmbedder("m2"), TokenHashEmbedder("m1", token_space="anders")):
        store = open_token_vectors(small_corpus.registry.engine, other)
        assert store is not None
        assert store.read(ids, other.dimension) == {}


def test_an_embedder_without_tokens_has_no_store(small_corpus: SmallCorpus) -> None:
    assert open_token_vectors(small_corpus.registry.engine, HashEmbedder()) is None


def test_memory_is_bounded(small_corpus: SmallCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = TokenHashEmbedder()
    version = make_version("a", [f"Zin nummer {n}." for n in range(10)])
    size = _largest(stored(small_corpus, embedder, version), version, embedder)
    monkeypatch.setattr(token_vectors, "_MOST", 4 * size)
    store = _opened(small_corpus, embedder)
    for passage in version.passages:
        assert list(store.read([passage.id], embedder.dimension)) == [passage.id]
        assert len(store._kept) + len(store._older) <= 4


def test_what_is_asked_for_again_stays_in_memory(
    small_corpus: SmallCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = TokenHashEmbedder()
    version = make_version("a", [f"Zin nummer {n}." for n in range(10)])
    size = _largest(stored(small_corpus, embedder, version), version, embedder)
    monkeypatch.setattr(token_vectors, "_MOST", 6 * size)
    store = _opened(small_corpus, embedder)
    usual, *others = [passage.id for passage in version.passages]
    for other in others:
        before = store.read([usual], embedder.dimension)[usual]
        store.read([other], embedder.dimension)
        assert store.read([usual], embedder.dimension)[usual] is before


def test_threads_may_read_at_once(small_corpus: SmallCorpus) -> None:
    embedder = TokenHashEmbedder()
    version = make_version("a", [f"Zin nummer {n}." for n in range(30)])
    store = stored(small_corpus, embedder, version)
    ids = [passage.id for passage in version.passages]
    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(lambda n: store.read(ids[n:], embedder.dimension), range(30)):
            assert len(found) > 0


def _largest(store: TokenVectors, version: Version, embedder: TokenHashEmbedder) -> int:
    """Bytes of the largest of a version's passages."""
    ids = [passage.id for passage in version.passages]
    return max(each.nbytes for each in store.read(ids, embedder.dimension).values())


def _opened(corpus: SmallCorpus, embedder: TokenHashEmbedder) -> TokenVectors:
    store = open_token_vectors(corpus.registry.engine, embedder)
    assert store is not None
    return store
