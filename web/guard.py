"""The outermost layer: security headers, a limit on bodies, and no stack trace for readers.

A plain ASGI middleware and not an exception handler, because Starlette answers unexpected errors
outside all middleware, where the security headers would be missing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.trace_id import trace_id

log = logging.getLogger(__name__)

MAX_BODY_BYTES = 64 * 1024
"""Of what readers and programs send."""

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Questions stand in the address of a page: no other site gets to see them.
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

BodyLimit = Callable[[Scope], int]
"""The largest body in bytes that a request with this scope may have."""

ErrorPage = Callable[[Scope, str], Response]
"""Makes the response for an unexpected error out of the scope and a trace id."""

Known = Callable[[Scope, Exception], Response | None]
"""The response for an error that can be told plainly, else None."""


def _none_known(_scope: Scope, _error: Exception) -> None:
    return None


class Guard:
    """Wraps ``app`` for HTTP; other kinds of connection pass untouched."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        error_page: ErrorPage,
        body_limit: BodyLimit,
        known: Known = _none_known,
    ) -> None:
        """``known`` is for errors of the layers in between, which no handler of the application
        sees: who signs in while the database is away."""
        self._app = app
        self._known = known
        self._error_page = error_page
        self._body_limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application; an exception becomes a 500 with a trace id that is in the log."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _add_headers(message)
                _stay_here(scope, message)
            await send(message)

        try:
            limited = _limited(scope, receive, self._body_limit(scope))
            await self._app(scope, limited, send_guarded)
        except Exception as error:
            told = None if started else self._known(scope, error)
            if told is not None:
                await told(scope, receive, send_guarded)
                return
            trace = trace_id()
            # No address: it may hold the question.
            log.exception("Unexpected error %s", trace)
            if started:
                raise
            await self._error_page(scope, trace)(scope, receive, send_guarded)


def _add_headers(message: Message) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in SECURITY_HEADERS.items():
        headers.setdefault(name, value)
    # Always ask again: an answer holds for one edition, static files are checked by ETag. Not
    # "no-store", with which the way back from a source would lose the conversation.
    headers.setdefault("Cache-Control", "private, no-cache")


def _stay_here(scope: Scope, message: Message) -> None:
    """Redirects within this site name no host: the one that was asked for may be made up."""
    headers = MutableHeaders(scope=message)
    asked = f"{scope.get('scheme', 'http')}://{Headers(scope=scope).get('host', '')}/"
    location = headers.get("location", "")
    if location.startswith(asked):
        headers["location"] = f"/{location.removeprefix(asked).lstrip('/')}"


def _limited(scope: Scope, receive: Receive, limit: int) -> Receive:
    """A ``receive`` that raises HTTPException 413 once the body is larger than ``limit`` bytes."""
    declared = Headers(scope=scope).get("content-length", "")
    size = 0

    async def receive_limited() -> Message:
        nonlocal size
        if declared.isdecimal() and int(declared) > limit:
            raise HTTPException(413)
        message = await receive()
        size += len(message.get("body", b""))
        if size > limit:
            raise HTTPException(413)
        return message

    return receive_limited
