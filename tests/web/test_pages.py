import html
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.wording import wording
from corpus.types import Document
from tests.web.conftest import BESIDE
from web.wording import EXAMPLES, STATUS

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>"
VOID = {"meta", "link", "img", "input", "br"}


class Page(HTMLParser):
    """Reads a page strictly: every element is closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def ids(self) -> list[str]:
        return [value for _, attributes in self.elements if (value := attributes.get("id"))]

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def get(client: TestClient, path: str, **params: Any) -> Page:
    return Page(client.get(path, params=params).text)


def hidden(page: Page, name: str) -> list[str | None]:
    return [i["value"] for i in page.all("input") if i.get("name") == name]


PAGES = [
    "/",
    "/?vraag=vraag&doelgroep=bedrijf",
    "/?vraag=deels",
    "/?vraag=niets",
    "/?vraag=weer",
    "/?vraag=",
    "/?vraag=stuk",
    "/bron/werkplek?start=3&end=9",
    "/bron/onbekend",
    "/docs",
    "/over",
    "/documenten",
    "/toegankelijkheid",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_sound_html(client: TestClient, path: str) -> None:
    page = Page(client.get(path).text)
    assert page.all("html") == [{"lang": "nl"}]
    assert len(page.all("h1")) == 1
    assert len(page.all("title")) == 1
    assert len(page.all("main")) == 1
    ids = page.ids()
    assert len(ids) == len(set(ids))
    for label in page.all("label"):
        assert label.get("for", "vraag") in ids
    for _, attributes in page.elements:
        for reference in ("aria-labelledby", "aria-describedby"):
            assert set((attributes.get(reference) or "").split()) <= set(ids)
    for image in page.all("img"):
        assert image["alt"] is not None


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_anything_inline_or_from_another_host(client: TestClient, path: str) -> None:
    page = Page(client.get(path).text)
    assert page.all("style") == []
    for _, attributes in page.elements:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
    loaded = [s["src"] for s in page.all("script")] + [s["href"] for s in page.all("link")]
    assert loaded
    assert all(address and address.startswith("/static/") for address in loaded)


def test_headings_do_not_skip_a_level(client: TestClient) -> None:
    page = get(client, "/", vraag="vraag")
    levels = [int(tag[1]) for tag, _ in page.elements if tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_empty_page_offers_examples_for_everyone(client: TestClient, answering: Any) -> None:
    page = get(client, "/")
    examples = [question for _, _, questions in EXAMPLES for question in questions]
    links = [a for a in page.all("a") if a.get("data-vraag")]
    assert [a["data-vraag"] for a in links] == examples
    for link in links:
        assert client.get(link["href"] or "").status_code == 200
    assert [asked.question for asked in answering.asked] == examples
    audiences = [asked.audience for asked in answering.asked]
    assert audiences == ["bedrijf"] * 3 + ["hogeschool"] * 3 + [None] * 3


def test_the_form_is_ready_for_the_next_question(client: TestClient, answering: Any) -> None:
    response = client.get("/", params={"vraag": "Wat <nu>?", "doelgroep": "hogeschool"})
    page = Page(response.text)
    assert "Je vervolgvraag" in page.text
    assert hidden(page, "eerder") == ["Wat <nu>?"]
    checked = [radio["value"] for radio in page.all("input") if "checked" in radio]
    assert checked == ["hogeschool"]
    assert answering.asked[0].audience == "hogeschool"
    assert [t["maxlength"] for t in page.all("textarea") if t["id"] == "vraag"] == ["300"]


def test_an_answer_with_its_sources(client: TestClient) -> None:
    page = get(client, "/", vraag="Wat nu?")
    assert "Beantwoord." in page.text
    assert "21 juli 2022" in page.text
    assert "Voorbeeldschool" in page.text
    assert "Aan de slag > Werkplek, pagina 3." in page.text
    assert "Zo heb ik je vraag begrepen" not in page.text
    numbers = [a["href"] for a in page.all("a") if a.get("class") == "cite"]
    assert numbers == [f"#a0-bron-{number}" for number in (1, 2, 3, 4)]
    assert {(href or "").removeprefix("#") for href in numbers} <= set(page.ids())
    assert len(page.all("blockquote")) == 4


@pytest.mark.parametrize(
    ("question", "status"),
    [("vraag", "answered"), ("deels", "partial"), ("niets", "not_found"), ("weer", "out_of_scope")],
)
def test_every_status_is_told_plainly(client: TestClient, question: str, status: Any) -> None:
    page = get(client, "/", vraag=question)
    assert f"{STATUS[status][0]}. " in page.text
    near = "Dit komt in de buurt, maar geeft geen antwoord" in page.text
    assert near == (status == "not_found")
    uncovered = "Hierover staat niets in de documenten" in page.text
    assert uncovered == (status == "partial")  # else it is the question, which stands above it


def test_what_only_bears_on_it_stands_under_a_quiet_line(client: TestClient) -> None:
    page = get(client, "/", vraag="Wat staat hiernaast?")
    assert [tag for tag, given in page.elements if given.get("class") == "quiet"] == ["h3"]
    assert BESIDE in page.text
    assert not any(given.get("class") == "quiet" for _, given in get(client, "/").elements)


def test_a_greeting_is_greeted_and_not_judged(client: TestClient, answering: Any) -> None:
    given = answering.answer("weer")
    greeting = given.answer.model_copy(update={"text": wording("nl").greeting})
    answering.answer = lambda *_, **__: replace(given, answer=greeting)
    page = get(client, "/", vraag="hoi")
    assert "Goedendag!" in page.text
    assert STATUS["out_of_scope"][0] not in page.text
    assert "Heb je hier iets aan?" not in page.text


def test_not_found_shows_the_three_nearest_passages(client: TestClient) -> None:
    page = get(client, "/", vraag="niets")
    links = [a["href"] or "" for a in page.all("a") if "/bron/werkplek?" in (a["href"] or "")]
    assert len(links) == 3
    assert "<mark" in client.get(links[0]).text
    assert "Mkb-route in het hbo, of aan de hogeschool" in page.text


def test_every_source_link_leads_to_the_marked_quote(client: TestClient, library: Any) -> None:
    library.texts["brochure"] = library.texts["werkplek"]
    page = get(client, "/", vraag="vraag")
    links = [a["href"] or "" for a in page.all("a") if "#citaat" in (a["href"] or "")]
    quotes = [
        s["quote"] for s in client.post("/api/chat", json={"question": "v"}).json()["citations"]
    ]
    assert len(links) == 4
    for link, quote in zip(links, quotes, strict=True):
        assert f'<mark id="citaat">{html.escape(quote)}</mark>' in client.get(link).text


@pytest.mark.parametrize(
    ("question", "status", "message"),
    [(" ", 400, "De vraag is leeg."), ("onklaar", 503, "Er is nog geen editie")],
)
def test_a_known_error_keeps_the_form(
    client: TestClient, question: str, status: int, message: str
) -> None:
    response = client.get("/", params={"vraag": question})
    page = Page(response.text)
    assert response.status_code == status
    assert message in page.text
    assert page.all("textarea")[0]["aria-invalid"] == "true"
    assert f"{question}</textarea>" in response.text
    assert "Voorbeelden van vragen" in page.text


def test_the_page_says_so_when_nothing_is_published(client: TestClient, library: Any) -> None:
    assert "nog geen documenten gepubliceerd" not in get(client, "/").text
    library.edition, library.held = None, []
    for path in ("/", "/documenten"):
        assert "nog geen documenten gepubliceerd" in get(client, path).text


def test_everything_is_escaped(
    client: TestClient, answering: Any, library: Any, make_document: Callable[..., Document]
) -> None:
    library.held = [make_document(title=EVIL, publisher=EVIL, published=EVIL, url=EVIL)]
    library.texts["werkplek"] = EVIL
    answering.title = answering.engine = EVIL
    for path in (
        "/documenten",
        f"/?vraag={EVIL}&doelgroep={EVIL}&eerder={EVIL}",
        f"/?vraag=niets{EVIL}",
        "/bron/werkplek",
    ):
        page = Page(client.get(path).text)
        assert EVIL in page.text
        assert all((s.get("src") or "").startswith("/static/") for s in page.all("script"))
        assert all(i.get("src") == "/static/logo.svg" for i in page.all("img"))


def test_an_unsafe_address_of_a_document_is_no_link(client: TestClient, answering: Any) -> None:
    answering.url = "javascript:alert(1)"
    page = get(client, "/", vraag="vraag")
    assert "javascript:" not in "".join(a["href"] or "" for a in page.all("a"))


def test_the_guide_for_developers_names_every_route(client: TestClient) -> None:
    page = get(client, "/docs")
    for path in client.get("/openapi.json").json()["paths"]:
        assert path.replace("document_id", "id") in page.text
    assert "/openapi.json" in [a["href"] for a in page.all("a")]


def test_earlier_questions_come_along_without_a_script(client: TestClient, answering: Any) -> None:
    address = "/?vraag=En+dan%3F&" + "&".join(f"eerder=vraag+{n}" for n in range(8))
    page = Page(client.get(address).text)
    assert answering.asked[0].history == tuple(f"vraag {n}" for n in range(2, 8))
    assert hidden(page, "eerder") == [*(f"vraag {n}" for n in range(3, 8)), "En dan?"]
    assert "Zo heb ik je vraag begrepen: En dan? (vraag 7)" in page.text


def test_a_citation_says_what_it_leads_to(client: TestClient) -> None:
    page = get(client, "/", vraag="vraag")
    labels = [a["aria-label"] for a in page.all("a") if a.get("class") == "cite"]
    assert labels[0] == "Bron 1: Leren op de werkplek, pagina 3"
    assert labels[3] == "Bron 4: Over de route"


def test_the_page_says_that_no_human_answers_and_what_is_kept(client: TestClient) -> None:
    page = get(client, "/")
    assert "Je praat met een automatische assistent, niet met een mens." in page.text
    assert "Je vraag wordt niet bewaard." in page.text


def test_starting_again_keeps_the_audience(client: TestClient) -> None:
    page = get(client, "/", vraag="vraag", doelgroep="hogeschool")
    assert "/?doelgroep=hogeschool" in [a["href"] for a in page.all("a")]
    checked = [r["value"] for r in page.all("input") if "checked" in r]
    assert checked == ["hogeschool"]


def test_an_unknown_audience_is_no_choice(client: TestClient, answering: Any) -> None:
    page = get(client, "/", vraag="vraag", doelgroep="onzin")
    assert answering.asked[0].audience is None
    assert [r for r in page.all("input") if "checked" in r] == []
    assert "onzin" not in "".join(a["href"] or "" for a in page.all("a") if a.get("data-vraag"))
