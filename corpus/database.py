"""Opens the database and brings its tables up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError

from corpus.errors import NotReadyError
from corpus.schema import SCHEMA_HEAD


def open_database(data_dir: Path) -> Engine:
    """Engine on ``data_dir/routewijzer.sqlite3``, made and migrated when needed.

    Raises NotReadyError when the file is damaged, cannot be written, or comes from a newer release.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / "routewijzer.sqlite3"
    try:
        return _open(data_dir, path)
    except DatabaseError as error:
        reason = str(error.orig)
        raise NotReadyError(
            f"De database {path} is niet te openen: {reason}. "
            "Controleer de rechten en de schijf, of zet een reservekopie terug."
        ) from error


def _open(data_dir: Path, path: Path) -> Engine:
    # An error that is logged must not tell what was asked: that stands in the parameters.
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True)
    event.listen(engine, "connect", _set_up_sqlite)
    if schema_revision(engine) != SCHEMA_HEAD:
        with FileLock(data_dir / "migrate.lock"):  # several processes may start at once
            if schema_revision(engine) != SCHEMA_HEAD:
                migrate(engine)
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
    # Imported here: a database that is up to date, the usual case, does not pay for it.
    from alembic import command

    found = schema_revision(engine)
    if found is not None and found > SCHEMA_HEAD:
        raise NotReadyError(
            f"De database is gemaakt door een nieuwere Routewijzer (tabellen {found}; deze kent "
            f"{SCHEMA_HEAD}). Installeer die versie, of kies een andere ROUTEWIJZER_DATA_DIR."
        )
    with engine.begin() as connection:
        # Of its own accord sqlite3 begins no transaction before CREATE TABLE, and a process that
        # is killed half-way would leave a database that no later run can bring up to date.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection | None = None) -> Any:
    """Alembic's configuration for the migrations in this package."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
