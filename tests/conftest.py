"""Fixtures that more than one folder of tests uses."""

from __future__ import annotations

import gc
import inspect
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import settings
from sqlalchemy import Engine

from corpus import database
from corpus.dutch import DutchAnalyser
from corpus.embedder import OnnxEmbedder
from corpus.postgres import is_server
from ingest.apart import read_apart
from tests.builders import SmallCorpus, open_corpus, read_here
from tests.chroma_server import ChromaServer, ChromaShape
from tests.chroma_server import running as chroma_running
from tests.postgres import Server, Shape, running

# No deadline: examples are timed by the clock, and a machine may be busy with something else.
settings.register_profile("routewijzer", deadline=None)
settings.load_profile("routewijzer")

_STORING = {
    *("corpus.database", "cli.parts", "cli.stores", "tests.starter", "tests.corpus.worker"),
    *("tests.web.whole", "tests.web.staff.conftest", "tests.web.staff.editions_office"),
}
"""A test that uses one of these uses a database."""

REALLY_MIGRATE = database.migrate

SLOW = (
    *("test_seeded_faults", "test_worker_faults", "test_hostile_documents", "test_real_model"),
    *("test_killed", "test_embedder", "test_staff_path", "test_hostile_uploads", "test_attacks"),
    *("test_openapi", "test_serve", "test_promise", "test_sandbox", "test_every_guise"),
    *("test_every_page", "test_chroma_server", "test_bench_corruption", "test_bench"),
    *("test_starter", "test_batch", "test_embed", "test_publishing", "test_questions"),
    *("test_real_documents", "test_real_sentences", "test_documents", "test_readers"),
    *("test_cross_encoder", "test_rerank", "test_repair", "test_disk_faults"),
)
"""Files that take longest. They go first: at the end no worker waits for one of these. The first
and the second are begun at once: only the first needs the starter pages, which it publishes."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--shape server``: every database of the tests is one on a real PostgreSQL."""
    parser.addoption("--shape", choices=("embedded", "server"), default="embedded")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays until the end: nobody need look for garbage in it, now or later.
    That took a sixth of all time. Garbage that tests make is found as before, a little later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000, 20, 20)
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Puts the slow files before the others, which stay in their order."""
    if config.getoption("--shape") == "server":
        # What uses no database is the same in either shape: it has been run.
        items[:] = [item for item in items if isinstance(item, pytest.Function) and _stores(item)]
    for item in items:
        if item.config.getoption("--shape") == "server" and not item.get_closest_marker(
            "allow_hosts"
        ):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))
    items.sort(key=lambda item: SLOW.index(item.path.stem) if item.path.stem in SLOW else len(SLOW))


def _stores(item: pytest.Function) -> bool:
    """Whether a test's file, or a fixture of it, uses a database, in either shape."""
    if item.get_closest_marker("embedded"):
        return False
    used = {getattr(value, "__module__", "") for value in vars(item.module).values()}
    used |= {value.__name__ for value in vars(item.module).values() if inspect.ismodule(value)}
    makers = {
        found.func.__module__
        for name in item.fixturenames
        for found in item._fixtureinfo.name2fixturedefs.get(name, ())
    }
    return bool(_STORING & (used | makers)) or "SmallCorpus" in vars(item.module)


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
        if is_server(engine) or database.schema_revision(engine) is not None:
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


@pytest.fixture(scope="session", autouse=True)
def reads_here() -> Iterator[None]:
    """Documents are read in the process of the tests: starting one for them takes half a second.

    Tests of that process itself ask for ``reads_apart``.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cli.parts._read", read_here)
        yield


@pytest.fixture(scope="module")
def reads_apart(reads_here: None) -> Iterator[None]:
    """Documents are read in a process of their own, as they are for users."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cli.parts._read", read_apart)
        yield


@pytest.fixture(scope="session", autouse=True)
def nothing_gives_way() -> Iterator[None]:
    """Work behind a page goes as fast as the page: here somebody waits for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("web.staff.worker.give_way", lambda: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def model_loaded_once() -> Iterator[None]:
    """The real model takes seconds to load, and is the same for every site and every command."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.embedder.OnnxEmbedder", cache(OnnxEmbedder))
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL for this worker."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def shape(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    migrated_once: None,
) -> Iterator[Shape | None]:
    """What stands in for SQLite in these tests; None when nothing does."""
    if request.config.getoption("--shape") == "embedded":
        yield None
        return
    server: Server = request.getfixturevalue("postgres_server")
    made = Shape(server, tmp_path_factory.getbasetemp().resolve())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_open_file", made.open)
        yield made
    made.rest()


@pytest.fixture(scope="session")
def chroma_server() -> Iterator[ChromaServer]:
    """A Chroma server for this worker. Who uses it marks ``allow_hosts(["127.0.0.1"])``."""
    with chroma_running() as server:
        yield server


@pytest.fixture(scope="session", autouse=True)
def chroma_shape(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ChromaShape | None]:
    """What stands in for files of vectors in these tests; None when nothing does."""
    if request.config.getoption("--shape") == "embedded":
        yield None
        return
    server: ChromaServer = request.getfixturevalue("chroma_server")
    made = ChromaShape(server, tmp_path_factory.getbasetemp().resolve())
    with pytest.MonkeyPatch.context() as patch:
        for module in ("cli.models", "tests.builders"):
            patch.setattr(f"{module}.open_home", made.open)
        yield made


@pytest.fixture(autouse=True)
def collections_removed(
    request: pytest.FixtureRequest, chroma_shape: ChromaShape | None
) -> Iterator[None]:
    """After each test the collections that it made itself are gone."""
    if chroma_shape is None:
        yield
        return
    folder: Path = request.getfixturevalue("tmp_path")
    yield
    chroma_shape.forget(folder.resolve())


@pytest.fixture(scope="module", autouse=True)
def connections_closed(shape: Shape | None) -> Iterator[None]:
    """After each file no connection to PostgreSQL is left open."""
    yield
    if shape is not None:
        shape.rest()


@pytest.fixture(autouse=True)
def databases_taken_back(request: pytest.FixtureRequest, shape: Shape | None) -> Iterator[None]:
    """After each test the databases that it made itself are empty for the next."""
    if shape is None:
        yield
        return
    folder: Path = request.getfixturevalue("tmp_path")
    yield
    shape.forget(folder.resolve())


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
