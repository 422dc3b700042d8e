"""Leaves a model alone for a while that failed some times in a row: nobody then waits for it."""

from __future__ import annotations

import threading
import time

IN_A_ROW = 2


class Rest:
    """Keeps count of failures. Any thread may call it."""

    def __init__(self, seconds: float) -> None:
        """``seconds`` is how long a model is left alone; 0 never leaves it alone."""
        self._seconds = seconds
        self._failed = 0
        self._until = 0.0
        self._lock = threading.Lock()

    def is_resting(self) -> bool:
        """Whether the model must not be asked now. After the rest one question tries it again;
        one more failure and it rests again."""
        with self._lock:
            return time.monotonic() < self._until

    def note(self, *, failed: bool) -> None:
        """Count how a reply ended."""
        with self._lock:
            self._failed = self._failed + 1 if failed else 0
            if self._failed >= IN_A_ROW:
                self._until = time.monotonic() + self._seconds
