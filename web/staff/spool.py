"""Files that were sent, on disk until they are read, by whichever process does that.

A load is held by a lock while it comes in; from then on it belongs to the job that names it, until
that has ended. What belongs to nobody was left by a killed process, and is removed."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from corpus.disk_trouble import disk_trouble
from corpus.errors import BadInputError, NotReadyError
from corpus.jobs import Jobs

FOLDER = "uploads"
GONE = "De bestanden van dit werk zijn er niet meer. Er is niets ingelezen; stuur ze opnieuw."


@dataclass(frozen=True, slots=True)
class Kept:
    """One file: what its sender calls it, and where it lies. The name is never used as a path."""

    name: str
    path: Path


class Load:
    """The files of one request, in a folder of their own."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
        self.id = folder.name
        self._folder = folder
        self._lock = lock
        self.files: tuple[Kept, ...] = ()

    def add(self, name: str, content: BinaryIO) -> None:
        """Keep a file. Raises NotReadyError when there is no room for it."""
        path = self._folder / str(len(self.files))
        try:
            with path.open("wb") as file:
                shutil.copyfileobj(content, file)
        except OSError as error:
            why = disk_trouble(error) or f"De schijf werkt niet mee ({error.strerror or error})"
            raise NotReadyError(
                f"{name} is niet te bewaren. {why}. Lukt dat niet, vraag het dan aan de beheerder "
                "van de computer."
            ) from None
        self.files = (*self.files, Kept(name, path))

    def release(self) -> None:
        """Leave the files to the job that names this load."""
        Path(self._lock.lock_file).unlink()
        self._lock.release()

    def close(self) -> None:
        """Remove the files."""
        shutil.rmtree(self._folder)
        self.release()  # held until now: nobody took it for one of a dead process


class Spool:
    """Where they lie."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER

    def open(self) -> Load:
        """An empty load, held until it is released or closed."""
        name = uuid.uuid4().hex
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = self._lock(name)
        lock.acquire()
        folder = self._folder / name
        folder.mkdir()
        return Load(folder, lock)

    def find(self, load_id: str, names: Sequence[str]) -> tuple[Kept, ...]:
        """The files of a load, by what their sender called them, in order.

        Raises BadInputError when they are not there, as after a backup was put back.
        """
        files = tuple(
            Kept(name, self._folder / load_id / str(number)) for number, name in enumerate(names)
        )
        if not all(kept.path.is_file() for kept in files):
            raise BadInputError(GONE)
        return files

    def remove(self, load_id: str) -> None:
        """Remove the files of a load whose job has ended; an empty id is of none."""
        folder = self._folder / load_id
        if load_id and folder.is_dir():
            shutil.rmtree(folder)

    def clean(self, jobs: Jobs) -> None:
        """Remove the loads that nobody holds and no job waits for."""
        for folder in self._loads():
            lock = self._lock(folder.name)
            try:
                lock.acquire()
            except Timeout:
                continue  # it is coming in now, in this process or another
            # Asked under the lock: who let go of it has noted its job by then.
            wanted = {job.params.get("load") for job in jobs.still_open()}
            if folder.is_dir() and folder.name not in wanted:
                shutil.rmtree(folder)
            Path(lock.lock_file).unlink(missing_ok=True)
            lock.release()

    def _lock(self, load_id: str) -> FileLock:
        # Taken in one thread of a request, it may be let go in another.
        path = self._folder / f"{load_id}.lock"
        return FileLock(path, timeout=0, thread_local=False)

    def _loads(self) -> Iterator[Path]:
        if self._folder.is_dir():
            yield from sorted(path for path in self._folder.iterdir() if path.is_dir())
