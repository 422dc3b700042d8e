"""Tokens on the pages for staff: shown once, ended at once, by publishers only."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from corpus.dutch import DutchAnalyser
from tests.web.staff.conftest import words_of
from tests.web.staff.shop import Shop, open_shop, sign_in
from web.staff.tokens import TOKENS

SCRIPT = "<script>alert(1)</script>"


class Browser:
    """A browser that is signed in."""

    def __init__(self, shop: Shop, name: str, role: str) -> None:
        self.client = TestClient(
            shop.client.app, base_url="https://testserver", follow_redirects=False
        )
        self._form = sign_in(shop.parts, self.client, name, role)  # type: ignore[arg-type]

    def post(self, address: str, **fields: object) -> Response:
        return self.client.post(address, data={"formulier": self._form, **fields})

    def words(self) -> str:
        return words_of(self.client.get(TOKENS).text)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser) -> Iterator[Shop]:
    with open_shop(tmp_path_factory.mktemp("tokens"), analyser) as opened:
        yield opened


@pytest.fixture(scope="module")
def publisher(shop: Shop) -> Browser:
    return Browser(shop, "paula", "publisher")


@pytest.fixture(scope="module")
def editor(shop: Shop) -> Browser:
    return Browser(shop, "eva", "editor")


@pytest.fixture(autouse=True)
def empty(shop: Shop) -> Iterator[None]:
    yield
    with shop.parts.registry.engine.begin() as connection:
        for table in ("api_token", "audit"):
            connection.exec_driver_sql(f"DELETE FROM {table}")


def made(response: Response) -> str:
    found = re.search(r"rw_[0-9a-f]{16}_[A-Za-z0-9_-]{43}", response.text)
    assert found is not None, response.text
    return found[0]


def test_a_token_is_shown_once_and_works(shop: Shop, publisher: Browser) -> None:
    sent = publisher.post(TOKENS, naam="Rooster", mag=["read", "publish"], dagen=30)
    assert sent.headers["cache-control"] == "no-store"
    text = made(sent)
    assert text not in publisher.client.get(TOKENS).text
    token = shop.parts.api_tokens.check(text)
    assert token is not None
    assert (token.name, token.scopes, token.made_by) == ("Rooster", ("read", "publish"), "paula")
    assert (token.expires_at - token.created_at).days == 30
    api = shop.client.get("/api/corpus/documents", headers={"Authorization": f"Bearer {text}"})
    assert api.status_code == 200
    assert "lezen; publiceren, intrekken en terugzetten geldig tot" in publisher.words()
    act = shop.parts.ledger.history()[0]
    assert (act.who, act.action) == ("paula", "token add")
    assert text not in repr(act.detail)


def test_a_token_ends_at_once(shop: Shop, publisher: Browser) -> None:
    text = made(publisher.post(TOKENS, naam="Rooster", mag="read"))
    token_id = shop.parts.api_tokens.all()[0].id
    assert publisher.post(f"{TOKENS}/{token_id}/intrekken").headers["location"] == TOKENS
    assert shop.parts.api_tokens.check(text) is None
    assert "ingetrokken" in publisher.words()
    assert shop.parts.ledger.history()[0].action == "token revoke"
    again = publisher.post(f"{TOKENS}/{token_id}/intrekken")
    assert (again.status_code, "Er is geen token" in again.text) == (404, True)


def test_an_editor_sees_them_and_cannot_make_or_end_one(
    shop: Shop, publisher: Browser, editor: Browser
) -> None:
    text = made(publisher.post(TOKENS, naam="Rooster", mag="read"))
    token_id = shop.parts.api_tokens.all()[0].id
    assert "Rooster" in editor.words()
    assert "Wie mag publiceren" in editor.words()
    assert editor.post(TOKENS, naam="Mijn eigen", mag="publish").status_code == 403
    assert editor.post(f"{TOKENS}/{token_id}/intrekken").status_code == 403
    assert shop.parts.api_tokens.check(text) is not None
    assert len(shop.parts.api_tokens.all()) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"naam": "", "mag": "read"}, "kan geen naam van een token zijn"),
        ({"naam": "x" * 81, "mag": "read"}, "kan geen naam van een token zijn"),
        ({"naam": "Rooster"}, "Er is geen bevoegdheid gekozen"),
        ({"naam": "Rooster", "mag": ["read", "alles"]}, "'alles' is geen bevoegdheid"),
        ({"naam": "Rooster", "mag": "read", "dagen": 0}, "0 dagen kan niet"),
        ({"naam": "Rooster", "mag": "read", "dagen": 731}, "731 dagen kan niet"),
    ],
)
def test_what_is_wrong_is_told(
    shop: Shop, publisher: Browser, fields: dict[str, object], said: str
) -> None:
    refused = publisher.post(TOKENS, **fields)
    assert refused.status_code == 400
    assert said in words_of(refused.text).replace("&#39;", "'")
    assert shop.parts.api_tokens.all() == []


def test_a_name_is_text(publisher: Browser) -> None:
    sent = publisher.post(TOKENS, naam=SCRIPT, mag="read")
    assert SCRIPT not in sent.text
    assert SCRIPT not in publisher.client.get(TOKENS).text
