"""`routewijzer work`: does the long work that staff start, in a process of its own."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import FrameType

from cli import output
from cli.parts import Parts
from corpus.freed_memory import keep_little
from corpus.give_way import give_way
from web.staff.worker import Worker, open_worker
from web.watch.logs import set_up_logs

GRACE_S = 20.0
"""What is being done when it is asked to stop may take so long to end; else it is given back."""


def run(parts: Parts, once: bool) -> None:
    """Do jobs until Ctrl+C, or with ``once`` until none waits.

    There may be several: one at a time does something, and what one leaves behind another takes
    over. Raises NotReadyError when the model is not set up or the published edition was made with
    another one.
    """
    keep_little()
    parts.check_model()
    set_up_logs(parts.settings)
    worker = open_worker(parts)
    output.say("Routewijzer wacht op werk (stoppen: Ctrl+C)" if not once else "Routewijzer werkt")
    sys.stdout.flush()
    # In a thread: a signal may come at any moment, also while the worker holds a lock that
    # stopping it needs.
    with _stopping_on_signals(worker), ThreadPoolExecutor(1, initializer=give_way) as pool:
        pool.submit(worker.run, until_idle=once).result()


@contextmanager
def _stopping_on_signals(worker: Worker) -> Iterator[None]:
    """Ctrl+C or SIGTERM: end what is being done; a second time: give it back as soon as can be."""
    asked = 0

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked += 1
        worker.stop(GRACE_S if asked == 1 else 0.0)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
