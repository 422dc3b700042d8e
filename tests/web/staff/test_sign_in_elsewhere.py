"""Signing in with OpenID Connect, from the button to the session."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from cli.parts import Parts
from corpus.account_rules import subject_of
from corpus.dutch import DutchAnalyser
from corpus.settings import Settings
from corpus.sign_in_attempts import LIFE, SignInAttempts
from corpus.staff import utc_now
from tests.web.staff.conftest import words_of
from tests.web.staff.oidc_server import (
    CLIENT_ID,
    CLIENT_SECRET,
    HOME,
    Provider,
    by,
    ec_key,
    open_provider,
    without_tls,
)
from tests.web.staff.shop import PASSWORD, open_shop
from web.app import create_app
from web.limits.rules import ACTING, rule_of
from web.staff.identities import role_of
from web.staff.session import BACK, ELSEWHERE, SIGN_IN

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts([HOME])]
SITE = "https://testserver"
STATE = "__Host-routewijzer-inloggen"
ROLES = {
    "oidc_role_claim": "edumember_is_member_of",
    "oidc_editors": "urn:redactie,urn:hulp",
    "oidc_publishers": "urn:uitgevers",
}


@dataclass
class Site:
    """The application with a provider to sign in with."""

    parts: Parts
    there: Provider
    app: Any

    def browser(self) -> TestClient:
        return TestClient(self.app, base_url=SITE, follow_redirects=False)

    def with_settings(self, **changed: object) -> Site:
        """The same site with other settings."""
        new = type(self.parts.settings).model_validate(
            {**self.parts.settings.model_dump(), **changed}
        )
        parts = Parts(new)
        parts.__dict__.update({n: p for n, p in self.parts.__dict__.items() if n != "settings"})
        app = create_app(parts.assistant, parts.library, new, parts.questions, desk=parts)
        return Site(parts, self.there, app)

    def acts(self) -> list[tuple[str, str]]:
        return [(act.who, act.action) for act in self.parts.ledger.history()]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("elders")
    with open_provider() as there:
        settings = {
            "public_url": SITE,
            "oidc_issuer": there.url,
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret": CLIENT_SECRET,
        }
        with open_shop(folder, analyser, **settings) as shop:
            assert shop.parts.provider is not None
            without_tls(shop.parts.provider)
            yield Site(shop.parts, there, shop.client.app)


@pytest.fixture
def site(made: Site) -> Iterator[Site]:
    made.there.recover()
    yield made
    made.parts.provider.__dict__.update(_known=None, _keys=None)
    with made.parts.registry.engine.begin() as connection:
        for table in ("staff_session", "sign_in_attempt", "audit"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        connection.exec_driver_sql("DELETE FROM staff WHERE subject IS NOT NULL")


@pytest.fixture(scope="module")
def by_claim(made: Site) -> Site:
    """The same site, where a claim gives the roles."""
    return made.with_settings(**ROLES)


def comes_back(site: Site, browser: TestClient, wanted: str = "/beheer") -> Response:
    """Press the button, sign in there, and come back."""
    left = browser.get(ELSEWHERE, params={"naar": wanted})
    assert left.status_code == 303, left.text
    return browser.get(BACK, params=site.there.authorize(left.headers["location"]))


def account(site: Site, name: str = "anja", role: str = "editor", subject: str = "anja-1") -> str:
    """An account that was made beforehand."""
    site.parts.accounts.add_elsewhere(name, subject_of(site.there.url, subject), role)
    return name


def test_the_button_leads_there_and_back_to_the_page_that_was_wanted(site: Site) -> None:
    account(site)
    browser = site.browser()
    page = browser.get(SIGN_IN, params={"naar": "/beheer/documenten"}).text
    link = re.search(r'href="(/beheer/inloggen/elders[^"]*)">Inloggen met SURFconext<', page)
    assert link is not None
    left = browser.get(link[1].replace("&amp;", "&"))
    assert left.headers["location"].startswith(f"{site.there.url}/authorize?")
    cookie = left.headers["set-cookie"]
    for part in (STATE, "HttpOnly", "SameSite=lax", "Secure", "Path=/", "Max-Age=600"):
        assert part in cookie
    back = browser.get(BACK, params=site.there.authorize(left.headers["location"]))
    assert (back.status_code, back.headers["location"]) == (303, "/beheer/documenten")
    assert STATE not in browser.cookies
    assert browser.get("/beheer/documenten").status_code == 200
    assert site.acts()[0] == ("anja", "sign in")


def test_only_pages_for_staff_are_led_to(site: Site) -> None:
    account(site)
    back = comes_back(site, site.browser(), "https://kwaad.example/")
    assert back.headers["location"] == "/beheer"


def test_a_state_counts_once(site: Site) -> None:
    account(site)
    browser = site.browser()
    left = browser.get(ELSEWHERE)
    brought = site.there.authorize(left.headers["location"])
    state = browser.cookies[STATE]
    assert browser.get(BACK, params=brought).status_code == 303
    browser.cookies.set(STATE, state)
    again = browser.get(BACK, params=brought)
    assert again.status_code == 400
    assert f"Begin opnieuw, op {SITE}/beheer." in again.text


def test_another_browser_cannot_bring_the_state_back(site: Site) -> None:
    account(site)
    mine, theirs = site.browser(), site.browser()
    brought = site.there.authorize(mine.get(ELSEWHERE).headers["location"])
    for cookie in (None, "zomaar iets"):
        if cookie is not None:
            theirs.cookies.set(STATE, cookie)
        refused = theirs.get(BACK, params=brought)
        assert refused.status_code == 400
        assert "__Host-routewijzer=" not in refused.headers.get("set-cookie", "")
    assert "/token" not in site.there.asked
    assert mine.get(BACK, params=brought).status_code == 303


@pytest.mark.parametrize("params", [{}, {"state": ""}, {"code": "x"}, {"state": "é", "code": "x"}])
def test_who_did_not_begin_here_is_refused(site: Site, params: dict[str, str]) -> None:
    refused = site.browser().get(BACK, params=params)
    assert refused.status_code == 400
    assert "Dit inloggen is hier niet begonnen" in refused.text
    assert site.there.asked == []


def test_who_takes_too_long_begins_anew(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    account(site)
    browser = site.browser()
    brought = site.there.authorize(browser.get(ELSEWHERE).headers["location"])
    later = SignInAttempts(site.parts.registry.engine, lambda: utc_now() + LIFE * 1.01)
    monkeypatch.setitem(site.parts.__dict__, "sign_in_attempts", later)
    assert browser.get(BACK, params=brought).status_code == 400


def test_who_stops_there_is_told(site: Site) -> None:
    browser = site.browser()
    browser.get(ELSEWHERE)
    stopped = {"state": browser.cookies[STATE], "error": "access_denied"}
    said = browser.get(BACK, params=stopped)
    assert said.status_code == 401
    assert "Bij SURFconext is het inloggen gestopt." in said.text
    assert STATE not in browser.cookies


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token"])
def test_a_provider_that_is_away_is_told(site: Site, path: str) -> None:
    account(site)
    site.there.away = frozenset({path})
    browser = site.browser()
    left = browser.get(ELSEWHERE)
    if path == "/token":
        left = browser.get(BACK, params=site.there.authorize(left.headers["location"]))
    assert left.status_code == 503
    assert "Inloggen met SURFconext lukt nu niet" in left.text
    assert 'name="wachtwoord"' in left.text  # which still works
    site.there.away = frozenset()
    assert comes_back(site, browser).status_code == 303


def test_a_proof_that_is_none_lets_nobody_in(site: Site) -> None:
    account(site)
    site.there.sign = by(ec_key("van-een-ander"), "ES256")
    browser = site.browser()
    refused = comes_back(site, browser)
    assert refused.status_code == 403
    assert "niet goed kunnen aantonen" in refused.text
    assert browser.get("/beheer").status_code == 303
    assert site.acts() == []


def test_who_has_no_account_gets_what_is_needed_to_make_one(site: Site) -> None:
    site.there.subject = "nieuw-7"
    browser = site.browser()
    refused = comes_back(site, browser)
    assert refused.status_code == 403
    assert "Je kenmerk: nieuw-7" in words_of(refused.text)
    assert site.acts() == [("SURFconext", "sign in refused")]
    account(site, "nora", subject="nieuw-7")
    assert comes_back(site, browser).status_code == 303


def test_the_same_subject_of_another_provider_is_somebody_else(site: Site) -> None:
    site.parts.accounts.add_elsewhere(
        "anja", subject_of("https://ander.example", "anja-1"), "editor"
    )
    assert comes_back(site, site.browser()).status_code == 403


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["urn:iets", "urn:redactie"], "editor"),
        ("urn:hulp", "editor"),
        (["urn:redactie", "urn:uitgevers"], "publisher"),
    ],
)
def test_a_claim_makes_the_account_and_gives_the_role(
    site: Site, by_claim: Site, groups: object, role: str
) -> None:
    site.there.told = {"edumember_is_member_of": groups, "email": "Anja@school.nl"}
    assert comes_back(by_claim, by_claim.browser()).status_code == 303
    found = site.parts.accounts.by_subject(subject_of(site.there.url, "anja-1"))
    assert found is not None
    assert (found.name, found.role) == ("anja@school.nl", role)
    assert site.acts() == [("anja@school.nl", "sign in"), ("SURFconext", "staff add")]


@pytest.mark.parametrize(
    "groups", [None, [], ["urn:iets"], "urn:redacti", {"urn:redactie": 1}, [["urn:redactie"]], 7]
)
def test_a_claim_without_a_role_lets_nobody_in(site: Site, by_claim: Site, groups: object) -> None:
    site.there.told = {} if groups is None else {"edumember_is_member_of": groups}
    refused = comes_back(by_claim, by_claim.browser())
    assert refused.status_code == 403
    assert "geeft je geen rol in Routewijzer" in refused.text
    assert site.parts.accounts.by_subject(subject_of(site.there.url, "anja-1")) is None


def test_a_role_follows_the_claim(site: Site, by_claim: Site) -> None:
    site.there.told = {"edumember_is_member_of": ["urn:uitgevers"], "email": "anja@school.nl"}
    browser = by_claim.browser()
    comes_back(by_claim, browser)
    site.there.told = {"edumember_is_member_of": ["urn:redactie"]}
    comes_back(by_claim, by_claim.browser())
    assert browser.get("/beheer").status_code == 303  # signed in as a publisher, once
    found = site.parts.accounts.by_subject(subject_of(site.there.url, "anja-1"))
    assert found is not None
    assert found.role == "editor"
    assert ("SURFconext", "staff role") in site.acts()
    other = by_claim.browser()
    comes_back(by_claim, other)
    assert other.get("/beheer").status_code == 200
    site.there.told = {}
    assert comes_back(by_claim, by_claim.browser()).status_code == 403
    assert other.get("/beheer").status_code == 303  # without a role no session goes on


def test_a_local_account_with_the_same_address_is_not_taken_over(
    site: Site, by_claim: Site
) -> None:
    site.there.told = {"edumember_is_member_of": ["urn:redactie"], "email": "bea"}
    assert comes_back(by_claim, by_claim.browser()).status_code == 303
    name = site.acts()[0][0]
    assert re.fullmatch("bea-[0-9a-f]{6}", name)
    assert site.parts.accounts.check("bea", PASSWORD) is not None


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"email": "a@b.nl", "email_verified": False, "preferred_username": "Anja"}, "anja"),
        ({"email": "met spatie", "eduperson_principal_name": "anja@school.nl"}, "anja@school.nl"),
        ({"email": 7}, "medewerker-[0-9a-f]{6}"),
        ({"email": "a" * 200}, "medewerker-[0-9a-f]{6}"),
    ],
)
def test_an_account_gets_a_name_that_is_fit(
    site: Site, by_claim: Site, told: dict[str, object], name: str
) -> None:
    site.there.told = {"edumember_is_member_of": "urn:redactie", **told}
    assert comes_back(by_claim, by_claim.browser()).status_code == 303
    assert re.fullmatch(name, site.acts()[0][0])


def test_a_claim_may_lie_deeper() -> None:
    settings = Settings.model_validate({**ROLES, "oidc_role_claim": "realm_access.roles"})
    assert role_of({"realm_access": {"roles": ["urn:uitgevers"]}}, settings) == "publisher"
    assert role_of({"realm_access.roles": "urn:hulp"}, settings) == "editor"
    assert role_of({"realm_access": ["roles"]}, settings) is None


def test_a_disabled_account_stays_out(site: Site, by_claim: Site) -> None:
    site.there.told = {"edumember_is_member_of": ["urn:uitgevers"]}
    site.parts.accounts.disable(account(site))
    for where in (site, by_claim):
        refused = comes_back(where, where.browser())
        assert refused.status_code == 403
        assert "Je account anja is uitgezet." in refused.text


def test_signing_out_says_that_the_provider_goes_on(site: Site) -> None:
    account(site)
    browser = site.browser()
    comes_back(site, browser)
    session = site.parts.sessions.find(browser.cookies["__Host-routewijzer"])
    assert session is not None
    left = browser.post("/beheer/uitloggen", data={"formulier": session.form_token})
    assert (
        "Bij SURFconext ben je misschien nog ingelogd" in browser.get(left.headers["location"]).text
    )
    assert browser.get("/beheer").status_code == 303


def test_an_older_session_of_the_browser_ends(site: Site) -> None:
    account(site)
    browser = site.browser()
    comes_back(site, browser)
    older = browser.cookies["__Host-routewijzer"]
    comes_back(site, browser)
    assert site.parts.sessions.find(older) is None


def test_local_accounts_go_on(site: Site) -> None:
    browser = site.browser()
    sent = browser.post(SIGN_IN, data={"naam": "bea", "wachtwoord": PASSWORD})
    assert sent.status_code == 303


def test_local_accounts_can_be_switched_off(site: Site) -> None:
    only = site.with_settings(local_sign_in=False)
    browser = only.browser()
    page = browser.get(SIGN_IN).text
    assert "Inloggen met SURFconext" in page
    assert 'name="wachtwoord"' not in page
    refused = browser.post(SIGN_IN, data={"naam": "bea", "wachtwoord": PASSWORD})
    assert refused.status_code == 403
    assert "__Host-routewijzer" not in browser.cookies
    account(site)
    assert comes_back(only, browser).status_code == 303


def test_an_account_of_elsewhere_has_no_password(site: Site) -> None:
    account(site)
    for password in ("", "anja", PASSWORD):
        sent = site.browser().post(SIGN_IN, data={"naam": "anja", "wachtwoord": password})
        assert sent.status_code == 401
    with site.parts.registry.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM sign_in_failure")


def test_nothing_is_begun_in_the_open(site: Site) -> None:
    browser = TestClient(site.app, base_url="http://beheer.school.nl", follow_redirects=False)
    refused = browser.get(ELSEWHERE)
    assert refused.status_code == 403
    assert site.there.asked == []


def test_going_there_is_counted(site: Site) -> None:
    for path in (ELSEWHERE, BACK):
        assert rule_of({"path": path, "method": "GET", "query_string": b""}) is ACTING
