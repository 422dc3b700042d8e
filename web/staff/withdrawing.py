"""Taking a document out: what readers would lose, and doing it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from corpus.staff import Session
from corpus.types import Document
from eval.verdict import read_verdict
from web.staff import edition_work as editions
from web.staff.changed_documents import rows
from web.staff.desk import Desk
from web.staff.edition_work import WITHDRAW
from web.staff.jobs import JobRunner, job_address, to_job
from web.staff.session import PublisherForm, Staff, StaffForm
from web.staff.verdict_view import VerdictView, verdict_context, view

UNKNOWN = "Er is geen document met id '{id}'. Kijk bij Documenten welke er zijn."
NOT_PUBLISHED = "Lezers zien '{title}' nu niet, dus er valt niets in te trekken."


def build_withdrawing(desk: Desk, runner: JobRunner, templates: Jinja2Templates) -> APIRouter:
    """Routes to try and to do a withdrawal."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get(f"{WITHDRAW}/{{document_id}}")
    def ask(
        request: Request, session: Staff, document_id: str, wat: str = "alles", pagina: int = 1
    ) -> Response:
        """What withdrawing does, and the button."""
        document = _document(desk, document_id)
        context = _context(desk, session, document)
        rehearsed = _rehearsed(desk, document, wat, pagina)
        current = desk.ledger.current()
        if rehearsed is not None:
            context.update(verdict_context(rehearsed, ()))
            context["stale"] = rehearsed.verdict.published != current
        return templates.TemplateResponse(request, "beheer/withdraw.html", context)

    @router.post(f"{WITHDRAW}/{{document_id}}/proef")
    def rehearse(session: StaffForm, document_id: str) -> Response:
        """Try it on a copy."""
        document = _published(desk, document_id)
        busy = editions.running(desk)
        if busy is not None:
            return RedirectResponse(job_address(busy.id), status_code=303)
        title = f"Proef: zonder '{document.metadata.title}'"
        params = {"document": document_id}
        return to_job(runner.start("rehearse", title[:200], session.account.name, params))

    @router.post(f"{WITHDRAW}/{{document_id}}")
    def withdraw(session: PublisherForm, document_id: str) -> Response:
        """Do it."""
        document = _published(desk, document_id)
        title = f"'{document.metadata.title}' intrekken"
        params = {"document": document_id}
        # Not kept back by other work: what is wrong must be able to go, as soon as it can.
        return to_job(runner.start("withdraw", title[:200], session.account.name, params))

    return router


# --- steps -----------------------------------------------------------------------------------


def _document(desk: Desk, document_id: str) -> Document:
    found = next((d for d in desk.library.documents() if d.id == document_id), None)
    if found is None:
        raise HTTPException(404, UNKNOWN.format(id=document_id))
    return found


def _published(desk: Desk, document_id: str) -> Document:
    document = _document(desk, document_id)
    if document.state != "published":
        raise HTTPException(409, NOT_PUBLISHED.format(title=document.metadata.title))
    return document


def _context(desk: Desk, session: Session, document: Document) -> dict[str, object]:
    current = desk.ledger.current()
    members = desk.ledger.members(current) if current is not None else {}
    shown = document.state == "published"
    change = desk.editions.after_withdrawal([document.id]) if shown else None
    return {
        "session": session,
        "document": document,
        "last": len(members) == 1,
        "not_back": [r for r in rows(change, desk.registry, members, {}) if r.what == "not_back"]
        if change is not None
        else [],
        "edition": current,
        "v": None,
        "stale": False,
        "staged": desk.editions.staged(),
        "busy": editions.running(desk),
    }


def _rehearsed(desk: Desk, document: Document, wat: str, page: int) -> VerdictView | None:
    folder = editions.rehearsal_folder(desk, document.id)
    verdict = read_verdict(folder) if document.state == "published" else None
    return view(verdict, folder, wat, page) if verdict is not None else None
