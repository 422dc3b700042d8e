"""What mixed use showed, and how it reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.bench.report import number
from eval.bench.serving import Taken

_WARM = 1 / 3
"""Share of the time, from the start, in which caches fill: no growth is reckoned over it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the processes of the server took at a moment."""

    at_s: float
    processes: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class SoakBench:
    """What was measured, where and on what."""

    date: str
    machine: dict[str, object]
    passages: int
    minutes: float
    readers: int
    answers: int
    failed: int
    refused: int
    published: int
    not_published: int
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """How one figure went for one process."""

    first: float
    last: float
    most: float
    per_hour: float
    """By least squares, once caches are filled."""


def growth(at_s: Sequence[float], values: Sequence[float]) -> Growth:
    """How ``values`` went, measured at ``at_s`` seconds from the start (at least one)."""
    times, figures = np.array(at_s), np.array(values)
    late = times >= _WARM * times[-1]
    slope = 0.0
    if late.sum() > 1:
        slope = float(np.polyfit(times[late] / 3600, figures[late], 1)[0])
    return Growth(float(figures[0]), float(figures[-1]), float(figures.max()), slope)


def report(bench: SoakBench) -> list[str]:
    """The figures for people, in Dutch."""
    lines = [
        f"Gemengd gebruik, {bench.date}: {number(bench.minutes)} minuten, {bench.passages} "
        f"passages, {bench.readers} lezers zonder pauze, elke minuut een publicatie",
        f"{bench.answers} antwoorden, {bench.refused} geweigerd, {bench.failed} mislukt; "
        f"{bench.published} keer gepubliceerd, {bench.not_published} keer mislukt",
    ]
    pids = sorted({taken.pid for sample in bench.samples for taken in sample.processes})
    for pid in pids:
        seen = [(s.at_s, t) for s in bench.samples for t in s.processes if t.pid == pid]
        times = [at for at, _ in seen]
        memory = growth(times, [t.memory_mb for _, t in seen])
        files = growth(times, [t.files for _, t in seen])
        threads = growth(times, [t.threads for _, t in seen])
        lines.append(
            f"Proces {pid}: geheugen {memory.first:.0f} MB, aan het eind {memory.last:.0f}, hoogst "
            f"{memory.most:.0f}; na het opwarmen {memory.per_hour:+z.0f} MB per uur; open "
            f"bestanden {files.first:.0f} en {files.last:.0f}; draden {threads.first:.0f} en "
            f"{threads.last:.0f}"
        )
    return lines
