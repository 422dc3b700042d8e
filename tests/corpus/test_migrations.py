"""A data folder of any earlier release opens, with every row in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    create_engine,
    insert,
    select,
)

from corpus import all_tables
from corpus.backup import check_database
from corpus.database import alembic_config, open_database, schema_revision

pytestmark = [pytest.mark.embedded, pytest.mark.usefixtures("really_migrate")]
REVISIONS = sorted(
    script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()
)
VALUES: Mapping[type, Any] = {
    JSON: {"naam": ["é", 1]},
    Boolean: True,
    DateTime: datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC),
    Date: date(2026, 2, 3),
    Float: 0.5,
    Integer: 1,
    LargeBinary: b"\x00\xff",
}


def at_revision(folder: Path, revision: str) -> Engine:
    """A database as the release with this revision left it."""
    engine = create_engine(f"sqlite:///{folder / 'routewijzer.sqlite3'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        command.upgrade(alembic_config(connection), revision)
    return engine


def value(column: Column[Any]) -> Any:
    """Something for a column; the same everywhere, so that rows point at each other."""
    declared = all_tables.metadata.tables[column.table.name].columns.get(column.name)
    kind = (declared if declared is not None else column).type
    return next((v for of, v in VALUES.items() if isinstance(kind, of)), "iets")


def filled(connection: Connection) -> dict[str, Any]:
    """Put a row in every table; what is in each."""
    found = MetaData()
    found.reflect(connection)
    for table in found.sorted_tables:
        if table.name != "alembic_version":
            connection.execute(
                insert(as_declared(table)).values({c.name: value(c) for c in table.c})
            )
    return rows(connection, found)


def as_declared(table: Table) -> Table:
    return all_tables.metadata.tables.get(table.name, table)


def rows(connection: Connection, tables: MetaData) -> dict[str, Any]:
    return {
        table.name: [dict(row._mapping) for row in connection.execute(select(table))]
        for table in tables.sorted_tables
        if table.name != "alembic_version"
    }


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_row_of_an_earlier_release_is_there(tmp_path: Path, revision: str) -> None:
    engine = at_revision(tmp_path, revision)
    with engine.begin() as connection:
        before = filled(connection)
    assert all(len(found) == 1 for found in before.values())
    engine.dispose()
    again = open_database(tmp_path)
    assert schema_revision(again) == all_tables.SCHEMA_HEAD
    found = MetaData()
    with again.connect() as connection:
        found.reflect(connection)
        after = rows(connection, found)
    again.dispose()
    for name, held in before.items():
        (old,), (new,) = held, after[name]
        assert {key: new[key] for key in old} == old, name
    check_database(tmp_path / "routewijzer.sqlite3")


def test_the_revisions_are_in_order() -> None:
    # A backup of a newer release is known by its number.
    assert [f"{number:04d}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS
    assert REVISIONS[-1] == all_tables.SCHEMA_HEAD
