"""Documents and questions with scripts in them, in a browser: shown as text, and nothing runs.

That nothing runs is what every test of this folder asserts: no dialog, no error, nothing that the
policy had to stop. Here pages are opened where there is something that could."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import ask
from tests.browser.conftest import OpenPage
from tests.browser.look import copied, faults_in_every_guise, grave_faults, too_wide
from tests.browser.site import serving
from tests.browser.watch import Watch
from tests.web.spider import Seen, walk
from tests.web.whole import IMAGE, QUESTION, SCRIPT, Whole, whole_site

STAFF = "/beheer"
FEW = 2
"""Pages of a route that are walked through for links: one of each is opened."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    with whole_site(tmp_path_factory) as whole:
        yield whole


@pytest.fixture(scope="module")
def hostile(whole: Whole) -> Iterator[str]:
    with serving(whole.app) as address:
        yield address


@pytest.fixture
def page(open_page: OpenPage, hostile: str, watch: Watch) -> Page:
    watch.allow(hostile)
    return open_page(base_url=hostile, permissions=["clipboard-read", "clipboard-write"])


def test_in_an_answer(page: Page) -> None:
    page.goto("/")
    answer = ask(page, QUESTION)
    expect(answer.get_by_role("heading", name=SCRIPT).first).to_be_visible()
    expect(answer).to_contain_text(f"450 euro {SCRIPT}")
    expect(answer.locator(".sources h4").first).to_contain_text(SCRIPT)
    answer.locator("a.cite").first.hover()
    expect(page.get_by_role("tooltip")).to_contain_text(SCRIPT)
    answer.get_by_role("button", name="Kopieer").click()
    assert SCRIPT in copied(page)
    answer.get_by_role("button", name="Deel").click()
    answer.locator("a.permalink").click()
    expect(page.locator("article.answer")).to_contain_text(f"450 euro {SCRIPT}")


def test_in_a_source(page: Page) -> None:
    page.goto("/")
    ask(page, QUESTION).get_by_role("link", name="Lees dit in het document").first.click()
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator("main")).to_contain_text(SCRIPT)
    expect(page.locator("main")).to_contain_text(IMAGE)
    assert page.locator("main img[src='x'], main script:not([src])").count() == 0


def test_in_what_a_reader_says(page: Page) -> None:
    page.goto("/")
    answer = ask(page, f"Wat is een zebra {SCRIPT}?")
    answer.get_by_role("button", name="Nee").click()
    answer.get_by_label("Wat miste je?").fill(IMAGE)
    answer.get_by_role("button", name="Verstuur").click()
    expect(answer.get_by_role("status").filter(has_text="Dank je wel")).to_be_visible()


def test_in_the_check(page: Page) -> None:
    page.goto("/check?voor=bedrijf")
    expect(page.locator("main")).to_contain_text(SCRIPT)
    expect(page.locator("main")).to_contain_text(IMAGE)


def test_in_an_address(page: Page, watch: Watch) -> None:
    watch.expect("status of 404", "status of 422", "status of 400")
    for path in (f"/bron/{SCRIPT}", f"/check?voor={SCRIPT}", f"/?vraag=x&doelgroep={IMAGE}"):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()


def one_of_each(pages: list[Seen]) -> list[Seen]:
    """The first page of every route; what is no page is left out."""
    first: dict[str, Seen] = {}
    for page in pages:
        if page.route and page.response.headers.get("content-type", "").startswith("text/html"):
            first.setdefault(page.route, page)
    return list(first.values())


def test_long_words_and_markup_break_no_page_of_readers(whole: Whole, page: Page) -> None:
    wrong = {}
    for seen in one_of_each(walk(whole.app, whole.reader(), ["/", "/check?voor=bedrijf"], FEW)):
        page.goto(seen.address)
        page.set_viewport_size({"width": 320, "height": 640})
        if faults := grave_faults(page) + too_wide(page):
            wrong[seen.address] = faults
    assert wrong == {}


def test_every_page_of_staff_in_every_guise(whole: Whole, hostile: str, page: Page) -> None:
    staff = whole.staff()
    cookie = {"name": "routewijzer", "value": staff.cookies["routewijzer"], "url": hostile}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    pages = one_of_each(walk(whole.app, staff, [STAFF, f"{STAFF}/werk/{whole.job}"], FEW))
    assert len(pages) > 30  # what is found of a few pages each is every route
    wrong = {}
    for seen in pages:
        page.goto(seen.address)
        if faults := faults_in_every_guise(page):
            wrong[seen.address] = faults
    assert wrong == {}
