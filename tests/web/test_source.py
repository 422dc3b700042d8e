"""The page of a document: the passage in its place, whatever became of the document since."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from corpus.originals import Originals
from corpus.progress import no_progress
from corpus.readings import Readings
from corpus.settings import Settings
from corpus.types import Version
from ingest.page_pictures import PagePictures
from ingest.source import PartialMetadata, Source
from tests import pdfs
from tests.builders import SmallCorpus, make_source
from tests.web.conftest import FakeAnswering
from tests.web.test_pages import Page
from web.app import create_app
from web.source_view import Sources

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>"
PLAN = make_source(
    "plan.md",
    "# Het plan\n\n## Begin\n\nWe beginnen op tijd. Daarna eten we soep.\n\n"
    "## Kosten\n\nDit kost het:\n\n- soep kost een euro;\n- café kost twee euro.\n",
    url="https://voorbeeld.nl/plan",
    publisher="De School",
    published="2022-07-21",
    kind="handreiking",
)
FIRST, SECOND = pdfs.prose(38), pdfs.prose(38, 7)
FIRST[20] = "Hier staat precies wat er nodig is: een plan."
FIRST[-1] = "Hier begint een zin die op deze bladzijde niet"
SECOND[0] = "eindigt, maar op de volgende. Daarna komt er meer."
BOOK = Source(
    "boek.pdf",
    pdfs.pdf(pdfs.lines(*FIRST), pdfs.lines(*SECOND)),
    PartialMetadata(title="Het boek"),
)
Publish = Callable[..., list[Version]]


@pytest.fixture
def publish(small_corpus: SmallCorpus) -> Publish:
    """Publishes sources without an index: nothing is searched here."""
    ledger = small_corpus.ledger

    def ingest_and_publish(*sources: Source) -> list[Version]:
        found = small_corpus.pipeline.ingest(sources, no_progress)
        versions = [small_corpus.registry.version(one.version_id) for one in found]
        members = {**small_corpus.members(), **{v.document_id: v.id for v in versions}}
        made_way = [d for d, v in members.items() if _successor(small_corpus, v) in members]
        kept = [v for d, v in members.items() if d not in made_way]
        ledger.publish(ledger.begin_edition(kept, "woorden-1"), "ik", "publish", {})
        return versions

    return ingest_and_publish


def _successor(corpus: SmallCorpus, version_id: str) -> str | None:
    return corpus.registry.version(version_id).metadata.replaced_by


@pytest.fixture
def client(small_corpus: SmallCorpus) -> TestClient:
    settings = Settings(data_dir=small_corpus.data_dir)
    originals = Originals(small_corpus.registry.engine, small_corpus.data_dir)
    sources = Sources(
        reader=Readings(small_corpus.registry, small_corpus.ledger),
        keeper=originals,
        drawer=PagePictures(originals, settings),
    )
    return TestClient(create_app(FakeAnswering(), small_corpus.library, settings, sources=sources))


def link(version: Version, quote: str, *others: str) -> str:
    """The address that an answer gives to a source."""
    spans = [(version.text.index(each), version.text.index(each) + len(each)) for each in others]
    start = version.text.index(quote)
    also = "".join(f"&ook={first}-{last}" for first, last in spans)
    query = f"versie={version.id}&start={start}&end={start + len(quote)}{also}"
    return f"/bron/{version.document_id}?{query}"


def links(page: Page) -> list[str]:
    return [a["href"] or "" for a in page.all("a")]


def marked(text: str) -> list[str]:
    return [html.unescape(each) for each in re.findall(r"<mark[^>]*>(.*?)</mark>", text)]


# --- text ---------------------------------------------------------------------------------------


def test_the_words_are_marked_in_their_place(client: TestClient, publish: Publish) -> None:
    (version,) = publish(PLAN)
    response = client.get(link(version, "Daarna eten we soep."))
    page = Page(response.text)
    assert '<mark id="citaat">Daarna eten we soep.</mark>' in response.text
    assert [tag for tag, _ in page.elements if tag in ("h1", "h2", "h3")] == [
        "h1",
        "h2",
        "h3",
        "h3",
    ]
    assert "Handreiking, De School, 21 juli 2022." in page.text
    assert "https://voorbeeld.nl/plan" in links(page)
    assert page.all("link")[-1]["href"] == "/static/source.css"
    assert client.get("/static/source.css").status_code == 200


def test_a_quote_over_several_items_is_marked_whole_and_linked_once(
    client: TestClient, publish: Publish
) -> None:
    (version,) = publish(PLAN)
    start, end = version.text.index("Dit kost"), len(version.text)
    response = client.get(f"/bron/het-plan?versie={version.id}&start={start}&end={end}")
    assert marked(response.text) == ["Dit kost het:", "soep kost een euro;", "café kost twee euro."]
    assert response.text.count('id="citaat"') == 1


def test_from_one_place_of_an_answer_to_the_next(client: TestClient, publish: Publish) -> None:
    (version,) = publish(PLAN)
    quotes = ["We beginnen op tijd.", "Dit kost het:", "soep kost een euro;"]
    response = client.get(link(version, quotes[1], quotes[2], quotes[0]))
    assert marked(response.text) == quotes
    page = Page(response.text)
    assert "Aangehaalde plek 2 van 3" in page.text
    for rel, quote in (("prev", quotes[0]), ("next", quotes[2])):
        (first, *_) = [a["href"] or "" for a in page.all("a") if a.get("rel") == rel]
        there = client.get(first).text
        assert f'<mark id="citaat">{quote}</mark>' in there
        assert sorted(marked(there)) == sorted(quotes)


def test_what_a_reader_looks_for_is_found_without_case_and_accents(
    client: TestClient, publish: Publish
) -> None:
    publish(PLAN)
    response = client.get("/bron/het-plan", params={"zoek": "CAFE  kost"})
    assert marked(response.text) == ["café kost"]
    response = client.get("/bron/het-plan", params={"zoek": "soep", "treffer": 2})
    page = Page(response.text)
    assert "Plek 2 van 2 met “soep”" in page.text
    assert response.text.index('id="citaat"') > response.text.index('class="also"')
    assert page.all("input")[0]["value"] == "soep"
    nothing = Page(client.get("/bron/het-plan", params={"zoek": EVIL}).text)
    assert f"“{EVIL}” staat niet in dit document." in nothing.text
    assert client.get("/bron/het-plan?zoek=soep&treffer=99").status_code == 200


@pytest.mark.parametrize(
    "query",
    ["start=5&end=2", "start=0&end=999999", "ook=1-2-3&ook=x&ook=9-1", "ook=0-0&start=3&end=3"],
)
def test_a_place_that_is_none_marks_nothing(
    client: TestClient, publish: Publish, query: str
) -> None:
    publish(PLAN)
    response = client.get(f"/bron/het-plan?{query}")
    assert response.status_code == 200
    assert marked(response.text) == []


def test_markup_in_a_document_is_shown_as_text(client: TestClient, publish: Publish) -> None:
    safe = EVIL.replace("<", "&lt;").replace(">", "&gt;")
    publish(
        make_source(
            f"{EVIL[:20].replace('/', '')}.md",
            f"## Kop {safe}\n\nEen zin {safe} hier.\n\n- punt {safe}\n\n"
            f"| A | B |\n|---|---|\n| x {safe} | y |\n",
            title=f"Titel {EVIL}",
            publisher=EVIL,
            published="2022",
        )
    )
    (document,) = client.get("/api/documents").json()
    response = client.get(f"/bron/{document['id']}", params={"zoek": EVIL})
    page = Page(response.text)
    assert page.all("script") == []
    assert [image["src"] for image in page.all("img")] == ["/static/logo.svg"]
    assert page.text.count(EVIL) >= 7
    assert all("style" not in attributes for _, attributes in page.elements)


def test_when_a_document_counts_is_told(client: TestClient, publish: Publish) -> None:
    old = replace(PLAN.metadata, valid_from=date(2019, 1, 1), valid_until=date(2020, 12, 31))
    publish(replace(PLAN, metadata=old))
    page = Page(client.get("/bron/het-plan").text)
    assert "Geldig van 1 januari 2019 tot en met 31 december 2020." in page.text
    assert "Let op: dit document gold tot en met 31 december 2020." in page.text
    publish(replace(PLAN, metadata=replace(PLAN.metadata, valid_from=date(9000, 1, 1))))
    page = Page(client.get("/bron/het-plan").text)
    assert "Let op: dit document geldt pas vanaf 1 januari 9000." in page.text


# --- versions -----------------------------------------------------------------------------------


def test_the_link_of_an_answer_keeps_working_after_a_new_edition(
    client: TestClient, publish: Publish
) -> None:
    (old,) = publish(PLAN)
    address = link(old, "Daarna eten we soep.")
    publish(replace(PLAN, data=PLAN.data.replace(b"op tijd", b"veel later")))
    response = client.get(address)
    page = Page(response.text)
    assert marked(response.text) == ["Daarna eten we soep."]
    assert "We beginnen op tijd." in page.text
    assert "Er is een nieuwere versie van dit document." in page.text
    assert "In de nieuwere versie staat dezelfde zin." in page.text
    (newer,) = [each for each in links(page) if "start=" in each and old.id not in each]
    there = client.get(newer).text
    assert marked(there) == ["Daarna eten we soep."]
    assert "We beginnen veel later." in there
    assert "nieuwere versie" not in there
    changed = Page(client.get(link(old, "We beginnen op tijd.")).text)
    assert "In de nieuwere versie staat deze zin niet meer zo." in changed.text


def test_a_version_that_never_was_shows_the_one_of_now_unmarked(
    client: TestClient, publish: Publish
) -> None:
    publish(PLAN)
    response = client.get("/bron/het-plan?versie=0123456789abcdef&start=0&end=5")
    assert marked(response.text) == []
    assert "Dit document is vernieuwd sinds het antwoord is gegeven." in response.text


def test_what_is_withdrawn_is_gone(
    client: TestClient, publish: Publish, small_corpus: SmallCorpus
) -> None:
    (version, _) = publish(BOOK, PLAN)
    small_corpus.editions.withdraw(["het-boek"], "ik")
    for address in (
        link(version, "een plan."),
        "/bron/het-boek",
        f"/bron/het-boek/pagina/1.png?versie={version.id}",
        f"/bron/het-boek/origineel?versie={version.id}",
    ):
        response = client.get(address)
        assert response.status_code == 410
        assert "Dit document is ingetrokken." in Page(response.text).text
        assert "precies" not in response.text
    assert client.get("/bron/onbekend").status_code == 404


def test_a_document_that_made_way_leads_to_its_successor(
    client: TestClient, publish: Publish
) -> None:
    (old,) = publish(replace(PLAN, metadata=replace(PLAN.metadata, replaced_by="nieuw")))
    publish(make_source("nieuw.md", "# Nieuw\n\nDit is het nieuwe plan.\n"))
    page = Page(client.get(link(old, "Daarna eten we soep.")).text)
    assert "Routewijzer geeft geen antwoord meer uit dit document." in page.text
    assert "/bron/nieuw" in {each.partition("?")[0] for each in links(page)}


# --- pages of a PDF -----------------------------------------------------------------------------


def rectangles(page: Page) -> list[dict[str, str | None]]:
    return page.all("rect")


def percent(rectangle: dict[str, str | None], side: str) -> float:
    return float((rectangle[side] or "").removesuffix("%"))


def test_a_pdf_shows_the_page_with_the_words_marked(client: TestClient, publish: Publish) -> None:
    (version,) = publish(BOOK)
    quote = "Hier staat precies wat er nodig is: een plan."
    page = Page(client.get(link(version, quote)).text)
    (picture,) = [image for image in page.all("img") if "pagina" in (image["src"] or "")]
    assert picture["alt"] == "Plaatje van pagina 1. De tekst staat eronder."
    assert (picture["width"], picture["height"]) == ("1000", "1414")
    (mark,) = rectangles(page)
    assert mark["id"] == "citaat"
    assert percent(mark, "x") == pytest.approx(100 * 72 / 595.28, abs=0.3)
    baseline = 841.89 - (770 - 20 * 11 * 1.3)
    top, high = percent(mark, "y") * 8.4189, percent(mark, "height") * 8.4189
    assert top < baseline - 7
    assert baseline < top + high < baseline + 5
    assert "Pagina 1 van 2" in page.text
    assert page.ids().count("citaat") == 1
    shown = client.get(picture["src"] or "")
    assert shown.headers["content-type"] == "image/png"
    assert "immutable" in shown.headers["cache-control"]
    tag = {"If-None-Match": shown.headers["etag"]}
    assert client.get(picture["src"] or "", headers=tag).status_code == 304


def test_a_quote_over_two_pages_shows_both(client: TestClient, publish: Publish) -> None:
    (version,) = publish(BOOK)
    quote = "Hier begint een zin die op deze bladzijde niet eindigt, maar op de volgende."
    page = Page(client.get(link(version, quote)).text)
    assert "Pagina 1 tot en met 2 van 2" in page.text
    assert len(rectangles(page)) == 2
    assert page.ids().count("citaat") == 1


def test_page_by_page_and_all_of_it_as_text(client: TestClient, publish: Publish) -> None:
    (version,) = publish(BOOK)
    page = Page(client.get("/bron/het-boek").text)
    assert "Pagina 1 van 2" in page.text
    (further, *_) = [a["href"] or "" for a in page.all("a") if a.get("rel") == "next"]
    second = Page(client.get(further).text)
    assert "Pagina 2 van 2" in second.text
    assert "eindigt, maar op de volgende." in second.text
    assert "precies wat er nodig is" not in second.text
    (whole,) = [each for each in links(page) if "weergave=tekst" in each]
    text = Page(client.get(whole).text)
    assert "precies wat er nodig is" in text.text
    assert "eindigt, maar op de volgende." in text.text
    assert [image["src"] for image in text.all("img")] == ["/static/logo.svg"]
    found = Page(client.get("/bron/het-boek?zoek=daarna komt").text)
    assert "Pagina 2 van 2" in found.text
    assert len(rectangles(found)) == 1
    assert version.id in found.all("input")[1]["value"]  # type: ignore[operator]


def test_a_page_that_is_not_there(client: TestClient, publish: Publish) -> None:
    (version, _) = publish(BOOK, PLAN)
    response = client.get(f"/bron/het-boek?versie={version.id}&pagina=7")
    assert response.status_code == 200
    assert "heeft geen pagina 7" in response.text
    for address in (
        f"/bron/het-boek/pagina/7.png?versie={version.id}",
        "/bron/het-boek/pagina/1.png?versie=0123456789abcdef",
        "/bron/het-plan/pagina/1.png",
    ):
        assert client.get(address).status_code == 404


def test_a_damaged_original_still_leaves_the_text(
    client: TestClient, publish: Publish, small_corpus: SmallCorpus
) -> None:
    (version,) = publish(BOOK)
    (file,) = [p for p in (small_corpus.data_dir / "originals").rglob("*") if p.is_file()]
    file.write_bytes(file.read_bytes()[::-1])
    quote = "Hier staat precies wat er nodig is: een plan."
    response = client.get(link(version, quote))
    assert response.status_code == 200
    assert "boek.pdf is beschadigd." in response.text
    assert f'<mark id="citaat">{quote}</mark>' in response.text


def test_words_that_are_not_on_the_picture_are_said_to_be_so(
    client: TestClient, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.pdf.located import NOWHERE

    (version,) = publish(BOOK)
    monkeypatch.setattr("web.source_pages.locate", lambda *_: NOWHERE)
    response = client.get(link(version, "een plan."))
    assert "De woorden zijn op het plaatje niet te vinden." in response.text
    assert '<mark id="citaat">een plan.</mark>' in response.text
    assert rectangles(Page(response.text)) == []


# --- the original -------------------------------------------------------------------------------


def test_the_original_may_only_be_had_where_that_is_allowed(
    client: TestClient, publish: Publish
) -> None:
    publish(PLAN)
    assert "/origineel" not in client.get("/bron/het-plan").text
    refused = client.get("/bron/het-plan/origineel")
    assert refused.status_code == 403
    assert "niet te downloaden" in Page(refused.text).text
    free = replace(PLAN, name='pl"an\n é.md', metadata=replace(PLAN.metadata, downloadable=True))
    publish(free)
    page = Page(client.get("/bron/het-plan").text)
    (address,) = [each for each in links(page) if "/origineel" in each]
    response = client.get(address)
    assert response.content == PLAN.data
    assert response.headers["content-disposition"].startswith("attachment; filename*=UTF-8''pl%22")
    assert unquote(response.headers["content-disposition"]).endswith(free.name)
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-security-policy"] == "sandbox; default-src 'none'"


def test_in_english_the_document_stays_dutch(client: TestClient, publish: Publish) -> None:
    publish(PLAN)
    page = Page(client.get("/bron/het-plan?taal=en").text)
    assert page.all("html") == [{"lang": "en"}]
    (document,) = [d for d in page.all("div") if d.get("class") == "document"]
    assert document["lang"] == "nl"
    assert "Search in this document" in page.text
    assert "Guide, De School, 21 July 2022." in page.text
