"""The assistant as a small window on another site: the page that is shown in it.

``static/embed.js`` is the script that such a site has; it makes the button and the window.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Query, Request
from fastapi.responses import HTMLResponse, Response

from corpus.settings import Settings
from web.guard import SECURITY_HEADERS
from web.pages import EMBEDDED, Asked, HomePage

POLICY = "Content-Security-Policy"


def framing_policy(settings: Settings) -> str:
    """The Content-Security-Policy of the window: that of every page, except for who may show it."""
    allowed = " ".join(settings.embed_origins) or "'none'"
    kept = [part.strip() for part in SECURITY_HEADERS[POLICY].split(";")]
    others = [part for part in kept if not part.startswith("frame-ancestors")]
    return "; ".join([*others, f"frame-ancestors {allowed}"])


def build_embed(home: HomePage, settings: Settings) -> APIRouter:
    """The route of the page in the window. No other page may be shown in one."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    policy = framing_policy(settings)

    @router.get(EMBEDDED)
    def window(
        request: Request, later: BackgroundTasks, asked: Annotated[Asked, Query()]
    ) -> Response:
        """Show the form, and the answer when the address holds a question."""
        response = home.show(request, later, asked, embedded=True)
        response.headers[POLICY] = policy
        return response

    return router
