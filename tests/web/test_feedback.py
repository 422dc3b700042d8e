from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.settings import Settings
from corpus.types import Language, Outcome
from tests.web.test_pages import Page, get
from web.app import create_app
from web.rendering import HERE


@dataclass
class FakeRecorder:
    """Remembers what it is told."""

    days: int = 90
    outcomes: list[Outcome] = field(default_factory=list)
    opinions: list[tuple[str, bool, int, str, str, str]] = field(default_factory=list)

    def answered(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)

    def feedback(
        self,
        trace_id: str,
        helpful: bool,
        edition: int,
        *,
        question: str = "",
        language: Language = "nl",
        word: str = "",
    ) -> bool:
        self.opinions.append((trace_id, helpful, edition, question, language, word))
        return True


@pytest.fixture
def recorder() -> FakeRecorder:
    return FakeRecorder()


@pytest.fixture
def recorded(answering: Any, library: Any, recorder: FakeRecorder) -> TestClient:
    return TestClient(create_app(answering, library, Settings(max_question_chars=20), recorder))


def test_every_answer_is_handed_to_the_recorder(
    recorded: TestClient, recorder: FakeRecorder
) -> None:
    recorded.post("/api/chat", json={"question": "niets"})
    recorded.post("/api/chat", json={"question": "deels"}, headers={"Accept": "text/event-stream"})
    recorded.get("/", params={"vraag": "vraag"})
    assert [o.answer.status for o in recorder.outcomes] == ["not_found", "partial", "answered"]


def test_what_got_no_answer_is_not_recorded(recorded: TestClient, recorder: FakeRecorder) -> None:
    recorded.post("/api/chat", json={"question": " "})
    recorded.get("/", params={"vraag": "onklaar"})
    recorded.get("/")
    assert recorder.outcomes == []


def test_an_opinion_comes_with_question_language_and_edition(
    recorded: TestClient, recorder: FakeRecorder
) -> None:
    body = {"trace_id": "a1", "helpful": False, "question": "What does it cost?", "word": "prijs"}
    response = recorded.post("/api/feedback", json=body)
    assert (response.status_code, response.json()) == (200, {"kept": True})
    recorded.post("/api/feedback", json={"trace_id": "a2", "helpful": True})
    assert recorder.opinions == [
        ("a1", False, 7, "What does it cost?", "en", "prijs"),
        ("a2", True, 7, "", "nl", ""),
    ]


def test_a_question_that_is_too_long_is_cut(recorded: TestClient, recorder: FakeRecorder) -> None:
    recorded.post("/api/feedback", json={"trace_id": "a", "helpful": False, "question": "x" * 99})
    assert recorder.opinions[0][3] == "x" * 20


@pytest.mark.parametrize("days", [0, None])
def test_nothing_is_kept_when_the_settings_say_so(
    answering: Any, library: Any, days: int | None
) -> None:
    recorder = FakeRecorder(days=0) if days is not None else None
    client = TestClient(create_app(answering, library, Settings(), recorder))
    body = {"trace_id": "a", "helpful": False, "question": "x"}
    assert client.post("/api/feedback", json=body).json() == {"kept": False}
    assert recorder is None or recorder.opinions == []
    page = get(client, "/", vraag="vraag")
    assert "Heb je hier iets aan?" not in page.text
    assert "bewaren we je vraag" not in page.text
    assert not [a for _, a in page.elements if "data-mening" in a]
    opinion = client.post("/mening", data={"kenmerk": "a", "nuttig": "nee", "vraag": "x"})
    assert "bewaart hier op dit moment niets van" in Page(opinion.text).text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"helpful": True}, "'trace_id' ontbreekt"),
        ({"trace_id": "a"}, "'helpful' ontbreekt"),
        ({"trace_id": "a", "helpful": "misschien"}, "'helpful' moet true of false zijn"),
        ({"trace_id": "../x", "helpful": True}, "'trace_id' klopt niet"),
        ({"trace_id": "a", "helpful": True, "word": "x" * 201}, "hoogstens 200 tekens"),
        ({"trace_id": "a", "helpful": True, "naam": "Jan"}, "'naam' is onbekend"),
        ({"trace_id": "a", "helpful": False, "question": "\ud800"}, "'question' klopt niet"),
    ],
)
def test_a_wrong_opinion_gets_one_clear_line(
    recorded: TestClient, recorder: FakeRecorder, body: dict[str, Any], said: str
) -> None:
    content = json.dumps(body)  # writes half a surrogate pair as an escape
    response = recorded.post(
        "/api/feedback", content=content, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 422
    assert said in response.json()["error"]
    assert recorder.opinions == []


def test_the_page_asks_and_says_what_is_kept(recorded: TestClient) -> None:
    page = get(recorded, "/", vraag="vraag")
    assert "Heb je hier iets aan?" in page.text
    assert "Een vraag zonder goed antwoord bewaren we 90 dagen" in page.text
    forms = [f for f in page.all("form") if f.get("class") == "feedback"]
    assert [(f["action"], f["method"]) for f in forms] == [("/mening", "post")]
    fields = {i["name"]: i["value"] for i in page.all("input") if i.get("type") == "hidden"}
    assert fields == {"kenmerk": "spoor-1", "vraag": "vraag", "eerder": "vraag"}
    values = [b["value"] for b in page.all("button") if b.get("name") == "nuttig"]
    assert values == ["ja", "nee"]


def test_without_javascript_no_asks_for_a_word_and_keeps_it(
    recorded: TestClient, recorder: FakeRecorder
) -> None:
    evil = '"><script>x</script>'
    first = Page(
        recorded.post("/mening", data={"kenmerk": "a", "nuttig": "nee", "vraag": evil}).text
    )
    assert "Wat miste je?" in first.text
    assert first.all("script") == []
    fields = {i["name"]: i.get("value") for i in first.all("input")}
    assert fields == {"kenmerk": "a", "vraag": evil, "nuttig": "nee", "woord": None}
    again = Page(recorded.post("/mening", data={**fields, "woord": "een voorbeeld"}).text)
    assert "Wat miste je?" not in again.text
    assert [o[1:4:2] + o[5:] for o in recorder.opinions] == [
        (False, evil, ""),
        (False, evil, "een voorbeeld"),
    ]


def test_without_javascript_yes_gets_thanks(recorded: TestClient, recorder: FakeRecorder) -> None:
    page = Page(recorded.post("/mening", data={"kenmerk": "a", "nuttig": "ja"}).text)
    assert "Dank je wel" in page.text
    assert "Wat miste je?" not in page.text
    assert recorder.opinions[0][:2] == ("a", True)


def test_a_wrong_form_gets_a_page(recorded: TestClient, recorder: FakeRecorder) -> None:
    response = recorded.post("/mening", data={"kenmerk": "a b", "nuttig": "ja"})
    assert response.status_code == 422
    assert "Terug naar de vragen" in Page(response.text).text
    assert recorder.opinions == []


def test_the_scripts_never_write_markup() -> None:
    for script in (HERE / "static").glob("*.js"):
        text = script.read_text(encoding="utf-8")
        for unsafe in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert unsafe not in text


def test_the_script_builds_the_form_of_the_template() -> None:
    script = (HERE / "static" / "feedback.js").read_text(encoding="utf-8")
    template = (HERE / "templates" / "answer.html").read_text(encoding="utf-8")
    for shared in ("Heb je hier iets aan?", "/mening", "kenmerk", "vraag", "nuttig"):
        assert shared in script
        assert shared in template
