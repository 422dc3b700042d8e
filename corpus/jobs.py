"""Long work that staff started: what is to be done, how far it is, and what came of it, in SQL.

The table is the queue, too (`corpus.job_queue`): a job and what it works on stand in one place, and
every process can tell how it stands, whichever of them does it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from sqlalchemy import Engine, Row, func, insert, select, update

from corpus import staff_tables

State = Literal["waiting", "running", "done", "failed"]
OPEN_STATES: tuple[State, ...] = ("waiting", "running")

CANCELLED = "Geannuleerd door {who}, voordat het begon. Er is niets veranderd."

RESTORED = (
    "Er is een reservekopie teruggezet van toen dit werk nog niet klaar was. Begin het zo nodig "
    "opnieuw."
)


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work. ``done`` of ``total`` counts within ``step``; ``total`` 0 is unknown."""

    id: str
    kind: str
    title: str
    who: str
    state: State
    step: str
    done: int
    total: int
    message: str
    """Why it failed; empty otherwise."""
    result: Mapping[str, Any]
    created_at: datetime
    changed_at: datetime
    params: Mapping[str, Any]
    """What is to be done (JSON values)."""
    holder: str | None
    """The worker that does it, or did."""
    attempts: int
    """Times that it was begun."""

    @property
    def open(self) -> bool:
        """Whether it is still to end."""
        return self.state in OPEN_STATES

    @property
    def again(self) -> bool:
        """Whether it was begun before, by a process that stopped: part of it may be done."""
        return self.attempts > 1


@dataclass(frozen=True, slots=True)
class Delay:
    """In seconds, by the clock on the wall; 0 when there is no such work."""

    waiting_s: float
    """Since the work that has waited longest was asked for."""
    silent_s: float
    """Since the last sign of life of work that runs."""


def this_moment() -> datetime:
    """The clock on the wall."""
    return datetime.now(UTC)


class Jobs:
    """Notes jobs and tells how they stand. Every public method is one transaction."""

    def __init__(self, engine: Engine, now: Callable[[], datetime] = this_moment) -> None:
        self._engine = engine
        self._now = now

    def add(self, kind: str, title: str, who: str, params: Mapping[str, Any] | None = None) -> str:
        """Note a new job that waits; its id comes back. ``params`` are JSON values."""
        job_id, now = uuid.uuid4().hex, self._now()
        values = {
            "id": job_id,
            "kind": kind,
            "title": title,
            "who": who,
            "state": "waiting",
            "step": "",
            "done": 0,
            "total": 0,
            "message": "",
            "result": {},
            "created_at": now,
            "changed_at": now,
            "params": dict(params or {}),
            "attempts": 0,
        }
        with self._engine.begin() as connection:
            connection.execute(insert(staff_tables.job).values(values))
        return job_id

    def cancel(self, job_id: str, who: str) -> bool:
        """Take a job that waits out of the queue; False when it does not wait (any more)."""
        j = staff_tables.job.c
        statement = (
            update(staff_tables.job)
            .where(j.id == job_id, j.state == "waiting")
            .values(state="failed", message=CANCELLED.format(who=who), changed_at=self._now())
        )
        with self._engine.begin() as connection:
            return connection.execute(statement).rowcount == 1

    def end_restored(self) -> None:
        """Begin nothing of what was open when a backup was made: nobody waits for it any more, and
        its files were left out."""
        j = staff_tables.job.c
        with self._engine.begin() as connection:
            connection.execute(
                update(staff_tables.job)
                .where(j.state.in_(OPEN_STATES))
                .values(state="failed", message=RESTORED, changed_at=self._now())
            )

    def find(self, job_id: str) -> Job | None:
        """The job with this id, or None."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(staff_tables.job).where(staff_tables.job.c.id == job_id)
            ).first()
        return as_job(row) if row is not None else None

    def recent(self, limit: int = 20) -> list[Job]:
        """The last ones, newest first."""
        newest = (
            select(staff_tables.job).order_by(staff_tables.job.c.created_at.desc()).limit(limit)
        )
        with self._engine.connect() as connection:
            return [as_job(row) for row in connection.execute(newest)]

    def still_open(self, kinds: Collection[str] | None = None) -> list[Job]:
        """Those that wait or run, in the order in which they are done; of ``kinds`` when given."""
        j = staff_tables.job.c
        wanted = select(staff_tables.job).where(j.state.in_(OPEN_STATES))
        if kinds is not None:
            wanted = wanted.where(j.kind.in_(kinds))
        with self._engine.connect() as connection:
            found = [as_job(row) for row in connection.execute(wanted)]
        return sorted(found, key=lambda job: (job.state != "running", job.created_at, job.id))

    def before(self, job: Job) -> int:
        """How many jobs come before one that waits, the one that runs included."""
        if job.state != "waiting":
            return 0
        ids = [other.id for other in self.still_open()]
        return ids.index(job.id) if job.id in ids else 0  # it may have begun meanwhile

    def counts(self) -> dict[State, int]:
        """How many are in each state."""
        each = select(staff_tables.job.c.state, func.count()).group_by(staff_tables.job.c.state)
        with self._engine.connect() as connection:
            found: dict[State, int] = {row[0]: row[1] for row in connection.execute(each)}
        states: tuple[State, ...] = get_args(State)
        return {state: found.get(state, 0) for state in states}

    def delay(self) -> Delay:
        """How long work has waited, and has not been heard of."""
        j = staff_tables.job.c
        oldest = select(j.state, func.min(j.created_at), func.min(j.changed_at))
        with self._engine.connect() as connection:
            rows = connection.execute(oldest.where(j.state.in_(OPEN_STATES)).group_by(j.state))
            found = {row[0]: row[1:] for row in rows}
        return Delay(
            waiting_s=self._since(found["waiting"][0]) if "waiting" in found else 0.0,
            silent_s=self._since(found["running"][1]) if "running" in found else 0.0,
        )

    def _since(self, moment: datetime) -> float:
        # SQLite keeps no time zone; a clock elsewhere may run ahead of ours.
        return max(0.0, (self._now() - moment.replace(tzinfo=UTC)).total_seconds())


def as_job(row: Row[Any]) -> Job:
    """A row of the table."""
    values = dict(row._mapping)
    for moment in ("created_at", "changed_at"):
        values[moment] = values[moment].replace(tzinfo=UTC)  # SQLite keeps no time zone
    return Job(**values)
