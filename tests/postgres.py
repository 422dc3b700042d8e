"""A real PostgreSQL, started by the tests themselves, with an empty database for who asks."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, make_url

from corpus import all_tables, database
from corpus.transfer import fill_server

MISSING = "PostgreSQL is niet geïnstalleerd (Debian: apt-get install postgresql)"
_ON_DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG
MARK = ".database-van-de-tests"
_TEMPLATE = "sjabloon"
_FAST = (  # nothing of these tests outlives the machine
    *("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "autovacuum=off"),
    *("-c", "max_connections=400", "-c", "shared_buffers=64MB", "-c", "listen_addresses="),
    *("-c", "wal_level=minimal", "-c", "max_wal_senders=0"),
)


def programs() -> Path | None:
    """The folder of PostgreSQL's programs; None when it is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return folders[-1].parent if folders else None


def _end_with_us() -> None:
    """Let Linux end the server when the tests are killed and cannot do it themselves."""
    ctypes.CDLL(None).prctl(_ON_DEATH_OF_PARENT, signal.SIGQUIT)


class Server:
    """One server on a socket in a folder of its own. It refuses to run as root: then another
    user runs it."""

    def __init__(self) -> None:
        found = programs()
        if found is None:
            pytest.skip(MISSING)
        self._programs = found
        # A socket's path may have 107 characters, and that other user must get at it.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._as_user: dict[str, object] = {"cwd": self.folder}
        if os.geteuid() == 0:
            self._as_user |= {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(self.folder, "postgres", "postgres")
        self._names = (f"d{number}" for number in count(1))
        self._free: list[str] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._run("initdb", "-D", "data", "-A", "trust", "-U", "tester", "-N", "-E", "UTF8",
                  "--no-locale")  # fmt: skip
        self.start()
        self.make(_TEMPLATE, "template0")
        database.open_server(self.url(_TEMPLATE)).dispose()

    # --- the server ---------------------------------------------------------------------------

    def start(self) -> None:
        """Start it and wait until it answers."""
        # After a kill -9 the old one's children must be gone first: it is tried until they are.
        for _ in range(200):
            if self._process is None or self._process.poll() is not None:
                self._process = self._begin()
            if self.answers():
                return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text())

    def answers(self) -> bool:
        """Whether it lets us in."""
        import psycopg

        try:
            psycopg.connect(self._address("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def kill(self) -> None:
        """kill -9, of the server and of all its children at once."""
        assert self._process is not None
        number = self._process.pid
        children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
        for each in (number, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Stop it, whoever is connected, and remove its folder."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(timeout=20)
        shutil.rmtree(self.folder)

    # --- databases ----------------------------------------------------------------------------

    def url(self, name: str) -> SecretStr:
        """The setting for a database of this server."""
        return SecretStr(self._address(name))

    def make(self, name: str, template: str = _TEMPLATE) -> SecretStr:
        """A new database, with empty tables unless told otherwise; the setting for it."""
        self.run_sql(f'CREATE DATABASE "{name}" TEMPLATE {template} STRATEGY file_copy')
        return self.url(name)

    def forget_files(self, name: str) -> None:
        """Let who connects next to a database look at its files again, not at what is in memory."""
        self._leave_alone(name)
        # A buffer that a checkpoint wrote is dropped when its room is wanted: here by a restart.
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=20)
        self.start()

    def lend(self) -> str:
        """The name of a database with empty tables."""
        if self._free:
            return self._free.pop()
        name = next(self._names)
        self.make(name)
        return name

    def copy(self, name: str) -> str:
        """The name of a new database that holds what another one does."""
        self._leave_alone(name)
        copied = next(self._names)
        self.make(copied, name)
        return copied

    def take_back(self, name: str) -> None:
        """Empty a database for who asks next."""
        import psycopg

        self._leave_alone(name)
        tables = ", ".join(f'"{table}"' for table in all_tables.metadata.tables)
        try:
            with psycopg.connect(self._address(name), autocommit=True) as connection:
                connection.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
                connection.execute(
                    "UPDATE alembic_version SET version_num = %s", [all_tables.SCHEMA_HEAD]
                )
        except psycopg.errors.UndefinedTable:  # a test took one away
            self.run_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
        else:
            self._free.append(name)

    def _leave_alone(self, name: str) -> None:
        self.run_sql(
            f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'"
        )

    def run_sql(self, statement: str) -> None:
        """Run one statement, outside of any transaction."""
        import psycopg

        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _address(self, name: str) -> str:
        return f"postgresql://tester@/{name}?host={self.folder}"

    def _begin(self) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [self._programs / "postgres", "-D", "data", "-k", self.folder, *_FAST],
                stdout=log, stderr=log, start_new_session=True,
                preexec_fn=_end_with_us, **self._as_user,
            )  # fmt: skip

    def _run(self, program: str, *args: str) -> None:
        subprocess.run(
            [self._programs / program, *args],
            check=True, stdout=subprocess.DEVNULL, **self._as_user,
        )  # fmt: skip


@contextmanager
def running() -> Iterator[Server]:
    """A server of one's own, to break."""
    server = Server()
    try:
        yield server
    finally:
        server.stop()


def follow_marks() -> None:
    """Let a process of its own use the database of the test that started it."""
    open_file = database._open_file

    def follow(path: Path) -> Engine:
        mark = path.with_name(MARK)
        if mark.is_file():
            return database.open_server(SecretStr(mark.read_text()))
        return open_file(path)

    database._open_file = follow


class Shape:
    """Makes every data folder of the tests one with a database on the server."""

    def __init__(self, server: Server, below: Path) -> None:
        """Folders below ``below`` are of the tests; others, such as that of a trial, are left."""
        self._server = server
        self._below = below
        self._engines: dict[Path, list[Engine]] = {}
        self._names: dict[Path, str] = {}
        self._open_file = database._open_file

    def open(self, path: Path) -> Engine:
        """In the place of opening the SQLite file ``path``."""
        data_dir = path.parent.resolve()
        if not data_dir.is_relative_to(self._below) or data_dir.name.endswith("-half"):
            return self._open_file(path)
        if data_dir not in self._names:
            self._names[data_dir] = self._new(data_dir)
        engine = database.open_server(self._server.url(self._names[data_dir]))
        self._engines.setdefault(data_dir, []).append(engine)
        return engine

    def rest(self, folder: Path | None = None) -> None:
        """Close connections, of data folders below ``folder``; they come back when needed."""
        for data_dir, engines in self._engines.items():
            if folder is None or data_dir.is_relative_to(folder):
                for engine in engines:
                    engine.dispose()

    def forget(self, folder: Path) -> None:
        """Take back the databases of data folders below ``folder``."""
        self.rest(folder)
        for data_dir in [known for known in self._names if known.is_relative_to(folder)]:
            self._engines.pop(data_dir, None)
            self._server.take_back(self._names.pop(data_dir))

    def _new(self, data_dir: Path) -> str:
        """The name of a database for a folder that was not opened before: with what the folder
        was copied from holds, if it was."""
        mark = data_dir / MARK
        file = data_dir / "routewijzer.sqlite3"
        if mark.is_file():
            name = self._server.copy(make_url(mark.read_text()).database or "")
        else:
            name = self._server.lend()
            if file.is_file():
                self._fill(name, file)
        mark.write_text(self._server.url(name).get_secret_value())
        return name

    def _fill(self, name: str, file: Path) -> None:
        self._open_file(file).dispose()  # brings its tables up to date
        engine = database.open_server(self._server.url(name))
        with engine.begin() as connection:
            fill_server(file, connection, lambda *_: None)
        engine.dispose()
        for left in file.parent.glob(f"{file.name}*"):
            left.unlink()
