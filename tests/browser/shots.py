"""What is in each picture: how to get to the page, and what to do there first."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.asking import NOT_FOUND, QUESTION, answered, conversation

FIGURES = "Hoeveel uur begeleiding krijgt een student op de oefenlocatie?"

Shot = Callable[[Page], object]


def at(address: str) -> Shot:
    return lambda page: page.goto(address)


def source(page: Page) -> None:
    answered(page, QUESTION).get_by_role("link", name="Lees dit in het document").first.click()


def source_pdf(page: Page) -> None:
    answered(page, FIGURES).get_by_role("link", name="Lees dit in het document").first.click()


def filled_in(page: Page) -> None:
    page.goto("/check?voor=hogeschool")
    for criterion in page.locator(".checklist fieldset").all()[:4]:
        criterion.get_by_role("radio").first.check()
    page.get_by_role("button", name="Toon mijn overzicht").click()


def shared(page: Page) -> None:
    answer = answered(page, QUESTION)
    answer.get_by_role("button", name="Deel").click()
    page.goto(answer.locator("a.permalink").get_attribute("href") or "")


def hand_over(page: Page) -> None:
    answered(page, NOT_FOUND).locator(".hand-over summary").click()


def linked(start: str, part: str) -> Shot:
    """The first link on ``start`` of which the address holds ``part``."""

    def open_(page: Page) -> None:
        page.goto(start)
        page.goto(page.locator(f"main a[href*='{part}']").first.get_attribute("href") or "")

    return open_


READERS: dict[str, Shot] = {
    "begin": at("/"),
    "antwoord": at(f"/?vraag={QUESTION}&doelgroep=bedrijf"),
    "gesprek": conversation,
    "niet-gevonden": at(f"/?vraag={NOT_FOUND}"),
    "mail": hand_over,
    "engels": at("/?vraag=What is the Mkb-route?&taal=en"),
    "bron": source,
    "bron-pdf": source_pdf,
    "check": at("/check?voor=bedrijf"),
    "check-overzicht": filled_in,
    "gedeeld": shared,
    "documenten": at("/documenten"),
    "over": at("/over"),
    "toegankelijkheid": at("/toegankelijkheid"),
    "ontwikkelaars": at("/docs"),
    "fout": at("/bestaat-niet"),
    "inloggen": at("/beheer/inloggen"),
}
DOCUMENT = "/beheer/documenten/parkeren-bij-de-leerwerkplek"
STAFF: dict[str, Shot] = {
    "beheer-overzicht": at("/beheer"),
    "beheer-documenten": at("/beheer/documenten"),
    "beheer-document": at(DOCUMENT),
    "beheer-gegevens": at(f"{DOCUMENT}/gegevens"),
    "beheer-inlezing": at("/beheer/documenten/gids-voor-oefenlocaties/inlezing"),
    "beheer-verschil": at("/beheer/documenten/parkeren-bij-de-leerwerkplek/verschil"),
    "beheer-toevoegen": at("/beheer/toevoegen"),
    "beheer-publiceren": at("/beheer/publiceren"),
    "beheer-oordeel": linked("/beheer/publiceren", "/oordeel/"),
    "beheer-intrekken": linked(DOCUMENT, "/intrekken/"),
    "beheer-geschiedenis": at("/beheer/geschiedenis"),
    "beheer-editie": linked("/beheer/geschiedenis", "/editie/"),
    "beheer-terugzetten": linked("/beheer/geschiedenis", "/terugzetten/"),
    "beheer-logboek": at("/beheer/geschiedenis/logboek"),
    "beheer-open-vragen": at("/beheer/open-vragen"),
    "beheer-groep": linked("/beheer/open-vragen", "/open-vragen/"),
    "beheer-woordenlijst": at("/beheer/woordenlijst"),
    "beheer-vragenset": at("/beheer/vragenset"),
    "beheer-cijfers": at("/beheer/cijfers"),
    "beheer-zoekproef": at(f"/beheer/zoekproef?vraag={QUESTION}"),
    "beheer-tokens": at("/beheer/tokens"),
}
