"""Values that PostgreSQL does not take, in any address, form or message: never an error of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts
from fastapi.testclient import TestClient
from pydantic import BaseModel

from corpus.dutch import DutchAnalyser
from tests.postgres import Server
from tests.web.staff.shop import Shop, open_shop, sign_in

SITE = "https://testserver"
pytestmark = [pytest.mark.server, pytest.mark.embedded]

ODD = ("\x00", "a\x00b", "9" * 25)
"""SQLite has no trouble with these."""
OPTIONS: dict[str, Any] = {"questions_per_minute": 0, "notes_per_minute": 0, "acts_per_minute": 0}
NOT_READY = ("/readyz", "/beheer/cijfers/kwaliteit.html")
"""They may say 503: there is no model here, and nothing was measured."""
LEAVING = "/beheer/uitloggen"


@pytest.fixture(scope="module")
def shop(
    postgres_server: Server, tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser
) -> Iterator[Shop]:
    name = postgres_server.lend()
    url, folder = postgres_server.url(name), tmp_path_factory.mktemp("postgres")
    with open_shop(folder, analyser, database_url=url, jobs="apart", **OPTIONS) as opened:
        opened.token = sign_in(opened.parts, opened.client, "piet", "publisher")
        yield opened
    postgres_server.take_back(name)


@pytest.fixture
def client(shop: Shop) -> TestClient:
    """A publisher's browser that is also a program with a token, and sees errors as pages."""
    token = shop.parts.api_tokens.add("proef", ("read", "ingest", "publish"), 1, "test")[1]
    client = TestClient(shop.client.app, SITE, raise_server_exceptions=False)
    client.cookies = shop.client.cookies
    client.headers["Authorization"] = f"Bearer {token}"
    return client


def routes(shop: Shop) -> list[RouteContext]:
    assert isinstance(shop.client.app, FastAPI)
    found = iter_route_contexts(shop.client.app.routes)
    return [route for route in found if hasattr(route.route, "dependant")]


def value(kind: Any, odd: str) -> Any:
    """``odd`` where this kind of field may hold it, else something that it takes: what is refused
    at the door never gets to the database."""
    choices = get_args(kind) if get_origin(kind) is Literal else ()
    if choices:
        return choices[0]
    if kind is int:
        return odd if odd.isdigit() else "1"
    return odd


def fields(dependant: Any, odd: str) -> Iterator[tuple[str, str, Any]]:
    """(where, name, value) of each field of a route."""
    for field in dependant.query_params:
        yield "query", field.alias, value(field.field_info.annotation, odd)
    for field in dependant.body_params:
        kind = field.field_info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for name, inner in kind.model_fields.items():
                yield "json", name, value(inner.annotation, odd)
        else:
            yield "form", field.alias, value(kind, odd)
    for inner in dependant.dependencies:
        yield from fields(inner, odd)


def address(path: str, odd: str) -> str:
    numbered = re.sub(r"\{[^}]*:int\}", odd if odd.isdigit() else "1", path)
    return re.sub(r"\{[^}]*\}", quote(odd), numbered)


def ask(client: TestClient, token: str, route: RouteContext, method: str, odd: str) -> int:
    """The status that this route answers with."""
    found: dict[str, dict[str, Any]] = {"query": {}, "json": {}, "form": {}}
    dependant = route.route.dependant  # type: ignore[union-attr]
    for where, name, given in fields(dependant, odd):
        found[where][name] = token if name == "formulier" else given
    return client.request(
        method,
        address(route.path, odd),
        params=found["query"],
        json=found["json"] or None,
        data=found["form"] or None,
        follow_redirects=False,
    ).status_code


def test_all_routes_are_seen(shop: Shop) -> None:
    assert len(routes(shop)) > 60
    paths = {route.path for route in routes(shop)}
    assert {"/api/chat", "/beheer/documenten/{document_id}", "/api/corpus/publish"} <= paths


@pytest.mark.parametrize("odd", ODD)
def test_no_value_is_an_error_of_ours(shop: Shop, client: TestClient, odd: str) -> None:
    told = [
        (ask(client, shop.token, route, method, odd), method, route.path)
        for route in routes(shop)
        if route.path != LEAVING
        for method in sorted(set(route.methods or ()) - {"HEAD"})
    ]
    assert [each for each in told if each[0] >= 500 and each[2] not in NOT_READY] == []
    assert sum(each[0] < 400 for each in told) > 15  # they were let in, and read
