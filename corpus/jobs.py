"""Long work that staff started from a page: how far it is, and what came of it, in SQL.

Every web worker can tell how a job stands, whichever of them does it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import Engine, Row, func, insert, select, update

from corpus import schema

State = Literal["waiting", "running", "done", "failed"]
OPEN_STATES: tuple[State, ...] = ("waiting", "running")

SILENT = timedelta(seconds=45)
"""A job that has said nothing for so long is taken as lost: its process is gone."""
LOST = (
    "De server is tijdens dit werk gestopt. Lezers zien een hele editie; welke, staat op het "
    "overzicht. Begin het zo nodig opnieuw."
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


class Jobs:
    """Reads and writes jobs. Every public method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, kind: str, title: str, who: str) -> str:
        """Note a new job that waits; its id comes back."""
        job_id, now = uuid.uuid4().hex, datetime.now(UTC)
        with self._engine.begin() as connection:
            connection.execute(
                insert(schema.job).values(
                    id=job_id,
                    kind=kind,
                    title=title,
                    who=who,
                    state="waiting",
                    step="",
                    done=0,
                    total=0,
                    message="",
                    result={},
                    created_at=now,
                    changed_at=now,
                    params={},
                    attempts=0,
                )
            )
        return job_id

    def progress(self, job_id: str, step: str, done: int, total: int) -> None:
        """Note how far it is."""
        self._change(job_id, state="running", step=step, done=done, total=total)

    def alive(self, job_id: str) -> None:
        """Note that it is still being worked on, or waits its turn."""
        self._change(job_id)

    def finish(self, job_id: str, result: Mapping[str, Any]) -> None:
        """Note that it is done, with what came of it (JSON values)."""
        self._change(job_id, state="done", result=dict(result))

    def fail(self, job_id: str, message: str) -> None:
        """Note that it failed, and why."""
        self._change(job_id, state="failed", message=message)

    def find(self, job_id: str) -> Job | None:
        """The job with this id, or None."""
        with self._engine.connect() as connection:
            row = connection.execute(select(schema.job).where(schema.job.c.id == job_id)).first()
        return _job(row) if row is not None else None

    def recent(self, limit: int = 20) -> list[Job]:
        """The last ones, newest first."""
        newest = select(schema.job).order_by(schema.job.c.created_at.desc()).limit(limit)
        with self._engine.connect() as connection:
            return [_job(row) for row in connection.execute(newest)]

    def counts(self) -> dict[State, int]:
        """How many are in each state."""
        j = schema.job.c
        lost = j.state.in_(OPEN_STATES) & (j.changed_at < datetime.now(UTC) - SILENT)
        each = select(j.state, func.count()).where(~lost).group_by(j.state)
        with self._engine.connect() as connection:
            found: dict[State, int] = {row[0]: row[1] for row in connection.execute(each)}
            silent = connection.scalar(select(func.count()).where(lost)) or 0
        states: tuple[State, ...] = get_args(State)
        return {s: found.get(s, 0) + (silent if s == "failed" else 0) for s in states}

    def _change(self, job_id: str, **values: object) -> None:
        with self._engine.begin() as connection:
            connection.execute(
                update(schema.job)
                .where(schema.job.c.id == job_id)
                .values(changed_at=datetime.now(UTC), **values)
            )


def _job(row: Row[Any]) -> Job:
    values = dict(row._mapping)
    for moment in ("created_at", "changed_at"):
        values[moment] = values[moment].replace(tzinfo=UTC)  # SQLite keeps no time zone
    job = Job(**values)
    if job.open and datetime.now(UTC) - job.changed_at > SILENT:
        return Job(**{**values, "state": "failed", "message": LOST})
    return job
