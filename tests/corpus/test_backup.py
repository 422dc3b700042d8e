"""A backup is whole whatever goes on around it, and what was put back is what was there."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import insert

from corpus import all_tables, database, staff_tables
from corpus.archive import DATABASE
from corpus.backup import keep_newest, make_backup
from corpus.check import find_faults
from corpus.database import alembic_config
from corpus.disk import exchange
from corpus.dutch import DutchAnalyser
from corpus.errors import BadInputError, BusyError, NotReadyError
from corpus.originals import Originals
from corpus.progress import no_progress
from corpus.restore import Restored, restore_backup
from tests.builders import SmallCorpus, make_version, open_corpus
from tests.corpus import keeper, worker

# The same on PostgreSQL: test_postgres_backup.py.
pytestmark = pytest.mark.embedded

A1 = make_version("a", ["De student leert. Het bedrijf betaalt."])
A2 = make_version("a", ["De student leert nu meer."])
B1 = make_version("b", ["Een begeleider helpt."])
KILLS = 6


@pytest.fixture
def corpus(small_corpus: SmallCorpus) -> SmallCorpus:
    small_corpus.publish(A1, B1)
    originals = Originals(small_corpus.registry.engine, small_corpus.data_dir)
    originals.put(A1.id, "a.md", b"# A", "text/markdown")
    own = small_corpus.data_dir / "eval" / "own.yaml"
    own.parent.mkdir()
    own.write_text("vragen", encoding="utf-8")
    return small_corpus


def back_up(corpus: SmallCorpus, target: Path) -> Path:
    return make_backup(corpus.data_dir, target, "1", no_progress).path


def put_back(
    path: Path, data_dir: Path, analyser: DutchAnalyser, replace: bool = False
) -> Restored:
    return restore_backup(path, data_dir, analyser, replace, no_progress)


def rows(data_dir: Path) -> dict[str, set[object]]:
    """All that is in the database, but who is signed in."""
    with closing(sqlite3.connect(data_dir / DATABASE)) as found:
        return {
            name: set(found.execute(f'SELECT * FROM "{name}"').fetchall())
            for name in all_tables.metadata.tables
            if name not in ("staff_session", "sign_in_failure")
        }


def test_all_comes_back(corpus: SmallCorpus, tmp_path: Path, analyser: DutchAnalyser) -> None:
    made = make_backup(corpus.data_dir, tmp_path / "k.tar.zst", "1", no_progress)
    assert (made.lost, made.manifest.about.edition) == (0, 1)
    assert made.path.stat().st_mode & 0o77 == 0  # for its owner only
    found = put_back(made.path, tmp_path / "nieuw", analyser)
    assert (found.faults, found.put_aside) == ((), None)
    assert rows(tmp_path / "nieuw") == rows(corpus.data_dir)
    assert (tmp_path / "nieuw/eval/own.yaml").read_text(encoding="utf-8") == "vragen"
    again = open_corpus(tmp_path / "nieuw", analyser)
    kept = Originals(again.registry.engine, again.data_dir)
    original = kept.get(A1.id)
    assert original is not None
    assert kept.read(original) == b"# A"
    index = again.library.open_edition()
    assert again.found_ids("sentences", index) == corpus.expected_ids("sentences", 1)
    assert again.publish(A2) == 2  # and it goes on from there
    again.registry.engine.dispose()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["k.tar.zst", "nieuw", "var"]


def test_a_staged_edition_comes_back_staged(
    corpus: SmallCorpus, tmp_path: Path, analyser: DutchAnalyser
) -> None:
    corpus.put(A2)
    staged = corpus.editions.stage("test").edition
    put_back(back_up(corpus, tmp_path), tmp_path / "nieuw", analyser)
    again = open_corpus(tmp_path / "nieuw", analyser)
    assert again.library.open_edition(staged).vectors.count("passages") == 2
    assert again.editions.publish("test").edition == staged
    again.registry.engine.dispose()


def test_nobody_is_signed_in_by_it(
    corpus: SmallCorpus, tmp_path: Path, analyser: DutchAnalyser
) -> None:
    with corpus.registry.engine.begin() as connection:
        connection.execute(
            insert(staff_tables.sign_in_failure).values(key="x", count=3, last_at=datetime.now(UTC))
        )
    put_back(back_up(corpus, tmp_path), tmp_path / "nieuw", analyser)
    with closing(sqlite3.connect(tmp_path / "nieuw" / DATABASE)) as found:
        assert found.execute("SELECT count(*) FROM sign_in_failure").fetchone() == (0,)


def test_it_is_made_while_others_publish(tmp_path: Path, analyser: DutchAnalyser) -> None:
    corpus = open_corpus(tmp_path / "var", analyser)
    corpus.publish(A1)
    process = worker.start(keeper.publish_for_ever, corpus.data_dir)
    for number in range(4):
        time.sleep(0.2)
        path = back_up(corpus, tmp_path / f"k{number}.tar.zst")
        found = put_back(path, tmp_path / f"terug{number}", analyser)
        assert found.faults == ()
    process.kill()
    process.join()
    assert len(corpus.ledger.editions()) > 2  # it did go on meanwhile
    corpus.registry.engine.dispose()


def test_an_older_database_is_brought_up_to_date(
    corpus: SmallCorpus, tmp_path: Path, analyser: DutchAnalyser, really_migrate: None
) -> None:
    with corpus.registry.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "0003")
    path = back_up(corpus, tmp_path / "oud.tar.zst")
    assert put_back(path, tmp_path / "nieuw", analyser).faults == ()
    engine = database.open_database(tmp_path / "nieuw")
    assert database.schema_revision(engine) == all_tables.SCHEMA_HEAD
    engine.dispose()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "nieuwere Routewijzer"),
        ("CREATE TRIGGER t AFTER INSERT ON audit BEGIN DELETE FROM audit; END", "doet zelf iets"),
        ("CREATE VIEW v AS SELECT 1", "doet zelf iets"),
    ],
)
def test_a_database_that_is_refused(
    corpus: SmallCorpus, tmp_path: Path, analyser: DutchAnalyser, statement: str, said: str
) -> None:
    with corpus.registry.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    path = back_up(corpus, tmp_path)
    with pytest.raises(BadInputError, match=said):
        put_back(path, tmp_path / "nieuw", analyser)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([path.name, "var"])


# --- where it may go -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("kopie.zip", "eindigt niet op"),
        ("weg/kopie.tar.zst", "bestaat niet"),
        ("var/kopie.tar.zst", "daarbuiten"),
        ("oud.tar.zst", "bestaat al"),
    ],
)
def test_a_place_that_will_not_do(
    corpus: SmallCorpus, tmp_path: Path, target: str, said: str
) -> None:
    (tmp_path / "oud.tar.zst").write_bytes(b"van eerder")
    with pytest.raises(BadInputError, match=said):
        back_up(corpus, tmp_path / target)
    assert (tmp_path / "oud.tar.zst").read_bytes() == b"van eerder"


def test_a_folder_without_a_database(tmp_path: Path) -> None:
    with pytest.raises(NotReadyError, match="geen database"):
        make_backup(tmp_path, tmp_path / "k.tar.zst", "1", no_progress)


def test_only_the_newest_stay(tmp_path: Path) -> None:
    names = [f"routewijzer-2026010{day}-120000.tar.zst" for day in range(1, 5)]
    for name in (*names, "routewijzer-mijn-eigen.tar.zst"):
        (tmp_path / name).touch()
    assert [p.name for p in keep_newest(tmp_path, 2)] == names[:2]
    assert keep_newest(tmp_path, 9) == []
    assert len(list(tmp_path.iterdir())) == 3


def test_a_folder_in_use_or_not_empty_is_left_alone(
    corpus: SmallCorpus, tmp_path: Path, analyser: DutchAnalyser
) -> None:
    path = back_up(corpus, tmp_path)
    before = rows(corpus.data_dir)
    with pytest.raises(BadInputError, match="niet leeg"):
        put_back(path, corpus.data_dir, analyser)
    with corpus.registry.engine.connect(), pytest.raises(BusyError, match="in gebruik"):
        put_back(path, corpus.data_dir, analyser, replace=True)
    assert rows(corpus.data_dir) == before


def test_what_is_replaced_is_kept_aside(
    corpus: SmallCorpus, tmp_path: Path, analyser: DutchAnalyser
) -> None:
    path = back_up(corpus, tmp_path)
    then = rows(corpus.data_dir)
    corpus.publish(A2)
    now = rows(corpus.data_dir)
    corpus.registry.engine.dispose()
    found = put_back(path, corpus.data_dir, analyser, replace=True)
    assert rows(corpus.data_dir) == then
    assert found.put_aside is not None
    assert rows(found.put_aside) == now


def test_a_damaged_database_can_be_replaced(
    corpus: SmallCorpus, tmp_path: Path, analyser: DutchAnalyser
) -> None:
    path = back_up(corpus, tmp_path)
    corpus.registry.engine.dispose()
    (corpus.data_dir / DATABASE).write_bytes(b"this is no database at all" * 100)
    assert put_back(path, corpus.data_dir, analyser, replace=True).faults == ()


def test_a_damaged_database_is_not_backed_up(corpus: SmallCorpus, tmp_path: Path) -> None:
    corpus.registry.engine.dispose()
    path = corpus.data_dir / DATABASE
    with closing(sqlite3.connect(path)) as found:
        found.execute("PRAGMA journal_mode=DELETE")
    data = bytearray(path.read_bytes())
    data[8192:] = os.urandom(len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(NotReadyError):
        back_up(corpus, tmp_path / "k.tar.zst")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["var"]


# --- what may go wrong -----------------------------------------------------------------------


def test_a_full_disk_is_said_and_leaves_nothing(
    corpus: SmallCorpus, tmp_path: Path, analyser: DutchAnalyser
) -> None:
    path = back_up(corpus, tmp_path / "heel.tar.zst")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(BadInputError, match="Maak ruimte"):
            back_up(corpus, tmp_path / "vol.tar.zst")
        with pytest.raises(BadInputError, match="Er is niets veranderd"):
            put_back(path, tmp_path / "nieuw", analyser)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["heel.tar.zst", "var"]


def test_two_at_once(corpus: SmallCorpus, tmp_path: Path) -> None:
    here, there = multiprocessing.Pipe()
    target = tmp_path / "k.tar.zst"
    process = worker.start(keeper.hang_in_backup, corpus.data_dir, target, there)
    assert here.poll(30)
    with pytest.raises(BusyError, match=r"schrijft .*k\.tar\.zst al"):
        back_up(corpus, target)
    process.kill()
    process.join()
    assert not target.exists()
    assert back_up(corpus, target) == target
    assert sorted(p.name for p in tmp_path.iterdir()) == ["k.tar.zst", "var"]


def _killed(job: Callable[..., None], seconds: float, *given: object) -> None:
    here, there = multiprocessing.Pipe()
    process = worker.start(job, *given, there)
    assert here.poll(30)
    process.join(seconds)
    process.kill()
    process.join()


def test_a_killed_backup_leaves_all_as_it_was(corpus: SmallCorpus, tmp_path: Path) -> None:
    chance = random.Random(8)
    before = rows(corpus.data_dir)
    target = tmp_path / "k.tar.zst"
    for _ in range(KILLS):
        _killed(keeper.back_up, chance.uniform(0, 0.1), corpus.data_dir, target)
        assert rows(corpus.data_dir) == before
        if target.exists():  # it was killed too late: then it is whole
            keeper.read_back(target)
            target.unlink()
    back_up(corpus, target)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["k.tar.zst", "var"]


def test_a_killed_restore_leaves_the_old_folder_or_the_new_one(
    corpus: SmallCorpus, tmp_path: Path, analyser: DutchAnalyser
) -> None:
    chance = random.Random(9)
    path = back_up(corpus, tmp_path)
    then = rows(corpus.data_dir)
    corpus.publish(A2)
    now = rows(corpus.data_dir)
    corpus.registry.engine.dispose()
    for _ in range(KILLS):
        _killed(keeper.put_back, chance.uniform(0, 0.5), path, corpus.data_dir)
        assert rows(corpus.data_dir) in (then, now)
        aside = [p for p in tmp_path.iterdir() if ".voor-herstel-" in p.name]
        if rows(corpus.data_dir) == then and aside:
            assert now in [rows(p) for p in aside]  # what was replaced is not lost
    put_back(path, corpus.data_dir, analyser, replace=True)
    assert rows(corpus.data_dir) == then
    assert not list(tmp_path.glob(".*"))


def test_a_disk_that_cannot_exchange_folders(
    corpus: SmallCorpus, tmp_path: Path, analyser: DutchAnalyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(_one: Path, _other: Path) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr("corpus.restore.exchange", cannot)
    path = back_up(corpus, tmp_path)
    corpus.registry.engine.dispose()
    found = put_back(path, corpus.data_dir, analyser, replace=True)
    assert found.put_aside is not None
    assert rows(found.put_aside) == rows(corpus.data_dir)


def test_folders_change_places(tmp_path: Path) -> None:
    for name in ("een", "ander"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "naam").write_text(name)
    exchange(tmp_path / "een", tmp_path / "ander")
    assert (tmp_path / "een/naam").read_text() == "ander"
    assert (tmp_path / "ander/naam").read_text() == "een"
    with pytest.raises(OSError, match="weg"):
        exchange(tmp_path / "een", tmp_path / "weg")


def test_an_original_that_was_gone_is_said_and_the_rest_is_kept(
    corpus: SmallCorpus, tmp_path: Path, analyser: DutchAnalyser
) -> None:
    for path in (corpus.data_dir / "originals").rglob("*"):
        if path.is_file():
            path.unlink()
    made = make_backup(corpus.data_dir, tmp_path / "k.tar.zst", "1", no_progress)
    assert made.lost == 1
    found = put_back(made.path, tmp_path / "nieuw", analyser)
    assert [fault.kind for fault in found.faults] == ["original"]
    again = open_corpus(tmp_path / "nieuw", analyser)
    assert len(find_faults(again.registry, again.ledger, again.editions, again.data_dir)) == 1
    again.registry.engine.dispose()
