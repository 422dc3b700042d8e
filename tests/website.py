"""A website on this machine, for tests of fetching. It says what a test tells it to say."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

from ingest.arrive.addresses import Addresses, IPAddress, Resolver, is_public

HOME = "127.0.0.1"


@dataclass(frozen=True)
class Page:
    """One answer. With an ``etag`` or ``modified`` it says 304 to who has it already."""

    body: bytes = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    etag: str | None = None
    modified: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


Writer = Callable[[Callable[[bytes], object]], object]
"""Writes a whole answer, status line and all, with the function that it is given."""


@dataclass
class Website:
    """The pages by path, and what was asked."""

    port: int
    pages: dict[str, Page | Writer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """(path, headers by name in lower case) of every request, robots.txt included."""

    def url(self, path: str, host: str = HOME) -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked besides robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def website() -> Iterator[Website]:
    """A site that is up as long as the block runs. A page that it does not have is a 404."""
    server = _Server((HOME, 0), _Handler)
    server.site = Website(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def addresses(resolve: Resolver | None = None) -> Addresses:
    """What is permitted in production, and the website. Every name of a host leads to
    the website."""
    return Addresses(resolve or _home, _home_or_public)


def _home(host: str, _port: int) -> Sequence[str]:
    try:
        ip_address(host)
    except ValueError:
        return [HOME]
    return [host]


def _home_or_public(address: IPAddress) -> bool:
    return str(address) == HOME or is_public(address)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    site: Website

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asked went away: that is what several tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        asked = {name.lower(): value for name, value in self.headers.items()}
        self.server.site.asked.append((self.path, asked))
        page = self.server.site.pages.get(self.path, Page(b"<p>Weg</p>", 404))
        if isinstance(page, Page):
            self._send(page, asked)
        else:
            self.close_connection = True
            page(self.wfile.write)

    def _send(self, page: Page, asked: Mapping[str, str]) -> None:
        same = page.etag is not None and asked.get("if-none-match") == page.etag
        same = same or (
            page.modified is not None and asked.get("if-modified-since") == page.modified
        )
        body = b"" if same else page.body
        self.send_response(304 if same else page.status)
        extra = {"Content-Type": page.type, "ETag": page.etag, "Last-Modified": page.modified}
        for name, value in {**extra, **page.headers}.items():
            if value is not None:
                self.send_header(name, value)
        if not same:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: Any) -> None:
        """Tests read `asked` instead."""
