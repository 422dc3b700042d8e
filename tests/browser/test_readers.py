"""The whole path of someone from a company on a phone, and of a coordinator at a school."""

from __future__ import annotations

import re
from urllib.parse import unquote

from playwright.sync_api import Page, expect

from tests.browser.asking import NOT_FOUND, QUESTION, answered, ask, box
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.look import copied
from tests.browser.watch import Watch


def test_someone_from_a_company_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto("/")
    page.get_by_role("radio", name="een bedrijf").check()
    answer = ask(page, QUESTION)
    expect(answer.locator(".status")).to_contain_text("Beantwoord")
    expect(page.get_by_role("status").filter(has_text="Het antwoord is er.")).to_be_attached()

    answer.locator("a.cite").first.tap()
    source = page.locator("li:target")
    expect(source).to_be_in_viewport()
    quote = source.locator("blockquote").inner_text()
    source.get_by_role("link", name="Lees dit in het document").tap()
    expect(page.locator("mark").first).to_be_in_viewport()
    assert words(quote) in words(page.locator("main").inner_text())

    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    follow_up = ask(page, "En wie begeleidt de student daar?")
    expect(follow_up.locator(".understood")).to_contain_text("leerwerkplek")

    follow_up.get_by_role("button", name="Nee").tap()
    missed = follow_up.get_by_label("Wat miste je?")
    expect(missed).to_be_focused()
    missed.fill("een voorbeeld van een rooster")
    follow_up.get_by_role("button", name="Verstuur").tap()
    expect(follow_up.get_by_role("status").filter(has_text="Dank je wel")).to_be_visible()


def test_a_coordinator_at_a_school(open_page: OpenPage) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/")
    page.get_by_role("link", name="Criteria nalopen").first.click()
    page.get_by_role("link", name="een hogeschool").click()
    for criterion in page.locator(".checklist fieldset").all()[:3]:
        criterion.get_by_role("radio", name="voldoet", exact=True).check()
    page.get_by_role("button", name="Toon mijn overzicht").click()
    overview = page.get_by_role("region", name="Wat je hebt ingevuld")
    expect(overview).to_contain_text(re.compile(r"Je hebt 3 van de \d+ criteria ingevuld"))

    page.goto("/")
    page.get_by_role("radio", name="een hogeschool").check()
    answer = ask(page, "Aan welke criteria voldoet een Mkb-route?")

    answer.get_by_role("button", name="Deel").click()
    link = answer.locator("a.permalink")
    expect(link).to_be_visible()
    assert copied(page) == link.get_attribute("href")

    answer.locator(".hand-over summary").click()
    mail = unquote(answer.locator(".hand-over a").get_attribute("href") or "")
    assert mail.startswith("mailto:")
    assert "Aan welke criteria voldoet een Mkb-route?" in mail
    quote = answer.locator(".sources blockquote").first.inner_text()
    assert words(quote)[:40] in words(mail)

    link.click()
    expect(page.get_by_role("heading", level=1, name="Gedeeld antwoord")).to_be_visible()
    expect(page.locator("article.answer .sources blockquote").first).to_be_visible()


def test_an_answer_on_paper(page: Page) -> None:
    answer = answered(page, QUESTION)
    page.emulate_media(media="print")
    expect(answer.locator(".text")).to_be_visible()
    expect(answer.locator(".sources")).to_be_visible()
    for gone in ("#vraagformulier", "nav", ".page-footer .menu", ".actions", ".feedback", ".skip"):
        for part in page.locator(gone).all():
            expect(part).to_be_hidden()
    paper = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert paper in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


def test_a_filled_in_check_on_paper(page: Page) -> None:
    page.goto("/check?voor=bedrijf")
    page.get_by_role("radio", name="voldoet", exact=True).first.check()
    page.get_by_role("button", name="Toon mijn overzicht").click()
    page.emulate_media(media="print")
    expect(page.get_by_role("region", name="Wat je hebt ingevuld")).to_be_visible()
    expect(page.get_by_role("button", name="Toon mijn overzicht")).to_be_hidden()


def test_copying_an_answer(open_page: OpenPage) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/")
    answer = ask(page, QUESTION)
    answer.get_by_role("button", name="Kopieer").click()
    expect(answer.get_by_role("status").filter(has_text="Gekopieerd")).to_be_visible()
    text = copied(page)
    assert QUESTION in text
    assert "[1]" in text


def test_nothing_found_says_so(page: Page) -> None:
    page.goto("/")
    answer = ask(page, NOT_FOUND)
    expect(answer.locator(".status")).to_contain_text("Niet gevonden")
    expect(answer.locator(".uncovered")).to_have_count(0)  # the question is the heading
    expect(answer.get_by_role("heading", name="Dit komt in de buurt")).to_be_visible()
    expect(answer.locator(".text")).to_have_count(0)


def test_an_example_question_is_asked_by_a_press(page: Page) -> None:
    page.goto("/")
    example = page.locator("#voorbeelden a").first
    question = example.inner_text()
    example.click()
    expect(page.get_by_role("heading", name=question)).to_be_visible()
    expect(page.locator("article.answer .account")).to_be_visible()


def test_in_english(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    answer = ask(page, "What is the Mkb-route?")
    expect(answer.locator(".sources blockquote").first).to_have_attribute("lang", "nl")
    page.goto("/check")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Nederlands").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")


def test_a_source_beside_its_number(page: Page) -> None:
    answer = answered(page, QUESTION)
    number = answer.locator("a.cite").first
    number.hover()
    card = page.get_by_role("tooltip")
    expect(card).to_be_visible()
    assert words(answer.locator(".sources blockquote").first.inner_text()) in words(
        card.inner_text()
    )
    card.hover()
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_when_the_connection_is_lost(page: Page, watch: Watch) -> None:
    watch.expect("ERR_FAILED", "TypeError")
    page.goto("/")
    page.route("**/gesprek*", lambda route: route.abort())
    box(page).fill(QUESTION)
    box(page).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("geen verbinding")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_attribute("aria-invalid", "true")
    expect(box(page)).to_have_value(QUESTION)


def words(text: str) -> str:
    """Text without differences in spaces."""
    return " ".join(text.split())
