"""What another site makes a browser send is refused; programs and own pages go through."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response

from web.origin import ELSEWHERE, OwnOrigin, own
from web.problems import Problems
from web.rendering import build_templates

OWN = (
    {},  # a program
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},  # typed in the address bar
    {"origin": "https://testserver"},
    {"origin": "http://testserver"},  # a proxy took the https away
)
OTHERS = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": "https://testserver"},
    {"sec-fetch-site": "onzin"},
    {"origin": "https://kwaad.example"},
    {"origin": "https://testserver.kwaad.example"},
    {"origin": "https://testserver:8443"},
    {"origin": "null"},
    {"origin": ""},
)


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    templates = build_templates()
    templates.env.globals["has_check"] = False

    @app.api_route("/{path:path}", methods=["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"])
    def anything(path: str) -> Response:
        return PlainTextResponse("gedaan")

    app.add_middleware(OwnOrigin, problems=Problems(templates))
    return TestClient(app)


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_own_requests_go_through(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/", headers=headers).text == "gedaan"


@pytest.mark.parametrize("headers", OTHERS, ids=str)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_requests_of_other_sites_are_refused(
    client: TestClient, method: str, headers: dict[str, str]
) -> None:
    refused = client.request(method, "/", headers=headers)
    assert refused.status_code == 403
    assert ELSEWHERE in refused.text
    assert "gedaan" not in refused.text


@pytest.mark.parametrize("headers", OTHERS, ids=str)
def test_a_link_on_another_site_works(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/", headers=headers).text == "gedaan"


def test_a_program_reads_why(client: TestClient) -> None:
    refused = client.post("/api/chat", headers={"sec-fetch-site": "cross-site"})
    assert refused.json() == {"error": ELSEWHERE}


def test_what_the_browser_says_goes_before_the_origin() -> None:
    host = {"host": "routewijzer.nl"}
    assert own(Headers({**host, "origin": "https://routewijzer.nl"}))
    assert not own(Headers({**host, "origin": "https://routewijzer.nl:444"}))
    assert own(Headers({**host, "sec-fetch-site": "same-origin", "origin": "null"}))
