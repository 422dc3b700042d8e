"""Machines with a token keep the documents up to date; nobody else does. No cookie counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from httpx import Response
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation import GenerationMode

from corpus.api_tokens import SCOPES, ApiTokens
from corpus.dutch import DutchAnalyser
from corpus.errors import BadInputError
from corpus.staff import utc_now
from tests.web.staff.shop import Shop, open_shop, sign_in
from tests.web.waiting import wait_for_job
from web.bearer import MISSING, WRONG
from web.limits.rules import ACTING, rule_of

SITE = "https://testserver"
AS_DESCRIBED = (
    *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
    *("response_headers_conformance", "response_schema_conformance"),
)
SAME_EACH_TIME = settings(
    max_examples=6,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
BOATS = b"# Roeiboten\n\n## Wat kost een roeiboot?\n\nEen roeiboot kost 30 euro per dag.\n"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser) -> Iterator[Shop]:
    with open_shop(tmp_path_factory.mktemp("machines"), analyser) as opened:
        yield opened


def token(shop: Shop, *scopes: str) -> str:
    return shop.parts.api_tokens.add("rooster", scopes, 1, "test")[1]


class Machine:
    """A program with a token."""

    def __init__(self, shop: Shop, *scopes: str, **headers: str) -> None:
        self._parts = shop.parts
        self._client = TestClient(shop.client.app, base_url=SITE)
        self.headers = {"Authorization": f"Bearer {token(shop, *scopes)}", **headers}

    def get(self, path: str, **params: Any) -> Any:
        answer = self._client.get(f"/api/corpus/{path}", headers=self.headers, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: object = None) -> Response:
        headers = self.headers | {"Content-Type": "application/json"}
        content = "" if body is None else json.dumps(body)  # also what is no sound Unicode
        return self._client.post(f"/api/corpus/{path}", content=content, headers=headers)

    def send(self, *files: tuple[str, bytes], **fields: Any) -> Response:
        return self._client.post(
            "/api/corpus/documents",
            headers=self.headers,
            files=[("files", file) for file in files] or None,
            data=fields,
        )

    def done(self, begun: Response) -> Any:
        """Ask after the job when it has ended."""
        assert begun.status_code == 202, begun.text
        address = begun.headers["location"]
        assert address == f"/api/corpus/jobs/{begun.json()['id']}"
        wait_for_job(self._parts, address)
        job = self.get(address.removeprefix("/api/corpus/"))
        assert job["state"] in ("done", "failed")
        return job


@pytest.fixture(scope="module")
def machine(shop: Shop) -> Machine:
    """It may do all."""
    return Machine(shop, *SCOPES)


def error_of(answer: Response) -> str:
    assert list(answer.json()) == ["error"]
    return str(answer.json()["error"])


# --- who comes in ----------------------------------------------------------------------------

PATHS = (
    ("GET", "documents", "read"),
    ("GET", "editions", "read"),
    ("GET", "jobs/0", "read"),
    ("GET", "audit", "read"),
    ("POST", "documents", "ingest"),
    ("POST", "stage", "ingest"),
    ("POST", "publish", "publish"),
    ("POST", "withdraw", "publish"),
    ("POST", "rollback", "publish"),
)
BODIES: dict[str, object] = {
    "publish": {"edition": 1},
    "withdraw": {"document": "soep-van-de-dag"},
    "rollback": {"edition": 1, "current": 1},
}


def test_these_are_all_of_them(shop: Shop) -> None:
    assert isinstance(shop.client.app, FastAPI)
    found = {
        (method, str(route.path).removeprefix("/api/corpus/"))
        for route in iter_route_contexts(shop.client.app.routes)
        if str(route.path).startswith("/api/corpus")
        for method in route.methods or ()
    }
    assert found == {(m, p.replace("jobs/0", "jobs/{job_id}")) for m, p, _ in PATHS}


@pytest.mark.parametrize(("method", "path", "_scope"), [*PATHS, ("GET", "", ""), ("PUT", "x", "")])
@pytest.mark.parametrize(
    ("authorization", "said"),
    [
        ("", MISSING),
        ("Basic cm9vc3Rlcjpy", MISSING),
        ("Bearer", MISSING),
        ("Bearer rw_0123456789abcdef_geheim", WRONG),
        ("Bearer onzin", WRONG),
        ("Bearer " + "x" * 5000, MISSING),
    ],
)
def test_without_a_token_nothing_is_reached(
    shop: Shop, method: str, path: str, _scope: str, authorization: str, said: str
) -> None:
    """Not even with a session of a publisher in the browser."""
    refused = shop.client.request(
        method,
        f"/api/corpus/{path}",
        headers={"Authorization": authorization} if authorization else {},
        json=BODIES.get(path),
    )
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Bearer")
    assert error_of(refused) == said


@pytest.mark.parametrize(("method", "path", "scope"), PATHS)
def test_a_token_does_what_its_scopes_say_and_no_more(
    shop: Shop, method: str, path: str, scope: str
) -> None:
    client = TestClient(shop.client.app, base_url=SITE)
    others = [name for name in SCOPES if name != scope]
    refused = client.request(
        method,
        f"/api/corpus/{path}",
        headers={"Authorization": f"Bearer {token(shop, *others)}"},
        json=BODIES.get(path),
    )
    assert refused.status_code == 403
    assert f"de bevoegdheid {scope} (" in error_of(refused)
    assert shop.parts.jobs.recent() == []


def test_a_token_that_ended_is_worth_nothing(shop: Shop) -> None:
    tokens = shop.parts.api_tokens
    made, revoked = tokens.add("rooster", ["read"], 90, "test")
    tokens.revoke(made.id)
    long_ago = ApiTokens(shop.parts.registry.engine, lambda: utc_now() - timedelta(days=91))
    _, expired = long_ago.add("rooster", ["read"], 90, "test")
    for text in (revoked, expired):
        answer = shop.client.get(
            "/api/corpus/documents", headers={"Authorization": f"Bearer {text}"}
        )
        assert (answer.status_code, error_of(answer)) == (401, WRONG)


def test_a_token_counts_in_the_header_only(shop: Shop) -> None:
    text = token(shop, "read")
    client = TestClient(shop.client.app, base_url=SITE)
    assert client.get(f"/api/corpus/documents?access_token={text}").status_code == 401
    client.cookies.set("Authorization", f"Bearer {text}")
    client.cookies.set("__Host-routewijzer", text)
    assert client.get("/api/corpus/documents").status_code == 401


def test_a_token_opens_no_pages_for_staff(shop: Shop) -> None:
    client = TestClient(shop.client.app, base_url=SITE, follow_redirects=False)
    answer = client.get("/beheer", headers={"Authorization": f"Bearer {token(shop, *SCOPES)}"})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "page", [{"Origin": "https://ander.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_no_page_of_another_site_gets_anything_done_by_cookie(
    shop: Shop, page: dict[str, str]
) -> None:
    refused = shop.client.post("/api/corpus/stage", headers=page)
    assert refused.status_code == 403
    # With a token it does not matter where it comes from.
    begun = Machine(shop, "publish", **page).post("publish", {"edition": 99})
    assert begun.status_code == 409


def test_an_upload_is_not_read_without_a_token(shop: Shop) -> None:
    def endless() -> Iterator[bytes]:
        yield b"x"
        raise AssertionError("the body was asked for")

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    refused = shop.client.post("/api/corpus/documents", content=endless(), headers=headers)
    assert refused.status_code == 401


def test_requests_are_counted() -> None:
    for method, path, _ in PATHS:
        scope = {"path": f"/api/corpus/{path}", "method": method, "query_string": b""}
        assert rule_of(scope) is ACTING


# --- what it does ----------------------------------------------------------------------------


def test_a_document_goes_all_the_way_to_readers_and_back(shop: Shop, machine: Machine) -> None:
    read = machine.done(machine.send(("boot.md", BOATS), title="Roeiboten", audiences="bedrijf"))
    assert (read["state"], read["documents"], read["error"]) == ("done", ["roeiboten"], "")
    assert read["lines"][0] == "boot.md: nieuw, 1 passage."
    assert read["who"].startswith("token rooster (")
    found = {d["id"]: d for d in machine.get("documents")}
    assert (found["roeiboten"]["state"], found["leenfietsen"]["state"]) == ("draft", "published")
    assert found["roeiboten"]["audiences"] == ["bedrijf"]

    assert machine.done(machine.post("stage"))["state"] == "done"
    editions = machine.get("editions")
    assert (editions["current"], editions["staged"]) == (1, 2)
    newest = editions["editions"][0]
    assert (newest["number"], newest["state"], newest["documents"]) == (2, "staged", 3)
    reason = "Vandaag nodig." if newest["green"] is False else ""

    published = machine.done(machine.post("publish", {"edition": 2, "reason": reason}))
    assert published["state"] == "done", published
    assert machine.get("editions")["current"] == 2
    again = machine.post("publish", {"edition": 2})
    assert again.status_code == 409
    assert "Er is intussen al gepubliceerd" in error_of(again)

    assert machine.post("rollback", {"edition": 1, "current": 1}).status_code == 409
    back = machine.done(machine.post("rollback", {"edition": 1, "current": 2}))
    assert back["state"] == "done", back
    assert machine.get("editions")["current"] == 3

    withdrawn = machine.done(machine.post("withdraw", {"document": "soep-van-de-dag"}))
    assert withdrawn["state"] == "done", withdrawn
    states = {d["id"]: d["state"] for d in machine.get("documents")}
    assert states["soep-van-de-dag"] == "withdrawn"
    assert machine.post("withdraw", {"document": "soep-van-de-dag"}).status_code == 409

    audit = machine.get("audit", who=read["who"])
    assert [act["action"] for act in audit["acts"]] == [
        *("withdraw", "rollback", "publish", "stage", "ingest")
    ]
    assert audit["count"] == 5
    assert machine.get("audit", action="ingest", limit=1)["acts"][0]["detail"]["added"]
    assert machine.get("audit", offset=10_000)["acts"] == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Stuur een of meer bestanden"),
        ({"address": "ftp://school.nl"}, "http:// of https://"),
        ({"address": "https://school.nl", "kind": "gedicht"}, "kies een van"),
        ({"address": "https://school.nl", "id": "Mijn Id"}, "kleine letters"),
        ({"address": "https://school.nl", "valid_until": "morgen"}, "2026-12-31"),
    ],
)
def test_what_cannot_be_read_is_told_at_once(
    machine: Machine, fields: dict[str, str], said: str
) -> None:
    refused = machine.send(**fields)
    assert refused.status_code == 400
    assert said in error_of(refused)


def test_files_or_an_address_and_not_both(machine: Machine) -> None:
    refused = machine.send(("boot.md", BOATS), address="https://school.nl/boot")
    assert (refused.status_code, "niet allebei" in error_of(refused)) == (400, True)


def test_a_file_that_cannot_be_read_is_told_by_its_job(machine: Machine) -> None:
    job = machine.done(machine.send(("foto.exe", b"MZ\x90\x00")))
    assert job["state"] == "failed"
    assert "foto.exe" in job["error"]


def test_what_is_too_large_is_refused(shop: Shop, machine: Machine) -> None:
    most = (shop.parts.settings.max_zip_mb + 1) * 1_000_000
    refused = TestClient(shop.client.app, base_url=SITE).post(
        "/api/corpus/documents",
        content=b"x",
        headers={
            **machine.headers,
            "Content-Type": "multipart/form-data; boundary=x",
            "Content-Length": str(most + 1),
        },
    )
    assert refused.status_code == 413
    assert "te groot om in één keer" in error_of(refused)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("publish", None, 422),
        ("publish", {}, 422),
        ("publish", {"edition": "twee"}, 422),
        ("publish", {"edition": 10**30}, 422),
        ("publish", {"edition": 0}, 422),
        ("publish", {"edition": 99, "extra": 1}, 422),
        ("publish", {"edition": 99, "reason": "x" * 501}, 422),
        ("publish", {"edition": 99, "reason": "\x00 é"}, 409),
        ("publish", {"edition": 99, "reason": "\ud800"}, 422),
        ("withdraw", {"document": "\x00"}, 404),
        ("withdraw", {"document": "is-er-niet"}, 404),
        ("rollback", {"edition": 99, "current": 1}, 404),
        ("rollback", {"edition": 1}, 422),
    ],
)
def test_what_cannot_be_done_is_told(
    shop: Shop, machine: Machine, path: str, body: object, status: int
) -> None:
    before = len(shop.parts.jobs.recent(100))
    refused = machine.post(path, body)
    assert refused.status_code == status, refused.text
    assert error_of(refused)
    assert len(shop.parts.jobs.recent(100)) == before


def test_a_red_edition_needs_a_reason(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def red(_desk: object, number: int, why: str) -> dict[str, object]:
        raise BadInputError(f"Editie {number} is afgekeurd, {why!r}.")

    monkeypatch.setattr("web.staff.edition_work.check_publishable", red)
    refused = machine.post("publish", {"edition": 2, "reason": " omdat\nhet moet "})
    assert refused.status_code == 422
    assert error_of(refused) == "Editie 2 is afgekeurd, 'omdat het moet'."


@pytest.mark.parametrize("job_id", ["0", "%00", "0" * 32, "../audit", "é"])
def test_unknown_work_is_told(machine: Machine, job_id: str) -> None:
    client = machine._client
    answer = client.get(f"/api/corpus/jobs/{job_id}", headers=machine.headers)
    assert answer.status_code in (200, 404)
    assert (answer.status_code == 200) == (job_id == "../audit")  # the client walks up itself


def test_one_piece_of_work_on_editions_at_a_time(shop: Shop, machine: Machine) -> None:
    job_id = shop.parts.jobs.add("stage", "Klaarzetten en meten", "bea", {})
    for path, body in (("stage", None), ("publish", {"edition": 1})):
        refused = machine.post(path, body)
        assert refused.status_code == 409
        assert "begonnen door bea" in error_of(refused)
    assert shop.parts.jobs.cancel(job_id, "test")


def test_a_session_of_staff_is_no_token(shop: Shop) -> None:
    client = TestClient(shop.client.app, base_url=SITE)
    form = sign_in(shop.parts, client, "paula", "publisher")
    refused = client.post("/api/corpus/stage", data={"formulier": form})
    assert refused.status_code == 401


def test_it_is_described_for_programs(shop: Shop) -> None:
    described = shop.client.get("/openapi.json").json()
    for method, path, scope in PATHS:
        operation = described["paths"][f"/api/corpus/{path.replace('jobs/0', 'jobs/{job_id}')}"][
            method.lower()
        ]
        assert operation["security"] == [{"token": [scope]}]
        assert {"401", "403", "422", "429"} <= set(operation["responses"])
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert described["components"]["schemas"]["Publish"]["properties"]["edition"]["examples"]


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
def test_whatever_a_token_sends_is_answered_as_described(
    shop: Shop, machine: Machine, mode: GenerationMode
) -> None:
    """Of a machine that may do all; what the interface does without a token is tested with all
    other paths."""
    load_all_checks()
    described = schemathesis.openapi.from_asgi("/openapi.json", shop.client.app)
    checks = [CHECKS.get_one(name) for name in AS_DESCRIBED]
    for operation in (found.ok() for found in described.get_all_operations()):
        wrong = mode is GenerationMode.NEGATIVE
        if not operation.path.startswith("/api/corpus") or (
            wrong and not (operation.query or operation.body)
        ):
            continue

        @SAME_EACH_TIME
        @given(case=operation.as_strategy(generation_mode=mode))
        def send(case: Any) -> None:
            case.call_and_validate(session=machine._client, headers=machine.headers, checks=checks)

        send()
