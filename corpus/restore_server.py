"""Puts the tables of a backup back into PostgreSQL, together with the folder of that backup."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

from corpus.archive import DATABASE, Progress
from corpus.errors import BadInputError, BusyError
from corpus.transfer import fill_server, holds_anything, write_file

_EARLIER = f"{DATABASE}.eerder"


def refuse_server(server: Engine, replace: bool) -> None:
    """Raises BadInputError when the database is not empty and may not be replaced, BusyError when
    others use it."""
    name = server.url.database
    with server.connect() as connection:
        if holds_anything(connection) and not replace:
            raise BadInputError(
                f"De database {name} is niet leeg. Geef --replace om haar te vervangen; wat erin "
                "stond blijft bewaard, in de oude map met gegevens."
            )
        others = connection.scalar(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND usename = current_user AND pid <> pg_backend_pid()"
            )
        )
    if others:
        raise BusyError(
            f"De database {name} is in gebruik. Stop eerst routewijzer serve en andere "
            "opdrachten, en probeer het dan weer."
        )


@contextmanager
def filled(server: Engine, folder: Path, data_dir: Path, progress: Progress) -> Iterator[None]:
    """Around the moment at which ``folder`` takes the place of ``data_dir``: what the server held
    is written beside what is there, and what the file in ``folder`` holds takes its place when
    all went well. A process that is killed in between leaves the server as it was: the same
    backup can be put back again."""
    with server.begin() as connection:
        if holds_anything(connection):
            _keep(server, data_dir / DATABASE, progress)
        fill_server(folder / DATABASE, connection, progress)
        for left in folder.glob(f"{DATABASE}*"):
            left.unlink()
        yield


def _keep(server: Engine, path: Path, progress: Progress) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():  # of the time before the server
        path.replace(path.with_name(_EARLIER))
    write_file(server, path, progress)
    path.chmod(0o600)  # it holds the hashes of passwords
