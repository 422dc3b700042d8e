"""The probes, and the metrics for who may read them."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from web.limits.visitors import address_of
from web.ports import Library
from web.watch.ready import FINE, Readiness
from web.watch.state import StateCollector, exposition
from web.watch.watching import Watching

NOT_FOR_YOU = (
    "Deze cijfers zijn alleen te lezen op de server zelf, of met het token van "
    "ROUTEWIJZER_METRICS_TOKEN."
)
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "via")


class Health(BaseModel):
    """How the server stands."""

    status: str
    edition: int | None = None
    error: str | None = None
    """The first thing that is wrong."""
    checks: dict[str, str] = {}
    """Per part ``ok``, or what is wrong with it."""


def build_probes(library: Library, watching: Watching) -> APIRouter:
    """Routes for who watches the server."""
    router = APIRouter()
    readiness = Readiness(library.current_edition, watching.checks)
    state = StateCollector(readiness, watching.figures)

    # On the event loop: it answers as long as that turns, also when every thread is at work.
    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        """Tell that the process is up."""
        return {"status": "ok"}

    @router.get("/readyz", response_model=Health, responses={503: {"model": Health}})
    def readyz() -> Response:
        """Tell whether questions can be answered, and if not, which part is to blame."""
        report = readiness.look()
        health = Health(
            status="ready" if report.ready else "not_ready",
            edition=report.edition,
            error=next((said for said in report.parts.values() if said != FINE), None),
            checks=dict(report.parts),
        )
        code = 200 if report.ready else 503
        return JSONResponse(health.model_dump(exclude_none=True), status_code=code)

    @router.get("/metrics", include_in_schema=False)
    def metrics(request: Request) -> Response:
        """What was counted and timed, for Prometheus."""
        if not may_read(request, watching.metrics_token):
            return PlainTextResponse(NOT_FOR_YOU, status_code=403)
        text = exposition(watching.metrics, state, watching.shared)
        return Response(text, media_type=CONTENT_TYPE_LATEST)

    return router


def may_read(request: Request, token: str) -> bool:
    """Whether these figures, which tell about use, are for who asks: with the token, or on this
    machine itself. What a proxy passes on comes from elsewhere."""
    given = request.headers.get("authorization", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    address = address_of(request.scope)
    passed_on = any(name in request.headers for name in _FORWARDED)
    return address is not None and address.is_loopback and not passed_on and _is_local(request)


def _is_local(request: Request) -> bool:
    """Whether it asks for this machine by a name of its own: a page elsewhere cannot."""
    host = request.url.hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
