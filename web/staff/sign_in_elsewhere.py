"""Signing in with OpenID Connect: to the provider, and back."""

from __future__ import annotations

import hmac
import logging

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.requests import HTTPConnection

from corpus.errors import NotReadyError, RoutewijzerError
from corpus.sign_in_attempts import LIFE, Attempt
from web.staff.desk import Desk
from web.staff.identities import Identities, UnknownPersonError
from web.staff.oidc import Provider
from web.staff.session import BACK, ELSEWHERE, PREFIX, inside, is_safe, set_cookie
from web.staff.sign_in_form import SignInForm

log = logging.getLogger(__name__)

_COOKIE = "routewijzer-inloggen"
NOT_OURS = (
    "Dit inloggen is hier niet begonnen, of het is al gebruikt of verlopen. "
    "Begin opnieuw, op {address}."
)
STOPPED = "Bij {name} is het inloggen gestopt. Probeer het opnieuw als je toch wilt inloggen."


def build_sign_in_elsewhere(desk: Desk, provider: Provider, form: SignInForm) -> APIRouter:
    """Routes to the provider and back; ``form`` shows what went wrong."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    identities = Identities(desk.accounts, desk.sessions, desk.ledger, desk.settings)

    @router.get(ELSEWHERE)
    def leave(request: Request, naar: str = PREFIX) -> Response:
        """Send the browser to the provider."""
        if not is_safe(request):
            return form.page(request, inside(naar), 403)
        attempt = desk.sign_in_attempts.begin(inside(naar))
        try:
            address = provider.address(attempt)
        except NotReadyError as error:
            return form.page(request, attempt.wanted, 503, str(error))
        response = RedirectResponse(address, status_code=303)
        _remember(request, response, attempt)
        return response

    @router.get(BACK)
    def come_back(request: Request, state: str = "", code: str = "", error: str = "") -> Response:
        """Begin a session for who comes back from there."""
        attempt = _attempt(desk, request, state)
        if attempt is None:
            site = desk.settings.public_url or ""
            return form.page(request, PREFIX, 400, NOT_OURS.format(address=f"{site}{PREFIX}"))
        if error or not code:
            log.info("The provider said %r", error[:100])
            stopped = STOPPED.format(name=provider.name)
            return _forget(request, form.page(request, attempt.wanted, 401, stopped))
        return _forget(request, enter(request, code, attempt))

    def enter(request: Request, code: str, attempt: Attempt) -> Response:
        try:
            account = identities.account(provider.identity(code, attempt))
        except RoutewijzerError as error:
            status = 503 if isinstance(error, NotReadyError) else 403
            subject = error.subject if isinstance(error, UnknownPersonError) else ""
            return form.page(request, attempt.wanted, status, str(error), subject=subject)
        if request.state.session is not None:
            desk.sessions.close(request.state.session)
        desk.ledger.log(account.name, "sign in", {"with": provider.name})
        response = RedirectResponse(attempt.wanted, status_code=303)
        set_cookie(request, response, desk.sessions.open(account.name))
        return response

    return router


# --- steps -----------------------------------------------------------------------------------


def _attempt(desk: Desk, request: Request, state: str) -> Attempt | None:
    """The attempt that this very browser began (RFC 6749, section 10.12)."""
    began = request.cookies.get(_cookie(request), "")
    if not state or not hmac.compare_digest(state.encode(), began.encode()):
        return None
    return desk.sign_in_attempts.take(state)


def _remember(request: Request, response: Response, attempt: Attempt) -> None:
    """In this browser only. Lax: it is sent when the provider leads the browser back."""
    response.set_cookie(
        _cookie(request),
        attempt.state,
        max_age=int(LIFE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )


def _forget(request: Request, response: Response) -> Response:
    response.delete_cookie(
        _cookie(request),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )
    return response


def _cookie(connection: HTTPConnection) -> str:
    return f"__Host-{_COOKIE}" if connection.url.scheme == "https" else _COOKIE
