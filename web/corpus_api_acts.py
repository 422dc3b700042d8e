"""What machines have done: reading documents, publishing, withdrawing, going back.

Each begins work as the pages for staff do, and answers with the job to ask after.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from corpus.errors import BadInputError, RoutewijzerError
from ingest.fields import Fields, read_fields
from web.bearer import PREFIX, Publisher, Supplier
from web.corpus_api import ERRORS, TAG, build_corpus_api
from web.corpus_api_models import JobState, Publish, Rollback, Upload, Withdraw, shown
from web.problems import Problem
from web.staff import edition_work as editions
from web.staff.desk import Desk
from web.staff.jobs import JobRunner
from web.staff.publishing import IN_THE_WAY
from web.staff.sending import start_address, start_files
from web.staff.withdrawing import NOT_PUBLISHED

SUPPLY = f"{PREFIX}/documents"
"""Where files may be sent to."""
NOTHING = "Stuur een of meer bestanden in 'files', of een webadres in 'address'."
BOTH = "Stuur bestanden in 'files' óf een webadres in 'address', niet allebei."
NO_DOCUMENT = "Er is geen document met id '{id}'. Kijk bij GET /api/corpus/documents."
NO_EDITION = "Editie {number} is nooit gepubliceerd. Kijk bij GET /api/corpus/editions."
TOO_LARGE = (
    "Dit is samen te groot om in één keer te sturen. Er is niets ingelezen; stuur de bestanden in "
    "kleinere groepen."
)

_REFUSED: dict[int | str, dict[str, Any]] = {
    409: {"model": Problem, "description": "Something else goes on, or things have changed"}
}
_UNKNOWN: dict[int | str, dict[str, Any]] = {404: {"model": Problem}}


class _UploadRoute(APIRoute):
    """Says how much may be sent, instead of how long a question may be."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler with that around it."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await handler(request)
            except HTTPException as error:
                if error.status_code != 413:
                    raise
                raise HTTPException(413, TOO_LARGE) from None

        return handle


def build_for_machines(desk: Desk, runner: JobRunner) -> APIRouter:
    """All routes under ``/api/corpus``; long work goes to ``runner``."""
    router = APIRouter()
    router.include_router(build_corpus_api(desk))
    router.include_router(build_corpus_uploads(desk, runner))
    router.include_router(build_corpus_acts(desk, runner))
    return router


def build_corpus_uploads(desk: Desk, runner: JobRunner) -> APIRouter:
    """Routes that put documents in."""
    router = APIRouter(prefix=PREFIX, tags=[TAG], responses=ERRORS, route_class=_UploadRoute)

    @router.post(
        "/documents",
        status_code=202,
        responses={
            400: {"model": Problem, "description": "Nothing to read, or a field is wrong"},
            413: {"model": Problem, "description": "More than fits in one request"},
        },
    )
    def supply(
        token: Supplier,
        response: Response,
        sent: Annotated[Upload, Form(media_type="multipart/form-data")],
    ) -> JobState:
        """Have documents read, as drafts. Readers see nothing of that yet."""
        files = [file for file in sent.files if file.filename]
        address = sent.address.strip()
        if bool(files) == bool(address):
            raise BadInputError(BOTH if files else NOTHING)
        fields = read_fields(Fields, sent.fields(), "Gegevens")
        if address:
            checked = read_fields(Fields, {"url": address}, "address").url or ""
            return _told(desk, response, start_address(runner, checked, fields, token.who))
        named = [(file.filename or "", file.file) for file in files]
        return _told(desk, response, start_files(desk, runner, named, fields, token.who))

    return router


def build_corpus_acts(desk: Desk, runner: JobRunner) -> APIRouter:
    """Routes that change what waits, and what readers see."""
    router = APIRouter(prefix=PREFIX, tags=[TAG], responses=ERRORS)

    @router.post("/stage", status_code=202, responses=_REFUSED)
    def stage(token: Supplier, response: Response) -> JobState:
        """Make an edition of all drafts, and measure what it does to the answers."""
        _check_free(desk)
        job_id = runner.start("stage", "Klaarzetten en meten", token.who, {})
        return _told(desk, response, job_id)

    @router.post("/publish", status_code=202, responses=_REFUSED)
    def publish(token: Publisher, response: Response, asked: Publish) -> JobState:
        """Let readers see the edition that was staged and measured."""
        _check_free(desk)
        try:
            editions.check_publishable(desk, asked.edition, asked.reason)
        except RoutewijzerError as error:
            status = 422 if isinstance(error, BadInputError) else 409
            raise HTTPException(status, str(error)) from None
        params = {"edition": asked.edition, "why": asked.reason}
        title = f"Editie {asked.edition} publiceren"
        return _told(desk, response, runner.start("publish", title, token.who, params))

    @router.post("/withdraw", status_code=202, responses=_REFUSED | _UNKNOWN)
    def withdraw(token: Publisher, response: Response, asked: Withdraw) -> JobState:
        """Take a document out of what readers see."""
        wanted = asked.document
        found = next((d for d in desk.library.documents() if d.id == wanted), None)
        if found is None:
            raise HTTPException(404, NO_DOCUMENT.format(id=shown(wanted)))
        if found.state != "published":
            raise HTTPException(409, NOT_PUBLISHED.format(title=found.metadata.title))
        title = f"'{found.metadata.title}' intrekken"[:200]
        # Not kept back by other work: what is wrong must be able to go, as soon as it can.
        job_id = runner.start("withdraw", title, token.who, {"document": found.id})
        return _told(desk, response, job_id)

    @router.post("/rollback", status_code=202, responses=_REFUSED | _UNKNOWN)
    def rollback(token: Publisher, response: Response, asked: Rollback) -> JobState:
        """Let readers see what an earlier edition held."""
        record = desk.ledger.edition(asked.edition)
        if record is None or record.state != "published":
            raise HTTPException(404, NO_EDITION.format(number=asked.edition))
        _check_free(desk)
        if desk.ledger.current() != asked.current:
            raise HTTPException(409, editions.MOVED_ON)
        params = {"edition": asked.edition, "seen": asked.current}
        title = f"Terugzetten naar editie {asked.edition}"
        return _told(desk, response, runner.start("rollback", title, token.who, params))

    return router


# --- steps -----------------------------------------------------------------------------------


def _check_free(desk: Desk) -> None:
    busy = editions.running(desk)
    if busy is not None:
        raise HTTPException(409, IN_THE_WAY.format(title=busy.title, who=busy.who))


def _told(desk: Desk, response: Response, job_id: str) -> JobState:
    job = desk.jobs.find(job_id)
    assert job is not None  # noqa: S101 - it was made just now
    response.headers["Location"] = f"{PREFIX}/jobs/{job_id}"
    return JobState.of(job)
