"""A real server in processes of its own, and what those take of the machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from corpus.errors import NotReadyError
from corpus.settings import Settings

_RUN = "from cli.main import run; run()"
_PATIENCE_S = 120
_PROC = Path("/proc")
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Taken:
    """What one process takes now."""

    pid: int
    memory_mb: float
    """Resident: what it shares with other processes counts, too."""
    private_mb: float
    """What no other process has, too (USS): files that only this one has open count."""
    own_mb: float
    """Of no file: what the system cannot take back when it needs room."""
    files: int
    threads: int


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs."""

    port: int
    pid: int
    """Of the process that was started; with several workers it only watches them."""
    workers: int
    ready_s: float
    """From nothing to the first time that it said it was ready."""

    def taken(self) -> list[Taken]:
        """What each worker takes, by process id. Linux only: elsewhere the list is empty."""
        if not _PROC.is_dir():
            return []
        if self.workers == 1:
            return [_taken(self.pid)]
        found = [_taken(pid) for pid in _children(self.pid)]
        # A helper of Python that counts what processes share is a child, too, of some 10 MB.
        return sorted(found, key=lambda each: -each.memory_mb)[: self.workers]


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """The environment of a process on ``settings.data_dir``; ``more`` is added to it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ROUTEWIJZER_")}
    told = {
        "ROUTEWIJZER_DATA_DIR": str(settings.data_dir.resolve()),
        "ROUTEWIJZER_MODEL_DIR": str(settings.model_dir.resolve()),
        "ROUTEWIJZER_EMBEDDING_MODEL": settings.embedding_model,
        "ROUTEWIJZER_LOG_LEVEL": "error",
    }
    return {**kept, **told, **more}


def command(given: Mapping[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    """Start `routewijzer` with these arguments; what it says is thrown away."""
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", _RUN, *arguments],
        env=dict(given),
        cwd=_ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def told_by(given: Mapping[str, str], *arguments: str) -> str:
    """What `routewijzer` with these arguments writes. Raises CalledProcessError when it fails."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", _RUN, *arguments],
        env=dict(given),
        cwd=_ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout


@contextmanager
def serving(given: Mapping[str, str], workers: int) -> Iterator[Server]:
    """A server with this environment, once it is ready.

    Raises NotReadyError when it does not start.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    began = time.monotonic()
    with command(given, "serve", "--port", str(port), "--workers", str(workers)) as process:
        try:
            _wait_until_ready(port, process)
            yield Server(port, process.pid, workers, time.monotonic() - began)
        finally:
            process.terminate()


# --- steps -----------------------------------------------------------------------------------


def _wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=_PATIENCE_S):
                return
        except URLError:
            time.sleep(0.05)
    raise NotReadyError("De server van de meting start niet. Probeer: routewijzer serve")


def _children(pid: int) -> list[int]:
    found = (_PROC / str(pid) / "task" / str(pid) / "children").read_text().split()
    return [int(child) for child in found]


def _taken(pid: int) -> Taken:
    folder = _PROC / str(pid)
    status = _sizes_kb(folder / "status")
    parts = _sizes_kb(folder / "smaps_rollup")
    return Taken(
        pid=pid,
        memory_mb=status["VmRSS"] / 1024,
        private_mb=(parts["Private_Clean"] + parts["Private_Dirty"]) / 1024,
        own_mb=parts["Anonymous"] / 1024,
        files=len(list((folder / "fd").iterdir())),
        threads=len(list((folder / "task").iterdir())),
    )


def _sizes_kb(file: Path) -> dict[str, int]:
    """The lines of a file of the system that end in kB, by name."""
    lines = [line.split() for line in file.read_text().splitlines()]
    return {line[0].rstrip(":"): int(line[1]) for line in lines if line[-1] == "kB"}
