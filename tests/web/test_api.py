from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.types import Answer, Document


def test_chat_returns_the_answer_exactly(client: TestClient, answering: Any) -> None:
    body = {"question": "Wat nu?", "audience": "beleid", "history": ["Eerst?", "Toen?"]}
    response = client.post("/api/chat", json=body)
    assert response.status_code == 200
    expected = answering.answer("Wat nu?", audience="beleid", history=["Eerst?", "Toen?"]).answer
    assert Answer(**response.json()) == expected
    assert response.json() == expected.model_dump(mode="json")
    asked = answering.asked[0]
    assert (asked.audience, asked.history) == ("beleid", ("Eerst?", "Toen?"))


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("vraag", "answered"),
        ("deels", "partial"),
        ("niets", "not_found"),
        ("weer", "out_of_scope"),
    ],
)
def test_every_status_is_a_200(client: TestClient, question: str, status: str) -> None:
    response = client.post("/api/chat", json={"question": question})
    assert (response.status_code, response.json()["status"]) == (200, status)


def test_chat_streams_when_asked_to(client: TestClient) -> None:
    headers = {"Accept": "text/event-stream"}
    response = client.post("/api/chat", json={"question": "vraag"}, headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert "content-encoding" not in response.headers
    assert response.text.startswith("event: statement\ndata: {")
    assert response.text.count("event: answer\n") == 1


def test_answering_runs_outside_the_event_loop(client: TestClient, answering: Any) -> None:
    client.post("/api/chat", json={"question": "vraag"})
    assert "AnyIO worker thread" in answering.asked[0].thread


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
@pytest.mark.parametrize(
    ("question", "status", "message"),
    [
        ("  ", 400, "De vraag is leeg. Typ een vraag."),
        ("onklaar", 503, "Er is nog geen editie gepubliceerd."),
    ],
)
def test_errors_keep_their_status_and_message(
    client: TestClient, accept: str, question: str, status: int, message: str
) -> None:
    response = client.post("/api/chat", json={"question": question}, headers={"Accept": accept})
    assert response.status_code == status
    assert response.json() == {"error": message}


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "'question' ontbreekt"),
        ({"question": 3}, "'question' moet tekst zijn"),
        ({"question": "x", "audience": "ouders"}, "'audience' klopt niet"),
        ({"question": "x", "history": "eerder"}, "'history' moet een lijst zijn"),
        ({"question": "x", "history": ["v"] * 21}, "hoogstens 20"),
        ({"question": "x", "vraag": "y"}, "'vraag' is onbekend"),
        (["question"], "Stuur JSON"),
    ],
)
def test_wrong_fields_are_named(client: TestClient, body: Any, named: str) -> None:
    response = client.post("/api/chat", json=body)
    assert response.status_code == 422
    assert list(response.json()) == ["error"]
    assert named in response.json()["error"]


@pytest.mark.parametrize(
    ("content", "content_type", "named"),
    [
        (b"{", "application/json", "geen geldige JSON"),
        (b"", "application/json", "ontbreekt"),
        (b'{"question": "x"}', "text/plain", "application/json"),
        (b'{"question": "\\ud800"}', "application/json", "'question'"),
    ],
)
def test_a_body_that_is_not_json_is_explained(
    client: TestClient, content: bytes, content_type: str, named: str
) -> None:
    response = client.post("/api/chat", content=content, headers={"Content-Type": content_type})
    assert response.status_code == 422
    assert named in response.json()["error"]


def test_documents_lists_what_is_published(
    client: TestClient, library: Any, make_document: Callable[..., Document]
) -> None:
    library.held = [
        make_document(),
        make_document("concept", state="draft"),
        make_document("weg", state="withdrawn"),
    ]
    assert client.get("/api/documents").json() == [
        {
            "id": "werkplek",
            "title": "Leren op de werkplek",
            "kind": "handreiking",
            "version_id": "werkplek-v1",
            "audiences": ["bedrijf"],
            "publisher": "Voorbeeldschool",
            "published": "2022-07-21",
            "url": "https://voorbeeld.nl/werkplek",
        }
    ]


def test_text_is_the_canonical_text_unchanged(client: TestClient, library: Any) -> None:
    library.texts["werkplek"] = "één\n\n  twee\tdrie\u00a0\n"
    response = client.get("/api/documents/werkplek/text")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.content.decode("utf-8") == library.texts["werkplek"]


@pytest.mark.parametrize("document_id", ["bestaat-niet", "weg", "..%2f..%2fetc"])
def test_text_of_what_is_not_published_is_not_found(
    client: TestClient,
    library: Any,
    make_document: Callable[..., Document],
    document_id: str,
) -> None:
    library.held = [make_document(), make_document("weg", state="withdrawn")]
    library.texts["weg"] = "ingetrokken tekst"
    response = client.get(f"/api/documents/{document_id}/text")
    assert response.status_code == 404
    assert list(response.json()) == ["error"]


def test_text_that_is_withdrawn_meanwhile_is_not_found(client: TestClient, library: Any) -> None:
    library.texts.clear()
    assert client.get("/api/documents/werkplek/text").status_code == 404


def test_probes(client: TestClient, library: Any) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    fine = {"database": "ok", "edition": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "edition": 7, "checks": fine}
    library.edition = None
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "geen editie gepubliceerd" in response.json()["error"]


def test_openapi_describes_the_api_and_not_the_pages(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/chat",
        "/api/documents",
        "/api/documents/{document_id}/text",
        "/api/feedback",
        "/healthz",
        "/readyz",
    }
    chat = described["paths"]["/api/chat"]["post"]["responses"]
    assert {"200", "400", "413", "422", "503"} <= set(chat)
    assert {"application/json", "text/event-stream"} <= set(chat["200"]["content"])
    assert "Problem" in str(chat["422"])
