"""Does long work behind a page, one piece at a time, and shows how far it is."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from corpus.errors import RoutewijzerError
from corpus.index import Progress
from corpus.jobs import Job, Jobs
from web.staff.session import PREFIX, Staff

log = logging.getLogger(__name__)

Work = Callable[[Progress], Mapping[str, Any]]
"""What is to be done. What comes back are JSON values, of which the page of a job shows:
``lines`` (a list of lines), ``next`` (address to go on to) and ``label`` (words of that link)."""

_NOTE_EVERY_S = 0.3
_ALIVE_EVERY_S = 10.0
_UNKNOWN = "Dit werk is er niet (meer). Kijk bij het beheer welk werk er loopt."


class JobRunner:
    """Does jobs in a thread of its own, in the order in which they were started.

    One at a time: they write the same corpus, and readers keep a core to themselves.
    """

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")

    def start(self, kind: str, title: str, who: str, work: Work) -> str:
        """Begin ``work`` as soon as it is its turn; the id of the job comes back at once."""
        job_id = self._jobs.add(kind, title, who)
        ended = threading.Event()
        threading.Thread(target=self._keep_alive, args=(job_id, ended), daemon=True).start()
        self._pool.submit(self._do, job_id, work, ended)
        return job_id

    def _do(self, job_id: str, work: Work, ended: threading.Event) -> None:
        try:
            self._jobs.progress(job_id, "Beginnen", 0, 0)
            self._jobs.finish(job_id, work(self._reporter(job_id)))
        except RoutewijzerError as error:
            self._jobs.fail(job_id, str(error))
        except Exception:
            # Nobody waits for this thread: what goes wrong must be told on the page.
            log.exception("Unexpected error in job %s", job_id)
            self._jobs.fail(
                job_id, f"Er ging iets mis bij ons; in het logboek staat meer bij {job_id}."
            )
        finally:
            ended.set()

    def _reporter(self, job_id: str) -> Progress:
        """Progress that is written a few times a second at most, and at the end of each step."""
        noted_at, noted_step = 0.0, ""

        def report(step: str, done: int, total: int) -> None:
            nonlocal noted_at, noted_step
            now = time.monotonic()
            if step == noted_step and done < total and now - noted_at < _NOTE_EVERY_S:
                return
            noted_at, noted_step = now, step
            self._jobs.progress(job_id, step, done, total)

        return report

    def _keep_alive(self, job_id: str, ended: threading.Event) -> None:
        while not ended.wait(_ALIVE_EVERY_S):
            self._jobs.alive(job_id)


def job_address(job_id: str) -> str:
    """Address of the page that shows how a job stands."""
    return f"{PREFIX}/werk/{job_id}"


def to_job(job_id: str) -> RedirectResponse:
    """Leads the browser there, after a form."""
    return RedirectResponse(job_address(job_id), status_code=303)


def build_jobs(jobs: Jobs, templates: Jinja2Templates) -> APIRouter:
    """Routes that show how a job stands."""
    router = APIRouter(prefix=PREFIX, include_in_schema=False, default_response_class=HTMLResponse)

    def find(job_id: str) -> Job:
        job = jobs.find(job_id)
        if job is None:
            raise HTTPException(404, _UNKNOWN)
        return job

    @router.get("/werk/{job_id}")
    def page(request: Request, session: Staff, job_id: str) -> Response:
        """The page of a job; it keeps itself up to date."""
        context = {"session": session, "job": find(job_id)}
        return templates.TemplateResponse(request, "beheer/job.html", context)

    @router.get("/werk/{job_id}/stand")
    def state(request: Request, _: Staff, job_id: str) -> Response:
        """The part of that page that changes."""
        context = {"job": find(job_id)}
        return templates.TemplateResponse(request, "beheer/job_state.html", context)

    return router
