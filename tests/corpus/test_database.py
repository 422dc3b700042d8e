from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, inspect, text
from sqlalchemy.exc import IntegrityError

from corpus import all_tables, schema
from corpus.database import alembic_config, open_database, schema_revision
from corpus.errors import NotReadyError
from tests.corpus import worker

pytestmark = pytest.mark.usefixtures("really_migrate")


def test_a_fresh_database_is_up_to_date(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "new" / "folder")
    assert schema_revision(engine) == all_tables.SCHEMA_HEAD
    assert set(all_tables.metadata.tables) <= set(inspect(engine).get_table_names())


def test_the_last_migration_is_the_one_that_is_named() -> None:
    script = ScriptDirectory.from_config(alembic_config())
    assert script.get_current_head() == all_tables.SCHEMA_HEAD


@pytest.mark.embedded
def test_tables_and_migrations_agree(tmp_path: Path) -> None:
    with open_database(tmp_path).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, all_tables.metadata) == []


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    first = open_database(tmp_path)
    with first.begin() as connection:
        connection.execute(insert(schema.vector).values(model_id="m", key="k", data=b"\x00\xff"))
    first.dispose()
    with open_database(tmp_path).connect() as connection:
        assert connection.execute(schema.vector.select()).all() == [("m", "k", b"\x00\xff")]


def test_rows_must_point_at_something(tmp_path: Path) -> None:
    dangling = insert(schema.draft).values(
        document_id="x", version_id="y", created_at=datetime.now(UTC)
    )
    with open_database(tmp_path).begin() as connection, pytest.raises(IntegrityError):
        connection.execute(dangling)


def test_readers_go_on_while_one_writes(tmp_path: Path) -> None:
    engine = open_database(tmp_path)
    with engine.begin() as writing, engine.connect() as reading:
        writing.execute(insert(schema.vector).values(model_id="m", key="k", data=b""))
        assert reading.execute(schema.vector.select()).all() == []


@pytest.mark.embedded
def test_several_processes_may_open_a_new_folder_at_once(tmp_path: Path) -> None:
    processes = [worker.start(worker.open_new_folder, tmp_path / "var") for _ in range(4)]
    for process in processes:
        process.join(30)
    assert [process.exitcode for process in processes] == [0] * 4
    assert schema_revision(open_database(tmp_path / "var")) == all_tables.SCHEMA_HEAD


def test_a_database_of_the_first_release_is_brought_up_to_date(tmp_path: Path) -> None:
    engine = open_database(tmp_path)
    with engine.begin() as connection:
        connection.execute(insert(schema.vector).values(model_id="m", key="k", data=b"x"))
        command.downgrade(alembic_config(connection), "0001")
    assert not inspect(engine).has_table("kept_question")
    engine.dispose()
    again = open_database(tmp_path)
    assert schema_revision(again) == all_tables.SCHEMA_HEAD
    assert inspect(again).has_table("kept_question")
    with again.connect() as connection:
        assert connection.execute(schema.vector.select()).all() == [("m", "k", b"x")]


@pytest.mark.embedded
@pytest.mark.parametrize("tables", [1, 4, 9])
def test_a_killed_migration_is_done_over(tmp_path: Path, tables: int) -> None:
    process = worker.start(worker.die_while_migrating, tmp_path, tables)
    process.join(30)
    assert process.exitcode == worker.DIED
    engine = open_database(tmp_path)
    assert schema_revision(engine) == all_tables.SCHEMA_HEAD
    assert set(all_tables.metadata.tables) <= set(inspect(engine).get_table_names())


@pytest.mark.embedded
def test_a_damaged_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "routewijzer.sqlite3").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(NotReadyError, match=r"niet te openen: .*not a database"):
        open_database(tmp_path)


def test_a_database_of_a_newer_release_is_refused(tmp_path: Path) -> None:
    engine = open_database(tmp_path)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(NotReadyError, match="nieuwere Routewijzer"):
        open_database(tmp_path)
