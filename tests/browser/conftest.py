"""A real browser on a real server. Every test fails on an error in the console, an error in a
script, something that the Content-Security-Policy stops, a dialog, or a request elsewhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.site import running
from tests.read_once import read_once
from tests.starter import published_starter

pytest.importorskip("playwright.sync_api", reason="playwright is niet geïnstalleerd: make install")

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.watch import Watch

NAMES = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "geen browser voor deze tests; installeer hem met: apt-get install chromium"
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
PATIENCE_MS = 30_000
"""Long, for a machine that does much else; a test that passes never waits for it."""

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lets the tests of this folder, and no others, reach servers on this machine."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture(scope="module", autouse=True)
def files_read_once() -> Iterator[None]:
    """Every page is made several times here: its template is compiled once."""
    with read_once():
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, once for a file: its loop may not run while tests elsewhere start theirs."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(NO_BROWSER)
    # Chromium refuses to shut itself in when it runs as root, as it does in a container.
    unconfined = ["--no-sandbox"] if os.geteuid() == 0 else []
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=[*quiet, *unconfined])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site with the starter pages, for tests that change nothing in it."""
    settings = published_starter(tmp_path_factory, tmp_path_factory.mktemp("site"))
    with running(settings.data_dir) as address:
        yield address


@pytest.fixture
def watch(site: str) -> Iterator[Watch]:
    """Sees what goes wrong in the pages of a test, and fails the test for it."""
    watching = Watch()
    watching.allow(site)
    yield watching
    assert watching.unexpected() == []


@pytest.fixture
def open_page(browser: Browser, site: str, watch: Watch) -> Iterator[OpenPage]:
    """Opens a page in a context of its own: ``open_page(viewport=PHONE, color_scheme="dark")``.

    The options are those of Playwright's ``new_context``; addresses count from the site.
    """
    contexts: list[BrowserContext] = []

    def open_(**options: object) -> Page:
        given = {"base_url": site, "viewport": LAPTOP, "locale": "nl-NL", **options}
        context = browser.new_context(**given)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        watch.put_on(context)
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page on a laptop."""
    return open_page()
