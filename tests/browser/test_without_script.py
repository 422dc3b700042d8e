"""Everything that a reader does, with JavaScript off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import QUESTION
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.look import too_wide
from tests.browser.watch import Watch


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page(java_script_enabled=False, viewport=PHONE)


def test_a_question_a_source_a_follow_up_and_an_opinion(page: Page) -> None:
    page.goto("/")
    page.get_by_role("textbox", name="Je vraag").fill(QUESTION)
    page.get_by_role("radio", name="een bedrijf").check()
    page.get_by_role("button", name="Stel je vraag").click()
    expect(page.locator("article.answer .status")).to_contain_text("Beantwoord")
    assert too_wide(page) == []

    page.get_by_role("textbox", name="Je vervolgvraag").fill("En wie begeleidt de student daar?")
    page.get_by_role("button", name="Stel je vraag").click()
    expect(page.locator(".understood")).to_contain_text("leerwerkplek")

    page.get_by_role("button", name="Nee").click()
    page.get_by_label("Wat miste je?").fill("een voorbeeld")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dank je wel")


def test_a_citation_leads_to_the_marked_words(page: Page) -> None:
    page.goto(f"/?vraag={QUESTION}")
    page.locator("a.cite").first.click()
    page.locator("li:target").get_by_role("link", name="Lees dit in het document").click()
    expect(page.locator("mark").first).to_be_in_viewport()


def test_sharing(page: Page) -> None:
    page.goto(f"/?vraag={QUESTION}")
    page.get_by_role("button", name="Deel").click()
    expect(page.locator("a.permalink")).to_have_text(re.compile(r"/antwoord/"))
    page.locator("a.permalink").click()
    expect(page.locator("article.answer .sources")).to_be_visible()


def test_the_check(page: Page) -> None:
    page.goto("/check?voor=bedrijf")
    page.get_by_role("radio", name="voldoet niet").first.check()
    page.get_by_role("button", name="Toon mijn overzicht").click()
    expect(page.get_by_role("region", name="Wat je hebt ingevuld")).to_contain_text("Je hebt 1 van")


def test_buttons_that_need_a_script_are_not_there(page: Page) -> None:
    page.goto(f"/?vraag={QUESTION}")
    for name in ("Kopieer", "Print"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)


def test_the_text_to_hand_over_can_be_reached(page: Page) -> None:
    page.goto(f"/?vraag={QUESTION}")
    page.locator(".hand-over summary").click()
    expect(page.locator("textarea.copy-text")).to_be_visible()


def test_an_empty_question_is_explained(page: Page, watch: Watch) -> None:
    watch.expect("status of 400")
    page.goto("/?vraag=")
    expect(page.get_by_role("alert")).to_contain_text("leeg")
