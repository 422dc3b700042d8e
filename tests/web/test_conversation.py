import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import BESIDE
from tests.web.test_events import read


def say(client: TestClient, question: str, **fields: Any) -> list[tuple[str, Any]]:
    response = client.post("/gesprek", json={"vraag": question, **fields})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    return read(response.content)


def article(html: str) -> str:
    found = re.search(r"<article.*</article>", html, re.DOTALL)
    assert found is not None
    return re.sub(r"\s+", " ", found[0])


def test_statements_come_one_by_one_and_the_whole_comes_last(client: TestClient) -> None:
    events = say(client, "vraag", nummer=3)
    assert [name for name, _ in events] == ["statement"] * 4 + ["answer"]
    assert [data["item"] for _, data in events[:4]] == [False, True, True, False]
    assert 'href="#a3-bron-1"' in events[0][1]["html"]
    assert events[-1][1]["question"] == "vraag"
    assert '<article class="answer" id="a3"' in events[-1][1]["html"]


@pytest.mark.parametrize("question", ["vraag", "deels", "niets", "weer"])
def test_the_conversation_and_the_page_show_the_same(client: TestClient, question: str) -> None:
    page = client.get("/", params={"vraag": question, "doelgroep": "bedrijf"}).text
    said = say(client, question, doelgroep="bedrijf")[-1][1]["html"]
    assert article(said) == article(page)


def test_ids_of_two_answers_differ(client: TestClient) -> None:
    ids = [
        set(re.findall(r'id="([^"]+)"', say(client, "vraag", nummer=n)[-1][1]["html"]))
        for n in (1, 2)
    ]
    assert ids[0]
    assert ids[0].isdisjoint(ids[1])


def test_who_asks_and_what_was_asked_before_come_along(client: TestClient, answering: Any) -> None:
    say(client, "En dan?", doelgroep="hogeschool", eerder=["Eerst?"])
    assert (answering.asked[0].audience, answering.asked[0].history) == ("hogeschool", ("Eerst?",))


def test_markup_in_a_question_or_title_is_shown_as_text(client: TestClient, answering: Any) -> None:
    answering.title = "<script>titel()</script>"
    html = "".join(data["html"] for _, data in say(client, "<img src=x onerror=vraag()>"))
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;img src=x" in html


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"vraag": " "}, 400),
        ({"vraag": "onklaar"}, 503),
        ({}, 422),
        ({"vraag": "x", "nummer": -1}, 422),
        ({"vraag": "x", "eerder": ["v"] * 21}, 422),
        ({"vraag": "x", "anders": 1}, 422),
    ],
)
def test_errors_keep_their_status(client: TestClient, body: Any, status: int) -> None:
    response = client.post("/gesprek", json=body)
    assert response.status_code == status
    assert response.json()["error"]


def test_the_line_above_a_statement_comes_with_it(client: TestClient) -> None:
    events = say(client, "Wat staat hiernaast?")
    lines = [re.sub(r"<[^>]+>", "", data["above"]).strip() for _, data in events[:-1]]
    assert lines == ["", "", "", BESIDE]
    assert events[3][1]["above"].strip() in events[-1][1]["html"]
