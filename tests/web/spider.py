"""Walks through a site along its own links, as a reader with a lot of time."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx2
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from lxml import html
from starlette.routing import compile_path

PER_ROUTE = 10
"""Pages of one route that are looked at: the twelfth document is like the eleventh."""


@dataclass(frozen=True)
class Seen:
    """One page that was reached."""

    route: str
    address: str
    response: httpx2.Response

    @property
    def tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.response.text)


@dataclass(frozen=True)
class Door:
    """One path of the application with one method."""

    path: str
    method: str

    def matches(self, address: str) -> bool:
        pattern, _, _ = compile_path(self.path)
        return pattern.match(urlsplit(address).path) is not None

    def filled(self) -> str:
        """The path with something in the place of its parameters."""
        _, shape, parameters = compile_path(self.path)
        return shape.format(**dict.fromkeys(parameters, "1"))


def doors(app: FastAPI) -> list[Door]:
    """Every path and method of ``app``, without the static files."""
    return [
        Door(context.path, method)
        for context in iter_route_contexts(app.routes)
        for method in sorted(context.methods or ())
        if method != "HEAD"
    ]


def walk(
    app: FastAPI, client: TestClient, starts: Sequence[str], per_route: int = PER_ROUTE
) -> list[Seen]:
    """Every page that can be reached from ``starts`` along links, a few of each route."""
    waiting, known, counted = deque(starts), set(starts), Counter[str]()
    gets = [door for door in doors(app) if door.method == "GET"]
    pages = []
    while waiting:
        address = waiting.popleft()
        route = next((door.path for door in gets if door.matches(address)), "")
        if counted[route] >= per_route:
            continue
        counted[route] += 1
        response = client.get(address)
        seen = Seen(route, address, response)
        pages.append(seen)
        if "text/html" not in response.headers.get("content-type", ""):
            continue
        for link in _links(seen):
            if link not in known:
                known.add(link)
                waiting.append(link)
    return pages


def _links(seen: Seen) -> list[str]:
    found = []
    for link in seen.tree.xpath("//a/@href | //img/@src"):
        # Not by urljoin alone: an address that is no address at all is the page's own fault.
        whole = urldefrag(urljoin(f"http://testserver{seen.address}", link))[0]
        parts = urlsplit(whole)
        if parts.netloc == "testserver" and not parts.path.startswith("/static/"):
            found.append(whole.removeprefix("http://testserver"))
    return found
