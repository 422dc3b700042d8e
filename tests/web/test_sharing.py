from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.errors import BadInputError
from corpus.settings import Settings
from corpus.shared_answers import SharedAnswer
from corpus.types import Document, Outcome
from tests.web.conftest import BESIDE, FakeAnswering, FakeLibrary, quote_of
from tests.web.test_pages import EVIL, Page, get, hidden
from web.app import create_app
from web.sharing import RecentAnswers


@dataclass
class FakeStore:
    """Keeps in memory what it is given."""

    days: int = 30
    kept: dict[str, SharedAnswer] = field(default_factory=dict)

    def put(self, outcome: Outcome, asked: str) -> str:
        if not outcome.answer.statements:
            raise BadInputError("Dit antwoord is niet te delen.")
        key = f"id{len(self.kept)}"
        self.kept[key] = SharedAnswer(
            id=key,
            given_on=date(2026, 11, 22),
            expires_on=date(2027, 11, 22),
            asked=asked,
            audience=outcome.query.audience,
            answer=outcome.answer,
            headings=outcome.headings,
        )
        return key

    def get(self, shared_id: str) -> SharedAnswer | None:
        return self.kept.get(shared_id)


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def client(answering: FakeAnswering, library: FakeLibrary, store: FakeStore) -> TestClient:
    return TestClient(create_app(answering, library, Settings(), shared=store))


def fields(page: Page) -> dict[str, str]:
    """What the form to share sends along."""
    names = ("kenmerk", "vraag", "doelgroep")
    return {name: hidden(page, name)[0] or "" for name in names}


def share(client: TestClient, **given: Any) -> str:
    data = {"vraag": "vraag", "kenmerk": "spoor-1", **given}
    response = client.post("/deel", data=data, headers={"Accept": "application/json"})
    assert response.status_code == 201
    return str(response.json()["path"])


def test_the_form_shares_what_was_answered(
    client: TestClient, answering: FakeAnswering, store: FakeStore
) -> None:
    page = get(client, "/", vraag="Wat nu?", doelgroep="bedrijf")
    sent = fields(page)
    assert sent == {"kenmerk": "spoor-1", "vraag": "Wat nu?", "doelgroep": "bedrijf"}
    response = client.post("/deel", data=sent, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/antwoord/id0?nieuw=1")
    assert len(answering.asked) == 1  # it was not answered again
    shared = get(client, "/antwoord/id0", nieuw=1)
    assert "De link is gemaakt." in shared.text
    assert "http://testserver/antwoord/id0" in [a["href"] for a in shared.all("a")]


def test_words_of_the_client_are_never_shared(client: TestClient, store: FakeStore) -> None:
    get(client, "/", vraag="Wat nu?")
    share(client, vraag="Koop nu bij mij!", doelgroep="hogeschool")
    assert store.kept["id0"].asked == "Wat nu?"
    assert store.kept["id0"].audience is None


def test_what_is_no_longer_remembered_is_answered_again(
    client: TestClient, answering: FakeAnswering
) -> None:
    share(client, vraag="En dan?", kenmerk="weg", doelgroep="bedrijf", eerder=["Eerst?"])
    (asked,) = answering.asked
    assert (asked.question, asked.audience, asked.history) == ("En dan?", "bedrijf", ("Eerst?",))


def test_a_conversation_is_remembered_too(client: TestClient, answering: FakeAnswering) -> None:
    client.post("/gesprek", json={"vraag": "vraag"})
    share(client)
    assert len(answering.asked) == 1


def test_a_shared_answer_is_shown_as_it_was_given(client: TestClient, library: Any) -> None:
    get(client, "/", vraag="Wat nu?", doelgroep="bedrijf")
    path = share(client)
    page = get(client, path)
    assert "Gegeven op 22 november 2026 uit editie 7 van de documenten." in page.text
    assert "Deze link werkt tot 22 november 2027." in page.text
    assert "nieuwere editie" not in page.text
    assert "De link is gemaakt." not in page.text
    for number in range(4):
        assert quote_of(number) in page.text
    assert [m["content"] for m in page.all("meta") if m.get("name") == "robots"] == ["noindex"]
    library.edition = 8
    newer = get(client, path)
    assert "Er is een nieuwere editie." in newer.text
    assert "/?vraag=Wat+nu%3F&doelgroep=bedrijf#a0" in [a["href"] for a in newer.all("a")]


def test_nothing_of_a_withdrawn_document_is_shown(
    client: TestClient, library: Any, make_document: Callable[..., Document]
) -> None:
    get(client, "/", vraag="vraag")
    path = share(client)
    library.held = [make_document(state="withdrawn"), make_document("brochure", title="Route")]
    response = client.get(path)
    page = Page(response.text)
    assert "Een bron van dit antwoord is ingetrokken." in page.text
    assert "Stel de vraag opnieuw" in page.text
    for number in range(3):
        assert quote_of(number) not in response.text
    assert quote_of(3) in page.text
    assert "Leren op de werkplek" not in response.text
    library.held = []
    response = client.get(path)
    assert response.status_code == 200
    assert not any(quote_of(n) in response.text for n in range(4))
    assert "Beantwoord." not in response.text


def test_a_document_with_a_newer_version_is_not_withdrawn(client: TestClient, library: Any) -> None:
    get(client, "/", vraag="vraag")
    path = share(client)
    library.held = [replace(d, version_id="v2", state="draft") for d in library.held]
    assert "ingetrokken" not in get(client, path).text


@pytest.mark.parametrize("shared_id", ["onbekend", "../../etc", "%00"])
def test_what_is_gone_gets_a_page_with_a_way_on(client: TestClient, shared_id: str) -> None:
    response = client.get(f"/antwoord/{shared_id}")
    assert response.status_code == 404
    page = Page(response.text)
    assert "/" in [a["href"] for a in page.all("a")]
    if shared_id == "onbekend":
        assert "Dit gedeelde antwoord is er niet meer." in page.text


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"kenmerk": "spoor-1"}, 422),
        ({"vraag": "x", "kenmerk": "<script>"}, 422),
        ({"vraag": "niets", "kenmerk": "weg"}, 400),
        ({"vraag": " ", "kenmerk": "weg"}, 400),
        ({"vraag": "x", "kenmerk": "weg", "eerder": ["v"] * 21}, 422),
    ],
)
def test_a_wrong_form_gets_a_page(client: TestClient, data: Any, status: int) -> None:
    response = client.post("/deel", data=data)
    assert response.status_code == status
    assert Page(response.text).all("h1")


def test_without_a_place_to_keep_it_there_is_no_button(
    client: TestClient, answering: FakeAnswering, library: FakeLibrary, store: FakeStore
) -> None:
    assert "/deel" in [f["action"] for f in get(client, "/", vraag="vraag").all("form")]
    assert "/deel" not in [f["action"] for f in get(client, "/", vraag="niets").all("form")]
    for without in (None, FakeStore(days=0)):
        app = TestClient(create_app(answering, library, Settings(), shared=without))
        page = get(app, "/", vraag="vraag")
        assert "/deel" not in [f["action"] for f in page.all("form")]
        assert "Link naar deze vraag" in page.text
        assert "dat je deelt" not in page.text
    assert "Een antwoord dat je deelt blijft 30 dagen staan." in get(client, "/").text


def test_everything_is_escaped(client: TestClient, answering: FakeAnswering) -> None:
    answering.title = EVIL
    get(client, "/", vraag=EVIL)
    page = get(client, share(client))
    assert EVIL in page.text
    assert all((s.get("src") or "").startswith("/static/") for s in page.all("script"))


def test_only_the_last_answers_are_remembered(answering: FakeAnswering) -> None:
    recent = RecentAnswers(size=2)
    given = answering.answer("vraag")
    for number in range(3):
        answer = given.answer.model_copy(update={"trace_id": f"spoor-{number}"})
        recent.add(replace(given, answer=answer), f"vraag {number}")
    assert recent.get("spoor-0") is None
    found = recent.get("spoor-2")
    assert found is not None
    assert found.typed == "vraag 2"


def test_what_only_bears_on_it_stays_that_when_the_answer_is_withdrawn(
    client: TestClient, library: Any, make_document: Callable[..., Document]
) -> None:
    get(client, "/", vraag="Wat staat hiernaast?")
    path = share(client)
    assert BESIDE in get(client, path).text
    library.held = [make_document(state="withdrawn"), make_document("brochure", title="Route")]
    page = get(client, path)
    assert quote_of(0) not in page.text
    assert page.text.index(BESIDE) < page.text.index(quote_of(3))
    library.held = [make_document(), make_document("brochure", state="withdrawn")]
    page = get(client, path)
    assert quote_of(0) in page.text
    assert BESIDE not in page.text  # nothing is left under it
