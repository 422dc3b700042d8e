"""Adding documents from a page: what came of each file is told, and nothing is left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.dutch import DutchAnalyser
from tests.office import make_docx, paragraph, zipped
from tests.pdfs import book, encrypted
from tests.web.staff.conftest import BIKES, words_of
from tests.web.staff.shop import ADD, DOCUMENTS, SOUP, Shop, open_shop, open_to_website, web_page
from tests.website import HOME, Page, website
from web.staff.sending import file_name

SCOOTER = b"# Brommers\n\n## Prijs\n\nEen brommer kost 900 euro. De helm kost 80 euro.\n"
JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("toevoegen")
    with open_shop(folder, analyser, max_file_mb=1, max_zip_mb=2) as opened:
        yield opened


@pytest.fixture
def shop(opened: Shop) -> Iterator[Shop]:
    yield opened
    opened.clear()


def uploads(shop: Shop) -> list[Path]:
    return list((shop.parts.settings.data_dir / "uploads").rglob("*"))


def test_a_file_becomes_a_draft_that_can_be_looked_at(shop: Shop) -> None:
    told = shop.add(("brommers.md", SCOOTER))
    assert "brommers.md: nieuw, 1 passage." in told
    assert 'href="/beheer/documenten/brommers/inlezing"' in told
    assert "Een brommer kost 900 euro." in shop.page(f"{DOCUMENTS}/brommers/inlezing")
    assert shop.parts.registry.drafts().keys() == {"brommers"}
    assert shop.parts.ledger.current() == 1  # readers see nothing of it
    act = shop.parts.ledger.history()[0]
    assert (act.who, act.action, act.detail["added"]) == ("bea", "ingest", ["brommers"])
    assert uploads(shop) == []


def test_of_many_files_the_bad_ones_are_told_and_the_good_ones_read(shop: Shop) -> None:
    told = shop.add(
        ("brommers.md", SCOOTER),
        ("leeg.txt", b""),
        ("foto.pdf", b"\x89PNG\r\n\x1a\n" + bytes(90)),
        ("kapot.pdf", book(2)[:1500]),
        ("slot.pdf", encrypted(book(1), "geheim")),
        ("rekenblad.xlsx", b"PK"),
        ("groot.txt", b"woord " * 200_000),
        ("brief.docx", make_docx(paragraph("Een brief aan het bedrijf over de fiets."))),
        ("oud.md", BIKES.encode()),
    )
    lines = words_of(told)
    assert "brommers.md: nieuw" in lines
    assert "brief.docx: nieuw" in lines
    assert "oud.md: nieuwe versie" in lines
    for said in (
        "Niet gelukt: leeg.txt is leeg.",
        "Niet gelukt: foto.pdf lijkt een PNG-afbeelding",
        "Niet gelukt: kapot.pdf is niet volledig",
        "Niet gelukt: slot.pdf is beveiligd met een wachtwoord",
        "Niet gelukt: rekenblad.xlsx is niet te lezen",
        "Niet gelukt: groot.txt is te groot (1.2 MB)",
    ):
        assert said in lines
    assert shop.parts.registry.drafts().keys() == {"brommers", "brief", "leenfietsen"}
    assert uploads(shop) == []


def test_a_single_bad_file_is_a_job_that_failed(shop: Shop) -> None:
    told = shop.add(("leeg.txt", b""))
    assert "Niet gelukt." in told
    assert "leeg.txt is leeg. Geef een bestand met tekst." in told
    assert uploads(shop) == []


def test_all_bad_is_a_job_that_failed(shop: Shop) -> None:
    told = shop.add(("leeg.txt", b""), ("ook.txt", b""))
    assert "notice-error" in told
    assert "leeg.txt is leeg" in told
    assert "ook.txt is leeg" in told


def test_two_documents_with_one_title_do_not_take_each_others_place(shop: Shop) -> None:
    other = SCOOTER.replace(b"900", b"950")
    told = words_of(shop.add(("een.md", SCOOTER), ("twee.md", other)))
    assert "een.md: nieuw" in told
    assert "twee.md en een.md krijgen allebei het id &#39;brommers&#39;" in told


def test_nor_when_they_are_sent_one_by_one(shop: Shop) -> None:
    pile = "ab" * 16
    shop.add(("een.md", SCOOTER), stapel=pile)
    told = shop.add(("twee.md", SCOOTER.replace(b"900", b"950")), stapel=pile)
    assert "krijgen allebei het id" in told
    told = shop.add(("twee.md", SCOOTER.replace(b"900", b"950")), stapel="cd" * 16)
    assert "twee.md: nieuwe versie" in told  # another time it is meant


def test_a_zip_is_taken_apart(shop: Shop) -> None:
    told = shop.add(("map.zip", zipped({"a/brommers.md": SCOOTER, "b/.DS_Store": b"x"})))
    assert "map.zip/a/brommers.md: nieuw" in told
    assert "Let op: " in told  # of what was left out


def test_a_manifest_says_what_the_files_beside_it_are(shop: Shop) -> None:
    manifest = b'[[document]]\nfile = "b.md"\ntitle = "Op de brommer"\nkind = "brochure"\n'
    told = shop.add(("manifest.toml", manifest), ("b.md", SCOOTER))
    assert "b.md: nieuw" in told
    draft = shop.parts.registry.version(shop.parts.registry.drafts()["op-de-brommer"])
    assert draft.metadata.kind == "brochure"
    told = shop.add(("manifest.toml", manifest), ("ander.md", SCOOTER))
    assert "bestand &#39;b.md&#39; (sleutel &#39;file&#39;) bestaat niet" in told


def test_metadata_is_given_with_the_file(shop: Shop) -> None:
    shop.add(
        ("b.md", SCOOTER),
        titel="Op de brommer",
        soort="brochure",
        doelgroep=["bedrijf", "beleid"],
        uitgever="School",
        webadres="https://voorbeeld.nl/b",
        datum="2024-05",
        geldig_tot="2030-01-31",
        downloaden="ja",
    )
    m = shop.parts.registry.version(shop.parts.registry.drafts()["op-de-brommer"]).metadata
    assert (m.title, m.kind, m.audiences) == ("Op de brommer", "brochure", ("bedrijf", "beleid"))
    assert (m.publisher, m.url, m.published) == ("School", "https://voorbeeld.nl/b", "2024-05")
    assert (str(m.valid_until), m.downloadable) == ("2030-01-31", True)


def test_a_new_version_of_a_document_keeps_what_was_known(shop: Shop) -> None:
    form = shop.page(f"{ADD}?document=leenfietsen")
    assert 'value="Leenfietsen"' in form
    assert '<input type="hidden" name="id" value="leenfietsen">' in form
    assert '<option value="handreiking" selected>' in form
    shop.add(("anders.md", SCOOTER), id="leenfietsen", titel="Leenfietsen")
    assert shop.parts.registry.drafts().keys() == {"leenfietsen"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Kies eerst een of meer bestanden, of vul een webadres in."),
        ({"adres": "ftp://x"}, "&#39;Webadres&#39; is ongeldig"),
        ({"datum": "gisteren"}, "Kies eerst"),
    ],
)
def test_what_is_wrong_with_the_form_is_told_in_the_form(
    shop: Shop, fields: dict[str, str], said: str
) -> None:
    refused = shop.post(ADD, **fields)
    assert refused.status_code == 400
    assert said in refused.text
    assert "Documenten toevoegen" in refused.text


def test_a_wrong_field_is_named_as_on_the_page_and_the_rest_stays_filled(shop: Shop) -> None:
    refused = shop.post(ADD, ("b.md", SCOOTER), datum="gisteren", uitgever="School")
    assert refused.status_code == 400
    assert "&#39;Datum&#39; is ongeldig (&#39;gisteren&#39;): schrijf 2021" in refused.text
    assert 'value="School"' in refused.text
    refused = shop.post(ADD, ("b.md", SCOOTER), adres="https://voorbeeld.nl/")
    assert "niet allebei tegelijk" in refused.text


def test_a_title_does_not_go_with_several_files(shop: Shop) -> None:
    told = shop.add(("b.md", SCOOTER), ("s.md", SOUP.encode()), titel="Alles")
    assert "Een titel of id past bij één bestand, maar je koos er 2." in told
    assert shop.parts.registry.drafts() == {}


def test_the_script_of_the_page_gets_json(shop: Shop) -> None:
    headers = {**JSON, "X-Form-Token": shop.token}
    files = {"bestanden": ("b.md", SCOOTER)}
    sent = shop.client.post(ADD, files=files, headers=headers)
    assert sent.status_code == 202
    assert "b.md: nieuw" in shop.ended(sent.json()["address"])
    refused = shop.client.post(ADD, data={"titel": "x"}, headers=headers)
    assert (refused.status_code, refused.json()["error"][:10]) == (400, "Kies eerst")
    refused = shop.client.post(ADD, files=files, headers={**JSON, "X-Form-Token": "geraden"})
    assert refused.status_code == 403
    assert refused.json()["error"].startswith("Dit formulier is verlopen")


def test_more_than_may_be_sent_is_refused_in_own_words(shop: Shop) -> None:
    much = b"woord " * 600_000
    refused = shop.post(ADD, ("a.txt", much))
    assert refused.status_code == 413
    assert "Dit is samen te groot om in één keer te sturen (4 MB)." in refused.text
    headers = {**JSON, "X-Form-Token": shop.token}
    refused = shop.client.post(ADD, files={"bestanden": ("a.txt", much)}, headers=headers)
    assert refused.status_code == 413
    assert refused.json()["error"].startswith("Dit is samen te groot")


def test_a_name_with_markup_is_shown_as_text(shop: Shop) -> None:
    name = "<img src=x onerror=alert(1)>.md"
    told = shop.add((name, SCOOTER))
    assert "<img" not in told
    assert "&lt;img src=x onerror=alert(1)&gt;.md: nieuw" in told


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("C:\\Mijn documenten\\plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("..", ".."),
        ("", "naamloos"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_of_a_name_the_last_part_is_kept(sent: str, name: str) -> None:
    assert file_name(sent) == name


@pytest.mark.allow_hosts([HOME])
def test_a_page_is_fetched_and_fetched_again(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    open_to_website(monkeypatch)
    with website() as site:
        site.pages["/fiets"] = Page(web_page("Op de fiets"), etag='"1"')
        told = shop.add(adres=site.url("/fiets"), soort="brochure")
        assert "nieuw" in told
        assert "/beheer/documenten/op-de-fiets/inlezing" in told
        shown = shop.page(f"{DOCUMENTS}/op-de-fiets")
        assert "nagekeken op" in shown
        assert f"{DOCUMENTS}/op-de-fiets/ophalen" in shown
        told = shop.done(shop.post(f"{DOCUMENTS}/op-de-fiets/ophalen"))
        assert "is niet veranderd." in told
        site.pages["/fiets"] = Page(web_page("Op de fiets", 475), etag='"2"')
        told = shop.done(shop.post(f"{DOCUMENTS}/op-de-fiets/ophalen"))
        assert "nieuwe versie" in told
        draft = shop.parts.registry.version(shop.parts.registry.drafts()["op-de-fiets"])
        assert "475 euro" in draft.text
        assert draft.metadata.kind == "brochure"
        del site.pages["/fiets"]
        told = shop.done(shop.post(f"{DOCUMENTS}/op-de-fiets/ophalen"))
        assert "bestaat niet (404)" in told


def test_a_page_on_this_machine_is_not_fetched(shop: Shop) -> None:
    told = shop.add(adres="http://127.0.0.1:9/geheim")
    assert "notice-error" in told
    assert shop.parts.registry.drafts() == {}
