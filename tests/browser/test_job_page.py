"""The page of a job goes on by itself, also when the server stopped while it was loaded. The server
is made up here, but for the script of the page."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.watch import Watch

ADDRESS = "/beheer/werk/proef"
PAGE = f"""<!doctype html><html lang="nl"><title>Proef</title>
<link rel="icon" href="/static/logo.svg"><meta http-equiv="refresh" content="1">
<script type="module" src="/static/beheer-job.js"></script>
<div id="stand" data-adres="{ADDRESS}/stand">STATE</div><p id="melding" role="status"></p>"""


@dataclass
class Work:
    """A job that never ends, and what was asked about it."""

    asked: list[str] = field(default_factory=list)

    def page(self, route: Route) -> None:
        self._give(route, "page", PAGE)

    def state(self, route: Route) -> None:
        self._give(route, "state", "STATE")

    def _give(self, route: Route, what: str, body: str) -> None:
        self.asked.append(what)
        step = f'<p class="notice" data-open="ja">Stap {len(self.asked)}</p>'
        route.fulfill(body=body.replace("STATE", step), content_type="text/html; charset=utf-8")


@pytest.fixture
def work(page: Page) -> Work:
    work = Work()
    page.route(f"**{ADDRESS}", work.page)
    page.route(f"**{ADDRESS}/stand", work.state)
    return work


def test_without_its_script_the_page_reloads_itself(page: Page, work: Work, watch: Watch) -> None:
    watch.expect("ERR_FAILED")
    page.route("**/static/beheer-job.js", lambda route: route.abort())
    page.goto(ADDRESS)
    expect(page.locator("#stand")).to_contain_text("Stap 2")
    assert set(work.asked) == {"page"}


def test_with_its_script_it_does_not(page: Page, work: Work) -> None:
    page.goto(ADDRESS)
    expect(page.locator("#stand")).to_contain_text("Stap 4")  # it was to reload before that
    assert work.asked.count("page") == 1
    assert page.locator("meta[http-equiv=refresh]").count() == 0
