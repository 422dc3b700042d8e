"""What one attack is, and what it is tried on."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from fastapi.testclient import TestClient

from tests.web.waiting import wait_for_job
from tests.web.whole import NAME, Whole

SITE = "https://testserver"
COOKIE = "__Host-routewijzer"
STAFF = "/beheer"
SIGN_IN = f"{STAFF}/inloggen"
EVIL = "kwaad.example"


@dataclass(frozen=True, slots=True)
class Target:
    """The whole site, and the same behind a real server on this machine."""

    whole: Whole
    port: int

    def browser(self) -> TestClient:
        """A browser that follows nothing by itself."""
        return TestClient(self.whole.app, base_url=SITE, follow_redirects=False)

    def staff(self, name: str = NAME) -> tuple[TestClient, str]:
        """A browser that is signed in, and the token of its forms."""
        token = self.whole.parts.sessions.open(name)
        session = self.whole.parts.sessions.find(token)
        assert session is not None
        client = self.browser()
        client.cookies.set(COOKIE, token)
        return client, session.form_token

    def fetched(self, address: str) -> str:
        """What staff are told when they have ``address`` fetched."""
        client, token = self.staff()
        sent = client.post(f"{STAFF}/toevoegen", data={"formulier": token, "adres": address})
        if sent.status_code != 303:
            return unescape(sent.text)
        wait_for_job(self.whole.parts, sent.headers["location"])
        return unescape(client.get(sent.headers["location"] + "/stand").text)

    def acts(self) -> int:
        """How much was done so far, as the audit log says."""
        return len(self.whole.parts.ledger.history(100_000))

    def said(self, sent: bytes, patience_s: float = 10) -> bytes:
        """What the real server says to these bytes, until it closes or is silent for a while."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience_s) as line:
            line.sendall(sent)
            line.settimeout(1)
            heard = b""
            try:
                while part := line.recv(65536):
                    heard += part
            except (TimeoutError, ConnectionResetError):
                pass
            return heard


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack; ``attempt`` asserts that the site gives the answer that is told."""

    group: str
    what: str
    """What it tries, in Dutch."""
    answer: str
    """What the site does, in Dutch."""
    attempt: Callable[[Target], None]
