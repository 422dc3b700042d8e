from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fastapi.testclient import TestClient

from corpus.settings import Settings
from corpus.types import Document
from tests.web.test_pages import Page, get
from web.about import shelves
from web.app import create_app


def test_documents_stand_by_kind_the_newest_first(make_document: Callable[..., Document]) -> None:
    older = make_document("oud", published="2020-01")
    newer = make_document("nieuw", published="2022-07-21")
    undated = make_document("los", published=None)
    research = make_document("onderzoek")
    research = replace(research, metadata=replace(research.metadata, kind="onderzoek"))
    found = shelves([older, undated, research, newer])
    assert [shelf.heading for shelf in found] == ["Handreikingen", "Onderzoek"]
    assert [d.id for d in found[0].documents] == ["nieuw", "oud", "los"]


def test_the_list_leads_to_every_document(client: TestClient) -> None:
    page = get(client, "/documenten")
    assert {"/bron/werkplek", "/bron/brochure"} <= {a["href"] for a in page.all("a")}
    assert "Samen zijn ze editie 7." in page.text
    assert "Voorbeeldschool, 21 juli 2022" in page.text


def test_the_page_about_says_what_is_kept_and_whom_to_ask(answering: Any, library: Any) -> None:
    settings = Settings(contact="vragen@programma.nl", owner="Stichting Voorbeeld")
    page = get(TestClient(create_app(answering, library, settings)), "/over")
    assert "Je vraag wordt niet bewaard." in page.text
    assert "Verantwoordelijk voor Routewijzer: Stichting Voorbeeld." in page.text
    assert "mailto:vragen@programma.nl" in [a["href"] for a in page.all("a")]
    assert "Er schrijft geen taalmodel mee." in page.text


def test_what_is_not_filled_in_is_not_shown_as_it_is(client: TestClient) -> None:
    for path in ("/over", "/toegankelijkheid"):
        page = get(client, path)
        assert "nog invullen" not in page.text
        assert "geen adres voor vragen en klachten" in page.text


def test_a_model_that_writes_is_named(answering: Any, library: Any) -> None:
    app = create_app(answering, library, Settings(llm_model="openai:model"))
    text = Page(TestClient(app).get("/over").text).text
    assert "Een taalmodel kan de antwoorden verwoorden." in text
    assert "geen taalmodel" not in text


def test_every_page_leads_to_the_pages_about_it(client: TestClient) -> None:
    addresses = [a["href"] for a in get(client, "/").all("a")]
    for path in ("/over", "/documenten", "/toegankelijkheid", "/docs"):
        assert path in addresses
        assert client.get(path).status_code == 200
    assert "/check" not in addresses  # there is no checklist
