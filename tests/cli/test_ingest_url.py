"""`ingest --url`: a page from the web, from a website on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.parts import Parts
from corpus.origins import Origin, Origins
from corpus.settings import Settings
from ingest.arrive.fetch import Fetcher
from tests.cli.conftest import BIKES, Cli, refused
from tests.website import HOME, Page, Website, addresses, website

pytestmark = pytest.mark.allow_hosts([HOME])


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Website]:
    open_to_website(monkeypatch)
    with website() as found:
        found.pages["/fiets"] = Page(page("Op de fiets"), etag='"1"')
        yield found


def open_to_website(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command line fetch from the website, too, and not wait between two pages."""

    def fetcher(_addresses: object, **options: Any) -> Fetcher:
        return Fetcher(addresses(), pause=0, **options)

    monkeypatch.setattr("ingest.arrive.fetch.Fetcher", fetcher)


def page(title: str, price: int = 450) -> bytes:
    """A web page about bicycles, with a menu around it."""
    return f"""<!DOCTYPE html><html lang="nl"><head><title>{title}</title></head><body>
    <nav><ul><li><a href="/">Home</a></li><li><a href="/contact">Contact</a></li></ul></nav>
    <main><h1>{title}</h1><h2>Wat is een leenfiets?</h2>
    <p>Een leenfiets is een fiets die het bedrijf aan een student uitleent. De student betaalt
    er niets voor en brengt de fiets na de opleiding terug.</p>
    <h2>Hoeveel kost een leenfiets?</h2>
    <p>Het bedrijf betaalt {price} euro per leenfiets. De verzekering kost 30 euro per jaar.</p>
    </main></body></html>""".encode()


def origins(data_dir: Path) -> dict[str, Origin]:
    parts = Parts(Settings(data_dir=data_dir))
    found = Origins(parts.registry.engine).all()
    parts.registry.engine.dispose()
    return found


def test_a_page_is_fetched_and_published(cli: Cli, site: Website, data_dir: Path) -> None:
    ran = cli("ingest", "--url", site.url("/fiets#prijs"), "--publish")
    assert (ran.code, ran.err.splitlines()[0]) == (0, "Pagina ophalen: 1 van 1")
    assert "op-de-fiets: nieuw (" in ran.out
    assert "Editie 1 gepubliceerd.\n  nieuw: op-de-fiets\n" in ran.out
    facts = cli("corpus", "show", "op-de-fiets", "--json").json
    assert (facts["url"], facts["source"]) == (site.url("/fiets"), "fiets.html")
    text = cli("corpus", "text", "op-de-fiets").out
    assert "450 euro" in text
    answer = cli("ask", "Wat is een leenfiets?", "--json").json
    assert {c["url"] for c in answer["citations"]} == {site.url("/fiets")}
    (origin,) = origins(data_dir).values()
    assert (origin.document_id, origin.etag) == ("op-de-fiets", '"1"')
    agent = site.asked[-1][1]["user-agent"]
    assert agent.startswith("Routewijzer/")
    assert "[" not in agent  # the contact is not filled in


def test_options_hold_for_a_page_and_are_remembered(
    cli: Cli, site: Website, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROUTEWIJZER_CONTACT", "redactie@voorbeeld.nl")
    site.pages["/oud"] = Page(status=301, headers={"Location": "/fiets"})
    options = ["--title", "Fietsen", "--kind", "brochure", "--audience", "bedrijf"]
    options += ["--published", "2022-07", "--valid-until", "2099-12-31", "--id", "mijn-fiets"]
    assert cli("ingest", "--url", site.url("/oud"), *options).code == 0
    facts = cli("corpus", "show", "mijn-fiets", "--json").json
    wanted = {"title": "Fietsen", "kind": "brochure", "audiences": ["bedrijf"]}
    wanted |= {"published": "2022-07", "valid_until": "2099-12-31", "url": site.url("/fiets")}
    assert wanted.items() <= facts.items()
    origin = origins(data_dir)["mijn-fiets"]
    assert origin.url == site.url("/oud")  # where to look again
    assert origin.given == {**wanted, "id": "mijn-fiets"}
    assert site.asked[-1][1]["user-agent"].endswith(" (+redactie@voorbeeld.nl)")


def test_the_same_page_again_changes_nothing(cli: Cli, site: Website) -> None:
    assert cli("ingest", "--url", site.url("/fiets"), "--publish").code == 0
    ran = cli("ingest", "--url", site.url("/fiets"), "--publish")
    assert (ran.code, ran.out) == (0, "Er is niets veranderd (1 document).\n")


def test_with_a_file_the_url_is_where_it_comes_from(
    cli: Cli, site: Website, files: Path, data_dir: Path
) -> None:
    assert cli("ingest", files / "fietsen.md", "--url", site.url("/fiets")).code == 0
    assert site.asked == []
    assert origins(data_dir) == {}


def test_a_file_takes_the_place_of_a_page(
    cli: Cli, site: Website, files: Path, data_dir: Path
) -> None:
    assert cli("ingest", "--url", site.url("/fiets"), "--id", "fietsen-naar-het-werk").code == 0
    assert cli("ingest", files / "kantine.md").code == 0
    assert list(origins(data_dir)) == ["fietsen-naar-het-werk"]
    assert cli("ingest", files / "fietsen.md").code == 0
    assert origins(data_dir) == {}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Page(b"<p>Weg</p>", 404), "bestaat niet (404)"),
        (Page(b"{}", type="application/json"), "geen document, maar application/json"),
        (Page(b"\x89PNG\r\n", type="image/png"), "een PNG-afbeelding"),
        (Page(b"<html><body></body></html>"), "geen"),
        (Page(b""), "is leeg"),
        (Page(status=302, headers={"Location": "http://169.254.169.254/"}), "geen openbaar"),
        (Page(status=302, headers={"Location": "/fiets"}), "te vaak door"),
    ],
    ids=["gone", "json", "png", "nothing", "empty", "metadata", "loop"],
)
def test_what_cannot_be_fetched_changes_nothing(
    cli: Cli, site: Website, data_dir: Path, found: Page, said: str
) -> None:
    site.pages["/fiets"] = found
    refused(cli("ingest", "--url", site.url("/fiets"), "--publish"), said)
    assert cli("corpus", "list", "--json").json == []
    assert origins(data_dir) == {}


def test_this_machine_is_not_fetched_from_without_that_opening(
    cli: Cli, site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.arrive.fetch.Fetcher", Fetcher)
    refused(cli("ingest", "--url", site.url("/fiets")), "127.0.0.1 is geen openbaar internetadres")
    assert site.asked == []


def test_a_page_in_another_character_set(cli: Cli, site: Website) -> None:
    body = page("Één café").decode().encode("cp1252")
    site.pages["/fiets"] = Page(body, type="text/html; charset=ISO-8859-1")
    assert cli("ingest", "--url", site.url("/fiets"), "--publish").code == 0
    assert cli("corpus", "show", "een-cafe", "--json").json["warnings"] == []


def test_a_text_from_the_web(cli: Cli, site: Website) -> None:
    site.pages["/fietsen.md"] = Page(BIKES.encode(), type="text/plain; charset=utf-8")
    assert cli("ingest", "--url", site.url("/fietsen.md"), "--publish").code == 0
    assert "450 euro" in cli("corpus", "text", "fietsen-naar-het-werk").out
