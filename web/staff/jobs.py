"""Begins long work behind a page, and shows how far it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Protocol

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from corpus.job_queue import MOST_ATTEMPTS
from corpus.jobs import Job, Jobs, this_moment
from corpus.staff import Session
from web.staff.desk import Desk
from web.staff.session import PREFIX, Staff, StaffForm
from web.staff.spool import Spool

_UNKNOWN = "Dit werk is er niet (meer). Kijk bij het beheer welk werk er loopt."
_NOT_YOURS = "Dit werk is begonnen door {who}. Alleen wie het begon of mag publiceren, annuleert."
_END_WITHIN_S = 10.0
_SILENT = timedelta(seconds=30)  # a hint for people: nothing is decided by it


class Here(Protocol):
    """What does the work in this process; a `web.staff.worker.WorkerThread`."""

    def begin(self) -> None:
        """Look for work from now on."""

    def wake(self) -> None:
        """Look for work now."""

    def end(self, wait_s: float) -> None:
        """Stop within ``wait_s`` seconds."""


class JobRunner:
    """Puts jobs in the queue; who does them is somebody else."""

    def __init__(self, jobs: Jobs, here: Here | None = None) -> None:
        """``here`` does the work in this process; without it other processes do."""
        self._jobs = jobs
        self._here = here

    def start(self, kind: str, title: str, who: str, params: Mapping[str, Any]) -> str:
        """Have a piece of work done as soon as it is its turn; the id of the job comes back at
        once. `web.staff.work` tells which kinds there are, and the ``params`` (JSON values) of
        each."""
        job_id = self._jobs.add(kind, title, who, params)
        if self._here is not None:
            self._here.wake()
        return job_id

    @asynccontextmanager
    async def serving(self, _app: object) -> AsyncIterator[None]:
        """For as long as the server runs, look for work: also what other processes left."""
        if self._here is None:
            yield
            return
        self._here.begin()
        try:
            yield
        finally:
            await run_in_threadpool(self._here.end, _END_WITHIN_S)


def job_address(job_id: str) -> str:
    """Address of the page that shows how a job stands."""
    return f"{PREFIX}/werk/{job_id}"


def to_job(job_id: str) -> RedirectResponse:
    """Leads the browser there, after a form."""
    return RedirectResponse(job_address(job_id), status_code=303)


def build_jobs(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """Routes that show how a job stands, and take one that waits out of the queue."""
    router = APIRouter(prefix=PREFIX, include_in_schema=False, default_response_class=HTMLResponse)

    def find(job_id: str) -> Job:
        job = desk.jobs.find(job_id)
        if job is None:
            raise HTTPException(404, _UNKNOWN)
        return job

    def context(session: Session, job_id: str) -> dict[str, Any]:
        job = find(job_id)
        return {
            "session": session,
            "job": job,
            "before": desk.jobs.before(job),
            "silent": job.open and this_moment() - job.changed_at > _SILENT,
            "may_cancel": may_cancel(session, job),
            "most_attempts": MOST_ATTEMPTS,
        }

    @router.get("/werk/{job_id}")
    def page(request: Request, session: Staff, job_id: str) -> Response:
        """The page of a job; it keeps itself up to date."""
        shown = context(session, job_id)
        return templates.TemplateResponse(request, "beheer/job.html", shown)

    @router.get("/werk/{job_id}/stand")
    def state(request: Request, session: Staff, job_id: str) -> Response:
        """The part of that page that changes."""
        shown = context(session, job_id)
        return templates.TemplateResponse(request, "beheer/job_state.html", shown)

    @router.post("/werk/{job_id}/annuleren")
    def cancel(session: StaffForm, job_id: str) -> Response:
        """Take it out of the queue, if it still waits."""
        job, who = find(job_id), session.account.name
        if not may_cancel(session, job):
            raise HTTPException(403, _NOT_YOURS.format(who=job.who))
        if desk.jobs.cancel(job_id, who):
            desk.ledger.log(who, "cancel", {"job": job.title})
            Spool(desk.settings.data_dir).remove(str(job.params.get("load", "")))
        return to_job(job_id)

    return router


def may_cancel(session: Session, job: Job) -> bool:
    """Whether this is somebody's own work, or of one who answers for all."""
    return session.account.name == job.who or session.account.may_publish
