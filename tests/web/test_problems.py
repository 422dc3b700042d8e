import pytest
from fastapi.testclient import TestClient

from corpus.errors import BadInputError, BusyError, NotReadyError, RoutewijzerError
from web.problems import field_error, status_of


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (BadInputError("x"), 400),
        (NotReadyError("x"), 503),
        (BusyError("x"), 503),
        (RoutewijzerError("x"), 500),
        (ValueError("x"), 500),
    ],
)
def test_status_of_our_errors(error: Exception, status: int) -> None:
    assert status_of(error) == status


def test_a_field_error_without_own_words_still_names_the_field() -> None:
    line = field_error({"type": "date_parsing", "loc": ("query", "start")})
    assert line == "Het veld 'start' klopt niet. Controleer het."
    line = field_error({"type": "int_parsing", "loc": ("query", "start")})
    assert line == "Het veld 'start' moet een geheel getal zijn."


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/onbekend", 404), ("POST", "/", 405), ("GET", "/bron/werkplek?start=abc", 422)],
)
def test_people_get_a_page(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert "Terug naar de vragen" in response.text


def test_programs_get_json(client: TestClient) -> None:
    response = client.get("/api/onbekend")
    assert response.status_code == 404
    assert list(response.json()) == ["error"]
    wrong_method = client.get("/api/chat")
    assert wrong_method.status_code == 405
    assert wrong_method.headers["allow"] == "POST"
    assert "/docs" in wrong_method.json()["error"]
