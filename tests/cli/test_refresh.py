"""`corpus refresh`: pages are looked at again, and what changed is staged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.parts import Parts
from corpus.origins import Origins
from corpus.settings import Settings
from tests.cli.conftest import Cli, in_process, refused
from tests.cli.test_ingest_url import open_to_website, origins, page
from tests.website import HOME, Page, Website, website

pytestmark = pytest.mark.allow_hosts([HOME])
BIKE = "op-de-fiets"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Website]:
    open_to_website(monkeypatch)
    with website() as found:
        yield found


@pytest.fixture
def web(cli: Cli, site: Website) -> Cli:
    """The command line with two pages from the web published, and none asked for yet."""
    site.pages["/fiets"] = Page(page("Op de fiets"), etag='"1"')
    site.pages["/brommer"] = Page(page("Op de brommer", 900))
    assert cli("ingest", "--url", site.url("/fiets")).code == 0
    assert cli("ingest", "--url", site.url("/brommer"), "--publish").code == 0
    site.asked.clear()
    return cli


def test_nothing_changed(web: Cli, site: Website, data_dir: Path) -> None:
    before = origins(data_dir)
    ran = web("corpus", "refresh")
    assert (ran.code, ran.out) == (0, "op-de-brommer: ongewijzigd\nop-de-fiets: ongewijzigd\n")
    assert ran.err == "Pagina's nakijken: 2 van 2\n"
    assert dict(site.asked)["/fiets"]["if-none-match"] == '"1"'
    assert sorted(site.paths()) == ["/brommer", "/fiets"]
    after = origins(data_dir)
    assert all(after[d].checked_at > before[d].checked_at for d in before)
    assert web("corpus", "diff").out.startswith("Er staat geen editie klaar.")


def test_other_bytes_with_the_same_text_are_no_change(web: Cli, site: Website) -> None:
    site.pages["/fiets"] = Page(page("Op de fiets").replace(b"<nav>", b"<nav id=x>"), etag='"2"')
    ran = web("corpus", "refresh", BIKE)
    assert (ran.code, ran.out) == (0, "op-de-fiets: ongewijzigd\n")
    assert web("corpus", "refresh", BIKE).code == 0
    assert site.asked[-1][1]["if-none-match"] == '"2"'


def test_a_change_is_staged_and_readers_see_it_when_it_is_published(
    web: Cli, site: Website
) -> None:
    site.pages["/fiets"] = Page(page("Op de fiets", 475), etag='"2"')
    ran = web("corpus", "refresh")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "op-de-brommer: ongewijzigd"
    assert lines[1].startswith("op-de-fiets: nieuwe versie (")
    assert lines[2:4] == ["Editie 2 staat klaar.", "  vervangen: op-de-fiets"]
    assert "routewijzer corpus diff" in lines[4]
    assert "450 euro" in web("corpus", "text", BIKE).out
    history = web("corpus", "history", "--json").json
    assert [h["action"] for h in history[:2]] == ["stage", "ingest"]
    assert history[1]["detail"]["replaced"] == [BIKE]
    ran = web("corpus", "refresh")  # once more: what waits still waits
    assert (ran.code, ran.out.splitlines()[1:3]) == (
        0,
        ["op-de-fiets: ongewijzigd", "Editie 2 staat klaar."],
    )
    assert web("corpus", "publish", "--force").code == 0
    assert "475 euro" in web("corpus", "text", BIKE).out
    assert web("corpus", "verify").out == "Alles klopt.\n"


def test_a_page_with_another_title_is_a_new_version_of_the_same(web: Cli, site: Website) -> None:
    site.pages["/fiets"] = Page(page("Met de fiets naar je werk"))
    ran = web("corpus", "refresh", BIKE, "--json")
    assert ran.json["staged"]["replaced"] == [BIKE]
    (row,) = ran.json["documents"]
    assert (row["id"], row["result"], row["message"]) == (BIKE, "changed", "")
    assert web("corpus", "publish", "--force").code == 0
    facts = web("corpus", "show", BIKE, "--json").json
    assert (facts["title"], facts["version_id"]) == ("Met de fiets naar je werk", row["version_id"])


def test_what_was_given_is_given_again(cli: Cli, site: Website) -> None:
    site.pages["/fiets"] = Page(page("Op de fiets"))
    options = ["--title", "Fietsen", "--kind", "brochure", "--audience", "bedrijf"]
    options += ["--valid-until", "2099-12-31", "--id", "mijn-fiets", "--publish"]
    assert cli("ingest", "--url", site.url("/fiets"), *options).code == 0
    before = cli("corpus", "show", "mijn-fiets", "--json").json
    site.pages["/fiets"] = Page(page("Iets anders", 475))
    assert cli("corpus", "refresh").code == 0
    assert cli("corpus", "publish", "--force").code == 0
    after = cli("corpus", "show", "mijn-fiets", "--json").json
    for field in ("title", "kind", "audiences", "valid_until", "url"):
        assert after[field] == before[field]
    assert after["version_id"] != before["version_id"]
    assert cli("corpus", "refresh").out == "mijn-fiets: ongewijzigd\n"


@pytest.mark.parametrize(
    ("found", "robots", "result", "said"),
    [
        (Page(b"", 404), "", "gone", "bestaat niet (404)"),
        (Page(b"", 410), "", "gone", "bestaat niet meer (410)"),
        (Page(b"", 503), "", "unreachable", "nu niet geven (503)"),
        (Page(b"", 403), "", "forbidden", "niet openbaar (403)"),
        (Page(page("x")), "User-agent: *\nDisallow: /fiets", "forbidden", "robots.txt"),
        (Page(b"\x89PNG\r\n"), "", "refused", "PNG"),
        (Page(b"<html><body></body></html>"), "", "refused", "fiets.html"),
        (Page(status=302, headers={"Location": "http://[::1]/"}), "", "refused", "openbaar"),
    ],
    ids=["404", "410", "503", "403", "robots", "png", "empty", "private"],
)
def test_what_cannot_be_read_is_said_and_the_others_are_done(
    web: Cli, site: Website, data_dir: Path, found: Page, robots: str, result: str, said: str
) -> None:
    before = origins(data_dir)[BIKE]
    site.pages["/fiets"] = found
    site.pages["/brommer"] = Page(page("Op de brommer", 950))
    site.pages["/robots.txt"] = Page(robots.encode(), type="text/plain")
    ran = web("corpus", "refresh", "--json")
    assert ran.code == 1
    brommer, fiets = ran.json["documents"]
    assert (brommer["result"], brommer["message"]) == ("changed", "")
    assert (fiets["result"], fiets["version_id"]) == (result, None)
    assert said in fiets["message"]
    assert ran.json["staged"]["replaced"] == ["op-de-brommer"]
    ran = web("corpus", "refresh")
    assert ran.code == 1
    assert ran.out.splitlines()[1] == f"op-de-fiets: {fiets['message']}"
    assert origins(data_dir)[BIKE] == before  # looked for again next time
    states = {d["id"]: d["state"] for d in web("corpus", "list", "--json").json}
    assert states[BIKE] == "published"  # nothing is withdrawn by itself
    assert "450 euro" in web("corpus", "text", BIKE).out


def test_what_was_withdrawn_stays_away(web: Cli, site: Website) -> None:
    assert web("corpus", "withdraw", BIKE).code == 0
    site.pages["/fiets"] = Page(page("Op de fiets", 475))
    assert web("corpus", "refresh").out == "op-de-brommer: ongewijzigd\n"
    assert site.paths() == ["/brommer"]
    refused(web("corpus", "refresh", BIKE), BIKE, "ingetrokken", "ingest --url")


def test_a_document_from_a_file_cannot_be_refreshed(published: Cli) -> None:
    ran = published("corpus", "refresh")
    assert (ran.code, ran.out.startswith("Er zijn geen documenten van het web.")) == (0, True)
    name = "fietsen-naar-het-werk"
    refused(published("corpus", "refresh", name), name, "niet van het web", "ingest --url")
    refused(published("corpus", "refresh", "weg"), "'weg'", "routewijzer corpus list")
    assert published("corpus", "refresh", "--json").json == {"documents": [], "staged": None}


def test_an_origin_without_a_document_is_no_fault(web: Cli, site: Website, data_dir: Path) -> None:
    """Nobody writes one, but a restored backup may hold one."""
    from dataclasses import replace

    parts = Parts(Settings(data_dir=data_dir))
    Origins(parts.registry.engine).put(replace(origins(data_dir)[BIKE], document_id="weg"))
    parts.registry.engine.dispose()
    assert web("corpus", "refresh").out.count("\n") == 2
    assert web("corpus", "verify").out == "Alles klopt.\n"


def test_a_run_that_died_before_staging_is_ended_by_the_next(
    web: Cli, site: Website, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Killed after the draft was stored and before its new ETag was: found again, staged now."""
    site.pages["/fiets"] = Page(page("Op de fiets", 475), etag='"2"')
    call = in_process(monkeypatch, capsys)
    with monkeypatch.context() as patch:

        def die(*_arguments: object) -> None:
            raise KeyboardInterrupt

        patch.setattr(Origins, "put", die)
        assert call("corpus", "refresh", BIKE).code == 130
    ran = web("corpus", "refresh", BIKE)
    assert ran.out.splitlines()[:2] == ["op-de-fiets: ongewijzigd", "Editie 2 staat klaar."]


def test_the_model_is_not_loaded_when_nothing_changed(
    web: Cli, site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_settings: object) -> None:
        raise AssertionError("loaded")

    monkeypatch.setattr("corpus.embedder.open_embedder", never)
    assert web("corpus", "refresh").code == 0
