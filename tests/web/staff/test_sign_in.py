"""Signing in and out, and the first page after it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from corpus.brake import FREE_FAILURES
from corpus.dutch import DutchAnalyser
from tests.web.staff.conftest import words_of
from tests.web.staff.shop import PASSWORD, Shop, open_shop
from web.staff.session import SIGN_IN
from web.staff.sign_in import UNSAFE, WRONG


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser) -> Iterator[Shop]:
    with open_shop(tmp_path_factory.mktemp("inloggen"), analyser) as opened:
        yield opened


@pytest.fixture
def client(shop: Shop) -> Iterator[TestClient]:
    """A browser that is not signed in."""
    yield TestClient(shop.client.app, base_url="https://testserver")
    with shop.parts.registry.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM sign_in_failure")


def test_name_and_password_lead_in(shop: Shop, client: TestClient) -> None:
    page = client.get("/beheer/documenten")
    assert page.url.path == SIGN_IN
    assert '<input type="hidden" name="naar" value="/beheer/documenten">' in page.text
    sent = client.post(
        SIGN_IN,
        data={"naam": " Bea", "wachtwoord": PASSWORD, "naar": "/beheer/documenten"},
        follow_redirects=False,
    )
    assert (sent.status_code, sent.headers["location"]) == (303, "/beheer/documenten")
    assert client.get("/beheer").status_code == 200
    assert shop.parts.ledger.history()[0].action == "sign in"
    assert client.get(SIGN_IN, follow_redirects=False).headers["location"] == "/beheer"


def test_who_sent_a_form_after_the_session_is_told_that_nothing_was_done(
    client: TestClient,
) -> None:
    told = "Wat je net verstuurde, is niet gedaan."
    sent = client.post("/beheer/publiceren", headers={"Accept": "text/html"})
    assert sent.url.path == SIGN_IN
    assert told in sent.text
    assert told not in client.get(SIGN_IN).text


@pytest.mark.parametrize(
    "wanted", ["https://kwaad.example/", "//kwaad.example", "/beheer\\@kwaad", "/", "javascript:x"]
)
def test_it_leads_to_pages_for_staff_only(client: TestClient, wanted: str) -> None:
    sent = client.post(
        SIGN_IN,
        data={"naam": "bea", "wachtwoord": PASSWORD, "naar": wanted},
        follow_redirects=False,
    )
    assert sent.headers["location"] == "/beheer"


def test_what_is_wrong_does_not_tell_which_names_there_are(client: TestClient) -> None:
    pages = []
    for name, password in (("bea", "fout"), ("niemand", "fout"), ("niemand", PASSWORD), ("", "")):
        refused = client.post(SIGN_IN, data={"naam": name, "wachtwoord": password})
        assert refused.status_code == 401
        assert WRONG in refused.text
        assert "set-cookie" not in refused.headers
        pages.append(refused.text)
    assert len(set(pages)) == 1


def test_who_guesses_waits(shop: Shop, client: TestClient) -> None:
    for _ in range(FREE_FAILURES):
        client.post(SIGN_IN, data={"naam": "bea", "wachtwoord": "fout"})
    refused = client.post(SIGN_IN, data={"naam": "bea", "wachtwoord": PASSWORD})
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 15
    assert "Er ging te vaak iets mis met inloggen." in refused.text
    assert "set-cookie" not in refused.headers


def test_a_password_does_not_travel_in_the_open(shop: Shop) -> None:
    client = TestClient(shop.client.app, base_url="http://beheer.voorbeeld.nl")
    assert UNSAFE in client.get(SIGN_IN).text
    refused = client.post(SIGN_IN, data={"naam": "bea", "wachtwoord": PASSWORD})
    assert refused.status_code == 403
    assert "set-cookie" not in refused.headers
    here = TestClient(shop.client.app, base_url="http://127.0.0.1")
    sent = here.post(SIGN_IN, data={"naam": "bea", "wachtwoord": PASSWORD}, follow_redirects=False)
    assert sent.status_code == 303


def test_signing_out_ends_the_session(shop: Shop, client: TestClient) -> None:
    client.post(SIGN_IN, data={"naam": "bea", "wachtwoord": PASSWORD})
    token = client.cookies["__Host-routewijzer"]
    session = shop.parts.sessions.find(token)
    assert session is not None
    assert client.post("/beheer/uitloggen").status_code == 403  # no other site signs you out
    left = client.post(
        "/beheer/uitloggen", data={"formulier": session.form_token}, follow_redirects=False
    )
    assert (left.status_code, left.headers["location"]) == (303, SIGN_IN)
    assert "__Host-routewijzer" not in client.cookies
    assert shop.parts.sessions.find(token) is None


def test_the_first_page_tells_how_things_stand(shop: Shop) -> None:
    shop.add(("b.md", b"# Brommers\n\nEen brommer kost 900 euro per jaar.\n"))
    words = words_of(shop.page("/beheer"))
    assert "Lezers zien editie 1" in words
    assert "Documenten 2" in words
    assert "Wacht op publiceren 1" in words
    assert "Inlezen: b.md" in words
    assert "bea: ingelezen" in words
    shop.clear()


def test_without_accounts_it_says_how_to_make_one(
    shop: Shop, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "routewijzer staff add" not in client.get(SIGN_IN).text
    monkeypatch.setitem(shop.parts.__dict__, "accounts", NoAccounts())
    assert "routewijzer staff add NAAM --role publisher" in client.get(SIGN_IN).text


class NoAccounts:
    """Nobody."""

    def all(self) -> list[object]:
        return []
