"""The assistant as a small window on another site, in a browser: two origins on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import FrameLocator, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.look import grave_faults
from tests.browser.site import running, serving
from tests.browser.watch import Watch
from tests.starter import published_starter

NAME = "Stel een vraag over de Mkb-route"


def other_site() -> Starlette:
    """A school's own site, as strict as a site can be that has the script."""

    def page(request: Request) -> Response:
        ours = request.query_params.get("van", "")
        more = request.query_params.get("meer", "")
        policy = f"default-src 'none'; script-src {ours}; frame-src {ours}"
        return HTMLResponse(
            f"""<!doctype html><html lang="nl"><head><title>Onze school</title></head><body>
            <main><h1>Onze school</h1><p>Een <a href="#eerst">link</a> van de school.</p></main>
            <script src="{ours}/static/embed.js" {more} async></script></body></html>""",
            headers={"Content-Security-Policy": policy},
        )

    return Starlette(routes=[Route("/{rest:path}", page)])


@pytest.fixture(scope="module")
def school() -> Iterator[str]:
    """The address of a site that may show the window."""
    with serving(other_site()) as address:
        yield address


@pytest.fixture(scope="module")
def stranger() -> Iterator[str]:
    """The address of a site that may not."""
    with serving(other_site()) as address:
        yield address


@pytest.fixture(scope="module")
def shown(school: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of Routewijzer, with the school in its settings."""
    settings = published_starter(tmp_path_factory, tmp_path_factory.mktemp("venster"))
    with running(settings.data_dir, embed_origins=school) as address:
        yield address


@pytest.fixture
def watch(site: str, school: str, stranger: str, shown: str) -> Iterator[Watch]:
    """As for other tests, with these servers too."""
    watching = Watch()
    for address in (site, school, stranger, shown):
        watching.allow(address)
    yield watching
    assert watching.unexpected() == []


def opened(page: Page) -> FrameLocator:
    """The page inside the window, once it was opened by hand."""
    page.get_by_role("button", name=NAME).click()
    inside = page.frame_locator("iframe")
    inside.locator("#vraag").wait_for()
    page.frames[-1].wait_for_load_state("load")  # its scripts listen from then on
    return inside


def test_a_question_in_the_window(open_page: OpenPage, school: str, shown: str) -> None:
    page = open_page()
    page.goto(f"{school}/?van={shown}")
    inside = opened(page)
    inside.get_by_role("textbox", name="Je vraag").fill("Wat is de Mkb-route?")
    inside.get_by_role("button", name="Stel je vraag").click()
    expect(inside.locator("article.answer .text")).to_contain_text("Mkb-route")
    expect(inside.get_by_role("link", name="Bron 1").first).to_be_visible()


def test_nothing_is_loaded_until_it_is_opened(open_page: OpenPage, school: str, shown: str) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{school}/?van={shown}")
    expect(page.get_by_role("button", name=NAME)).to_be_visible()
    assert [url for url in asked if url.startswith(shown)] == [f"{shown}/static/embed.js"]
    assert page.locator("iframe").count() == 0


def test_by_keyboard_only(open_page: OpenPage, school: str, shown: str) -> None:
    page = open_page()
    page.goto(f"{school}/?van={shown}")
    button = page.get_by_role("button", name=NAME)
    expect(button).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Tab")  # the link of the school comes first
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    panel = page.get_by_role("dialog", name="Vragen over de Mkb-route")
    expect(panel).to_be_visible()
    expect(panel.get_by_role("button", name="Sluiten")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_escape_inside_the_window_closes_it(open_page: OpenPage, school: str, shown: str) -> None:
    page = open_page()
    page.goto(f"{school}/?van={shown}")
    inside = opened(page)
    inside.get_by_role("textbox", name="Je vraag").press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name=NAME)).to_be_focused()


def test_the_way_from_the_button_into_the_window(
    open_page: OpenPage, school: str, shown: str
) -> None:
    page = open_page()
    page.goto(f"{school}/?van={shown}")
    inside = opened(page)
    expect(inside.get_by_role("textbox", name="Je vraag")).to_be_visible()
    page.keyboard.press("Tab")
    within = "() => document.activeElement.shadowRoot?.activeElement.tagName"
    assert page.evaluate(within) == "IFRAME"


def test_it_fills_a_phone(open_page: OpenPage, school: str, shown: str) -> None:
    page = open_page(viewport=PHONE)
    page.goto(f"{school}/?van={shown}")
    opened(page)
    box = page.get_by_role("dialog").bounding_box()
    assert box == {"x": 0, "y": 0, **PHONE}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_either_site(
    open_page: OpenPage, school: str, shown: str, scheme: str, watch: Watch
) -> None:
    watch.expect("postMessage")  # how axe itself asks a page in a frame
    page = open_page(color_scheme=scheme)
    page.goto(f"{school}/?van={shown}")
    inside = opened(page)
    expect(inside.get_by_role("textbox", name="Je vraag")).to_be_visible()
    assert grave_faults(page) == []


def test_the_words_and_the_language_of_the_tag(
    open_page: OpenPage, school: str, shown: str
) -> None:
    page = open_page()
    page.goto(f'{school}/?van={shown}&meer=data-taal="en" data-tekst="Ask us"')
    page.get_by_role("button", name="Ask us").click()
    expect(page.get_by_role("dialog", name="Questions about the Mkb-route")).to_be_visible()
    expect(page.frame_locator("iframe").locator("html")).to_have_attribute("lang", "en")


def test_a_source_opens_outside_the_window(open_page: OpenPage, school: str, shown: str) -> None:
    page = open_page()
    page.goto(f"{school}/?van={shown}")
    inside = opened(page)
    inside.get_by_role("textbox", name="Je vraag").fill("Wat is de Mkb-route?")
    inside.get_by_role("button", name="Stel je vraag").click()
    with page.context.expect_page() as other:
        inside.get_by_role("link", name="Lees dit in het document").first.click()
    expect(other.value.locator("mark").first).to_be_visible()
    assert other.value.url.startswith(f"{shown}/bron/")


def test_a_site_that_is_not_in_the_settings_is_refused(
    open_page: OpenPage, stranger: str, shown: str, watch: Watch
) -> None:
    watch.expect("frame-ancestors")
    page = open_page()
    page.goto(f"{stranger}/?van={shown}")
    page.get_by_role("button", name=NAME).click()
    page.wait_for_function("() => true")
    assert "frame-ancestors" in wait_for_fault(page, watch)


def test_other_pages_are_refused_everywhere(
    open_page: OpenPage, school: str, shown: str, watch: Watch
) -> None:
    watch.expect("frame-ancestors")
    page = open_page()
    page.goto(f"{school}/?van={shown}")
    page.evaluate(
        "(address) => { const f = document.createElement('iframe'); f.src = address; "
        "document.body.append(f); }",
        f"{shown}/",
    )
    assert "frame-ancestors" in wait_for_fault(page, watch)


def wait_for_fault(page: Page, watch: Watch) -> str:
    """The first thing that went wrong; the browser tells it some time later."""
    for _ in range(100):
        if watch.faults:
            return watch.faults[0]
        page.wait_for_timeout(50)
    return ""
