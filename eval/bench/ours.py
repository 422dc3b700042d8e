"""Routewijzer as the command line puts it together, on a data folder of the bench."""

from __future__ import annotations

import time
from pathlib import Path

import corpus
from assistant.answer import Assistant
from assistant.evidence import EvidenceSelector
from assistant.gate import Gate
from assistant.newest_first import NewestFirst
from assistant.question_reader import QuestionReader
from assistant.retrieve import Retriever
from assistant.subjects import open_subjects
from corpus.database import open_database
from corpus.dutch import DutchAnalyser
from corpus.editions import Editions
from corpus.glossary import load_glossary
from corpus.index import IndexBuilder
from corpus.ledger import Ledger
from corpus.library import Library
from corpus.lock import WriteLock
from corpus.registry import Registry
from corpus.settings import Settings
from corpus.spelling import Speller
from corpus.types import UNITS
from eval.bench.embedders import TimedEmbedder
from eval.bench.system import Steps
from ingest.apart import read_apart
from ingest.arrive.files import collect_sources
from ingest.pipeline import Pipeline
from ingest.source import PartialMetadata

_GLOSSARY = Path(corpus.__file__).parent / "glossary.toml"
_WHO = "bench"
_READING = "Documenten lezen"  # what the pipeline calls that step


class Ours:
    """The product behind the doors of the bench."""

    def __init__(self, settings: Settings, embedder: TimedEmbedder) -> None:
        """Open ``settings.data_dir``; the model is loaded already."""
        model_id = embedder.model_id
        self.data_dir = settings.data_dir
        self.embedder = embedder
        self._settings = settings
        self._registry = Registry(open_database(settings.data_dir))
        ledger = Ledger(self._registry.engine)
        lock = WriteLock(settings.data_dir, settings.lock_timeout_s)
        self._analyser = DutchAnalyser()
        glossary = load_glossary(settings.glossary or _GLOSSARY, self._analyser)
        builder = IndexBuilder(self._registry, self._analyser, model_id)
        self._editions = Editions(
            self._registry, ledger, builder, lock, settings.data_dir, model_id
        )
        self._pipeline = Pipeline(
            self._registry, ledger, lock, lambda: embedder, settings, read_apart
        )
        self._library = Library(self._registry, ledger, settings.data_dir / "editions", model_id)
        self._retriever = Retriever(self._library, embedder, self._analyser, glossary)
        speller = Speller(self._analyser, glossary)
        limit = settings.max_question_chars
        self._reader = QuestionReader(self._library, self._analyser, speller, limit)
        self._assistant = Assistant(
            reader=self._reader,
            retriever=self._retriever,
            selector=EvidenceSelector(self._registry, self._analyser, glossary, model_id),
            registry=self._registry,
            analyser=self._analyser,
            gate=Gate(self._analyser, subjects=open_subjects(embedder.model_id)),
            newest_first=NewestFirst(self._analyser, glossary),
        )

    def ingest(self, pages: Path) -> Steps:
        """Read, embed and store what is new or changed, and publish it."""
        in_model = self.embedder.seconds
        started = was_read = time.perf_counter()

        def note(step: str, _done: int, _total: int) -> None:
            nonlocal was_read
            if step == _READING:
                was_read = time.perf_counter()

        sources = collect_sources([pages], PartialMetadata(), self._settings)
        self._pipeline.ingest(sources, note)
        stored = time.perf_counter()
        embed = self.embedder.seconds - in_model
        self._editions.publish(_WHO)
        done = time.perf_counter()
        return Steps(
            total=done - started,
            read=was_read - started,
            embed=embed,
            store=stored - was_read - embed,
            index=done - stored,
        )

    def sizes(self) -> dict[str, int]:
        """Passages and sentences that are searched."""
        vectors = self._library.open_edition().vectors
        return {unit: vectors.count(unit) for unit in UNITS}

    def open(self) -> None:
        """Open the published edition."""
        self._library.open_edition()

    def search(self, question: str) -> object:
        """Understand the question and find its passages."""
        return self._retriever.search(self._reader.read(question))

    def answer(self, question: str) -> object:
        """The whole answer, verified."""
        return self._assistant.answer(question)

    def close(self) -> None:
        """Close the index and the database."""
        if self._library.current_edition() is not None:
            self._library.open_edition().vectors.close()
        self._registry.engine.dispose()
