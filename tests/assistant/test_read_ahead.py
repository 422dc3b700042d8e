"""Passages are read before anyone asks: the same answers, and nothing more to read."""

from __future__ import annotations

import pytest

from assistant.evidence import EvidenceSelector
from assistant.read_ahead import read_ahead
from assistant.retrieve import Retriever
from corpus.dutch import DutchAnalyser
from corpus.errors import NotReadyError
from corpus.glossary import Glossary
from tests.assistant.conftest import query_of, read
from tests.builders import SmallCorpus

NO_MEANINGS = Glossary(words={}, phrases={})


def selector_of(corpus: SmallCorpus) -> EvidenceSelector:
    model_id = corpus.embedder.model_id
    return EvidenceSelector(corpus.registry, DutchAnalyser(), NO_MEANINGS, model_id)


def test_what_was_read_ahead_answers_the_same(
    small_corpus: SmallCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_corpus.publish(
        read("# Fiets\n\n## Huur\n\nDe huur is hoog.\n\n## Rem\n\nDe rem piept.\n")
    )
    ahead, rests = selector_of(small_corpus), []
    read_ahead(small_corpus.library, ahead, rests.append)
    query = query_of("Is de huur hoog?")
    retriever = Retriever(small_corpus.library, small_corpus.embedder, DutchAnalyser(), NO_MEANINGS)
    retrieved = retriever.search(query)
    expected = selector_of(small_corpus).select(query, retrieved)
    monkeypatch.setattr("assistant.digest._read", None)  # nothing is read when it is asked
    assert ahead.select(query, retrieved) == expected
    assert len(rests) == 2  # behind each passage, so that nobody waits for it


def test_without_an_edition_there_is_nothing_to_read(small_corpus: SmallCorpus) -> None:
    with pytest.raises(NotReadyError):
        read_ahead(small_corpus.library, selector_of(small_corpus))
