"""A backup of PostgreSQL is the same file as one of SQLite: it goes back to either, so that it is
the way from the one to the other, too."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, insert, select

from corpus import all_tables, staff_tables
from corpus.archive import DATABASE
from corpus.backup import make_backup
from corpus.check import find_faults
from corpus.database import open_server
from corpus.dutch import DutchAnalyser
from corpus.errors import BadInputError, BusyError
from corpus.originals import Originals
from corpus.progress import no_progress
from corpus.questions_log import QuestionsLog
from corpus.restore import restore_backup
from corpus.staff import Sessions, utc_now
from corpus.transfer import fill_server, write_file
from tests.builders import SmallCorpus, corpus_on, make_version, open_corpus
from tests.postgres import Server

pytestmark = [pytest.mark.server, pytest.mark.embedded]

A = make_version("a", ["De student leert. Het bedrijf betaalt."])
B = make_version("b", ["Een begeleider helpt."])


@pytest.fixture
def servers(postgres_server: Server) -> Iterator[tuple[Engine, Engine]]:
    """Two empty databases."""
    names = [postgres_server.lend() for _ in range(2)]
    one, other = (open_server(postgres_server.url(name)) for name in names)
    yield one, other
    for engine, name in zip((one, other), names, strict=True):
        engine.dispose()
        postgres_server.take_back(name)


def fill(corpus: SmallCorpus) -> None:
    """One of everything that a database holds."""
    corpus.publish(A, B)
    engine = corpus.registry.engine
    Originals(engine, corpus.data_dir).put(A.id, "a.md", b"# A", "text/markdown")
    QuestionsLog(engine, 90).feedback("spoor", helpful=False, edition=1, question="Wat kost het?")
    with engine.begin() as connection:
        connection.execute(
            insert(staff_tables.staff).values(
                name="jan", password_hash="x", role="editor", created_at=utc_now()
            )
        )
    Sessions(engine).open("jan")


def held(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """All that is in a database but who is signed in, moments without a zone."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with engine.connect() as connection:
        for table in all_tables.metadata.sorted_tables:
            if table.name != "staff_session":
                rows = connection.execute(select(table).order_by(*table.primary_key.columns))
                found[table.name] = [tuple(map(without_zone, row)) for row in rows]
    return found


def without_zone(value: object) -> object:
    return value.replace(tzinfo=None) if hasattr(value, "tzinfo") else value


def test_all_goes_from_sqlite_to_a_server_and_back(
    servers: tuple[Engine, Engine], tmp_path: Path, analyser: DutchAnalyser
) -> None:
    first = open_corpus(tmp_path / "eerst", analyser)
    fill(first)
    before = held(first.registry.engine)
    one = make_backup(first.data_dir, tmp_path / "1.tar.zst", "1", no_progress)
    first.registry.engine.dispose()

    server = servers[0]
    moved = restore_backup(
        one.path, tmp_path / "tweede", analyser, False, no_progress, server=server
    )
    assert moved.faults == ()
    assert not (tmp_path / "tweede" / DATABASE).exists()
    second = corpus_on(server, tmp_path / "tweede", analyser)
    assert held(server) == before
    assert find_faults(second.registry, second.ledger, second.editions, second.data_dir) == []
    assert second.library.open_edition().number == 1
    with server.connect() as connection:
        assert connection.scalar(select(staff_tables.staff_session.c.name)) is None

    two = make_backup(second.data_dir, tmp_path / "2.tar.zst", "1", no_progress, server=server)
    assert two.manifest.about.counts == one.manifest.about.counts
    assert two.path.stat().st_mode & 0o77 == 0  # for its owner only
    assert restore_backup(two.path, tmp_path / "derde", analyser, False, no_progress).faults == ()
    third = open_corpus(tmp_path / "derde", analyser)
    assert held(third.registry.engine) == before
    third.registry.engine.dispose()


def test_numbers_go_on_where_they_were_on_either_side(
    servers: tuple[Engine, Engine], tmp_path: Path, analyser: DutchAnalyser
) -> None:
    """An edition that was dropped had a number that readers may have seen."""
    server, other = servers
    corpus = corpus_on(server, tmp_path / "var", analyser)
    corpus.publish(A)
    dropped = corpus.ledger.begin_edition([], corpus.embedder.model_id)
    corpus.ledger.drop_editions([dropped])
    write_file(server, tmp_path / "alles.sqlite3", no_progress)
    with other.begin() as connection:
        fill_server(tmp_path / "alles.sqlite3", connection, no_progress)
    (tmp_path / "var2").mkdir()
    (tmp_path / "alles.sqlite3").rename(tmp_path / "var2" / DATABASE)
    for again in (
        corpus_on(other, tmp_path / "var1", analyser),
        open_corpus(tmp_path / "var2", analyser),
    ):
        assert again.ledger.begin_edition([], "m") == dropped + 1
        again.ledger.log("wie", "iets", {})  # a table that only goes on after its last row
        assert again.ledger.history()[0].action == "iets"
        again.registry.engine.dispose()


def test_a_backup_is_of_one_moment(
    servers: tuple[Engine, Engine], tmp_path: Path, analyser: DutchAnalyser
) -> None:
    server = servers[0]
    corpus = corpus_on(server, tmp_path / "var", analyser)
    corpus.publish(A)

    def publish_meanwhile(*_progress: object) -> None:
        if "b" not in corpus.members():  # once, after the first rows
            corpus.publish(B)

    write_file(server, tmp_path / "kopie.sqlite3", publish_meanwhile)
    with closing(sqlite3.connect(tmp_path / "kopie.sqlite3")) as copy:
        assert copy.execute("SELECT id FROM document").fetchall() == [("a",)]
        assert copy.execute("SELECT edition FROM publication").fetchall() == [(1,)]
        assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
    assert set(corpus.members()) == {"a", "b"}


def test_what_was_there_is_only_replaced_when_told_and_kept_beside_it(
    servers: tuple[Engine, Engine], tmp_path: Path, analyser: DutchAnalyser
) -> None:
    server, other = servers
    corpus = corpus_on(other, tmp_path / "bron", analyser)
    corpus.publish(B)
    path = make_backup(corpus.data_dir, tmp_path / "b.tar.zst", "1", no_progress, other).path
    there = corpus_on(server, tmp_path / "var", analyser)
    there.publish(A)
    with pytest.raises(BadInputError, match="niet leeg"):
        restore_backup(path, tmp_path / "leeg", analyser, False, no_progress, server)
    assert there.members() == {"a": A.id}
    another = create_engine(server.url)
    with another.connect(), pytest.raises(BusyError, match="in gebruik"):
        restore_backup(path, there.data_dir, analyser, True, no_progress, server)

    another.dispose()
    found = restore_backup(path, there.data_dir, analyser, True, no_progress, server)
    assert corpus_on(server, there.data_dir, analyser).members() == {"b": B.id}
    assert found.put_aside is not None
    kept = open_corpus(found.put_aside, analyser)  # a folder of its own, with SQLite
    assert kept.members() == {"a": A.id}
    assert kept.library.open_edition().number == 1
    kept.registry.engine.dispose()


def test_a_backup_that_cannot_be_put_in_place_leaves_the_server_as_it_was(
    servers: tuple[Engine, Engine],
    tmp_path: Path,
    analyser: DutchAnalyser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server, other = servers
    corpus = corpus_on(other, tmp_path / "bron", analyser)
    corpus.publish(B)
    path = make_backup(corpus.data_dir, tmp_path / "b.tar.zst", "1", no_progress, other).path
    there = corpus_on(server, tmp_path / "var", analyser)
    there.publish(A)

    def fail(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("corpus.restore._switch", fail)
    with pytest.raises(BadInputError, match="Er is niets veranderd"):
        restore_backup(path, there.data_dir, analyser, True, no_progress, server)
    assert there.members() == {"a": A.id}
    assert there.library.open_edition().number == 1
