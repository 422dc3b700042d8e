"""A real Chroma server, started by the tests themselves on a port of this machine."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.chroma_api import ChromaApi
from corpus.chroma_home import ChromaHome, open_home
from corpus.errors import NotReadyError
from corpus.matrix import open_matrix
from corpus.segments import read_segments
from corpus.settings import Settings
from corpus.types import UNITS
from corpus.vector_home import Files, Home, on_server
from tests import builders

MARK = ".chroma-van-de-tests"
MISSING = "Chroma is niet geïnstalleerd (pip install chromadb)"
_RUN = """
import ctypes, sys, chromadb_rust_bindings
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, 9)  # PR_SET_PDEATHSIG: tests that are killed leave no server
chromadb_rust_bindings.cli(["chroma", "run", *sys.argv[1:]])
"""
"""What the program `chroma` does, without loading its package for two seconds."""


class ChromaServer:
    """One server in a folder of its own, empty to begin with."""

    def __init__(self) -> None:
        pytest.importorskip("chromadb_rust_bindings", reason=MISSING)
        self.folder = Path(tempfile.mkdtemp(prefix="chroma-"))
        with socket.create_server(("127.0.0.1", 0)) as found:
            self.port: int = found.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.api = ChromaApi(self.url, seconds=60.0)
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _RUN, "--path", str(self.folder / "data"),
                 "--host", "127.0.0.1", "--port", str(self.port)],
                stdout=log, stderr=log,
            )  # fmt: skip
        until = time.monotonic() + 60
        while not self.answers():
            if time.monotonic() > until or self._process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.02)

    def answers(self) -> bool:
        """Whether it does."""
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
            self.api.names()
        except (OSError, NotReadyError):
            return False
        return True

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._process.wait()

    def empty(self) -> None:
        """Remove every collection."""
        for name in self.api.names():
            self.api.remove(name)

    def stop(self) -> None:
        """Stop it and remove its folder."""
        self.kill()
        shutil.rmtree(self.folder)


@contextmanager
def running() -> Iterator[ChromaServer]:
    """A server of one's own."""
    server = ChromaServer()
    try:
        yield server
    finally:
        server.stop()


class ChromaShape:
    """Makes every data folder of the tests one whose vectors are on the server."""

    def __init__(self, server: ChromaServer, below: Path) -> None:
        """Folders below ``below`` are of the tests; others, such as that of a trial, are left."""
        self._server = server
        self._below = below
        self._homes: dict[Path, ChromaHome] = {}

    def open(self, settings: Settings) -> Home:
        """In the place of `corpus.chroma_home.open_home`."""
        data_dir = settings.data_dir.resolve()
        if not data_dir.is_relative_to(self._below) or data_dir.name.endswith("-half"):
            return Files()
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        (settings.data_dir / MARK).write_text(self._server.url)
        home = _home(self._server.url, settings)
        self._homes[data_dir] = home
        for folder in settings.data_dir.glob("editions/*/vectors"):
            move_in(folder, home)  # it was copied from a folder with files
        return home

    def forget(self, folder: Path) -> None:
        """Remove the collections of data folders below ``folder``."""
        for data_dir in [known for known in self._homes if known.is_relative_to(folder)]:
            self._homes.pop(data_dir).clear(folder / "nergens")


def follow_chroma_marks() -> None:
    """In another process: data folders that a shape marked have their vectors on its server."""
    builders.open_home = _as_marked


def _as_marked(settings: Settings) -> Home:
    mark = settings.data_dir / MARK
    return _home(mark.read_text(), settings) if mark.is_file() else open_home(settings)


def _home(url: str, settings: Settings) -> ChromaHome:
    return ChromaHome(ChromaApi(url, seconds=60.0), settings.data_dir)


def move_in(vectors: Path, home: ChromaHome) -> None:
    """Bring the segments that an index has in files to a server."""
    for segment in read_segments(vectors):
        if not on_server(segment.folder):
            for unit in UNITS:
                home.write(segment.folder, unit, open_matrix(segment.folder, unit).rows())
            for file in [*segment.folder.glob("*.npy"), *segment.folder.glob("*.f32")]:
                file.unlink()
    (vectors.parent / "sums.json").unlink(missing_ok=True)  # of the files that were there
