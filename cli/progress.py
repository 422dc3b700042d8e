"""Progress of long work, on standard error only: results stay alone on standard output."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from corpus.progress import Progress as Report

_SECONDS = 10.0  # between two lines of one step when there is no terminal


@contextmanager
def progress() -> Iterator[Report]:
    """A function to report steps to: bars on a terminal, otherwise plain lines."""
    if sys.stderr.isatty():
        with _bars() as report:
            yield report
        return
    lines = PlainLines(lambda line: print(line, file=sys.stderr, flush=True))
    yield lines.report
    lines.finish()


class PlainLines:
    """A line for every step that is finished, and now and then one for a step that takes long.

    A line waits until there is something after it, so that an error is the only line it gives.
    """

    def __init__(
        self, write: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._write = write
        self._clock = clock
        self._step = ""
        self._line = ""
        self._said_at = 0.0

    def report(self, step: str, done: int, total: int) -> None:
        """Note that ``done`` of ``total`` parts of a step are ready."""
        now = self._clock()
        if step != self._step:
            self.finish()
            self._step, self._said_at = step, now
        self._line = f"{step}: {done} van {total}"
        if now - self._said_at >= _SECONDS:
            self.finish()
            self._said_at = now

    def finish(self) -> None:
        """Write the line that waits, if any."""
        if self._line:
            self._write(self._line)
        self._line = ""


@contextmanager
def _bars() -> Iterator[Report]:
    # Imported here: most commands show none, and rich takes a while.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    tasks: dict[str, Any] = {}

    def report(step: str, done: int, total: int) -> None:
        if step not in tasks:
            tasks[step] = bars.add_task(step, total=total)
        bars.update(tasks[step], completed=done, total=total)

    with bars:
        yield report
