"""What PostgreSQL needs in the place of SQLite: an address, connections that come back by
themselves, and tables that take and order text as SQLite does."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from pydantic import SecretStr
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    ExceptionContext,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from corpus import all_tables
from corpus.errors import BadInputError, NotReadyError

log = logging.getLogger(__name__)

AWAY = "De database is nu niet bereikbaar. Probeer het over een minuut nog eens."
_FULL = "De schijf van de database is vol. Maak ruimte, en doe het dan opnieuw."
_DISK_FULL = "53100"  # SQLSTATE
_OUT_OF_RANGE = "22003"
_SCHEMES = ("postgresql", "postgres")
_MIGRATING = 0x726F757465  # key of the advisory lock: any number that nobody else takes
_SECONDS_TO_CONNECT = 5
_KEEP_WATCH = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 20_000,  # ms: a server that vanished is not waited for
}


class DatabaseAwayError(NotReadyError):
    """The server cannot be reached now, and may be back in a moment."""


def is_server(engine: Engine) -> bool:
    """Whether the database is PostgreSQL, and not the file in the data folder."""
    return engine.dialect.name == "postgresql"


def server_address(given: SecretStr) -> URL:
    """The address of the setting. Raises BadInputError, which never shows the password."""
    try:
        url = make_url(given.get_secret_value().strip())
    except (ArgumentError, ValueError):
        raise _no_address() from None
    # An @ that stands in the password as it is would make the rest of it part of the host.
    if url.drivername not in _SCHEMES or not url.database or "@" in (url.host or ""):
        raise _no_address()
    return url.set(drivername="postgresql+psycopg")


def connect(url: URL) -> Engine:
    """Engine on a server that answers; the tables are as they are.

    Raises NotReadyError when it cannot be reached or lets nobody in, or when the package for it
    is not installed.
    """
    try:
        # An error that is logged must not tell what was asked: that stands in the parameters.
        engine = create_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,  # after a restart of the server the old connections are dead
            max_overflow=60,  # more than the threads of one process: nobody waits for another
            connect_args={
                "connect_timeout": _SECONDS_TO_CONNECT,
                "client_encoding": "utf8",
                **_KEEP_WATCH,
            },
        )
    except ModuleNotFoundError:
        raise NotReadyError(
            "Voor PostgreSQL ontbreekt een pakket. Installeer het met: "
            "pip install 'routewijzer[postgres]'"
        ) from None
    event.listen(engine, "connect", _set_up)
    try:
        with engine.connect() as connection:
            encoding = connection.scalar(text("SHOW server_encoding"))
    except OperationalError as error:
        raise NotReadyError(
            f"De database {url.database} op {url.host or 'deze machine'} is niet te openen: "
            f"{_reason(error.orig, url)}. Controleer ROUTEWIJZER_DATABASE_URL, en of PostgreSQL "
            "draait."
        ) from None
    if encoding != "UTF8":
        engine.dispose()
        raise NotReadyError(
            f"De database {url.database} bewaart tekst als {encoding}. Maak haar opnieuw, met: "
            "createdb --template template0 --encoding UTF8"
        )
    # From here on whoever asks something is told plainly that the server is away.
    event.listen(engine, "handle_error", _say_plainly)
    return engine


def one_at_a_time(connection: Connection) -> None:
    """Wait until no other process migrates this database; held until the transaction ends."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})


def order_by_code(connection: Connection) -> None:
    """Make every column of text take any length, and compare by code point, as SQLite does: with
    the rules of a language the same corpus would be read in another order."""
    found = connection.execute(
        text(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() "
            "AND data_type IN ('character varying', 'text') "
            "AND (data_type <> 'text' OR collation_name IS DISTINCT FROM 'C')"
        )
    ).all()
    changes: dict[str, list[str]] = {}
    for table, column in found:
        if table in all_tables.metadata.tables:
            changes.setdefault(table, []).append(f'ALTER COLUMN "{column}" TYPE text COLLATE "C"')
    for table, columns in changes.items():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {", ".join(columns)}')


def check_server(engine: Engine) -> None:
    """Read every row of every table. Raises NotReadyError when the server cannot: with checksums
    (`initdb --data-checksums`) it notices pages that changed on the disk."""
    with engine.connect() as connection:
        for name in all_tables.metadata.tables:
            row = f'"{name}"'
            try:
                connection.exec_driver_sql(
                    f"SELECT sum(length({row}::text)) FROM {row}"  # noqa: S608  # a name of ours
                )
            except DBAPIError as error:
                why = " ".join(str(error.orig).split())[:200]
                raise NotReadyError(
                    f"De tabel {name} in PostgreSQL is niet te lezen ({why}). "
                    "Zet een reservekopie terug met: routewijzer restore BESTAND --replace"
                ) from None


# --- steps -----------------------------------------------------------------------------------


def _set_up(connection: Any, _record: Any) -> None:
    # Moments come back without being moved to another zone: the rows say UTC.
    connection.execute("SET TIME ZONE 'UTC'")
    connection.commit()
    connection.adapters.register_dumper(str, _storable())


@cache
def _storable() -> type:
    """How text goes to the server, which takes no NUL: that becomes the character for what is no
    character, so that places in the text stay where they are."""
    from psycopg.types.string import StrDumper  # not installed where SQLite is used

    class Storable(StrDumper):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", "\ufffd"))

    return Storable


def _say_plainly(context: ExceptionContext) -> None:
    """In the place of an error about a connection, or about a number that no row can have, one
    plain line that readers may see."""
    if getattr(context.original_exception, "sqlstate", None) == _OUT_OF_RANGE:
        # SQLite compares any number; this server would call it an error of ours.
        raise BadInputError("Zo'n groot getal bestaat hier niet. Controleer het.") from None
    if context.is_pre_ping or not isinstance(context.sqlalchemy_exception, OperationalError):
        return  # the pool makes a new connection, or it is something else
    error = context.original_exception
    if getattr(error, "sqlstate", None) == _DISK_FULL:
        log.error("The database has no room: %s", error)
        raise NotReadyError(_FULL) from None
    if context.is_disconnect or context.connection is None:
        log.warning("The database is away: %s", " ".join(str(error).split()))
        raise DatabaseAwayError(AWAY) from None


def _reason(error: BaseException | None, url: URL) -> str:
    lines = str(error).strip().splitlines() or ["geen antwoord"]
    reason = lines[0].rsplit("failed: ", 1)[-1].strip()
    return reason.replace(url.password, "***") if url.password else reason


def _no_address() -> BadInputError:
    return BadInputError(
        "ROUTEWIJZER_DATABASE_URL is geen adres van PostgreSQL. Schrijf: "
        "postgresql://GEBRUIKER:WACHTWOORD@HOST/DATABASE, met %40 en %2F voor @ en / in het "
        "wachtwoord."
    )
