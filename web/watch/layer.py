"""The outermost layer: a trace id for each request, one line in the log, and its metrics."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.trace_id import new_trace_id, traced
from web.watch.logs import logger
from web.watch.request import taking_notes
from web.watch.traces import Seen
from web.watch.watching import Watching

TRACE_HEADER = "X-Trace-Id"
NO_ROUTE = "none"
"""Of an address that leads nowhere."""
_STATIC = "/static"
_GONE = 499  # the client went before there was a response; nginx counts these so
_PROBES = frozenset(("/healthz", "/readyz", "/metrics"))


class Watch:
    """Wraps ``app``; other kinds of connection pass untouched."""

    def __init__(self, app: ASGIApp, *, watching: Watching) -> None:
        self._app = app
        self._watching = watching
        self._log = logger("web.request")
        self._routes: Mapping[Any, str] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application, and tell what became of the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, trace = _GONE, new_trace_id()

        async def send_traced(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message).setdefault(TRACE_HEADER, trace)
            await send(message)

        began, began_ns = time.perf_counter(), time.time_ns()
        with traced(trace), taking_notes() as noted:
            try:
                await self._app(scope, receive, send_traced)
            finally:
                self._tell(
                    Seen(
                        method=scope["method"],
                        route=self._route(scope),
                        status=status,
                        began_ns=began_ns,
                        seconds=time.perf_counter() - began,
                        answered=tuple(noted.answered),
                        refused=noted.refused,
                    )
                )

    def _tell(self, seen: Seen) -> None:
        self._watching.metrics.requested(seen.method, seen.route, seen.status, seen.seconds)
        if self._watching.spans is not None:
            self._watching.spans.request(seen)
        fields: dict[str, object] = {
            "method": seen.method,
            "route": seen.route,
            "status": seen.status,
            "ms": round(seen.seconds * 1000, 1),
        }
        for given in seen.answered:
            fields |= {"answer": given.status, "engine": given.engine, "edition": given.edition}
        if seen.refused:
            fields["refused"] = seen.refused
        # Probes come every few seconds, and say nothing new as long as all is well.
        quiet = seen.route in _PROBES and seen.status < 400
        (self._log.debug if quiet else self._log.info)("request", **fields)

    def _route(self, scope: Scope) -> str:
        """The template of the address: never what a reader typed, and a bounded number."""
        if self._routes is None:
            self._routes = _templates(scope["app"])
        found = self._routes.get(scope.get("endpoint")) or self._routes.get(scope["path"])
        if found is not None:
            return found
        return _STATIC if scope["path"].startswith(f"{_STATIC}/") else NO_ROUTE


def _templates(app: FastAPI) -> Mapping[Any, str]:
    """The template of each endpoint; and of each address without parameters, for requests that
    were refused before they came to an endpoint."""
    contexts = [c for c in iter_route_contexts(app.routes) if c.endpoint is not None]
    routes = [(c.endpoint, c.path or NO_ROUTE) for c in contexts]
    fixed = {path: path for _, path in routes if "{" not in path}
    return {**dict(routes), **fixed}
