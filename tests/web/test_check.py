"""The page to go through the criteria, with and without marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient

from assistant.criteria import CriteriaList, Criterion, Place
from corpus.settings import Settings
from corpus.types import Audience, Hit, Metadata, Passage, Sentence
from tests.web.conftest import TEXT, FakeAnswering, FakeLibrary, quote_of, sources_of
from tests.web.test_pages import EVIL, Page
from web.app import create_app
from web.check import MARKS, groups, overview

KEYS = ("werkplek-v1:0:44", "werkplek-v1:0:81")


def place(
    quote: str, document_id: str = "werkplek", *, title: str = "Leren op de werkplek"
) -> Place:
    start = max(TEXT.find(quote), 0)
    passage = Passage(
        id=f"{document_id}-v1:0",
        version_id=f"{document_id}-v1",
        ordinal=0,
        start=0,
        end=len(TEXT),
        text=TEXT,
        kind="list",
        section=("Aan de slag",),
        page=3,
        sentences=(),
    )
    sentence = Sentence("s", start, start + len(quote), quote, "item", 3)
    metadata = Metadata(title, "handreiking", ("bedrijf",), published="2022-07-21")
    return Place(sentence, Hit(passage, document_id, metadata, 0.0, {}))


@dataclass
class FakeChecklist:
    """Two criteria for a company, and none for anybody else."""

    lists: Sequence[CriteriaList]

    def criteria(self, audience: Audience) -> Sequence[CriteriaList]:
        return self.lists if audience == "bedrijf" else ()


@pytest.fixture
def checklist() -> FakeChecklist:
    first = Criterion(KEYS[0], place(quote_of(1)), (place(quote_of(1), "brochure"),))
    second = Criterion(KEYS[1], place(quote_of(2)))
    return FakeChecklist([CriteriaList(place(quote_of(0)), (first, second))])


@pytest.fixture
def client(answering: FakeAnswering, library: FakeLibrary, checklist: FakeChecklist) -> TestClient:
    settings = Settings(max_question_chars=300)
    sources = sources_of(library)
    return TestClient(
        create_app(answering, library, settings, checklist=checklist, sources=sources)
    )


def post(client: TestClient, **marks: str) -> Page:
    return Page(client.post("/check", data={"voor": "bedrijf", **marks}).text)


@pytest.mark.parametrize("path", ["/check", "/check?voor=bedrijf", "/check?voor=hogeschool"])
def test_the_page_is_sound_html_without_anything_inline(client: TestClient, path: str) -> None:
    page = Page(client.get(path).text)
    assert page.all("html") == [{"lang": "nl"}]
    assert len(page.all("h1")) == len(page.all("main")) == 1
    ids = page.ids()
    assert len(ids) == len(set(ids))
    for _, attributes in page.elements:
        assert "style" not in attributes
        assert set((attributes.get("aria-labelledby") or "").split()) <= set(ids)
    assert all(link["href"].startswith("/static/") for link in page.all("link") if link["href"])
    assert {s["src"] for s in page.all("script")} == {"/static/actions.js"}


def test_every_criterion_is_a_group_of_three_radio_buttons(client: TestClient) -> None:
    page = Page(client.get("/check?voor=bedrijf").text)
    assert len(page.all("fieldset")) == len(page.all("legend")) == 2
    radios = [i for i in page.all("input") if i["type"] == "radio"]
    assert [(r["name"], r["value"]) for r in radios] == [
        (key, value) for key in KEYS for value, _ in MARKS
    ]
    assert not any("checked" in r for r in radios)
    assert "Dit is geen oordeel." in page.text
    assert "Wat je hebt ingevuld" not in page.text


def test_every_criterion_has_its_quote_sources_and_a_question(
    client: TestClient, answering: FakeAnswering, library: FakeLibrary
) -> None:
    library.texts["brochure"] = library.texts["werkplek"]
    page = Page(client.get("/check?voor=bedrijf").text)
    assert page.text.count(quote_of(1)) == 3  # the criterion, and two sources
    assert "Leren op de werkplek, Aan de slag, pagina 3, 21 juli 2022." in page.text
    links = [a["href"] or "" for a in page.all("a")]
    sources = [link for link in links if link.startswith("/bron/")]
    assert len(sources) == 4  # that of the lead as well
    for link in sources:
        assert '<mark id="citaat">' in client.get(link).text
    asked = [link for link in links if link.startswith("/?vraag=")]
    assert len(asked) == 2
    assert client.get(asked[0]).status_code == 200
    assert answering.asked[0].audience == "bedrijf"
    assert "een taak die past bij de opleiding" in answering.asked[0].question


def test_what_was_marked_is_counted_shown_and_still_marked(client: TestClient) -> None:
    page = post(client, **{KEYS[0]: "nee"})
    assert "Je hebt 1 van de 2 criteria ingevuld." in page.text
    assert "Voldoet niet: 1" in page.text
    assert "Niet ingevuld: 1" in page.text
    assert "Voldoet: " not in page.text
    assert "Dit is geen oordeel." in page.text
    checked = [(i["name"], i["value"]) for i in page.all("input") if "checked" in i]
    assert checked == [(KEYS[0], "nee")]
    assert "overzicht" in page.ids()


def test_nothing_is_kept(client: TestClient) -> None:
    response = client.post("/check", data={"voor": "bedrijf", KEYS[0]: "ja"})
    assert "set-cookie" not in response.headers
    assert "checked" not in client.get("/check?voor=bedrijf").text


def test_marks_for_what_is_gone_are_told(client: TestClient) -> None:
    assert "vernieuwd" not in post(client, **{KEYS[0]: "ja"}).text
    page = post(client, **{"werkplek-v0:0:1": "ja", KEYS[1]: "onzin"})
    assert "De documenten zijn vernieuwd" in page.text
    assert "Je hebt 0 van de 2 criteria ingevuld." in page.text


@pytest.mark.parametrize("choice", ["", "beleid", EVIL])
def test_without_a_known_audience_the_page_asks_for_it(client: TestClient, choice: str) -> None:
    for response in (
        client.get("/check", params={"voor": choice}),
        client.post("/check", data={"voor": choice, KEYS[0]: "ja"}),
    ):
        page = Page(response.text)
        assert response.status_code == 200
        assert page.all("form") == []
        offered = [a["href"] for a in page.all("a") if a.get("class") != "switch"]
        assert [href for href in offered if "?voor=" in (href or "")] == [
            "/check?voor=bedrijf",
            "/check?voor=hogeschool",
        ]


def test_it_says_so_when_the_documents_name_no_criteria(client: TestClient) -> None:
    page = Page(client.get("/check?voor=hogeschool").text)
    assert "geen lijst met criteria voor een hogeschool" in page.text
    assert page.all("form") == []


def test_everything_is_escaped(client: TestClient, checklist: FakeChecklist) -> None:
    criterion = Criterion(EVIL, place(EVIL, title=EVIL))
    checklist.lists = [CriteriaList(None, (criterion, criterion))]
    for page in (Page(client.get("/check?voor=bedrijf").text), post(client, **{EVIL: "ja"})):
        assert EVIL in page.text
        assert {s.get("src") for s in page.all("script")} == {"/static/actions.js"}
        assert all(i["src"] == "/static/logo.svg" for i in page.all("img"))


def test_what_is_no_form_is_no_error(client: TestClient) -> None:
    assert client.post("/check").status_code == 200
    file = {KEYS[0]: ("mark.txt", b"ja")}
    response = client.post("/check", data={"voor": "bedrijf"}, files=file)
    assert "Je hebt 0 van de 2 criteria ingevuld." in Page(response.text).text


def test_every_page_leads_to_it_where_it_is(
    client: TestClient, answering: FakeAnswering, library: FakeLibrary
) -> None:
    assert 'href="/check"' in client.get("/").text
    without = TestClient(create_app(answering, library, Settings()))
    assert "/check" not in without.get("/").text
    assert without.get("/check").status_code == 404


def test_the_overview_counts_every_criterion_once(checklist: FakeChecklist) -> None:
    marks = {KEYS[0]: "ja", KEYS[1]: "weet-niet"}
    shown = overview(groups(checklist, "bedrijf", marks), marks)
    assert (shown.total, shown.marked, shown.changed) == (2, 2, False)
    assert [(label, len(items)) for label, items in shown.counts] == [
        ("voldoet", 1),
        ("voldoet niet", 0),
        ("weet ik niet", 1),
        ("niet ingevuld", 0),
    ]
