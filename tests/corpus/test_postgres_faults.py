"""kill -9 of PostgreSQL at any moment: nothing is lost or half, the error is one plain line, and
when the server is back the same parts go on by themselves."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from corpus.check import find_faults
from corpus.database import open_server
from corpus.dutch import DutchAnalyser
from corpus.errors import NotReadyError
from corpus.postgres import AWAY
from corpus.progress import no_progress
from corpus.types import UNITS
from ingest.source import Source
from tests.builders import SmallCorpus, corpus_on, make_source
from tests.fakes import HashEmbedder
from tests.postgres import Server, running

pytestmark = [pytest.mark.server, pytest.mark.embedded, pytest.mark.fault]

KILLS = 4
Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server of its own, to kill."""
    with running() as opened:
        yield opened


@pytest.fixture
def engine(server: Server) -> Iterator[Engine]:
    name = server.lend()
    opened = open_server(server.url(name))
    yield opened
    opened.dispose()
    server.take_back(name)


@pytest.fixture
def corpus(engine: Engine, tmp_path: Path, analyser: DutchAnalyser) -> SmallCorpus:
    made = corpus_on(engine, tmp_path / "var", analyser, HashEmbedder(wait_s=0.02))
    made.pipeline.ingest(sources(0), no_progress)
    made.editions.publish("test")
    return made


def sources(number: int) -> list[Source]:
    return [
        make_source(
            f"document-{n}.md",
            f"# Document {n}\n\n"
            + "".join(
                f"## Deel {part}\n\nDe student leert les {part} in ronde {number}.\n\n"
                for part in range(4)
            ),
        )
        for n in range(4)
    ]


@dataclass(frozen=True)
class Broken:
    """What came of a kill."""

    interrupted: bool
    recovery_s: float
    """From when the server may start again until the published edition is known again."""


def broken(
    server: Server, corpus: SmallCorpus, after_s: float, work: Callable[[], object]
) -> Broken:
    """Do ``work`` while the server is killed after some time, and start the server again."""
    timer = threading.Timer(after_s, server.kill)
    timer.start()
    interrupted = False
    try:
        work()
    except NotReadyError as error:
        assert str(error) == AWAY  # noqa: PT017  # work may be done before the kill
        interrupted = True
    timer.join()
    with pytest.raises(NotReadyError, match="niet bereikbaar"):
        corpus.ledger.current()
    began = time.monotonic()
    server.start()
    assert corpus.ledger.current() is not None
    return Broken(interrupted, time.monotonic() - began)


def whole(corpus: SmallCorpus) -> None:
    """What readers see is whole."""
    index = corpus.library.open_edition()
    assert index.number == corpus.ledger.current()
    for unit in UNITS:
        assert corpus.found_ids(unit, index) == corpus.expected_ids(unit, index.number)
    faults = find_faults(corpus.registry, corpus.ledger, corpus.editions, corpus.data_dir)
    assert [fault for fault in faults if fault.kind != "leftover"] == []


def tell(record_property: Record, fault: str, found: list[Broken]) -> None:
    assert any(each.interrupted for each in found)  # else nothing was broken
    record_property("fault", fault)
    record_property("recovery_s", max(each.recovery_s for each in found))


def test_killed_during_ingest(server: Server, corpus: SmallCorpus, record_property: Record) -> None:
    chance, found = random.Random(8), list[Broken]()
    for number in range(1, KILLS + 1):
        before = corpus.members()

        def work(number: int = number) -> None:
            corpus.pipeline.ingest(sources(number), no_progress)

        found.append(broken(server, corpus, chance.uniform(0.01, 0.4), work))
        assert corpus.members() == before
        whole(corpus)
        work()
        corpus.editions.publish("test")
        assert corpus.members() != before
        assert corpus.registry.drafts() == {}
        whole(corpus)
    tell(record_property, "kill -9 van PostgreSQL tijdens inlezen", found)


def test_killed_during_publication(
    server: Server, corpus: SmallCorpus, record_property: Record
) -> None:
    chance, found = random.Random(9), list[Broken]()
    for number in range(1, KILLS + 1):
        corpus.pipeline.ingest(sources(number), no_progress)
        before = corpus.members()
        found.append(
            broken(
                server,
                corpus,
                chance.uniform(0.01, 0.3),
                lambda: corpus.editions.publish("test"),
            )
        )
        whole(corpus)
        corpus.editions.publish("test")
        assert corpus.members() != before
        assert corpus.registry.drafts() == {}
        assert {edition.state for edition in corpus.ledger.editions()} == {"published"}
        whole(corpus)
        assert find_faults(corpus.registry, corpus.ledger, corpus.editions, corpus.data_dir) == []
    tell(record_property, "kill -9 van PostgreSQL tijdens publiceren", found)
