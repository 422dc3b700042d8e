"""kill -9 at any moment: the published edition goes on answering; the next run ends the work."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.check import Fault, find_faults
from corpus.dutch import DutchAnalyser
from corpus.progress import no_progress
from corpus.settings import Settings
from corpus.types import UNITS
from ingest.reader import read_source
from ingest.source import Source
from tests.builders import SmallCorpus, make_source, open_corpus
from tests.corpus import worker

# With servers a killed process may have a request under way; their own kills are tested apart.
pytestmark = pytest.mark.embedded

KILLS = 12
"""Of an ingest with publication, and as many of a publication alone: one in every twelfth part."""
DOCUMENTS = 8


def test_a_killed_ingest_leaves_the_edition_whole_and_the_next_one_ends_it(
    tmp_path: Path, analyser: DutchAnalyser
) -> None:
    moments = _moments(20_22)
    corpus = _published(tmp_path, analyser)
    job = worker.ingest_and_publish
    whole_run = _run_until(corpus, job, None, _sources(1))
    outcomes = []
    for number in range(2, 2 + KILLS):
        before = corpus.members()
        _run_until(corpus, job, 0.8 * whole_run * next(moments), _sources(number))
        outcomes.append(corpus.members() != before)
        _assert_answers(corpus, before, number)
        corpus.pipeline.ingest(_sources(number), no_progress)
        corpus.editions.publish("test")
        _assert_done(corpus, number)
    assert False in outcomes  # at least one was killed before its edition was out


def test_a_killed_publication_leaves_the_edition_whole_and_the_next_one_ends_it(
    tmp_path: Path, analyser: DutchAnalyser
) -> None:
    moments = _moments(20_23)
    corpus = _published(tmp_path, analyser)
    corpus.pipeline.ingest(_sources(1), no_progress)
    whole_run = _run_until(corpus, worker.publish, None)
    outcomes = []
    for number in range(2, 2 + KILLS):
        before = corpus.members()
        corpus.pipeline.ingest(_sources(number), no_progress)
        _run_until(corpus, worker.publish, whole_run * next(moments))
        outcomes.append(corpus.members() != before)
        _assert_answers(corpus, before, number)
        corpus.editions.publish("test")
        _assert_done(corpus, number)
    assert False in outcomes


def _moments(seed: int) -> Iterator[float]:
    """When to kill, as a share of the whole run: once in each part of it, in any order."""
    chance = random.Random(seed)
    parts = chance.sample(range(KILLS), KILLS)
    return ((part + chance.random()) / KILLS for part in parts)


def _published(tmp_path: Path, analyser: DutchAnalyser) -> SmallCorpus:
    corpus = open_corpus(tmp_path, analyser)
    corpus.pipeline.ingest(_sources(0), no_progress)
    corpus.editions.publish("test")
    return corpus


def _sources(number: int) -> list[Source]:
    """Documents of which every fourth one changes in this round: the index starts from a copy."""
    rounds = [number - (number - n) % 4 for n in range(DOCUMENTS)]
    return [
        make_source(
            f"document-{n}.md",
            f"# Document {n}\n\n"
            + "".join(
                f"## Deel {part}\n\nDe student leert les {part} in ronde {last}. Dat kost tijd.\n\n"
                for part in range(8)
            ),
        )
        for n, last in enumerate(rounds)
    ]


def _run_until(
    corpus: SmallCorpus, job: Callable[..., None], seconds: float | None, *given: object
) -> float:
    """Run a whole job in a process; kill it after ``seconds``. How long it ran."""
    here, there = multiprocessing.Pipe()
    process = worker.start(job, corpus.data_dir, *given, there)
    assert here.poll(30)
    began = time.monotonic()
    process.join(seconds)
    if seconds is None:
        assert process.exitcode == 0
    process.kill()
    process.join()
    return time.monotonic() - began


def _assert_answers(corpus: SmallCorpus, before: dict[str, str], number: int) -> None:
    """Readers see the edition from before or the new one, whole."""
    index = corpus.library.open_edition()
    members = corpus.ledger.members(index.number)
    assert members in (before, _members(number))
    for unit in UNITS:
        assert corpus.found_ids(unit, index) == corpus.expected_ids(unit, index.number)
    found = set(index.lexical.search({DutchAnalyser().stem("student"): 1.0}, 1000))
    assert found == corpus.expected_ids("passages", index.number)
    assert [f for f in _faults(corpus) if f.kind != "leftover"] == []


def _assert_done(corpus: SmallCorpus, number: int) -> None:
    """The work is done: these sources are what is published, and nothing is left lying about."""
    assert _faults(corpus) == []
    assert corpus.registry.drafts() == {}
    assert {e.state for e in corpus.ledger.editions()} == {"published"}
    assert corpus.members() == _members(number)


def _faults(corpus: SmallCorpus) -> list[Fault]:
    return find_faults(corpus.registry, corpus.ledger, corpus.editions, corpus.data_dir)


def _members(number: int) -> dict[str, str]:
    """What is published once this round is done."""
    versions = [read_source(source, Settings()) for source in _sources(number)]
    return {version.document_id: version.id for version in versions}
