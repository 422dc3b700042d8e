"""Refuses what another site makes a reader's browser send (cross-site request forgery).

By the fetch metadata that browsers add (W3C, Fetch Metadata Request Headers), and by ``Origin``
for browsers that do not. A program sends neither, and has no cookies of a reader to misuse.
Where only a token counts, no cookie of anybody does: that may come from any page that has one.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from web.bearer import bearer_of, for_machines
from web.problems import Problems

ELSEWHERE = (
    "Dit verzoek komt van een andere website en is niet uitgevoerd. "
    "Open Routewijzer zelf en probeer het daar."
)
_SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))
_OWN = frozenset(("same-origin", "none"))


class OwnOrigin:
    """Wraps ``app``: requests that change something come from its own pages, or from no page."""

    def __init__(self, app: ASGIApp, *, problems: Problems) -> None:
        self._app = app
        self._problems = problems

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application, or answer 403."""
        if scope["type"] != "http" or _harmless(scope):
            await self._app(scope, receive, send)
            return
        refused = self._problems.respond(Request(scope), 403, ELSEWHERE)
        await refused(scope, receive, send)


def _harmless(scope: Scope) -> bool:
    if scope["method"] in _SAFE_METHODS or own(Headers(scope=scope)):
        return True
    return for_machines(scope["path"]) and bool(bearer_of(Headers(scope=scope)))


def own(headers: Headers) -> bool:
    """Whether a request with these headers comes from this site itself, or from no site."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in _OWN
    origin = headers.get("origin")
    # Only host and port: behind a proxy this application does not know whether it is https.
    return origin is None or urlsplit(origin).netloc == headers.get("host")
