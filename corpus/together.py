"""Takes along who waits: questions that are asked while the model runs go into its next run.

A run of four questions takes less than four runs of one. Who asks alone never waits for others,
and nobody waits for more than the runs of who came before.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

_PADDED = 1.5
"""Times as long as its texts that a run may be: each text counts as long as the longest."""

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Waiting(Generic[T]):
    """One caller, until it is told what came of it, or to run for itself and others."""

    texts: tuple[str, ...]
    told: threading.Event = field(default_factory=threading.Event)
    leads: list[_Waiting[T]] = field(default_factory=list)
    """For whom it is to run, itself first; empty when another does that."""
    found: Sequence[T] = ()
    error: BaseException | None = None


class Together(Generic[T]):
    """Calls ``run`` with the texts of all who wait. Safe for several threads."""

    def __init__(
        self, run: Callable[[Sequence[str]], Sequence[T]], most: int, at_once: int = 1
    ) -> None:
        """``run`` gives one thing for each text, in their order. Some ``at_once`` go on at the
        same moment, each with the texts of one caller and those of others, up to ``most``."""
        self._run = run
        self._most = most
        self._changing = threading.Lock()
        self._free = at_once
        self._waiting: list[_Waiting[T]] = []

    def ask(self, texts: Sequence[str]) -> Sequence[T]:
        """What ``run`` gives for ``texts``, at least one. Raises what it raises, to all who were
        taken along."""
        mine = _Waiting[T](tuple(texts))
        with self._changing:
            self._waiting.append(mine)
            if self._free:
                self._free -= 1
                self._next()
        mine.told.wait()
        if mine.leads:
            self._run_for(mine.leads)
        if mine.error is not None:
            raise mine.error
        return mine.found

    # --- steps -------------------------------------------------------------------------------

    def _run_for(self, taken: Sequence[_Waiting[T]]) -> None:
        try:
            found = self._run([text for each in taken for text in each.texts])
            at = 0
            for each in taken:
                each.found = found[at : at + len(each.texts)]
                at += len(each.texts)
        except BaseException as error:  # noqa: BLE001 - all must hear of it
            for each in taken:
                each.error = error
        finally:
            with self._changing:
                self._next()
            for each in taken[1:]:
                each.told.set()

    def _next(self) -> None:
        """Let the first that waits run, with who fits in; the place is free when nobody waits."""
        if not self._waiting:
            self._free += 1
            return
        first = self._waiting[0]
        first.leads = self._taken()
        first.told.set()

    def _taken(self) -> list[_Waiting[T]]:
        """The first that waits, and who fits in with it; these wait no longer."""
        taken, left = self._waiting[:1], []
        sizes = [len(text) for text in taken[0].texts]
        for each in self._waiting[1:]:
            more = sizes + [len(text) for text in each.texts]
            if len(more) <= self._most and len(more) * max(more) <= _PADDED * sum(more):
                taken.append(each)
                sizes = more
            else:
                left.append(each)
        self._waiting = left
        return taken
