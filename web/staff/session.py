"""Lets only staff in: everything under ``/beheer`` but signing in needs a session.

A layer around the application and not a dependency of each route: who is not signed in cannot
make the server read an upload, and a new page cannot be left open by mistake.
"""

from __future__ import annotations

import hmac
from typing import Annotated, cast
from urllib.parse import quote

from anyio import to_thread
from fastapi import Depends, Form, Header, Request
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.staff import Session, Sessions

PREFIX = "/beheer"
SIGN_IN = f"{PREFIX}/inloggen"
ELSEWHERE = f"{SIGN_IN}/elders"
"""Leads to the provider that staff sign in with."""
BACK = f"{SIGN_IN}/terug"
"""Where they come back; the provider knows this address."""
EXPIRED = "verlopen"
"""In the address of the sign-in page, when a form was sent without a session."""
_OPEN = frozenset((SIGN_IN, ELSEWHERE, BACK))
UPLOADS = f"{PREFIX}/toevoegen"
"""Where files may be sent to; elsewhere a body is as small as a question."""
_SECURE_COOKIE = "__Host-routewijzer"
_LOCAL_COOKIE = "routewijzer"
_LOCAL_HOSTS = frozenset(("localhost", "127.0.0.1", "::1"))

TOO_OLD = (
    "Dit formulier is verlopen of hoort niet bij je sessie. "
    "Ga terug, ververs de pagina en probeer het nog eens. Er is niets veranderd."
)
NOT_ALLOWED = (
    "Alleen wie mag publiceren kan dit doen. Vraag het aan een collega met de rol publisher."
)


class StaffGate:
    """Wraps ``app``: requests under ``/beheer`` reach it only with a session, but to sign in."""

    def __init__(self, app: ASGIApp, *, sessions: Sessions) -> None:
        self._app = app
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the session in the scope, or lead to the sign-in page."""
        if scope["type"] != "http" or not under_staff(scope["path"]):
            await self._app(scope, receive, send)
            return
        token = cookie_of(HTTPConnection(scope))
        session = await to_thread.run_sync(self._sessions.find, token) if token else None
        scope.setdefault("state", {})["session"] = session
        send = _not_kept(send)
        if session is None and scope["path"] not in _OPEN:
            await _turned_away(scope)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def under_staff(path: str) -> bool:
    """Whether a path belongs to the pages for staff."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def inside(address: str) -> str:
    """Where to go after signing in: a page for staff and nothing else."""
    return address if under_staff(address) and "\\" not in address else PREFIX


def signed_in(request: Request) -> Session:
    """The session of this request; the gate has let it through."""
    session: Session | None = request.state.session
    if session is None:  # only signing in goes without
        raise HTTPException(401, "Log eerst in.")
    return session


def checked_form(
    session: Annotated[Session, Depends(signed_in)],
    formulier: Annotated[str, Form()] = "",
    x_form_token: Annotated[str, Header()] = "",
) -> Session:
    """The session, once the form has shown its token: as field ``formulier``, or as header
    ``X-Form-Token``. Raises HTTPException 403."""
    given = x_form_token or formulier
    if not hmac.compare_digest(given.encode(), session.form_token.encode()):
        raise HTTPException(403, TOO_OLD)
    return session


def checked_publisher(session: Annotated[Session, Depends(checked_form)]) -> Session:
    """The same for what readers get to see. Raises HTTPException 403 for an editor."""
    if not session.account.may_publish:
        raise HTTPException(403, NOT_ALLOWED)
    return session


Staff = Annotated[Session, Depends(signed_in)]
"""Of a page that only shows something."""
StaffForm = Annotated[Session, Depends(checked_form)]
"""Of every POST."""
PublisherForm = Annotated[Session, Depends(checked_publisher)]
"""Of every POST that changes what readers see."""


def cookie_of(connection: HTTPConnection) -> str:
    """The token in the cookie, or an empty string."""
    return connection.cookies.get(_cookie_name(connection), "")


def is_safe(connection: HTTPConnection) -> bool:
    """Whether a password may travel here: over https, or on this machine itself."""
    return connection.url.scheme == "https" or connection.url.hostname in _LOCAL_HOSTS


def set_cookie(request: Request, response: Response, token: str) -> None:
    """Give the browser the token. No script can read it and no other site can send it."""
    secure = request.url.scheme == "https"
    response.set_cookie(
        _cookie_name(request), token, httponly=True, samesite="lax", secure=secure, path="/"
    )


def drop_cookie(request: Request, response: Response) -> None:
    """Take the token away."""
    secure = request.url.scheme == "https"
    response.delete_cookie(
        _cookie_name(request), httponly=True, samesite="lax", secure=secure, path="/"
    )


def _cookie_name(connection: HTTPConnection) -> str:
    # Browsers refuse a __Host- cookie over http, which is all there is on one's own machine.
    return _SECURE_COOKIE if connection.url.scheme == "https" else _LOCAL_COOKIE


def _not_kept(send: Send) -> Send:
    """Lets the browser keep no page: after signing out, the way back must not show it again."""

    async def send_on(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).setdefault("Cache-Control", "no-store")
        await send(message)

    return send_on


def _turned_away(scope: Scope) -> Response:
    if scope["method"] in ("GET", "HEAD"):
        wanted = quote(scope["path"], safe="/")
        return RedirectResponse(f"{SIGN_IN}?naar={wanted}", status_code=303)
    if "text/html" in HTTPConnection(scope).headers.get("accept", ""):  # a form, not a script
        return RedirectResponse(f"{SIGN_IN}?{EXPIRED}=1", status_code=303)
    return cast(Response, PlainTextResponse("Je bent niet (meer) ingelogd. Log opnieuw in.", 401))
