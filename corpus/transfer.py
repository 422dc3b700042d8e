"""Copies all tables between PostgreSQL and a SQLite file, both ways: a backup, a trial on a copy,
and moving from the one to the other are the same copy."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Table,
    create_engine,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.pool import NullPool

from corpus import all_tables
from corpus.all_tables import SCHEMA_HEAD
from corpus.database import schema_revision, upgrade
from corpus.errors import NotReadyError
from corpus.postgres import is_server

_ROWS = 500
_STEP = "Database kopiëren"

Progress = Callable[[str, int, int], None]
"""Called with (step in Dutch, rows done, rows in all)."""


def write_file(
    engine: Engine, path: Path, progress: Progress, without: Collection[str] = ()
) -> None:
    """Copy a server's tables, as they are at one moment, to the new SQLite file ``path``; those
    named in ``without`` stay empty. Its tables are of the release that the server's are of.

    Raises NotReadyError when the server has no tables, or those of a newer release.
    """
    revision = schema_revision(engine)
    if revision is None:
        raise NotReadyError("De database heeft geen tabellen; er is niets om te bewaren.")
    if revision > SCHEMA_HEAD:
        raise NotReadyError(
            f"De database is van een nieuwere Routewijzer (tabellen {revision}; deze kent "
            f"{SCHEMA_HEAD}). Installeer die versie."
        )
    file = create_engine(f"sqlite:///{path}", poolclass=NullPool, hide_parameters=True)
    upgrade(file, revision)
    # All tables as they were when the first was read, whoever writes meanwhile.
    one_moment = engine.connect().execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )
    with one_moment as source, file.begin() as target:
        _copy(source, target, progress, without)


def fill_server(path: Path, server: Connection, progress: Progress) -> None:
    """Put what the SQLite file ``path`` holds in the place of all that the server has, within the
    caller's transaction. Both have the tables of this release."""
    file = create_engine(f"sqlite:///{path}", poolclass=NullPool, hide_parameters=True)
    for table in reversed(all_tables.metadata.sorted_tables):
        server.execute(table.delete())
    with file.connect() as source:
        _copy(source, server, progress, ())


def holds_anything(connection: Connection) -> bool:
    """Whether there is a document, an account, a question or an act in the database."""
    return any(
        connection.scalar(select(text("1")).select_from(table).limit(1)) is not None
        for table in all_tables.metadata.sorted_tables
    )


# --- steps -----------------------------------------------------------------------------------


def _copy(
    source: Connection, target: Connection, progress: Progress, without: Collection[str]
) -> None:
    held = list(_held(target, without))
    counts = [source.scalar(select(func.count()).select_from(table)) or 0 for table, _ in held]
    done, total = 0, sum(counts)
    for table, columns in held:
        asked = select(*columns).execution_options(yield_per=_ROWS)
        for part in source.execute(asked).mappings().partitions():
            target.execute(insert(table), [dict(row) for row in part])
            done += len(part)
            progress(_STEP, done, total)
        _go_on_counting(source, target, table)


def _held(
    connection: Connection, without: Collection[str]
) -> Iterator[tuple[Table, list[Column[object]]]]:
    """The tables and columns that the target has, what is pointed at first: of an earlier release
    it lacks some."""
    looked = inspect(connection)
    there = set(looked.get_table_names())
    for table in all_tables.metadata.sorted_tables:
        if table.name in there and table.name not in without:
            names = {column["name"] for column in looked.get_columns(table.name)}
            yield table, [column for column in table.c if column.name in names]


def _go_on_counting(source: Connection, target: Connection, table: Table) -> None:
    """A number that was given out is never given out again, even if its row is gone."""
    key = table.autoincrement_column
    if key is None:
        return
    last = _last_number(source, table, key)
    if is_server(target.engine):
        target.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, :key), :last, :given)"),
            {"name": table.name, "key": key.name, "last": max(last, 1), "given": last > 0},
        )
        return
    if not _never_again(table):
        return  # SQLite itself goes on after the highest number
    target.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    target.execute(
        text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"),
        {"name": table.name, "last": last},
    )


def _never_again(table: Table) -> bool:
    """Whether SQLite keeps the highest number that it ever gave, too."""
    return bool(table.dialect_options["sqlite"]["autoincrement"])


def _last_number(source: Connection, table: Table, key: Column[int]) -> int:
    if not is_server(source.engine):
        if not _never_again(table):
            return source.scalar(select(func.max(key))) or 0
        asked = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return int(source.scalar(asked, {"name": table.name}) or 0)
    sequence: str = source.execute(
        text("SELECT pg_get_serial_sequence(:name, :key)"), {"name": table.name, "key": key.name}
    ).scalar_one()
    row = source.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()  # noqa: S608
    return int(row[0]) if row[1] else 0
