"""The list of documents and the page of each: what is there is told, and what staff do happens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.dutch import DutchAnalyser
from tests.pdfs import book
from tests.web.staff.conftest import BIKES, SCRIPT, words_of
from tests.web.staff.shop import DOCUMENTS, SOUP, Shop, open_shop

MORE = BIKES.replace("450", "475").encode()
WHOLE = {"titel": "Leenfietsen", "soort": "handreiking", "doelgroep": ["bedrijf"]}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser) -> Iterator[Shop]:
    with open_shop(tmp_path_factory.mktemp("documenten"), analyser) as opened:
        yield opened


@pytest.fixture
def shop(opened: Shop) -> Iterator[Shop]:
    yield opened
    opened.clear()


def listed(page: str) -> list[str]:
    """Ids of the documents in a list, in their order."""
    rows = page.partition("<tbody>")[2].split('<td><a href="/beheer/documenten/')[1:]
    return [row.partition('"')[0] for row in rows]


# --- the list ----------------------------------------------------------------------------------


def test_the_list_tells_how_each_stands(shop: Shop) -> None:
    shop.add(("f.md", MORE), id="leenfietsen")
    shop.add(("b.md", b"# Brommers\n\nEen brommer kost 900 euro per jaar.\n"))
    page = shop.page(DOCUMENTS)
    assert listed(page) == ["brommers", "leenfietsen", "soep-van-de-dag"]
    words = words_of(page)
    assert "2 concepten wachten op publiceren" in words
    assert (
        "Leenfietsen leenfietsen handreiking iedereen 21 juli 2022 gepubliceerd concept wacht"
        in words
    )
    assert "Brommers brommers programmapagina iedereen onbekend concept" in words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("staat=draft", ["brommers"]),
        ("staat=published", ["leenfietsen", "soep-van-de-dag"]),
        ("staat=withdrawn", []),
        ("staat=expired", ["brommers"]),
        ("staat=onzin", ["brommers", "leenfietsen", "soep-van-de-dag"]),
        ("soort=handreiking", ["leenfietsen"]),
        ("zoek=SOEP+dag", ["soep-van-de-dag"]),
        ("zoek=school", ["brommers"]),
        ("zoek=zebra", []),
        ("sorteer=passages&af=1", ["leenfietsen", "soep-van-de-dag", "brommers"]),
        ("sorteer=datum&af=1", ["leenfietsen", "brommers", "soep-van-de-dag"]),
        ("sorteer=letop", ["leenfietsen", "brommers", "soep-van-de-dag"]),
        ("sorteer=onzin", ["brommers", "leenfietsen", "soep-van-de-dag"]),
    ],
)
def test_it_can_be_searched_and_sorted(shop: Shop, query: str, found: list[str]) -> None:
    text = b"# Brommers\n\nEen brommer kost 900 euro per jaar.\n"
    shop.add(("b.md", text), datum="2020", geldig_tot="2021-01-01", uitgever="School")
    page = shop.page(f"{DOCUMENTS}?{query}")
    assert listed(page) == found
    assert f"{len(found)} van 3 documenten" in page


def test_a_document_past_its_date_is_marked(shop: Shop) -> None:
    text = b"# Brommers\n\nEen brommer kost 900 euro per jaar.\n"
    shop.add(("b.md", text), geldig_tot="2021-01-01")
    assert '<span class="state state-expired">verlopen</span>' in shop.page(DOCUMENTS)
    assert "voorbij: het wordt niet meer geciteerd" in shop.page(f"{DOCUMENTS}/brommers")


def test_what_answers_cite_is_counted(shop: Shop) -> None:
    asked = shop.client.post("/api/chat", json={"question": "Hoeveel kost een leenfiets per jaar?"})
    cited = [c["document_id"] for c in asked.json()["citations"]]
    assert "leenfietsen" in cited
    words = words_of(shop.page(f"{DOCUMENTS}/leenfietsen"))
    assert f"Geciteerd {cited.count('leenfietsen')} keer" in words
    assert "Hoeveel kost een leenfiets?" in words.partition("Waar het wordt geciteerd")[2]
    assert "Nog geen antwoord verwees naar dit document." in shop.page(
        f"{DOCUMENTS}/soep-van-de-dag"
    )


# --- one document ------------------------------------------------------------------------------


def test_the_page_tells_what_is_known(shop: Shop) -> None:
    words = words_of(shop.page(f"{DOCUMENTS}/leenfietsen"))
    for said in ("Id leenfietsen", "Soort handreiking", "Datum 21 juli 2022", "Bestand fietsen.md"):
        assert said in words
    assert "lezers zien deze fietsen.md 1 inlezing" in words
    page = shop.page(f"{DOCUMENTS}/leenfietsen")
    assert 'href="/beheer/intrekken/leenfietsen"' in page
    assert "concept/weg" not in page


def test_what_stands_in_another_document_as_well_is_told(
    tmp_path: Path, analyser: DutchAnalyser
) -> None:
    with open_shop(tmp_path, analyser) as shop:
        same = "# Eten\n\n## Soep\n\nAnna kookt elke dag soep voor de kantine.\n"
        shop.add(("eten.md", same.encode()))
        shop.parts.editions.stage("bea")
        page = shop.page(f"{DOCUMENTS}/eten")
        assert "woord voor woord in" in words_of(page)
        assert '<a href="/beheer/documenten/soep-van-de-dag">Soep van de dag</a>' in page


def test_withdrawn_and_superseded_documents_are_told(
    tmp_path: Path, analyser: DutchAnalyser
) -> None:
    with open_shop(tmp_path, analyser) as shop:
        shop.add(("b.md", b"# Brommers\n\nEen brommer kost 900 euro.\n"))
        shop.done(
            shop.post(f"{DOCUMENTS}/leenfietsen/gegevens", **WHOLE, vervangen_door="brommers")
        )
        shop.parts.editions.publish("bea")
        shop.parts.editions.withdraw(["soep-van-de-dag"], "bea")
        assert listed(shop.page(f"{DOCUMENTS}?staat=withdrawn")) == ["soep-van-de-dag"]
        assert listed(shop.page(f"{DOCUMENTS}?staat=outside")) == ["leenfietsen"]
        page = shop.page(f"{DOCUMENTS}/leenfietsen")
        assert "heeft plaatsgemaakt" in page
        assert '<a href="/beheer/documenten/brommers">brommers</a>' in page
        page = shop.page(f"{DOCUMENTS}/soep-van-de-dag")
        assert "Dit document is ingetrokken." in page
        assert "/gegevens" not in page
        refused = shop.post(f"{DOCUMENTS}/soep-van-de-dag/gegevens", **WHOLE)
        assert refused.status_code == 400
        assert "is ingetrokken" in refused.text
        assert shop.parts.registry.withdrawn() == {"soep-van-de-dag"}


@pytest.mark.parametrize(
    "path", ["", "/inlezing", "/verschil", "/gegevens", "/blad/1.png", "/inlezing?versie=x"]
)
def test_an_unknown_document_is_not_found(shop: Shop, path: str) -> None:
    response = shop.get(f"{DOCUMENTS}/zebra{path}")
    assert response.status_code == 404
    assert "Er is geen document &#39;zebra&#39;" in response.text


def test_a_draft_can_be_thrown_away(shop: Shop) -> None:
    shop.add(("f.md", MORE), id="leenfietsen")
    assert "concept/weg" in shop.page(f"{DOCUMENTS}/leenfietsen")
    gone = shop.post(f"{DOCUMENTS}/leenfietsen/concept/weg")
    assert (gone.status_code, gone.headers["location"]) == (303, f"{DOCUMENTS}/leenfietsen")
    assert shop.parts.registry.drafts() == {}
    assert shop.post(f"{DOCUMENTS}/leenfietsen/concept/weg").status_code == 400
    shop.add(("b.md", b"# Brommers\n\nEen brommer kost 900 euro per jaar.\n"))
    gone = shop.post(f"{DOCUMENTS}/brommers/concept/weg")
    assert gone.headers["location"] == DOCUMENTS  # nothing is left of it
    assert shop.get(f"{DOCUMENTS}/brommers").status_code == 404
    assert shop.parts.ledger.history()[0].who == "bea"


def test_what_is_not_from_the_web_cannot_be_fetched_again(shop: Shop) -> None:
    refused = shop.post(f"{DOCUMENTS}/leenfietsen/ophalen")
    assert refused.status_code == 400
    assert "is niet van het web gehaald" in refused.text


# --- what is known of it -----------------------------------------------------------------------


def test_other_metadata_makes_a_draft(shop: Shop) -> None:
    form = shop.page(f"{DOCUMENTS}/leenfietsen/gegevens")
    assert 'value="Leenfietsen"' in form
    assert 'value="2022-07-21"' in form
    told = shop.done(
        shop.post(f"{DOCUMENTS}/leenfietsen/gegevens", **WHOLE, datum="2023", uitgever=SCRIPT)
    )
    assert "staat klaar als concept" in told
    page = shop.page(f"{DOCUMENTS}/leenfietsen")
    assert "Er wacht een concept." in page
    draft = shop.parts.registry.version(shop.parts.registry.drafts()["leenfietsen"])
    assert (draft.metadata.published, draft.metadata.publisher) == ("2023", SCRIPT)
    assert SCRIPT not in shop.page(f"{DOCUMENTS}/leenfietsen/gegevens")  # it is escaped
    assert "De gegevens van het document" in shop.page(f"{DOCUMENTS}/leenfietsen/verschil")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"titel": " "}, "Nog niet ingevuld: Titel."),
        ({"doelgroep": []}, "Nog niet ingevuld: Voor wie."),
        ({"soort": "roman"}, "&#39;Soort&#39; is ongeldig (&#39;roman&#39;): kies een van"),
        ({"vervangen_door": "Geen Id"}, "&#39;Vervangen door&#39; is ongeldig"),
        ({"webadres": "javascript:alert(1)"}, "&#39;Webadres&#39; is ongeldig"),
        (
            {"geldig_vanaf": "2026-02-01", "geldig_tot": "2026-01-01"},
            "&#39;Geldig tot en met&#39; (2026-01-01) ligt voor &#39;Geldig vanaf&#39;",
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_changes(
    shop: Shop, changed: dict[str, object], said: str
) -> None:
    refused = shop.post(f"{DOCUMENTS}/leenfietsen/gegevens", **{**WHOLE, **changed})
    assert refused.status_code == 400
    assert said in refused.text
    assert shop.parts.registry.drafts() == {}


def test_a_document_that_would_replace_itself_is_refused(shop: Shop) -> None:
    started = shop.post(f"{DOCUMENTS}/leenfietsen/gegevens", **WHOLE, vervangen_door="leenfietsen")
    assert "noemt zichzelf als opvolger" in shop.done(started)
    assert shop.parts.registry.drafts() == {}


# --- what was read -----------------------------------------------------------------------------


def test_the_preview_shows_outline_passages_and_sentences(shop: Shop) -> None:
    page = shop.page(f"{DOCUMENTS}/leenfietsen/inlezing")
    words = words_of(page)
    assert "Inhoud: 2 koppen, 2 passages" in words
    assert 'href="/beheer/documenten/leenfietsen/inlezing?versie=' in page
    assert "<li>De verzekering zit erbij in.</li>" in page
    assert "Bij het lezen viel niets op." in words
    assert "<img" not in page.partition("<main")[2]


def test_warnings_stand_above_it(shop: Shop) -> None:
    shop.add(("b.md", b"# Brommers\n\nEen brommer kost 900 euro.\n"))
    assert "Weinig tekst" in shop.page(f"{DOCUMENTS}/brommers/inlezing")


def test_the_pages_of_a_pdf_stand_beside_its_passages(shop: Shop) -> None:
    shop.add(("boek.pdf", book(3)), titel="Boek")
    page = shop.page(f"{DOCUMENTS}/boek/inlezing")
    address = page.partition('<img src="/beheer')[2].partition('"')[0]
    assert address.startswith("/documenten/boek/blad/1.png?versie=")
    picture = shop.get(f"/beheer{address}")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
    assert picture.content.startswith(b"\x89PNG")
    assert shop.get(f"{DOCUMENTS}/boek/blad/99.png").status_code == 400
    assert shop.get(f"{DOCUMENTS}/leenfietsen/blad/1.png").status_code == 404


def test_a_long_document_is_shown_in_parts(shop: Shop) -> None:
    text = "# Lijst\n\n" + "".join(
        f"## Kop {n}\n\nHier staat zin {n} van alle.\n\n" for n in range(90)
    )
    shop.add(("lijst.md", text.encode()))
    first = shop.page(f"{DOCUMENTS}/lijst/inlezing")
    assert "Passage 1 tot en met 40 van 90" in first
    assert 'rel="prev"' not in first
    last = shop.page(f"{DOCUMENTS}/lijst/inlezing?vanaf=85")
    assert "Passage 81 tot en met 90 van 90" in last
    assert 'id="passage-85"' in last
    assert 'rel="next"' not in last
    assert "Passage 81 tot en met 90" in shop.page(f"{DOCUMENTS}/lijst/inlezing?vanaf=9999")
    assert "Passage 1 tot en met 40" in shop.page(f"{DOCUMENTS}/lijst/inlezing?vanaf=-5")


def test_the_difference_with_what_readers_see(shop: Shop) -> None:
    shop.add(("f.md", MORE + b"\n## Nieuw\n\nOp maandag is de stalling open.\n"), id="leenfietsen")
    page = shop.page(f"{DOCUMENTS}/leenfietsen/verschil")
    assert "<del>450</del><ins>475</ins>" in page
    assert "Nieuw 1 Veranderd 1 Weg 0 Hetzelfde 1" in words_of(page)
    assert "<ins>## Nieuw" not in page
    first = shop.page(f"{DOCUMENTS}/soep-van-de-dag/verschil")
    assert "er geen eerdere versie" in first


def test_markup_from_a_document_is_text(shop: Shop) -> None:
    hostile = f"# Kwaad {SCRIPT}\n\n## Kop\n\nEen zin met `{SCRIPT}` erin.\n"
    shop.add(("kwaad.md", hostile.encode()), titel=f"Kwaad {SCRIPT}", id="kwaad")
    for path in (
        "",
        "?zoek=kwaad",
        "/kwaad",
        "/kwaad/inlezing",
        "/kwaad/gegevens",
        "/kwaad/verschil",
    ):
        page = shop.page(f"{DOCUMENTS}{path}")
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_soup_is_as_it_was(shop: Shop) -> None:
    shop.add(("soep.md", SOUP.encode()))
    assert shop.parts.registry.drafts() == {}  # the same file changes nothing


def test_pictures_of_pages_go_with_the_draft(shop: Shop) -> None:
    shop.add(("boek.pdf", book(2)), titel="Boek")
    assert shop.get(f"{DOCUMENTS}/boek/blad/1.png").status_code == 200
    pages = shop.parts.settings.data_dir / "pages"
    assert list(pages.rglob("*.png")) != []
    shop.post(f"{DOCUMENTS}/boek/concept/weg")
    assert list(pages.rglob("*.png")) == []
