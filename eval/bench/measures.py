"""The measurements, each a function that yields rows of the table.

A figure is the median of its repeats, unless the row says that it was measured once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from eval.bench.machine import folder_mb
from eval.bench.pages import change_page
from eval.bench.start import Started
from eval.bench.system import Steps, System

_WARM_UP = 5  # questions before the clock counts
_AT_ONCE = 8  # readers: as many as the server answers at once


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; None is "not measured" or "has no such thing"."""

    key: str
    unit: str
    ours: float | None
    tutorial: float | None

    @property
    def ratio(self) -> float | None:
        """Ours in terms of the tutorial's: below 1 we are faster or smaller."""
        if self.ours is None or not self.tutorial:
            return None
        return self.ours / self.tutorial


def first_ingest(ours: System, tutorial: System, pages: Path) -> list[Row]:
    """From files to published, on empty folders, once; libraries and model are loaded."""
    mine, theirs = ours.ingest(pages), tutorial.ingest(pages)
    steps = ("read", "embed", "store", "index")
    return [
        Row("ingest", "s", mine.total, theirs.total),
        *(Row(f"ingest_{s}", "s", getattr(mine, s), getattr(theirs, s)) for s in steps),
    ]


def ingest_again(ours: System, tutorial: System, pages: Path, repeats: int) -> list[Row]:
    """The same files once more, then with one page changed.

    The tutorial does the same work for both, and that once: it takes as long as the first time.
    """
    theirs = tutorial.ingest(pages).total
    unchanged = [ours.ingest(pages).total for _ in range(repeats)]
    changed = [_changed(ours, pages, turn).total for turn in range(1, repeats + 1)]
    return [
        Row("unchanged", "s", median(unchanged), theirs),
        Row("changed", "s", median(changed), theirs),
    ]


def disk(key: str, ours: System, tutorial: System) -> Row:
    """What lies in the data folders now."""
    return Row(key, "MB", folder_mb(ours.data_dir), folder_mb(tutorial.data_dir))


def latencies(ours: System, tutorial: System, questions: Sequence[str], rounds: int) -> list[Row]:
    """p50 and p95 over the questions, in each round; the two sides take turns.

    "Beyond" is without the time of that same question in the embedding model.
    """
    taken: dict[tuple[int, str], list[list[_Taken]]] = {}
    sides = (ours, tutorial)
    for system in sides:
        for question in questions[:_WARM_UP]:
            system.answer(question)
    for _ in range(rounds):
        for side, system in enumerate(sides):
            for name, ask in (("search", system.search), ("answer", system.answer)):
                taken.setdefault((side, name), []).append(_ask_all(system, ask, questions))
    rows = []
    for key, name, value in (
        ("search_beyond", "search", _Taken.beyond_ms),
        ("answer_beyond", "answer", _Taken.beyond_ms),
        ("embed_question", "answer", _Taken.in_model_ms),
        ("answer", "answer", _Taken.all_ms),
    ):
        for percent in (50, 95):
            mine, theirs = (
                median(_percentile([value(t) for t in r], percent) for r in taken[side, name])
                for side in (0, 1)
            )
            rows.append(Row(f"{key}_p{percent}", "ms", mine, theirs))
    return rows


def throughput(ours: System, tutorial: System, questions: Sequence[str]) -> Row:
    """Answers per second when several readers ask at once, each question once."""
    return Row("throughput", "/s", _per_second(ours, questions), _per_second(tutorial, questions))


def starts(ours: Sequence[Started], tutorial: Sequence[Started]) -> list[Row]:
    """Starts in processes of their own."""
    return [
        Row("start", "s", *(median(s.ready_s for s in side) for side in (ours, tutorial))),
        Row("first_answer", "ms", *(median(s.first_ms for s in side) for side in (ours, tutorial))),
        Row("memory_start", "MB", *(_memory(side, _at_start) for side in (ours, tutorial))),
        Row("memory_later", "MB", *(_memory(side, _later) for side in (ours, tutorial))),
    ]


# --- steps -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Taken:
    """Seconds that one question took, and how many of them in the embedding model."""

    total: float
    in_model: float

    def all_ms(self) -> float:
        return self.total * 1000

    def in_model_ms(self) -> float:
        return self.in_model * 1000

    def beyond_ms(self) -> float:
        return (self.total - self.in_model) * 1000


def _changed(system: System, pages: Path, turn: int) -> Steps:
    change_page(pages, turn)
    return system.ingest(pages)


def _ask_all(
    system: System, ask: Callable[[str], object], questions: Sequence[str]
) -> list[_Taken]:
    found = []
    for question in questions:
        in_model, started = system.embedder.seconds, time.perf_counter()
        ask(question)
        total = time.perf_counter() - started
        found.append(_Taken(total, system.embedder.seconds - in_model))
    return found


def _per_second(system: System, questions: Sequence[str]) -> float:
    with ThreadPoolExecutor(_AT_ONCE) as readers:
        started = time.perf_counter()
        for _ in readers.map(system.answer, questions):
            pass
        return len(questions) / (time.perf_counter() - started)


def _percentile(values: Sequence[float], percent: int) -> float:
    return float(np.percentile(values, percent))


def _at_start(started: Started) -> float | None:
    return started.memory_start_mb


def _later(started: Started) -> float | None:
    return started.memory_later_mb


def _memory(started: Sequence[Started], value: Callable[[Started], float | None]) -> float | None:
    known = [mb for s in started if (mb := value(s)) is not None]
    return median(known) if known else None
