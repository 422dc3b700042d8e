"""Fixtures that more than one folder of tests uses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import settings
from sqlalchemy import Engine

from corpus import database
from corpus.dutch import DutchAnalyser
from tests.builders import SmallCorpus, open_corpus

# No deadline: examples are timed by the clock, and a machine may be busy with something else.
settings.register_profile("routewijzer", deadline=None)
settings.load_profile("routewijzer")

REALLY_MIGRATE = database.migrate

SLOW = (
    *("test_seeded_faults", "test_staff_path", "test_real_model", "test_embedder", "test_killed"),
    *("test_sandbox", "test_serve", "test_batch", "test_starter", "test_real_documents"),
    *("test_real_sentences", "test_repair", "test_disk_faults"),
)
"""Files that take longest. They go first: at the end no worker waits for one of these."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the slow files before the others, which stay in their order."""
    items.sort(key=lambda item: SLOW.index(item.path.stem) if item.path.stem in SLOW else len(SLOW))


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Tells how long it took until all was well again, of the tests that broke something."""
    rows = []
    for report in terminalreporter.getreports("passed"):
        told = dict(report.user_properties)
        if report.when == "call" and "recovery_s" in told:
            rows.append(f"{told['recovery_s']:7.2f} s  {told.get('fault', report.nodeid)}")
    if rows:
        terminalreporter.section("tijd tot alles weer goed was")
        for row in sorted(rows, key=lambda row: row[11:]):
            terminalreporter.write_line(row)


@pytest.fixture(scope="session")
def analyser() -> DutchAnalyser:
    """Word frequencies take a quarter of a second to load: once is enough."""
    return DutchAnalyser()


@pytest.fixture(scope="session", autouse=True)
def migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A new database gets its tables from one that was migrated before: twenty times as fast.

    Tests of the migrations themselves call ``really_migrate``.
    """
    folder = tmp_path_factory.mktemp("tabellen")
    database.open_database(folder).dispose()

    def copy_tables(engine: Engine) -> None:
        if database.schema_revision(engine) is not None:
            REALLY_MIGRATE(engine)
            return
        with (
            closing(sqlite3.connect(folder / "routewijzer.sqlite3")) as source,
            closing(sqlite3.connect(str(engine.url.database))) as target,
        ):
            source.backup(target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "migrate", copy_tables)
        yield


@pytest.fixture
def really_migrate(monkeypatch: pytest.MonkeyPatch) -> None:
    """The migrations run, as they do outside these tests."""
    monkeypatch.setattr(database, "migrate", REALLY_MIGRATE)


@pytest.fixture
def small_corpus(tmp_path: Path, analyser: DutchAnalyser) -> Iterator[SmallCorpus]:
    """An empty corpus in a folder of its own."""
    corpus = open_corpus(tmp_path / "var", analyser)
    yield corpus
    corpus.registry.engine.dispose()
