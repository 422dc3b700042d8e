"""One process at a time changes the corpus; the lock is let go when that process dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import BusyError


class WriteLock:
    """Held while documents or editions change. The holder may take it again."""

    def __init__(self, data_dir: Path, timeout_s: float) -> None:
        self._path = data_dir / "write.lock"
        self._lock = FileLock(self._path, timeout=timeout_s)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; raises BusyError when another process keeps it too long."""
        try:
            self._lock.acquire()
        except Timeout:
            raise BusyError(
                f"Een ander proces is het corpus aan het wijzigen ({self._path}). "
                "Er is niets veranderd; probeer het zo weer."
            ) from None
        try:
            yield
        finally:
            self._lock.release()
