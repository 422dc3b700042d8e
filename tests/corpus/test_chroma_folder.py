"""A data folder of an earlier release still answers, and the next publication renews it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from corpus.types import UNITS
from tests.builders import SmallCorpus, make_version

A1 = make_version("a", ["De student leert. Het bedrijf betaalt.", "Wie helpt?"])
B1 = make_version("b", ["Een begeleider helpt."])


def as_it_was(corpus: SmallCorpus) -> Path:
    """Put the vectors of the published edition in Chroma, as the first release did."""
    import chromadb  # here, as it takes seconds: one worker of the tests needs it

    folder = corpus.editions.index_folder(corpus.ledger.current() or 0)
    client: Any = chromadb.PersistentClient(path=str(folder / "chroma"))
    for unit in UNITS:
        found = corpus.registry.vectors.of_version(unit, corpus.embedder.model_id, A1.id)
        collection = client.create_collection(
            unit, configuration={"hnsw": {"space": "ip"}}, embedding_function=None
        )
        collection.add(ids=found[0], embeddings=found[1])
    client.close()
    shutil.rmtree(folder / "vectors")
    (folder / "sums.json").unlink()
    corpus.library._opened = None
    return folder


def test_it_is_searched_as_it_is(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1)
    query = small_corpus.embedder.embed_queries(["wie betaalt de student"])[0]
    before = {u: small_corpus.library.open_edition().vectors.search(u, query, 9) for u in UNITS}
    as_it_was(small_corpus)
    index = small_corpus.library.open_edition()
    for unit in UNITS:
        assert index.vectors.search(unit, query, 9) == pytest.approx(before[unit], abs=1e-6)
        assert index.vectors.ids(unit) == small_corpus.expected_ids(unit, index.number)


def test_the_next_publication_renews_it(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1)
    as_it_was(small_corpus)
    number = small_corpus.publish(B1)
    index = small_corpus.library.open_edition()
    assert (small_corpus.editions.index_folder(number) / "vectors").is_dir()
    for unit in UNITS:
        assert index.vectors.ids(unit) == small_corpus.expected_ids(unit, number)
