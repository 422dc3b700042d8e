"""The whole path of staff: in, a document up, seen as it was read, measured, published, asked,
and back again. With the real model and real questions about the starter pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from cli.parts import Parts
from eval.sets import SETS
from tests.browser.asking import ask
from tests.browser.conftest import OpenPage
from tests.browser.look import grave_faults
from tests.browser.site import running
from tests.browser.watch import Watch
from tests.starter import published_starter

NAME, PASSWORD = "beheerder", "vier losse woorden samen"
LONG_MS = 240_000
"""For work: the questions are asked to two editions."""
FEWER = 4
"""Of so many questions one is asked: this is about the path, `tests.assistant.test_starter` and the
evaluation are about the answers."""
PARKING = """# Parkeren bij de leerwerkplek

Deze pagina gaat over parkeren bij de leerwerkplek.

## Hoeveel kost een parkeerplaats bij de leerwerkplek?

Een parkeerplaats bij de leerwerkplek kost het mkb-bedrijf 75 euro per maand.
"""
QUESTION = "Hoeveel kost een parkeerplaats bij de leerwerkplek?"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that these tests may change, with an account."""
    settings = published_starter(tmp_path_factory, tmp_path_factory.mktemp("beheer"))
    parts = Parts(settings)
    parts.accounts.add(NAME, PASSWORD, "publisher")
    parts.registry.engine.dispose()
    # A set of staff goes before ours of the same name.
    ours = yaml.safe_load((SETS / "starter.yaml").read_text(encoding="utf-8"))
    fewer = ours | {"questions": ours["questions"][::FEWER]}
    (settings.data_dir / "sets").mkdir(exist_ok=True)
    (settings.data_dir / "sets" / "starter.yaml").write_text(yaml.safe_dump(fewer), "utf-8")
    with running(settings.data_dir) as address:
        yield address


@pytest.fixture
def page(open_page: OpenPage, desk: str, watch: Watch) -> Page:
    watch.allow(desk)
    return open_page(base_url=desk)


def sign_in(page: Page) -> None:
    page.get_by_label("Naam").fill(NAME)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()


def answers(page: Page, question: str) -> str:
    """The text of the answer that a reader gets now."""
    page.goto("/")
    return ask(page, question).inner_text()


def test_from_file_to_answer_and_back(page: Page, tmp_path: Path) -> None:
    assert "75 euro" not in answers(page, QUESTION)
    page.goto("/beheer/toevoegen")
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Documenten toevoegen")
    page.wait_for_load_state("load")  # the script of the page takes the file from then on

    file = tmp_path / "parkeren.md"
    file.write_text(PARKING, encoding="utf-8")
    page.get_by_label("Bestanden").set_input_files(file)
    page.get_by_role("button", name="Lees in").click()
    row = page.locator("#lijst li", has_text="parkeren.md")
    expect(row.get_by_role("link").first).to_be_visible(timeout=LONG_MS)
    row.get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("Parkeren bij de leerwerkplek")
    page.goto("/beheer/documenten/parkeren-bij-de-leerwerkplek/inlezing")
    expect(page.locator("main")).to_contain_text("kost het mkb-bedrijf 75 euro per maand")
    assert "75 euro" not in answers(page, QUESTION)  # not before it is published

    page.goto("/beheer/publiceren")
    page.get_by_role("button", name="Klaarzetten en meten").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.wait_for_load_state("load")  # the script of the page took over from its own reloading
    assert grave_faults(page) == []
    onward = page.get_by_role("link", name="Bekijk wat er verandert")
    expect(onward).to_be_visible(timeout=LONG_MS)
    onward.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("wat verandert er")
    assert grave_faults(page) == []

    page.get_by_role("link", name="Verder naar publiceren").first.click()
    reason = page.get_by_label("Waarom publiceer je toch?")
    if reason.count():
        reason.fill("Parkeren stond nergens.")
    page.get_by_role("button", name="ubliceren", exact=False).last.click()
    expect(page.locator(".job-done")).to_be_visible(timeout=LONG_MS)
    assert "75 euro" in answers(page, QUESTION)

    page.goto("/beheer/geschiedenis")
    page.get_by_role("link", name="Terugzetten naar editie 1").click()
    page.get_by_role("button", name="Terugzetten").click()
    expect(page.locator(".job-done")).to_be_visible(timeout=LONG_MS)
    assert "75 euro" not in answers(page, QUESTION)

    page.goto("/beheer")
    page.get_by_role("button", name="Uitloggen").click()
    page.goto("/beheer/documenten")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen voor beheer")


def test_a_wrong_password(page: Page, watch: Watch) -> None:
    watch.expect("status of 401")
    page.goto("/beheer/publiceren")
    page.get_by_label("Naam").fill(NAME)
    page.get_by_label("Wachtwoord").fill("dit is het niet")
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("alert")).to_contain_text("horen niet bij elkaar")
    assert grave_faults(page) == []
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Publiceren")


def test_the_way_back_after_signing_out_shows_nothing(page: Page) -> None:
    page.goto("/beheer/documenten")
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Documenten")
    page.goto("/beheer")
    page.get_by_role("button", name="Uitloggen").click()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen voor beheer")


def test_an_upload_tells_that_the_server_is_away(page: Page, watch: Watch, tmp_path: Path) -> None:
    """The server is made up here: it is away once, and then says that the work is done."""
    watch.expect("ERR_FAILED")
    watch.expect("Failed to fetch")
    page.goto("/beheer/toevoegen")
    sign_in(page)
    page.wait_for_load_state("load")
    page.route("**/beheer/toevoegen", lambda sent: sent.fulfill(json={"address": "/beheer/werk/1"}))
    page.route("**/beheer/werk/1/stand", lambda asked: asked.abort())
    file = tmp_path / "weg.md"
    file.write_text(PARKING, encoding="utf-8")
    page.get_by_label("Bestanden").set_input_files(file)
    page.get_by_role("button", name="Lees in").click()
    row = page.locator("#lijst > li", has_text="weg.md")
    expect(row).to_contain_text("De verbinding is even weg; we proberen het opnieuw")
    page.unroute("**/beheer/werk/1/stand")
    done = '<div data-open="nee"><ul><li>weg.md: nieuw</li></ul></div>'
    page.route("**/beheer/werk/1/stand", lambda asked: asked.fulfill(body=done))
    expect(row).to_contain_text("weg.md: nieuw")
    expect(row).not_to_contain_text("De verbinding")


def test_signing_in_by_keyboard(page: Page) -> None:
    page.goto("/beheer")
    page.get_by_label("Naam").focus()
    page.keyboard.type(NAME)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Beheer")
