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
    inside,
    is_safe,
    set_cookie,
)
from web.staff.sign_in_elsewhere import build_sign_in_elsewhere
from web.staff.sign_in_form import UNSAFE, SignInForm

WRONG = "Deze naam en dit wachtwoord horen niet bij elkaar. Kijk het na en probeer het opnieuw."
WAIT = "Er ging te vaak iets mis met inloggen. Wacht {seconds} seconden en probeer het dan opnieuw."
PASSWORDS_OFF = "Inloggen met een wachtwoord staat hier uit. Gebruik de knop."


def build_sign_in(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """Routes to get in and out."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    form = SignInForm(desk, templates)

    @router.get(SIGN_IN)
    def ask(request: Request, naar: str = PREFIX) -> Response:
        """Ask for name and password."""
        if request.state.session is not None:
            return RedirectResponse(PREFIX, status_code=303)
        return form.page(request, inside(naar))

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
        if not desk.settings.local_sign_in:
            return form.page(request, inside(naar), 403, PASSWORDS_OFF)
        address = request.client.host if request.client else ""
        wait = desk.brake.wait_s(naam, address)
        if wait > 0:
            return form.page(request, inside(naar), 429, WAIT.format(seconds=wait), wait=wait)
        account = desk.accounts.check(naam, wachtwoord)
        if account is None:
            desk.brake.failed(naam, address)
            return form.page(request, inside(naar), 401, WRONG)
        desk.brake.succeeded(naam)
        desk.ledger.log(account.name, "sign in", {})
        response = RedirectResponse(inside(naar), status_code=303)
        set_cookie(request, response, desk.sessions.open(account.name))
        return response

    @router.post(f"{PREFIX}/uitloggen")
    def leave(request: Request, session: StaffForm) -> Response:
        """End the session."""
        desk.sessions.close(session)
        page = SIGN_IN if desk.provider is None else f"{SIGN_IN}?uitgelogd=1"
        response = RedirectResponse(page, status_code=303)
        drop_cookie(request, response)
        return response

    if desk.provider is not None:
        router.include_router(build_sign_in_elsewhere(desk, desk.provider, form))
    return router


def build_overview(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """The first page after signing in."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

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
