"""Long work on a thread of its own, with a state that can be asked: for the pages of staff."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, Literal, TypeVar

from corpus.errors import BusyError, RoutewijzerError
from corpus.index import Progress

_LOG = logging.getLogger(__name__)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class State(Generic[Result]):
    """How a piece of work stands. ``name`` says which work it is, ``step`` what it is at."""

    status: Literal["idle", "running", "done", "failed"] = "idle"
    name: str = ""
    step: str = ""
    done: int = 0
    total: int = 0
    result: Result | None = None
    """What it yielded, once ``done``."""
    error: str | None = None
    """One Dutch line, once ``failed``."""


class Background(Generic[Result]):
    """Does one piece of work at a time; starting and asking may be done by any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: State[Result] = State()
        self._thread: threading.Thread | None = None

    def state(self) -> State[Result]:
        """How it stands now."""
        with self._lock:
            return self._state

    def start(self, name: str, work: Callable[[Progress], Result]) -> None:
        """Begin ``work``, which is given a function to report its progress to.

        Raises BusyError when other work is still running.
        """
        with self._lock:
            if self._state.status == "running":
                raise BusyError(f"Er loopt al iets: {self._state.name}. Wacht tot dat klaar is.")
            self._state = State("running", name)
            # A daemon: a server that stops need not wait. What is cut short changed nothing.
            self._thread = threading.Thread(target=self._run, args=(work,), daemon=True, name=name)
            self._thread.start()

    def wait(self, timeout_s: float | None = None) -> State[Result]:
        """Wait until the work is finished, at most ``timeout_s`` seconds, and say how it stands."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout_s)
        return self.state()

    def _run(self, work: Callable[[Progress], Result]) -> None:
        try:
            result = work(self._report)
        except RoutewijzerError as error:
            self._set(status="failed", error=str(error))
        except Exception:  # noqa: BLE001 - the thread's last word, or it would "run" for ever
            _LOG.exception("background work failed: %s", self.state().name)
            self._set(status="failed", error="Er ging iets mis. Kijk in het logboek van de server.")
        else:
            self._set(status="done", result=result)

    def _report(self, step: str, done: int, total: int) -> None:
        self._set(step=step, done=done, total=total)

    def _set(self, **fields: object) -> None:
        with self._lock:
            self._state = replace(self._state, **fields)  # type: ignore[arg-type]
