"""Deletes for good: neither database overwrites what was deleted of its own accord."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, Table

from corpus.postgres import is_server


@contextmanager
def erasing(engine: Engine, tables: Sequence[Table]) -> Iterator[Connection]:
    """One transaction, after which nothing of what it deleted from ``tables``, or overwrote there,
    is left in the files of the database itself. Copies that were made before hold it still, and so
    does the log that PostgreSQL keeps for a time."""
    with engine.connect() as connection:
        if is_server(engine):
            yield connection
            connection.commit()
        else:
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
            yield connection
            connection.commit()
            # The log of SQLite holds the old pages until they are written back.
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    if is_server(engine):
        # Written anew without them: a table of this kind is small.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in tables:
                connection.exec_driver_sql(f'VACUUM FULL "{table.name}"')
