"""What mixed use showed, and how it reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.bench.report import number
from eval.bench.serving import Taken

_WARM = 1 / 2
"""Share of the time, from the start, in which caches fill: no growth is reckoned over it."""
_FLAT = 0.02
"""Share of its memory that a process may grow in the rest of the time and still be called flat."""


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
    publish_s: float
    """Between the starts of two publications."""
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
    grown: float
    """The same, over the time after that."""

    @property
    def flat(self) -> bool:
        """Whether it hardly grew any more."""
        return self.grown <= _FLAT * self.last


def growth(at_s: Sequence[float], values: Sequence[float]) -> Growth:
    """How ``values`` went, measured at ``at_s`` seconds from the start (at least one)."""
    times, figures = np.array(at_s), np.array(values)
    late = times >= _WARM * times[-1]
    slope = 0.0
    if late.sum() > 1:
        slope = float(np.polyfit(times[late] / 3600, figures[late], 1)[0])
    grown = slope * float(times[-1] - times[late][0]) / 3600
    return Growth(float(figures[0]), float(figures[-1]), float(figures.max()), slope, grown)


def report(bench: SoakBench) -> list[str]:
    """The figures for people, in Dutch."""
    lines = [
        f"Gemengd gebruik, {bench.date}: {number(bench.minutes)} minuten, {bench.passages} "
        f"passages, {bench.readers} lezers zonder pauze, elke {bench.publish_s:g} s een publicatie",
        f"{bench.answers} antwoorden, {bench.refused} geweigerd, {bench.failed} mislukt; "
        f"{bench.published} keer gepubliceerd, {bench.not_published} keer mislukt",
    ]
    pids = sorted({taken.pid for sample in bench.samples for taken in sample.processes})
    for pid in pids:
        seen = [(s.at_s, t) for s in bench.samples for t in s.processes if t.pid == pid]
        lines += _of_process(pid, [at for at, _ in seen], [taken for _, taken in seen])
    return lines


def _of_process(pid: int, times: Sequence[float], seen: Sequence[Taken]) -> list[str]:
    memory = growth(times, [t.memory_mb for t in seen])
    private = growth(times, [t.private_mb for t in seen])
    own = growth(times, [t.own_mb for t in seen])
    files = growth(times, [t.files for t in seen])
    threads = growth(times, [t.threads for t in seen])
    judged = "vlak" if own.flat else "NIET vlak"
    return [
        f"Proces {pid}: geheugen {memory.first:.0f} MB, aan het eind {memory.last:.0f}, hoogst "
        f"{memory.most:.0f}; open bestanden {files.first:.0f} en {files.last:.0f}; draden "
        f"{threads.first:.0f} en {threads.last:.0f}",
        f"  alleen van dit proces {private.first:.0f} en {private.last:.0f} MB; zonder bestanden "
        f"{own.first:.0f} en {own.last:.0f}, in de tweede helft {own.grown:+z.0f} MB "
        f"({own.per_hour:+z.0f} per uur): {judged}",
    ]
