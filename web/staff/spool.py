"""Files that were sent, on disk until they are read. What a killed process left is removed."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from corpus.errors import NotReadyError

FOLDER = "uploads"


@dataclass(frozen=True, slots=True)
class Kept:
    """One file: what its sender calls it, and where it lies. The name is never used as a path."""

    name: str
    path: Path


class Load:
    """The files of one request, in a folder of their own."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
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
            raise NotReadyError(
                f"{name} is niet te bewaren ({error.strerror}). "
                "Vraag de beheerder van de computer om ruimte op de schijf."
            ) from None
        self.files = (*self.files, Kept(name, path))

    def close(self) -> None:
        """Remove the files."""
        shutil.rmtree(self._folder)
        Path(self._lock.lock_file).unlink()  # still held: nobody takes it for one of a dead process
        self._lock.release()


class Spool:
    """Where they lie. Each load is locked by the process that reads it, as long as it lives."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER

    def open(self) -> Load:
        """An empty load; its owner closes it."""
        name = uuid.uuid4().hex
        self._folder.mkdir(parents=True, exist_ok=True)
        # Taken in the thread of the request, let go in that of the job.
        lock = FileLock(self._folder / f"{name}.lock", timeout=0, thread_local=False)
        lock.acquire()
        folder = self._folder / name
        folder.mkdir()
        return Load(folder, lock)

    def clean(self) -> None:
        """Remove the loads that no living process holds."""
        for folder in self._loads():
            lock = FileLock(folder.with_suffix(".lock"), timeout=0, thread_local=False)
            try:
                lock.acquire()
            except Timeout:
                continue  # another process reads these now
            if folder.is_dir():
                Load(folder, lock).close()
            else:
                lock.release()

    def _loads(self) -> Iterator[Path]:
        if self._folder.is_dir():
            yield from sorted(path for path in self._folder.iterdir() if path.is_dir())
