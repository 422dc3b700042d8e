"""Only who is signed in comes under /beheer, and only its own forms change something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse, Response

from corpus.database import open_database
from corpus.staff import Accounts, Role, Sessions
from web.problems import Problems
from web.rendering import build_templates
from web.staff.session import (
    NOT_ALLOWED,
    PREFIX,
    SIGN_IN,
    TOO_OLD,
    PublisherForm,
    Staff,
    StaffForm,
    StaffGate,
    drop_cookie,
    set_cookie,
    under_staff,
)


def make_app(sessions: Sessions) -> FastAPI:
    """A few pages, for readers and for staff."""
    app = FastAPI()
    templates = build_templates()
    templates.env.globals["has_check"] = False
    Problems(templates).install(app)

    @app.get("/")
    def reader(request: Request) -> Response:
        return PlainTextResponse(str(hasattr(request.state, "session")))

    @app.get(PREFIX)
    @app.get(f"{PREFIX}/werk")
    def page(session: Staff) -> Response:
        return PlainTextResponse(session.account.name)

    @app.post(f"{PREFIX}/form")
    def form(session: StaffForm) -> Response:
        return PlainTextResponse(session.account.name)

    @app.post(f"{PREFIX}/publiceer")
    def publish(session: PublisherForm) -> Response:
        return PlainTextResponse("gepubliceerd")

    @app.get(SIGN_IN)
    def sign_in(request: Request) -> Response:
        response = PlainTextResponse("inloggen")
        set_cookie(request, response, "een-token")
        return response

    @app.get(f"{PREFIX}/weg")
    def leave(request: Request) -> Response:
        response = PlainTextResponse("weg")
        drop_cookie(request, response)
        return response

    app.add_middleware(StaffGate, sessions=sessions)
    return app


@dataclass
class Site:
    """The pages, and who may see them."""

    app: FastAPI
    accounts: Accounts
    sessions: Sessions

    def browser(self, role: Role | None = None, base: str = "https://testserver") -> TestClient:
        """A browser, signed in as someone with this role."""
        client = TestClient(self.app, base_url=base)
        if role is not None:
            name = "__Host-routewijzer" if base.startswith("https") else "routewijzer"
            client.cookies.set(name, self.sessions.open(role))
        return client

    def token(self, client: TestClient) -> str:
        session = self.sessions.find(client.cookies["__Host-routewijzer"])
        assert session is not None
        return session.form_token


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    engine = open_database(tmp_path)
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    accounts, sessions = Accounts(engine, cheap), Sessions(engine)
    for role in ("editor", "publisher"):
        accounts.add(role, "vier losse woorden samen", role)  # type: ignore[arg-type]
    yield Site(make_app(sessions), accounts, sessions)
    engine.dispose()


def test_pages_lead_to_signing_in_and_back(site: Site) -> None:
    turned = site.browser().get(f"{PREFIX}/werk?x=1", follow_redirects=False)
    assert turned.status_code == 303
    assert turned.headers["location"] == f"{SIGN_IN}?naar=/beheer/werk"


def test_what_is_sent_without_a_session_is_refused(site: Site) -> None:
    for path in ("/form", "/publiceer", "/toevoegen", "/bestaat-niet"):
        refused = site.browser().post(f"{PREFIX}{path}", follow_redirects=False)
        assert refused.status_code == 401
        assert "niet (meer) ingelogd" in refused.text


def test_a_form_without_a_session_leads_to_signing_in(site: Site) -> None:
    turned = site.browser().post(
        f"{PREFIX}/publiceer", headers={"Accept": "text/html,*/*;q=0.8"}, follow_redirects=False
    )
    assert turned.status_code == 303
    assert turned.headers["location"] == f"{SIGN_IN}?verlopen=1"


def test_no_browser_keeps_a_page_for_staff(site: Site) -> None:
    for browser in (site.browser(), site.browser("editor")):
        kept = browser.get(f"{PREFIX}/werk", follow_redirects=False).headers["cache-control"]
        assert kept == "no-store"
    assert "cache-control" not in site.browser("editor").get("/").headers


def test_readers_are_not_asked_who_they_are(site: Site) -> None:
    assert site.browser("editor").get("/").text == "False"
    assert site.browser().get("/").status_code == 200
    assert site.browser().get(SIGN_IN).text == "inloggen"


def test_a_session_lets_in_until_it_ends(site: Site) -> None:
    client = site.browser("editor")
    assert client.get(PREFIX).text == "editor"
    site.accounts.disable("editor")
    assert client.get(PREFIX, follow_redirects=False).status_code == 303


def test_a_made_up_cookie_lets_nobody_in(site: Site) -> None:
    client = site.browser()
    client.cookies.set("__Host-routewijzer", "geraden")
    assert client.get(PREFIX, follow_redirects=False).status_code == 303


def test_over_https_only_the_strict_cookie_counts(site: Site) -> None:
    client = site.browser()
    client.cookies.set("routewijzer", site.sessions.open("editor"))
    assert client.get(PREFIX, follow_redirects=False).status_code == 303
    assert site.browser("editor", "http://testserver").get(PREFIX).text == "editor"


def test_a_form_needs_the_token_of_its_own_session(site: Site) -> None:
    client, other = site.browser("editor"), site.browser("editor")
    for given in ("", "geraden", site.token(other), "é"):
        refused = client.post(f"{PREFIX}/form", data={"formulier": given})
        assert refused.status_code == 403
        assert TOO_OLD in refused.text
    assert client.post(f"{PREFIX}/form").status_code == 403
    token = site.token(client)
    assert client.post(f"{PREFIX}/form", data={"formulier": token}).text == "editor"
    assert client.post(f"{PREFIX}/form", headers={"X-Form-Token": token}).text == "editor"
    assert client.post(f"{PREFIX}/form?formulier={token}").status_code == 403


def test_only_a_publisher_publishes(site: Site) -> None:
    editor, publisher = site.browser("editor"), site.browser("publisher")
    refused = editor.post(f"{PREFIX}/publiceer", data={"formulier": site.token(editor)})
    assert refused.status_code == 403
    assert NOT_ALLOWED in refused.text
    done = publisher.post(f"{PREFIX}/publiceer", data={"formulier": site.token(publisher)})
    assert done.text == "gepubliceerd"
    assert publisher.post(f"{PREFIX}/publiceer").status_code == 403


@pytest.mark.parametrize(
    ("base", "name", "secure"),
    [
        ("https://testserver", "__Host-routewijzer", True),
        ("http://localhost", "routewijzer", False),
    ],
)
def test_the_cookie_is_for_this_site_and_no_script(
    site: Site, base: str, name: str, secure: bool
) -> None:
    sent = site.browser(base=base).get(SIGN_IN).headers["set-cookie"]
    parts = [part.strip().lower() for part in sent.split(";")]
    assert parts[0] == f"{name.lower()}=een-token"
    assert {"httponly", "samesite=lax", "path=/"} <= set(parts)
    assert ("secure" in parts) is secure
    assert not any(part.startswith(("domain", "max-age", "expires")) for part in parts)
    client = site.browser("editor", base)
    gone = client.get(f"{PREFIX}/weg").headers["set-cookie"]
    assert gone.startswith(f'{name}=""')
    assert "Max-Age=0" in gone


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("/beheer", True),
        ("/beheer/", True),
        ("/beheer/werk", True),
        ("/beheerder", False),
        ("/", False),
        ("//kwaad.example/beheer", False),
        ("https://kwaad.example/beheer/", False),
    ],
)
def test_what_belongs_to_staff(path: str, inside: bool) -> None:
    assert under_staff(path) is inside
