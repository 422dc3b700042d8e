"""A change to the corpus on a copy, to see what it would do."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine

from corpus.index import copy_index
from corpus.postgres import is_server
from corpus.progress import no_progress
from corpus.transfer import write_file
from eval.workshop import Workshop

_DATABASE = "routewijzer.sqlite3"


@contextmanager
def rehearsal(shop: Workshop) -> Iterator[Workshop]:
    """The parts on a copy of the database and the current index; both are gone afterwards.

    What was measured of the published edition meanwhile is kept: it holds for the original, too.
    """
    source = shop.settings.data_dir
    current = shop.ledger.current()
    with tempfile.TemporaryDirectory(prefix="routewijzer-") as folder:
        target = Path(folder)
        with shop.lock.held():  # nobody publishes while it is copied
            _copy_database(shop.registry.engine, source / _DATABASE, target / _DATABASE)
            if current is not None:
                index = shop.editions.index_folder(current)
                copy_index(index, target / index.relative_to(source))
        measured = Path("reports", str(current))
        for kept in (Path("sets"), measured):
            _copy_folder(source / kept, target / kept)
        copy = shop.elsewhere(target)
        try:
            yield copy
        finally:
            copy.registry.engine.dispose()
        _copy_folder(target / measured, source / measured)


def _copy_database(engine: Engine, source: Path, target: Path) -> None:
    """SQLite's own copy, which is whole whoever else has the file open; of a server a file."""
    if is_server(engine):
        write_file(engine, target, no_progress)
        return
    with (
        closing(sqlite3.connect(source)) as database,
        closing(sqlite3.connect(target)) as copied,
    ):
        database.backup(copied)


def _copy_folder(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
