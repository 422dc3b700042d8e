"""Everything by keyboard alone, and what a screen reader is told meanwhile."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import QUESTION, answered, box
from tests.browser.look import focus_is_seen, focused, tab_stops

MOST = 200


def tab_to(page: Page, what: str) -> None:
    """Press Tab until what has the focus begins so; fails when it never comes."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if focused(page).startswith(what):
            return
    raise AssertionError(f"{what!r} is not reached with the Tab key")


def test_from_question_to_marked_words(page: Page) -> None:
    page.goto("/")
    tab_to(page, "textarea Je vraag")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="een bedrijf")).to_be_checked()
    tab_to(page, "button Stel je vraag")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=2, name=QUESTION)).to_be_focused()
    tab_to(page, "a Bron 1")
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("li:target")).to_be_in_viewport()
    tab_to(page, "a Lees dit in het document")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_in_viewport()


def test_sharing_and_an_opinion(page: Page) -> None:
    answer = answered(page, QUESTION)
    tab_to(page, "button Deel")
    page.keyboard.press("Enter")
    expect(answer.locator("a.permalink")).to_be_visible()
    tab_to(page, "button Nee")
    page.keyboard.press("Enter")
    expect(answer.get_by_label("Wat miste je?")).to_be_focused()
    page.keyboard.type("een voorbeeld")
    page.keyboard.press("Enter")
    expect(answer.get_by_role("status").filter(has_text="Dank je wel")).to_be_focused()


def test_the_check(page: Page) -> None:
    page.goto("/check?voor=bedrijf")
    tab_to(page, "input voldoet")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="voldoet niet").first).to_be_checked()
    tab_to(page, "button Toon mijn overzicht")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Wat je hebt ingevuld")).to_be_in_viewport()


@pytest.mark.parametrize(
    "address",
    ["/", f"/?vraag={QUESTION}", "/check?voor=bedrijf", "/docs", "/documenten", "/venster"],
)
def test_every_stop_is_seen_and_none_holds_the_reader(page: Page, address: str) -> None:
    page.goto(address)
    unseen, stops = [], 0
    page.keyboard.press("Tab")
    while stops < MOST and page.evaluate("() => document.activeElement !== document.body"):
        stops += 1
        if not focus_is_seen(page):
            unseen.append(focused(page))
        page.keyboard.press("Tab")
    assert unseen == []
    assert 3 < stops < MOST


def test_the_order_on_the_first_page(page: Page) -> None:
    page.goto("/")
    stops = tab_stops(page)
    assert stops[0] == "a Ga naar de inhoud"
    wanted = ["textarea Je vraag", "input een bedrijf", "button Stel je vraag"]
    places = [next(n for n, stop in enumerate(stops) if stop.startswith(w)) for w in wanted]
    assert places == sorted(places)


def test_past_the_menu_in_one_step(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert focused(page).startswith("textarea Je vraag")


def test_a_screen_reader_hears_that_it_is_busy_and_that_it_is_done(page: Page) -> None:
    page.goto("/")
    live = page.locator("#melding")
    expect(live).to_have_attribute("role", "status")  # there before anything is said in it
    expect(live).to_have_text("")
    page.evaluate(
        """() => {
          const live = document.getElementById('melding');
          window.said = [];
          new MutationObserver(() => window.said.push(live.textContent)).observe(
            live, { childList: true, characterData: true, subtree: true });
        }"""
    )
    box(page).fill(QUESTION)
    box(page).press("Enter")
    expect(live).to_have_text("Het antwoord is er. Beantwoord.")
    said = [" ".join(line.split()) for line in page.evaluate("() => window.said")]
    wanted = ["Bezig met zoeken in de documenten…", "Het antwoord is er. Beantwoord."]
    assert [line for line in said if line] == wanted


def test_an_answer_that_is_coming_in_is_marked_as_busy(page: Page) -> None:
    page.goto("/")
    page.evaluate(
        """() => {
          window.busy = [];
          new MutationObserver(() => {
            const answer = document.querySelector('article.answer');
            if (answer) window.busy.push(answer.getAttribute('aria-busy'));
          }).observe(document.body, { childList: true, subtree: true });
        }"""
    )
    box(page).fill(QUESTION)
    box(page).press("Enter")
    expect(page.locator("article.answer .account")).to_be_visible()
    busy = page.evaluate("() => window.busy")
    assert busy[0] == "true"
    assert busy[-1] is None


def test_what_is_asked_has_a_name_and_a_hint(page: Page) -> None:
    page.goto("/")
    field = page.get_by_role("textbox", name="Je vraag")
    expect(field).to_have_accessible_description(
        "Zet geen namen of andere persoonsgegevens in je vraag."
    )
    expect(page.get_by_role("group", name="Ik ben van")).to_be_visible()
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_visible()
    expect(page.locator("#fout")).to_have_attribute("role", "alert")


def test_a_number_says_which_source_it_is(page: Page) -> None:
    answer = answered(page, QUESTION)
    title = answer.locator(".sources h4").first.inner_text()
    name = answer.locator("a.cite").first.get_attribute("aria-label") or ""
    assert name.startswith("Bron 1")
    assert title in name
