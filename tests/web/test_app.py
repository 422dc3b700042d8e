import re
from typing import Any

from fastapi.testclient import TestClient

from corpus.settings import Settings
from web.app import create_app
from web.rendering import HERE


def test_the_whole_page_stays_under_100_kb(client: TestClient) -> None:
    page = client.get("/?vraag=vraag")
    loaded = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', page.text))
    assert {"/static/app.js", "/static/style.css", "/static/icons.svg"} <= loaded
    imported = re.findall(r'"(/static/\w+\.js)"', client.get("/static/app.js").text)
    assert set(imported) <= loaded  # each is asked for at once, and not after another
    responses = [page, *map(client.get, loaded)]
    assert all(response.status_code == 200 for response in responses)
    assert sum(len(response.content) for response in responses) < 100_000


def test_static_files_are_checked_by_etag(client: TestClient) -> None:
    first = client.get("/static/app.js")
    assert "javascript" in first.headers["content-type"]
    again = client.get("/static/app.js", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_a_long_text_is_compressed(client: TestClient, library: Any) -> None:
    library.texts["werkplek"] = "Een lange tekst. " * 500
    response = client.get("/api/documents/werkplek/text", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert response.text == library.texts["werkplek"]


def test_the_script_never_writes_markup() -> None:
    scripts = (HERE / "static").glob("*.js")
    script = "".join(path.read_text(encoding="utf-8") for path in scripts)
    for unsafe in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert unsafe not in script


def test_two_applications_do_not_know_of_each_other(answering: Any, library: Any) -> None:
    empty = type(library)(held=[], edition=None)
    first = TestClient(create_app(answering, library, Settings()))
    second = TestClient(create_app(answering, empty, Settings()))
    assert second.get("/readyz").status_code == 503
    assert first.get("/readyz").status_code == 200
    assert second.get("/api/documents").json() == []
    assert len(first.get("/api/documents").json()) == 2
