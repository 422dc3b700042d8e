"""Vectors in SQL: per model and text, bit for bit, never overwritten."""

from __future__ import annotations

import numpy as np

from corpus.embedding_text import passage_text, sentence_text
from tests.builders import SmallCorpus, make_version
from tests.fakes import HashEmbedder


def test_vectors_come_out_bit_for_bit(small_corpus: SmallCorpus) -> None:
    stored = small_corpus.registry.vectors
    version = make_version("a", [f"Zin {n} van het bedrijf. Nog een {n}." for n in range(12)])
    small_corpus.put(version)
    embed = HashEmbedder().embed_queries
    ids, vectors = stored.of_version("passages", "woorden-1", version.id)
    wanted = {p.id: embed([passage_text(version, p)])[0] for p in version.passages}
    assert set(ids) == set(wanted)
    for key, vector in zip(ids, vectors, strict=True):
        assert vector.tobytes() == wanted[key].tobytes()
    said = {s.id: sentence_text(version, p, s) for p in version.passages for s in p.sentences}
    found = stored.of_sentences("woorden-1", list(said))
    assert {key: vector.tobytes() for key, vector in found.items()} == {
        key: embed([text])[0].tobytes() for key, text in said.items()
    }


def test_a_vector_is_kept_per_model_and_never_overwritten(small_corpus: SmallCorpus) -> None:
    stored = small_corpus.registry.vectors
    ones, twos = np.ones((1, 3), np.float32), np.full((1, 3), 2, np.float32)
    stored.put("m1", ["k"], ones)
    stored.put("m1", ["k"], twos)
    assert stored.missing("m1", ["k", "l"]) == {"l"}
    assert stored.missing("m2", ["k", "l"]) == {"k", "l"}
    assert stored.missing("m1", []) == set()
    with small_corpus.registry.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT data FROM vector").scalar_one()
    assert kept == ones.tobytes()


def test_more_keys_than_one_question_can_hold(small_corpus: SmallCorpus) -> None:
    keys = [f"k{n}" for n in range(1300)]
    small_corpus.registry.vectors.put("m", keys[::2], np.ones((650, 2), np.float32))
    assert small_corpus.registry.vectors.missing("m", keys) == set(keys[1::2])


def test_a_version_without_vectors_of_a_model_gives_none(small_corpus: SmallCorpus) -> None:
    version = make_version("a", ["Tekst."])
    small_corpus.put(version)
    ids, vectors = small_corpus.registry.vectors.of_version("passages", "ander", version.id)
    assert ids == []
    assert len(vectors) == 0
