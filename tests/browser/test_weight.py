"""What the first page takes. Times are measured by `make bench` and asserted nowhere."""

from __future__ import annotations

from playwright.sync_api import Page

from eval.bench.browsing import weigh


def test_the_first_page_is_light_and_comes_from_one_host(page: Page, site: str) -> None:
    weight = weigh(page, site)
    assert weight.hosts == 1
    assert 2 < weight.requests < 30
    assert 2_000 < weight.bytes_sent < 100_000
