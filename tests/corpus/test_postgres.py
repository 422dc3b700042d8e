"""PostgreSQL in the place of SQLite: what is its own. The rest of these tests runs on it as they
are, with ``--shape server``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy.event
from alembic import command
from pydantic import SecretStr
from sqlalchemy import Engine, insert, inspect, text

from corpus import all_tables, schema
from corpus.check import find_faults
from corpus.database import alembic_config, open_database, open_server, schema_revision
from corpus.dutch import DutchAnalyser
from corpus.errors import BadInputError, NotReadyError
from corpus.ledger import Ledger
from corpus.postgres import server_address
from corpus.questions_log import QuestionsLog
from corpus.registry import Registry
from tests.builders import SmallCorpus, corpus_on, make_version
from tests.corpus import worker
from tests.postgres import Server

pytestmark = [pytest.mark.server, pytest.mark.embedded, pytest.mark.usefixtures("really_migrate")]

SECRET = "heel-geheim"


@pytest.fixture
def empty(postgres_server: Server) -> Iterator[SecretStr]:
    """A database without any tables, as staff make it: its text in the order of a language."""
    postgres_server.run_sql(
        "CREATE DATABASE leeg TEMPLATE template0 ENCODING 'UTF8' "
        "LOCALE_PROVIDER icu ICU_LOCALE 'nl' LOCALE 'C'"
    )
    yield postgres_server.url("leeg")
    postgres_server.run_sql("DROP DATABASE leeg WITH (FORCE)")


@pytest.fixture
def engine(postgres_server: Server) -> Iterator[Engine]:
    name = postgres_server.lend()
    opened = open_server(postgres_server.url(name))
    yield opened
    opened.dispose()
    postgres_server.take_back(name)


@pytest.fixture
def corpus(engine: Engine, tmp_path: Path, analyser: DutchAnalyser) -> SmallCorpus:
    return corpus_on(engine, tmp_path / "var", analyser)


def test_tables_are_made_and_text_is_compared_by_code(empty: SecretStr, tmp_path: Path) -> None:
    engine = open_database(tmp_path, empty)
    assert schema_revision(engine) == all_tables.SCHEMA_HEAD
    assert set(all_tables.metadata.tables) <= set(inspect(engine).get_table_names())
    assert list(tmp_path.iterdir()) == []  # no database in the folder
    registry = Registry(engine)
    for document_id in ("a-b", "ab", "B", "aa"):
        registry.store_draft(make_version(document_id, ["De student leert."]))
    with engine.connect() as connection:
        ordered = connection.scalars(text("SELECT id FROM document ORDER BY id")).all()
    assert ordered == sorted(ordered)  # in Dutch order B comes after aa
    engine.dispose()


def test_several_processes_may_open_it_at_once(empty: SecretStr) -> None:
    address = empty.get_secret_value()
    processes = [worker.start(worker.open_new_server, address) for _ in range(3)]
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 3
    engine = open_server(empty)
    assert schema_revision(engine) == all_tables.SCHEMA_HEAD
    engine.dispose()


def test_a_killed_migration_is_done_over(empty: SecretStr) -> None:
    process = worker.start(worker.die_while_migrating_server, empty.get_secret_value(), 4)
    process.join(30)
    assert process.exitcode == worker.DIED
    engine = open_server(empty)
    assert set(all_tables.metadata.tables) <= set(inspect(engine).get_table_names())
    engine.dispose()


def test_a_database_of_the_first_release_is_brought_up_to_date(empty: SecretStr) -> None:
    engine = open_server(empty)
    with engine.begin() as connection:
        connection.execute(insert(schema.vector).values(model_id="m", key="k", data=b"x\0y"))
        command.downgrade(alembic_config(connection), "0001")
    assert not inspect(engine).has_table("kept_question")
    engine.dispose()
    again = open_server(empty)
    assert schema_revision(again) == all_tables.SCHEMA_HEAD
    with again.connect() as connection:
        assert connection.execute(schema.vector.select()).all() == [("m", "k", b"x\0y")]
    again.dispose()


def test_a_database_of_a_newer_release_is_refused(empty: SecretStr) -> None:
    engine = open_server(empty)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(NotReadyError, match="nieuwere Routewijzer"):
        open_server(empty)


def test_a_user_without_rights_is_told_what_to_do(
    empty: SecretStr, postgres_server: Server
) -> None:
    postgres_server.run_sql("CREATE ROLE gast LOGIN")
    address = empty.get_secret_value().replace("tester@", "gast@")
    with pytest.raises(NotReadyError, match=r"niet te maken: .*permission denied.*rechten"):
        open_server(SecretStr(address))


@pytest.mark.parametrize(
    "address",
    [
        "mysql://u:p@host/naam",
        "geen adres",
        "postgresql://u@host",
        f"postgresql://u:{SECRET}@rest@host/naam",
        f"postgresql://u:{SECRET}@host:poort/naam",
    ],
)
def test_a_wrong_address_is_told_without_the_password(address: str) -> None:
    with pytest.raises(BadInputError, match="postgresql://GEBRUIKER") as told:
        server_address(SecretStr(address))
    assert SECRET not in str(told.value)


def test_a_server_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    address = SecretStr(f"postgresql://u:{SECRET}@/naam?host={tmp_path}")
    with pytest.raises(NotReadyError, match=r"naam op deze machine is niet te openen: ") as told:
        open_database(tmp_path, address)
    assert SECRET not in str(told.value)
    assert "\n" not in str(told.value)


def test_who_may_not_in_is_told_so(postgres_server: Server) -> None:
    with pytest.raises(NotReadyError, match='role "vreemde" does not exist'):
        open_server(SecretStr(f"postgresql://vreemde:{SECRET}@/x?host={postgres_server.folder}"))


def test_without_the_package_it_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(NotReadyError, match=r"routewijzer\[postgres\]"):
        open_server(SecretStr("postgresql://u@host/naam"))


def test_text_with_nul_keeps_its_places(engine: Engine) -> None:
    registry = Registry(engine)
    version = make_version("a", ["De student\0 leert. Het bedrijf betaalt."])
    registry.store_draft(version)
    kept = registry.version(version.id)
    assert kept.text == version.text.replace("\0", "\ufffd")
    sentence = kept.passages[0].sentences[1]
    assert kept.text[sentence.start : sentence.end] == sentence.text == "Het bedrijf betaalt."


def test_moments_are_utc_whatever_the_server_says(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER ROLE tester SET timezone = 'Asia/Tokyo'"))
    engine.dispose()
    try:
        ledger = Ledger(engine)
        ledger.log("wie", "iets", {})
        (entry,) = ledger.history()
        assert abs((datetime.now(UTC) - entry.at).total_seconds()) < 60
    finally:
        with engine.begin() as connection:
            connection.execute(text("ALTER ROLE tester RESET timezone"))


def test_what_is_erased_is_not_in_the_files_of_the_table(
    engine: Engine, postgres_server: Server
) -> None:
    log = QuestionsLog(engine, 90)
    asked = "Waar parkeert Annemoontje haar bakfiets?"
    log.feedback("spoor", helpful=False, edition=1, question=asked)
    assert b"Annemoontje" in _table_bytes(engine, postgres_server)
    assert log.forget("spoor") == 1
    assert b"Annemoontje" not in _table_bytes(engine, postgres_server)


def _table_bytes(engine: Engine, server: Server) -> bytes:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        path = connection.scalar(text("SELECT pg_relation_filepath('kept_question')"))
    return (server.folder / "data" / str(path)).read_bytes()


def test_a_row_that_cannot_be_read_is_found(corpus: SmallCorpus, postgres_server: Server) -> None:
    """Without the file of a table, as after a disk that lost it."""
    corpus.publish(make_version("a", ["De student leert."]))
    engine = corpus.registry.engine
    assert find_faults(corpus.registry, corpus.ledger, corpus.editions, corpus.data_dir) == []
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        path = connection.scalar(text("SELECT pg_relation_filepath('twin')"))
    file = postgres_server.folder / "data" / str(path)
    file.rename(file.with_suffix(".weg"))
    try:
        postgres_server.forget_files(str(engine.url.database))
        (fault,) = find_faults(corpus.registry, corpus.ledger, corpus.editions, corpus.data_dir)
        assert fault.kind == "database"
        assert "De tabel twin in PostgreSQL is niet te lezen" in fault.line
    finally:
        file.with_suffix(".weg").rename(file)


def test_two_processes_that_store_the_same_vectors_never_wait_for_each_other(
    engine: Engine,
) -> None:
    """In opposite order each would hold what the other wants, and PostgreSQL would end one."""
    seen: list[list[str]] = []

    def note(_c: object, _cur: object, _s: str, given: object, *_rest: object) -> None:
        if isinstance(given, list):
            seen.append([row["key"] for row in given])

    sqlalchemy.event.listen(engine, "before_cursor_execute", note)
    registry, vectors = Registry(engine), np.eye(3, dtype=np.float32)
    registry.vectors.put("m", ["c", "a", "b"], vectors)
    assert seen == [["a", "b", "c"]]
    assert registry.vectors.missing("m", ["a", "b", "c"]) == set()
