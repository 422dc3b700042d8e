"""The queue of jobs, as a worker sees it: take the oldest, say that you live, and end it.

One job runs at a time, whatever the number of workers: they all change the same corpus. A worker
that is killed says nothing any more, and after a while (the lease) another takes its job over.

How long somebody has been silent is measured with the observer's own steady clock, from the moment
at which it first saw the last sign of life. No two clocks are compared: a clock that is put right,
or put wrong, takes no job from who lives and leaves none with who is dead.
"""

from __future__ import annotations

import os
import socket
import time
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from corpus import staff_tables
from corpus.errors import RoutewijzerError
from corpus.jobs import Job, as_job, this_moment

CANNOT_ASK = (SQLAlchemyError, RoutewijzerError)
"""What any method raises when the database is away or cannot be written."""
LEASE_S = 20.0
MOST_ATTEMPTS = 3
GIVEN_UP = (
    f"Dit werk is {MOST_ATTEMPTS} keer begonnen, en elke keer stopte de server voordat het klaar "
    "was. Lezers zien een hele editie; welke, staat op het overzicht. Vraag beheer om in het "
    "logboek te kijken voordat je het opnieuw begint."
)
_Sign = tuple[str | None, int, datetime]
_TURNSTILE = 7_702_138_644  # any number, of this queue alone


class JobQueue:
    """The queue for one worker. Used by one thread at a time, but for ``alive``."""

    def __init__(
        self,
        engine: Engine,
        lease_s: float = LEASE_S,
        now: Callable[[], datetime] = this_moment,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``clock`` gives seconds that only ever rise; ``now`` is what people read."""
        self.lease_s = lease_s
        self.holder = f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._engine = engine
        self._now = now
        self._clock = clock
        self._seen: dict[str, tuple[_Sign, float]] = {}

    def claim(self) -> Job | None:
        """The oldest job that waits, now to be done by this worker; None when there is none, or
        another one runs."""
        running, waits = self._look()
        for job in running:
            if self._is_silent(job):
                self._free(job)
                waits = True
        self._seen = {job.id: self._seen[job.id] for job in running}
        return self._take() if waits else None

    def alive(self, job: Job) -> bool:
        """Say that it is still being worked on; False when it is no longer this worker's."""
        return self._change(job)

    def progress(self, job: Job, step: str, done: int, total: int) -> bool:
        """Note how far it is; False when it is no longer this worker's."""
        return self._change(job, step=step, done=done, total=total)

    def finish(self, job: Job, result: Mapping[str, Any]) -> bool:
        """Note that it is done, with what came of it (JSON values)."""
        return self._change(job, state="done", result=dict(result))

    def fail(self, job: Job, message: str) -> bool:
        """Note that it failed, and why."""
        return self._change(job, state="failed", message=message)

    def give_back(self, job: Job, counts: bool = False) -> bool:
        """Let it wait again, at its old place; ``counts`` when this was one of the attempts that
        it has."""
        if counts and job.attempts >= MOST_ATTEMPTS:
            return self.fail(job, GIVEN_UP)
        attempts = job.attempts if counts else job.attempts - 1
        return self._change(
            job, state="waiting", holder=None, attempts=attempts, step="", done=0, total=0
        )

    # --- steps -------------------------------------------------------------------------------

    def _look(self) -> tuple[list[Job], bool]:
        """The jobs that run, and whether any waits: without writing, for this is asked often."""
        j = staff_tables.job.c
        waiting = select(j.id).where(j.state == "waiting").limit(1)
        with self._engine.connect() as connection:
            found = connection.execute(select(staff_tables.job).where(j.state == "running")).all()
            return [as_job(row) for row in found], connection.scalar(waiting) is not None

    def _is_silent(self, job: Job) -> bool:
        sign: _Sign = (job.holder, job.attempts, job.changed_at)
        now = self._clock()
        seen = self._seen.get(job.id)
        if seen is None or seen[0] != sign:
            seen = self._seen[job.id] = (sign, now)
        return now - seen[1] >= self.lease_s

    def _free(self, job: Job) -> None:
        """Let a job of a dead worker wait again, unless it gave a sign of life after all."""
        j = staff_tables.job.c
        if job.attempts >= MOST_ATTEMPTS:
            values: dict[str, Any] = {"state": "failed", "message": GIVEN_UP}
        else:
            values = {"state": "waiting", "holder": None, "step": "", "done": 0, "total": 0}
        statement = (
            update(staff_tables.job)
            .where(self._mine(job, job.holder), j.changed_at == job.changed_at)
            .values(changed_at=self._now(), **values)
        )
        with self._engine.begin() as connection:
            connection.execute(statement)

    def _take(self) -> Job | None:
        j, other, first = staff_tables.job.c, staff_tables.job.alias(), staff_tables.job.alias()
        oldest = (
            select(first.c.id)
            .where(first.c.state == "waiting")
            .order_by(first.c.created_at, first.c.id)
            .limit(1)
            .scalar_subquery()
        )
        runs = select(other.c.id).where(other.c.state == "running").exists()
        statement = (
            update(staff_tables.job)
            .where(j.id == oldest, ~runs)
            .values(
                state="running", holder=self.holder, attempts=j.attempts + 1, changed_at=self._now()
            )
            .returning(*j)
        )
        with self._engine.begin() as connection:
            _one_by_one(connection)
            row = connection.execute(statement).first()
        return as_job(row) if row is not None else None

    def _change(self, job: Job, **values: object) -> bool:
        statement = (
            update(staff_tables.job)
            .where(self._mine(job, self.holder))
            .values(changed_at=self._now(), **values)
        )
        with self._engine.begin() as connection:
            return connection.execute(statement).rowcount == 1

    def _mine(self, job: Job, holder: str | None) -> Any:
        """Whether the job is still being done by ``holder``, in the same attempt: who was taken
        for dead and wakes up must change nothing any more."""
        j = staff_tables.job.c
        return (
            (j.id == job.id)
            & (j.state == "running")
            & (j.holder == holder)
            & (j.attempts == job.attempts)
        )


def _one_by_one(connection: Connection) -> None:
    """Let one worker at a time choose. SQLite has one writer as it is; PostgreSQL lets several
    go on, each with its own view of what runs."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _TURNSTILE})
