"""Puts a backup back: unpacked, checked, brought up to date and indexed beside the data folder,
which it takes the place of in one step. Until then nothing that was there is touched."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine

from corpus.all_tables import SCHEMA_HEAD
from corpus.archive import DATABASE, About, Progress, read_archive
from corpus.backup import check_database
from corpus.check import Fault, find_faults
from corpus.database import open_database
from corpus.disk import exchange, sync, sync_tree
from corpus.dutch import DutchAnalyser
from corpus.editions import Editions
from corpus.errors import BadInputError, BusyError, NotReadyError
from corpus.index import IndexBuilder
from corpus.jobs import Jobs
from corpus.ledger import EditionRecord, Ledger
from corpus.lock import WriteLock
from corpus.registry import Registry
from corpus.restore_server import filled, refuse_server
from corpus.vector_home import Files, Home

_LOCK_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was put back."""

    about: About
    faults: tuple[Fault, ...]
    """What was wrong already when the backup was made."""
    put_aside: Path | None
    """Where the folder is that was there before."""


def restore_backup(
    archive: Path,
    data_dir: Path,
    analyser: DutchAnalyser,
    replace: bool,
    progress: Progress,
    server: Engine | None = None,
    home_of: Callable[[Path], Home] = lambda _folder: Files(),
) -> Restored:
    """Make ``data_dir``, and the PostgreSQL server where there is one, hold what ``archive`` does.
    A folder or server that is not empty is only replaced when ``replace`` says so. The folder is
    then kept under another name; what the server held stands in it as a SQLite file.

    ``home_of`` says where the vectors of a data folder are kept; by default in files.

    Raises BadInputError when the file is no whole backup, is of a newer release, or cannot be put
    there; BusyError when another process uses the folder.
    """
    if not archive.is_file():
        raise BadInputError(f"Er is geen bestand {archive}.")
    data_dir = data_dir.resolve()
    _refuse_folder(data_dir, replace)
    if server is not None:
        refuse_server(server, replace)
    with _disk_said(data_dir), _workplace(data_dir) as work:
        folder = work / "data"
        folder.mkdir()
        manifest = read_archive(archive, folder, progress)
        _check_origin(folder / DATABASE, archive)
        engine = open_database(folder)  # brings the tables up to date
        try:
            Jobs(engine).end_restored()
            faults = _index(engine, folder, analyser, home_of(folder), progress)
        finally:
            engine.dispose()
        sync_tree(folder)
        if server is None:
            aside = _switch(folder, data_dir)
        else:
            with filled(server, folder, data_dir, progress):
                aside = _switch(folder, data_dir)
    return Restored(manifest.about, tuple(faults), aside)


# --- steps -----------------------------------------------------------------------------------


def _refuse_folder(data_dir: Path, replace: bool) -> None:
    if data_dir.exists() and not data_dir.is_dir():
        raise BadInputError(f"{data_dir} is geen map. Noem met ROUTEWIJZER_DATA_DIR een map.")
    if not data_dir.is_dir() or not any(data_dir.iterdir()):
        return
    if not replace:
        raise BadInputError(
            f"De map {data_dir} is niet leeg. Geef --replace om hem te vervangen; wat er stond "
            "blijft bewaard onder een andere naam."
        )
    _refuse_in_use(data_dir / DATABASE)


def _refuse_in_use(path: Path) -> None:
    """Who has the database open would go on writing in the folder that is put aside."""
    if not path.is_file():
        return
    try:
        with closing(sqlite3.connect(path, timeout=1)) as database:
            # Only who is alone may leave the write-ahead log.
            database.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise BusyError(
                f"De map {path.parent} is in gebruik. Stop eerst routewijzer serve en andere "
                "opdrachten, en probeer het dan weer."
            ) from None
    except sqlite3.DatabaseError:
        return  # a damaged database is a reason to put a backup back


@contextmanager
def _disk_said(data_dir: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BadInputError(
            f"De reservekopie is niet terug te zetten in {data_dir} ({error.strerror or error}). "
            f"Er is niets veranderd. Er moet ruimte zijn, en de map {data_dir.parent} moet te "
            "beschrijven zijn."
        ) from None


@contextmanager
def _workplace(data_dir: Path) -> Iterator[Path]:
    """A folder beside the data folder, on the same disk; what a killed process left in it goes."""
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    work = data_dir.with_name(f".{data_dir.name}.restoring")
    work.mkdir(exist_ok=True, mode=0o700)
    lock = FileLock(work / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise BusyError(f"Een ander proces zet al een kopie terug in {data_dir}.") from None
    try:
        shutil.rmtree(work / "data", ignore_errors=True)
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        lock.release()


def _check_origin(path: Path, archive: Path) -> None:
    try:
        check_database(path)
        with closing(sqlite3.connect(path)) as database:
            odd = database.execute(
                "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')"
            ).fetchone()
            (tables,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
    except (NotReadyError, sqlite3.DatabaseError, TypeError):
        raise _refused(archive, "is geen hele reservekopie: de database is niet te lezen") from None
    if odd is not None:
        raise _refused(archive, "is niet door Routewijzer gemaakt: de database doet zelf iets")
    if str(tables) > SCHEMA_HEAD:
        raise _refused(
            archive,
            f"komt van een nieuwere Routewijzer (tabellen {tables}; deze kent {SCHEMA_HEAD})",
            "Installeer die versie en zet de kopie daarmee terug.",
        )


def _refused(archive: Path, why: str, what: str = "Neem een andere kopie.") -> BadInputError:
    return BadInputError(f"{archive} {why}. Er is niets veranderd. {what}")


def _index(
    engine: Engine, folder: Path, analyser: DutchAnalyser, home: Home, progress: Progress
) -> list[Fault]:
    """Make the indexes that are left out of a backup, and look whether all is well."""
    registry, ledger = Registry(engine), Ledger(engine)
    current = ledger.current()
    model_id = ""
    for edition in ledger.editions():
        if edition.number == current:
            model_id = edition.model_id
        elif edition.state != "staged":
            continue
        builder = IndexBuilder(registry, analyser, edition.model_id, home)
        _build(ledger, edition, folder, builder, progress)
    builder = IndexBuilder(registry, analyser, model_id, home)
    lock = WriteLock(folder, _LOCK_SECONDS)
    editions = Editions(registry, ledger, builder, lock, folder, model_id)
    return find_faults(registry, ledger, editions, folder)


def _build(
    ledger: Ledger,
    edition: EditionRecord,
    folder: Path,
    builder: IndexBuilder,
    progress: Progress,
) -> None:
    target = folder / "editions" / f"{edition.number:06d}"
    target.parent.mkdir(exist_ok=True)
    members = frozenset(ledger.members(edition.number).values())
    # When vectors were missing already, what can be put back is, and the check names it.
    with suppress(NotReadyError):
        builder.build(target, sorted(members), None, progress, settled=members)


def _switch(folder: Path, data_dir: Path) -> Path | None:
    """Let ``folder`` take the place of ``data_dir``; where that is afterwards, if it was there."""
    if not data_dir.is_dir() or not any(data_dir.iterdir()):
        folder.rename(data_dir)
        sync(data_dir.parent)
        return None
    aside = _free_name(
        data_dir.with_name(f"{data_dir.name}.voor-herstel-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    )
    with WriteLock(data_dir, _LOCK_SECONDS).held():
        # Under the name of what is put aside first: at no moment is a folder taken for another.
        folder.rename(aside)
        try:
            exchange(aside, data_dir)
        except OSError:  # a disk that cannot: between these two lines there is no data folder
            aside.rename(folder)
            data_dir.rename(aside)
            folder.rename(data_dir)
    sync(data_dir.parent)
    return aside


def _free_name(wanted: Path) -> Path:
    names = (wanted.with_name(f"{wanted.name}-{number}") for number in count(2))
    return wanted if not wanted.exists() else next(name for name in names if not name.exists())
