"""A backup of a data folder while readers ask and staff publish: one file with all that cannot be
made again.

The database comes as it was at one moment, by SQLite's own copy within one read transaction; of
PostgreSQL, too, it is a SQLite file, so that each can be put back as the other. The originals are
copied after it: a row comes after its file, so every row in the copy finds its file. Indexes are
left out; they are made again from the vectors in the database, without a model.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from urllib.parse import quote

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from corpus.archive import (
    DATABASE,
    About,
    Manifest,
    Progress,
    belongs,
    read_archive,
    write_archive,
)
from corpus.disk import sync
from corpus.errors import BadInputError, BusyError, NotReadyError
from corpus.originals import FOLDER as ORIGINALS
from corpus.read_only import connect_read_only, is_read_only
from corpus.transfer import write_file

SUFFIX = ".tar.zst"
_PREFIX = "routewijzer-"
_PAGES = 2_000  # of the database, copied between two reports
_SIGNED_IN = {"staff_session", "sign_in_failure", "sign_in_attempt"}
"""Who was signed in then must not be signed in by putting a backup back."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made, and read back."""

    path: Path
    bytes: int
    manifest: Manifest
    lost: int
    """Originals that the database knows of and that were gone already."""


def make_backup(
    data_dir: Path,
    target: Path,
    release: str,
    progress: Progress,
    server: Engine | None = None,
) -> Backup:
    """Write a backup of ``data_dir``, and of the PostgreSQL server where there is one, to the new
    file ``target``, or to a file with the date in its name when that is a folder. It gets its name
    once it was read back whole; a process that is killed leaves a hidden file, which the next one
    to the same name overwrites.

    Raises NotReadyError when there is no database or it is damaged, BadInputError when ``target``
    cannot be used, BusyError when another process is at it.
    """
    source = data_dir / DATABASE
    if server is None and not source.is_file():
        raise NotReadyError(
            f"In {data_dir} staat geen database. Noem met ROUTEWIJZER_DATA_DIR de map met gegevens."
        )
    path = _new_file(target, data_dir)
    half, snapshot = (path.with_name(f".{path.name}.{end}") for end in ("half", "database"))
    try:
        with _only_one(half, path) as file:
            if server is None:
                _copy_file(source, snapshot, progress)
            else:
                _copy_server(server, snapshot, progress)
            about = _settled(snapshot, release)
            files = [(DATABASE, snapshot), *_files(data_dir)]
            manifest = write_archive(file, files, about, progress)
            file.flush()
            os.fsync(file.fileno())
            if read_archive(half, None, progress) != manifest:
                raise BadInputError(
                    f"{path} is anders teruggelezen dan geschreven. Is de schijf heel?"
                )
            lost = _lost(snapshot, manifest)
            half.rename(path)
            sync(path.parent)
    except OSError as error:
        raise BadInputError(
            f"De reservekopie {path} is niet te schrijven ({error.strerror or error}). "
            "Maak ruimte, of kies een andere map."
        ) from None
    finally:
        snapshot.unlink(missing_ok=True)
    return Backup(path, path.stat().st_size, manifest, lost)


def keep_newest(folder: Path, count: int) -> list[Path]:
    """Remove all but the newest ``count`` of the backups that ``make_backup`` named by date."""
    made = sorted(folder.glob(f"{_PREFIX}[0-9]*-[0-9]*{SUFFIX}"))
    old = made[: len(made) - count]
    for path in old:
        path.unlink()
    return old


def check_database(path: Path) -> None:
    """Raises NotReadyError when SQLite finds the file damaged."""
    try:
        with closing(_connect(path)) as database:
            ((found,), *_) = database.execute("PRAGMA integrity_check(1)").fetchall()
            dangling = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        found, dangling = str(error), None
    if found != "ok" or dangling is not None:
        why = found if found != "ok" else f"in {dangling[0]} wijst een rij naar niets"
        raise NotReadyError(
            f"De database is beschadigd ({' '.join(why.split())}). "
            "Zet een reservekopie terug met: routewijzer restore BESTAND --replace"
        )


# --- steps -----------------------------------------------------------------------------------


def _connect_to_copy(path: Path) -> sqlite3.Connection:
    if is_read_only(path.parent):
        return connect_read_only(path)
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)


def _connect(path: Path) -> sqlite3.Connection:
    return connect_read_only(path) if is_read_only(path.parent) else sqlite3.connect(path)


def _new_file(target: Path, data_dir: Path) -> Path:
    path = (
        target / f"{_PREFIX}{datetime.now(UTC):%Y%m%d-%H%M%S}{SUFFIX}"
        if target.is_dir()
        else target
    )
    if not path.name.endswith(SUFFIX):
        raise BadInputError(f"{path} eindigt niet op {SUFFIX}. Geef de reservekopie zo'n naam.")
    if path.exists():
        raise BadInputError(f"{path} bestaat al. Kies een andere naam, of noem een map.")
    if not path.parent.is_dir():
        raise BadInputError(f"De map {path.parent} bestaat niet. Maak hem, of kies een andere.")
    if path.resolve().is_relative_to(data_dir.resolve()):
        raise BadInputError(f"{path} ligt in de map met gegevens zelf. Kies een map daarbuiten.")
    return path


@contextmanager
def _only_one(half: Path, path: Path) -> Iterator[IO[bytes]]:
    """The file to write to, emptied, held by this process until it ends."""
    with os.fdopen(_private(half), "wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(
                f"Een ander proces schrijft {path} al. Er is niets veranderd."
            ) from None
        file.truncate(0)
        try:
            yield file
        except BaseException:
            half.unlink(missing_ok=True)
            raise


def _private(path: Path) -> int:
    """A new or old file that others may not read: it holds the hashes of passwords."""
    return os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)


def _copy_file(source: Path, target: Path, progress: Progress) -> None:
    """Copy the database as it is now to a new file."""
    _make_private(target)
    with (
        _damage_said(source),
        closing(_connect_to_copy(source)) as database,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        # One read transaction around all parts: else each write of another process would make
        # SQLite begin again.
        database.execute("BEGIN")
        database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        database.backup(
            copy,
            pages=_PAGES,
            progress=lambda _state, left, total: progress("Database kopiëren", total - left, total),
            sleep=0,
        )


def _copy_server(server: Engine, target: Path, progress: Progress) -> None:
    """Copy what the server holds now to a new file."""
    _make_private(target)
    try:
        write_file(server, target, progress, without=_SIGNED_IN)
    except OperationalError as error:
        raise OSError(str(error.orig)) from None


def _make_private(target: Path) -> None:
    target.unlink(missing_ok=True)
    os.close(_private(target))


def _settled(target: Path, release: str) -> About:
    """Make a copy one file that signs nobody in, check it, and say what is in it."""
    with _damage_said(target), closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        copy.execute("PRAGMA secure_delete=ON")
        names = _tables(copy)
        for table in names & _SIGNED_IN:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608  # a name from above
        about = _about(copy, names, release)
    check_database(target)
    return about


@contextmanager
def _damage_said(source: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from None
    except sqlite3.DatabaseError as error:
        raise NotReadyError(
            f"De database {source} is niet te lezen ({error}). Zet een eerdere reservekopie terug."
        ) from None


def _tables(database: sqlite3.Connection) -> set[str]:
    found = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return {name for (name,) in found if not name.startswith("sqlite_")}


def _about(database: sqlite3.Connection, names: set[str], release: str) -> About:
    if "alembic_version" not in names:
        raise NotReadyError("De database heeft geen tabellen; er is niets om te bewaren.")
    (tables,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
    published = database.execute("SELECT edition FROM publication ORDER BY id DESC").fetchone()
    counts = {
        name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for name in sorted(names - {"alembic_version"})
    }
    return About(
        made_at=datetime.now(UTC).replace(microsecond=0),
        release=release,
        tables=tables,
        edition=published[0] if published else None,
        counts=counts,
    )


def _files(data_dir: Path) -> Iterator[tuple[str, Path]]:
    """(name below the folder, file) of all that is kept beside the database, in order."""
    for folder, folders, names in os.walk(data_dir, followlinks=True):
        at = Path(folder).relative_to(data_dir)
        folders[:] = sorted(f for f in folders if belongs((at / f / "x").as_posix()))
        for name in sorted(names):
            inside = (at / name).as_posix()
            if belongs(inside) and inside != DATABASE:
                yield inside, data_dir / inside


def _lost(snapshot: Path, manifest: Manifest) -> int:
    """How many originals the database names that are not among the files."""
    if "original" not in manifest.about.counts:
        return 0  # made by a release that kept none
    with closing(sqlite3.connect(snapshot)) as database:
        wanted = {s for (s,) in database.execute("SELECT DISTINCT sha256 FROM original")}
    kept = {name.rsplit("/", 1)[1] for name in manifest.files if name.startswith(f"{ORIGINALS}/")}
    return len(wanted - kept)
