from __future__ import annotations

from tests.web.security_page import PAGE, tables, written


def test_the_page_tells_what_is_tested() -> None:
    """Otherwise: `python -m tests.web.security_page`."""
    page = PAGE.read_text(encoding="utf-8")
    assert written(page) == page
    assert tables() in page
