"""A change to the corpus on a copy, to see what it would do."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cli.parts import Parts
from corpus.index import copy_index

_DATABASE = "routewijzer.sqlite3"


@contextmanager
def rehearsal(parts: Parts) -> Iterator[Parts]:
    """Parts on a copy of the database and the current index; both are gone afterwards.

    What was measured of the published edition meanwhile is kept: it holds for the original, too.
    """
    source = parts.settings.data_dir
    current = parts.ledger.current()
    with tempfile.TemporaryDirectory(prefix="routewijzer-") as folder:
        target = Path(folder)
        with parts.lock.held():  # nobody publishes while it is copied
            _copy_database(source / _DATABASE, target / _DATABASE)
            if current is not None:
                index = parts.editions.index_folder(current)
                copy_index(index, target / index.relative_to(source))
        measured = Path("reports", str(current))
        for kept in (Path("sets"), measured):
            _copy_folder(source / kept, target / kept)
        copy = Parts(parts.settings.model_copy(update={"data_dir": target}))
        try:
            yield copy
        finally:
            copy.registry.engine.dispose()
        _copy_folder(target / measured, source / measured)


def _copy_database(source: Path, target: Path) -> None:
    """SQLite's own copy, which is whole whoever else has the file open."""
    with (
        closing(sqlite3.connect(source)) as database,
        closing(sqlite3.connect(target)) as copied,
    ):
        database.backup(copied)


def _copy_folder(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
