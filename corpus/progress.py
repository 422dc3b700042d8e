"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with (step in Dutch, done, total)."""


def no_progress(_step: str, _done: int, _total: int) -> None:
    """Progress that nobody waits for."""
