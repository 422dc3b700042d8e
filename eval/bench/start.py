"""A start in a process of its own: how long until it is ready, and what it takes after that.

The process (`python -m eval.bench.start`) says on standard output how far it is, one JSON object
a line; the clock is with the one that started it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import IO, Any

from corpus.settings import Settings
from eval.bench.system import Side

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Started:
    """One start. Memory is None where the system does not say."""

    ready_s: float
    """From nothing to ready for questions: Python, imports, model, index."""
    first_ms: float
    """The first answer after that."""
    memory_start_mb: float | None
    memory_later_mb: float | None
    """After all answers."""


def measure_start(
    side: Side,
    settings: Settings,
    embedder: str,
    made_up: bool,
    questions: Sequence[str],
    answers: int,
) -> Started:
    """Start ``side`` on ``settings.data_dir`` in a new process and let it give ``answers``."""
    order = json.dumps(
        {
            "side": side,
            "settings": settings.model_dump(mode="json"),
            "embedder": embedder,
            "made_up": made_up,
            "questions": list(islice(cycle(questions), answers)),
        }
    )
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "eval.bench.start"],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        out = _use(process.stdin)
        out.write(order + "\n")
        out.close()
        lines = _use(process.stdout)
        first = lines.readline()
        ready_s = time.perf_counter() - started
        rest = lines.read()
    if process.returncode:
        raise RuntimeError(f"the process that was started ended with {process.returncode}")
    ready, later = json.loads(first), json.loads(rest)
    return Started(ready_s, later["first_ms"], ready["memory_mb"], later["memory_mb"])


def main() -> None:
    """The process that is started: reads its order from standard input."""
    order = json.loads(sys.stdin.readline())
    # Imported here, so that the other process does not: what a start takes is measured.
    from eval.bench.embedders import load_embedder
    from eval.bench.machine import resident_mb
    from eval.bench.system import open_system

    settings = Settings(**order["settings"])
    system = open_system(
        order["side"], settings, load_embedder(order["embedder"], settings, order["made_up"])
    )
    system.open()
    _say({"memory_mb": resident_mb()})
    first, *others = order["questions"]
    asked = time.perf_counter()
    system.answer(first)
    first_ms = (time.perf_counter() - asked) * 1000
    for question in others:
        system.answer(question)
    _say({"first_ms": first_ms, "memory_mb": resident_mb()})
    system.close()


def _use(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:  # only when it was not asked for
        raise RuntimeError("no pipe to the process that was started")
    return pipe


def _say(fact: dict[str, Any]) -> None:
    print(json.dumps(fact), flush=True)


if __name__ == "__main__":
    main()
