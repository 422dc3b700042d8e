"""What waits, what it does to the answers, and publishing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from corpus.errors import BadInputError, BusyError, RoutewijzerError
from corpus.plans import Change
from corpus.staff import Session
from eval.judging import kept_verdict
from eval.verdict import Verdict, read_verdict, report_folder
from web.staff import edition_work as editions
from web.staff.changed_documents import Row, rows
from web.staff.desk import Desk
from web.staff.edition_work import PUBLISH
from web.staff.jobs import JobRunner, job_address, to_job
from web.staff.session import PublisherForm, Staff, StaffForm
from web.staff.verdict_view import verdict_context, view

NO_VERDICT = (
    "Van editie {number} is geen meting bewaard. Kijk bij de geschiedenis welke wel gemeten zijn."
)
IN_THE_WAY = "Er loopt al werk: {title}, begonnen door {who}. Wacht tot dat klaar is."
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits, and how far it is on its way to readers."""

    rows: tuple[Row, ...]
    change: Change
    staged: int | None
    fresh: bool
    """Whether the staged edition is exactly what waits."""
    verdict: Verdict | None
    first: bool
    """Whether nothing is published yet."""

    @property
    def ready(self) -> bool:
        """Whether all is known that one needs to know before publishing."""
        return self.fresh and (self.first or self.verdict is not None)

    @property
    def short(self) -> str:
        """The verdict in one line."""
        return editions.in_short(self.verdict) if self.verdict is not None else ""


def build_publishing(desk: Desk, runner: JobRunner, templates: Jinja2Templates) -> APIRouter:
    """Routes to measure and publish what waits."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    def page(
        request: Request, session: Session, status: int = 200, error: str = "", why: str = ""
    ) -> Response:
        context = {
            "session": session,
            "edition": desk.library.current_edition(),
            "busy": editions.running(desk),
            "error": error,
            "why": why,
            **_context(desk),
        }
        return templates.TemplateResponse(
            request, "beheer/publish.html", context, status_code=status
        )

    @router.get(PUBLISH)
    def overview(request: Request, session: Staff) -> Response:
        """What waits, and what can be done with it."""
        return page(request, session)

    @router.post(f"{PUBLISH}/meten")
    def measure(request: Request, session: StaffForm) -> Response:
        """Stage what waits and measure it. Readers see nothing of that."""
        busy = editions.running(desk)
        if busy is not None:
            return RedirectResponse(job_address(busy.id), status_code=303)
        who = session.account.name
        return to_job(runner.start("stage", "Klaarzetten en meten", who, {}))

    @router.post(PUBLISH)
    def publish(
        request: Request,
        session: PublisherForm,
        editie: Annotated[int, Form()],
        reden: Annotated[str, Form()] = "",
    ) -> Response:
        """Let readers see the staged edition."""
        why = " ".join(reden.split())[:LONGEST_REASON]
        try:
            _check_free(desk)
            editions.check_publishable(desk, editie, why)
        except RoutewijzerError as error:
            status = 422 if isinstance(error, BadInputError) else 409
            return page(request, session, status, str(error), why)
        who, params = session.account.name, {"edition": editie, "why": why}
        return to_job(runner.start("publish", f"Editie {editie} publiceren", who, params))

    @router.post(f"{PUBLISH}/weggooien")
    def discard(request: Request, session: StaffForm) -> Response:
        """Forget the staged edition; the drafts go on waiting."""
        try:
            _check_free(desk)
            desk.editions.discard(session.account.name)
        except RoutewijzerError as error:
            return page(request, session, 409, str(error))
        return RedirectResponse(PUBLISH, status_code=303)

    return router


def build_verdicts(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """Routes to see what an edition did, or would do, to the answers."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get(f"{PUBLISH}/oordeel/{{number}}")
    def verdict(
        request: Request, session: Staff, number: int, wat: str = "alles", pagina: int = 1
    ) -> Response:
        """What an edition does to the answers, side by side."""
        folder = report_folder(desk.settings.data_dir, number)
        found = read_verdict(folder)
        if found is None:
            raise HTTPException(404, NO_VERDICT.format(number=number))
        context = {
            "session": session,
            **verdict_context(view(found, folder, wat, pagina), desk.registry.drafts().values()),
            "here": f"{PUBLISH}/oordeel/{number}",
            "waits": desk.editions.staged() == number and desk.editions.up_to_date(number),
            "state": _state(desk, number),
        }
        return templates.TemplateResponse(request, "beheer/publish_verdict.html", context)

    return router


# --- steps -----------------------------------------------------------------------------------


def _context(desk: Desk) -> dict[str, object]:
    """What waits; documents that replace each other are told instead of shown."""
    try:
        return {"waiting": _waiting(desk), "trouble": ""}
    except BadInputError as error:
        return {"waiting": None, "trouble": str(error)}


def _waiting(desk: Desk) -> Waiting:
    change, staged = desk.editions.waiting(), desk.editions.staged()
    fresh = staged is not None and desk.editions.up_to_date(staged)
    return Waiting(
        rows=rows(change, desk.registry, _published(desk), desk.registry.drafts()),
        change=change,
        staged=staged,
        fresh=fresh,
        verdict=kept_verdict(desk) if fresh else None,
        first=desk.ledger.current() is None,
    )


def _published(desk: Desk) -> dict[str, str]:
    current = desk.ledger.current()
    return desk.ledger.members(current) if current is not None else {}


def _state(desk: Desk, number: int) -> str:
    edition = desk.ledger.edition(number)
    return edition.state if edition is not None else "gone"


def _check_free(desk: Desk) -> None:
    busy = editions.running(desk)
    if busy is not None:
        raise BusyError(IN_THE_WAY.format(title=busy.title, who=busy.who))
