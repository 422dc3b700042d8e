"""Opens the database and brings its tables up to date: SQLite in the data folder, or PostgreSQL."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from typing import Any

from filelock import FileLock
from pydantic import SecretStr
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, DBAPIError, ProgrammingError
from sqlalchemy.pool import NullPool

from corpus import postgres
from corpus.all_tables import SCHEMA_HEAD
from corpus.errors import NotReadyError
from corpus.read_only import connect_read_only, is_full, is_read_only

DISK_ERRORS: tuple[type[Exception], ...] = (OSError, DBAPIError, sqlite3.Error)
"""What is raised by a disk that fails, among other things: `corpus.disk_trouble` tells which.
SQLite's own comes from connections that SQLAlchemy has not wrapped."""


def open_database(data_dir: Path, url: SecretStr | None = None) -> Engine:
    """Engine on ``data_dir/routewijzer.sqlite3`` or, with ``url``, on a PostgreSQL server; made
    and migrated when needed.

    Raises NotReadyError when the file is damaged, cannot be written, or comes from a newer release,
    and when the server cannot be used; BadInputError when ``url`` is no address of one.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    if url is not None:
        return open_server(url)
    path = data_dir / "routewijzer.sqlite3"
    try:
        return _open_to_read(path) if is_read_only(data_dir) else _open_file(path)
    except DatabaseError as error:
        if path.is_file() and is_full(data_dir):
            return _open_on_full_disk(path)
        reason = str(error.orig)
        raise NotReadyError(
            f"De database {path} is niet te openen: {reason}. "
            "Controleer de rechten en de schijf, of zet een reservekopie terug."
        ) from error


def open_server(url: SecretStr) -> Engine:
    """Engine on a PostgreSQL server, its tables made and migrated when needed.

    Raises NotReadyError when it cannot be used, BadInputError when ``url`` is no address of one.
    """
    engine = postgres.connect(postgres.server_address(url))
    try:
        if schema_revision(engine) != SCHEMA_HEAD:
            migrate(engine)
    except ProgrammingError as error:
        engine.dispose()
        raise NotReadyError(
            f"De tabellen in PostgreSQL zijn niet te maken: {' '.join(str(error.orig).split())}. "
            "Geef de gebruiker rechten op het schema, of maak haar eigenaar van de database."
        ) from None
    except NotReadyError:
        engine.dispose()
        raise
    return engine


def _open_file(path: Path) -> Engine:
    # An error that is logged must not tell what was asked: that stands in the parameters.
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True)
    event.listen(engine, "connect", _set_up_sqlite)
    if schema_revision(engine) != SCHEMA_HEAD:
        with FileLock(path.with_name("migrate.lock")):  # several processes may start at once
            if schema_revision(engine) != SCHEMA_HEAD:
                migrate(engine)
    return engine


def _open_to_read(path: Path) -> Engine:
    """Questions are answered from a folder that cannot be written to; changes fail, and say so."""
    engine = create_engine(
        f"sqlite:///{path}",
        creator=lambda: connect_read_only(path),
        poolclass=NullPool,
        hide_parameters=True,
    )
    if (found := schema_revision(engine)) != SCHEMA_HEAD:
        raise NotReadyError(
            f"De map {path.parent} is alleen te lezen, en de tabellen ({found}) zijn niet die van "
            f"deze Routewijzer ({SCHEMA_HEAD}). Zorg dat er in te schrijven is."
        )
    return engine


def _open_on_full_disk(path: Path) -> Engine:
    """Without room for its log SQLite cannot be opened to write. Questions are answered meanwhile;
    to write, the process must start again."""
    engine = _open_to_read(path)

    def no_room(context: ExceptionContext) -> None:
        if "readonly" in str(context.original_exception):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from context.original_exception

    event.listen(engine, "handle_error", no_room)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # WAL: readers go on while one process writes. FULL: a commit survives a power cut.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def schema_revision(engine: Engine) -> str | None:
    """The migration that the database is at, or None when it is new."""
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision


def migrate(engine: Engine) -> None:
    """Run the migrations that the database has not had."""
    found = schema_revision(engine)
    if found is not None and found > SCHEMA_HEAD:
        raise NotReadyError(
            f"De database is gemaakt door een nieuwere Routewijzer (tabellen {found}; deze kent "
            f"{SCHEMA_HEAD}). Installeer die versie, of kies een andere ROUTEWIJZER_DATA_DIR."
        )
    upgrade(engine, "head")


def upgrade(engine: Engine, revision: str) -> None:
    """Run the migrations up to ``revision``, all of them or none."""
    # Imported here: a database that is up to date, the usual case, does not pay for it.
    from alembic import command

    with engine.begin() as connection:
        if postgres.is_server(engine):
            postgres.one_at_a_time(connection)
        else:
            # Of its own accord sqlite3 begins no transaction before CREATE TABLE, and a process
            # that is killed half-way would leave a database that no later run can bring up to date.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        command.upgrade(alembic_config(connection), revision)
        if postgres.is_server(engine):
            postgres.order_by_code(connection)


def alembic_config(connection: Connection | None = None) -> Any:
    """Alembic's configuration for the migrations in this package."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
