"""A real disk of a size of its own, to fill up or to make read-only."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class SmallDisk:
    """A file system in memory."""

    folder: Path

    def fill(self, leave: int = 0) -> None:
        """Take up all room but some ``leave`` bytes."""
        with (self.folder / "vulling").open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(1 << 16))
            except OSError:
                pass  # full, as it should be
            size = file.tell()
            file.truncate(max(0, size - leave))

    def empty(self) -> None:
        """Give the room back."""
        (self.folder / "vulling").unlink()

    def read_only(self, yes: bool = True) -> None:
        """Whether anything can be written on it."""
        _run("mount", "-o", f"remount,{'ro' if yes else 'rw'}", str(self.folder))


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """A disk in ``folder`` for as long as the block runs; skips the test where it may not be."""
    folder.mkdir()
    try:
        _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root may mount a disk")
    try:
        yield SmallDisk(folder)
    finally:
        _run("umount", "--lazy", str(folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
