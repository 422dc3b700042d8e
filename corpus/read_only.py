"""A data folder that cannot be written to still answers questions."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

_ROOM = 100_000  # bytes


def is_read_only(folder: Path) -> bool:
    """Whether nothing can be written in ``folder``: its disk is mounted so, or this user may
    not. False when it is not there yet."""
    if not folder.is_dir():
        return False
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY) or not os.access(folder, os.W_OK)


def is_full(folder: Path) -> bool:
    """Whether there is no room left for what SQLite keeps beside a database."""
    return shutil.disk_usage(folder).free < _ROOM


def connect_read_only(path: Path) -> sqlite3.Connection:
    """A connection to a database of SQLite in a folder that cannot be written to.

    A database with a write-ahead log wants a file beside it, also to be read. When there is
    nothing in that log, it is read as a file that does not change
    (https://www.sqlite.org/wal.html, "Read-Only Databases"). Each connection looks again: another
    process may be able to write. So these connections are for short use.
    """
    log = path.with_name(f"{path.name}-wal")
    logged = log.is_file() and log.stat().st_size > 0
    how = "mode=ro" if logged else "immutable=1"
    return sqlite3.connect(f"file:{quote(str(path))}?{how}", uri=True, check_same_thread=False)


@contextmanager
def lockable(folder: Path) -> Iterator[Path]:
    """The folder itself or, when it cannot be written to, one for as long as it takes with links
    to its files: for a library that puts a lock beside what it only reads."""
    if not is_read_only(folder):
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="routewijzer-") as made:
        for path in folder.iterdir():
            if path.suffix != ".lock":
                (Path(made) / path.name).symlink_to(path.resolve())
        yield Path(made)
