from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from langchain_core.documents import Document
from pydantic import ValidationError

import corpus
from assistant.langchain_retriever import EditionRetriever
from assistant.question_reader import QuestionReader
from assistant.retrieve import Retriever
from corpus.dutch import DutchAnalyser
from corpus.errors import BadInputError, NotReadyError
from corpus.glossary import Glossary, load_glossary
from corpus.progress import no_progress
from corpus.spelling import Speller
from corpus.types import Reason
from tests.builders import SmallCorpus, make_source

ROOT = Path(__file__).parents[2]
QUESTION = "Wat kost een leenfiets?"
BIKES = """# Fietsen

## Wat kost een leenfiets?

Het bedrijf betaalt 450 euro per leenfiets.

## Wie repareert een leenfiets?

De balie repareert elke leenfiets.
"""
CANTEEN = "# Kantine\n\n## Wat kost soep?\n\nDe soep in de kantine kost 2 euro.\n"


@pytest.fixture
def search(small_corpus: SmallCorpus, analyser: DutchAnalyser) -> Retriever:
    glossary = load_glossary(Path(corpus.__file__).parent / "glossary.toml", analyser)
    return Retriever(small_corpus.library, small_corpus.embedder, analyser, glossary)


@pytest.fixture
def reader(small_corpus: SmallCorpus, analyser: DutchAnalyser) -> QuestionReader:
    speller = Speller(analyser, Glossary(words={}, phrases={}))
    return QuestionReader(small_corpus.library, analyser, speller, 2000)


@pytest.fixture
def published(small_corpus: SmallCorpus) -> SmallCorpus:
    sources = [
        make_source(
            "fietsen.md",
            BIKES,
            audiences=("hogeschool",),
            url="https://voorbeeld.example/fietsen",
            published="2024-05",
        ),
        make_source("kantine.md", CANTEEN, audiences=("bedrijf",)),
    ]
    small_corpus.pipeline.ingest(sources, no_progress)
    small_corpus.editions.publish("test")
    return small_corpus


def test_it_finds_what_our_own_search_finds_in_the_same_order(
    published: SmallCorpus, search: Retriever, reader: QuestionReader
) -> None:
    found = EditionRetriever(search=search, reader=reader).invoke(QUESTION)
    hits = search.search(reader.read(QUESTION)).hits
    assert [d.metadata["passage_id"] for d in found] == [h.passage.id for h in hits]
    assert [d.metadata["score"] for d in found] == [h.score for h in hits]
    assert len(found) == 3
    assert "450 euro" in found[0].page_content


def test_a_document_holds_what_a_citation_needs(
    published: SmallCorpus, search: Retriever, reader: QuestionReader
) -> None:
    best = EditionRetriever(search=search, reader=reader, k=1).invoke(QUESTION)[0]
    known = best.metadata
    text = published.registry.text(known["version_id"])
    assert text[known["start"] : known["end"]] == best.page_content
    assert known["version_id"] == published.members()["fietsen"]
    assert known["passage_id"].startswith(known["version_id"])
    assert {k: known[k] for k in ("document_id", "title", "section", "page")} == {
        "document_id": "fietsen",
        "title": "Fietsen",
        "section": "Wat kost een leenfiets?",
        "page": None,
    }
    assert (known["url"], known["published"]) == ("https://voorbeeld.example/fietsen", "2024-05")
    assert known["arms"].keys() == {"dense", "sentence", "lexical"}
    json.dumps(known)  # tracers of LangChain write it out


def test_a_document_says_why_it_stands_there_and_what_it_stands_for(
    published: SmallCorpus,
    search: Retriever,
    reader: QuestionReader,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = search.search(reader.read(QUESTION))
    first, second = found.hits[:2]
    told = replace(first, why=(Reason("dense", 1.5, 0.9), Reason("met", 0.5)), also=(second,))
    monkeypatch.setattr(search, "search", lambda _query, _k: replace(found, hits=(told,)))
    (document,) = EditionRetriever(search=search, reader=reader).invoke(QUESTION)
    assert document.metadata["why"] == [
        {"name": "dense", "points": 1.5, "raw": 0.9},
        {"name": "met", "points": 0.5, "raw": None},
    ]
    (other,) = document.metadata["also"]
    assert (other["passage_id"], other["score"]) == (second.passage.id, second.score)
    text = published.registry.text(other["version_id"])
    assert text[other["start"] : other["end"]] == second.passage.text
    json.dumps(document.metadata)


def test_k_and_audience_are_passed_on(
    published: SmallCorpus, search: Retriever, reader: QuestionReader
) -> None:
    retriever = EditionRetriever(search=search, reader=reader)
    assert len(retriever.model_copy(update={"k": 2}).invoke(QUESTION)) == 2
    company = retriever.model_copy(update={"audience": "bedrijf"})
    before, after = _scores(retriever.invoke(QUESTION)), _scores(company.invoke(QUESTION))
    gained = {d for d in before if after[d] > before[d]}
    assert gained == {"kantine"}


def _scores(found: list[Document]) -> dict[str, float]:
    """Best score per document id."""
    best: dict[str, float] = {}
    for document in found:
        best.setdefault(document.metadata["document_id"], document.metadata["score"])
    return best


def test_a_chain_can_be_built_on_it_and_awaited(
    published: SmallCorpus, search: Retriever, reader: QuestionReader
) -> None:
    chain = EditionRetriever(search=search, reader=reader) | len
    assert chain.invoke(QUESTION) == 3
    assert asyncio.run(chain.ainvoke(QUESTION)) == 3


def test_what_is_wrong_is_told(search: Retriever, reader: QuestionReader) -> None:
    retriever = EditionRetriever(search=search, reader=reader)
    with pytest.raises(BadInputError, match="leeg"):
        retriever.invoke("  ")
    with pytest.raises(BadInputError, match="tekens"):
        retriever.invoke("x" * 2001)
    with pytest.raises(NotReadyError, match="nog geen editie"):
        retriever.invoke(QUESTION)
    with pytest.raises(ValidationError, match="greater than 0"):
        EditionRetriever(search=search, reader=reader, k=0)


def test_what_serves_does_not_load_langchain() -> None:
    check = (
        "import sys, cli.main, cli.serve, assistant.answer;"
        "print('langchain_core' in sys.modules, 'assistant.langchain_retriever' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]
