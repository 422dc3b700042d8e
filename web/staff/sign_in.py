"""Signing in and out, and the first page after it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from web.staff.desk import Desk
from web.staff.session import (
    PREFIX,
    SIGN_IN,
    Staff,
    StaffForm,
    drop_cookie,
    is_safe,
    set_cookie,
    under_staff,
)

WRONG = "Deze naam en dit wachtwoord horen niet bij elkaar. Kijk het na en probeer het opnieuw."
WAIT = "Er ging te vaak iets mis met inloggen. Wacht {seconds} seconden en probeer het dan opnieuw."
UNSAFE = (
    "Inloggen kan alleen over een beveiligde verbinding (https), anders kan iemand je wachtwoord "
    "meelezen. Open deze pagina met https, of op de computer waar Routewijzer draait."
)


def build_sign_in(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """Routes to get in and out, and the overview."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    def form(
        request: Request, wanted: str, status: int = 200, error: str = "", wait: int = 0
    ) -> Response:
        context = {
            "wanted": wanted,
            "error": error or ("" if is_safe(request) else UNSAFE),
            "nobody": not desk.accounts.all(),
        }
        headers = {"Retry-After": str(wait)} if wait else None
        return templates.TemplateResponse(
            request, "beheer/sign_in.html", context, status_code=status, headers=headers
        )

    @router.get(SIGN_IN)
    def ask(request: Request, naar: str = PREFIX) -> Response:
        """Ask for name and password."""
        if request.state.session is not None:
            return RedirectResponse(PREFIX, status_code=303)
        return form(request, _inside(naar))

    @router.post(SIGN_IN)
    def enter(
        request: Request,
        naam: Annotated[str, Form()] = "",
        wachtwoord: Annotated[str, Form()] = "",
        naar: Annotated[str, Form()] = PREFIX,
    ) -> Response:
        """Begin a session when name and password are right."""
        if not is_safe(request):
            raise HTTPException(403, UNSAFE)
        address = request.client.host if request.client else ""
        wait = desk.brake.wait_s(naam, address)
        if wait > 0:
            return form(request, _inside(naar), 429, WAIT.format(seconds=wait), wait)
        account = desk.accounts.check(naam, wachtwoord)
        if account is None:
            desk.brake.failed(naam, address)
            return form(request, _inside(naar), 401, WRONG)
        desk.brake.succeeded(naam)
        desk.ledger.log(account.name, "sign in", {})
        response = RedirectResponse(_inside(naar), status_code=303)
        set_cookie(request, response, desk.sessions.open(account.name))
        return response

    @router.post(f"{PREFIX}/uitloggen")
    def leave(request: Request, session: StaffForm) -> Response:
        """End the session."""
        desk.sessions.close(session)
        response = RedirectResponse(SIGN_IN, status_code=303)
        drop_cookie(request, response)
        return response

    @router.get(PREFIX)
    def overview(request: Request, session: Staff) -> Response:
        """What readers see now, what waits, and what is being worked on."""
        documents = desk.library.documents()
        context = {
            "session": session,
            "edition": desk.library.current_edition(),
            "published": sum(d.state == "published" for d in documents),
            "drafts": sum(d.draft_version_id is not None for d in documents),
            "jobs": desk.jobs.recent(8),
            "acts": desk.ledger.history(8),
        }
        return templates.TemplateResponse(request, "beheer/home.html", context)

    return router


def _inside(address: str) -> str:
    """Where to go after signing in: a page for staff and nothing else."""
    return address if under_staff(address) and "\\" not in address else PREFIX
