"""What is measured of one server under load."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from corpus.database import open_database
from corpus.ledger import Ledger
from corpus.settings import Settings
from eval.bench.asked import distinct_questions
from eval.bench.changes import Change
from eval.bench.embed_alone import Alone
from eval.bench.load_report import Busy, Changing, Step
from eval.bench.readers import Load, for_seconds, load, together
from eval.bench.serving import Server

_FAST = 300
"""Questions a second that are more than the model takes."""
_MOST = 200_000
"""Questions that are more than any run asks."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    passages: int = 10_000
    workers: tuple[int, ...] = (1, 2)
    readers: tuple[int, ...] = (1, 10, 50)
    seconds: float = 20.0
    """Per number of readers, and as long for the model alone."""
    warm_s: float = 60.0
    """Before anything is counted: what is kept of documents is there after some questions."""
    pages: int = 100
    """Of the document that is put in while readers ask."""
    changing_readers: int = 10
    at_once: tuple[int, ...] = (200, 400)


class LoadRun:
    """Measures a server with one number of workers."""

    def __init__(
        self, plan: Plan, settings: Settings, workers: int, say: Callable[[str], None]
    ) -> None:
        self._plan, self._settings, self._say = plan, settings, say
        self._questions: Iterator[str] = distinct_questions(_MOST, seed=workers)

    def steps(self, server: Server, bound: Alone) -> list[Step]:
        """Each number of readers, with what the model alone takes right before."""
        self._say("Opwarmen")
        self._load(server, 2 * server.workers, for_seconds(self._plan.warm_s))
        return [self._step(server, bound, readers) for readers in self._plan.readers]

    def changing(self, server: Server, paper: Path) -> Changing:
        """Readers while ``paper`` is put in and published."""
        readers = self._plan.changing_readers
        self._say(f"{paper.name} inlezen en publiceren terwijl {readers} lezers vragen")
        without = self._load(server, readers, for_seconds(self._plan.seconds))
        change = Change(self._settings, server, paper)
        found = self._load(server, readers, change.going)
        return Changing(
            workers=server.workers,
            readers=readers,
            seconds=change.seconds,
            read_s=change.read_s,
            answers=len(found.answered),
            p95_ms=found.percentile_ms(95),
            p95_without_ms=without.percentile_ms(95),
            failed=found.failed,
            refused=len(found.refused),
            editions=tuple(sorted({r.edition for r in found.answered if r.edition is not None})),
            mixed=_mixed(found, self._settings),
            published=change.published,
        )

    def busy(self, server: Server) -> list[Busy]:
        """Far too many at the same moment."""
        return [self._busy(server, at_once) for at_once in self._plan.at_once]

    # --- steps -------------------------------------------------------------------------------

    def _load(self, server: Server, readers: int, going: Callable[[], bool]) -> Load:
        return load(server.port, self._questions, readers, going)

    def _step(self, server: Server, bound: Alone, readers: int) -> Step:
        self._say(f"{readers} lezer(s)")
        threads = min(readers, self._settings.answers_at_once * server.workers)
        seconds = self._plan.seconds
        asked = list(islice(self._questions, round(_FAST * seconds)))
        alone = bound.per_second(asked, threads, seconds)
        found = self._load(server, readers, for_seconds(seconds))
        return Step(
            workers=server.workers,
            readers=readers,
            answers=len(found.answered),
            per_second=found.per_second,
            p50_ms=found.percentile_ms(50),
            p95_ms=found.percentile_ms(95),
            p99_ms=found.percentile_ms(99),
            failed=found.failed,
            refused=len(found.refused),
            embedded_per_second=alone,
        )

    def _busy(self, server: Server, at_once: int) -> Busy:
        self._say(f"{at_once} vragen tegelijk")
        found = together(server.port, list(islice(self._questions, at_once)))
        refused = [reply.seconds * 1000 for reply in found.refused]
        nothing = float("nan")
        return Busy(
            workers=server.workers,
            at_once=at_once,
            answered=len(found.answered),
            refused=len(refused),
            refused_p50_ms=float(np.median(refused)) if refused else nothing,
            refused_worst_ms=max(refused, default=nothing),
            answered_worst_ms=found.percentile_ms(100),
            failed=found.failed,
        )


def _mixed(found: Load, settings: Settings) -> int:
    """Answers that cite a version which the edition they name does not hold."""
    engine = open_database(settings.data_dir)
    ledger = Ledger(engine)
    named = {reply.edition for reply in found.answered if reply.edition is not None}
    held = {number: set(ledger.members(number).values()) for number in named}
    engine.dispose()
    return sum(
        not held[reply.edition].issuperset(reply.cited)
        for reply in found.answered
        if reply.edition is not None
    )
