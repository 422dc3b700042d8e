from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fields import Fields
from ingest.html.meta import PageMetadata, html_metadata
from tests.web_pages import ELEMENTOR, GOVERNMENT, SEMANTIC


def test_a_government_page_says_most_of_itself() -> None:
    assert html_metadata(GOVERNMENT.html) == PageMetadata(
        url="https://www.loket.example/leerbaan",
        publisher="Ministerie van Voorbeelden",
        published="2023-02-01",
        modified="2024-01-15",
    )


def test_the_day_of_the_last_change_counts() -> None:
    given_with = html_metadata(GOVERNMENT.html).partial()
    assert (given_with.published, given_with.title) == ("2024-01-15", None)


def test_a_saved_page_knows_where_it_came_from() -> None:
    assert html_metadata(ELEMENTOR.html).url == "https://www.voorbeeld.nl/leerwerkplek/"


def test_the_time_at_the_top_of_an_article() -> None:
    assert html_metadata(SEMANTIC.html).published == "2024-03-05"
    two = "<main><time datetime='2024-01-01'>a</time><time datetime='2024-02-02'>b</time></main>"
    assert html_metadata(two).published is None


def test_linked_data() -> None:
    page = """<script type="application/ld+json">{"@graph": [{"@type": "WebPage",
        "datePublished": "2022-07-21T10:00:00+02:00", "publisher": {"name": "De school"}}]}</script>
        <script type="application/ld+json">{kapot</script>"""
    found = html_metadata(page)
    assert (found.published, found.publisher) == ("2022-07-21", "De school")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2021", "2021"),
        ("2022-07", "2022-07"),
        ("2022-07-21T10:00", "2022-07-21"),
        ("21-07-2022", "2022-07-21"),
        ("21 juli 2022", "2022-07-21"),
        ("3 mrt 2022", "2022-03-03"),
        ("2022-13-01", None),
        ("30-02-2022", None),
        ("1970-01-01", None),
        ("gisteren", None),
    ],
)
def test_only_sure_days(written: str, read: str | None) -> None:
    page = f'<meta property="article:published_time" content="{written}">'
    assert html_metadata(page).published == read


@pytest.mark.parametrize("url", ["/pad", "javascript:x", "https://", "https://a b.nl/x"])
def test_only_whole_addresses(url: str) -> None:
    assert html_metadata(f'<link rel="canonical" href="{url}">').url is None


def test_a_change_before_the_publication_is_no_day_of_change() -> None:
    page = (
        '<meta name="dcterms.issued" content="2023"><meta name="dcterms.modified" content="2020">'
    )
    assert html_metadata(page) == PageMetadata(published="2023")


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_what_is_found_is_what_documents_accept(url: str, day: str, name: str) -> None:
    page = (
        f'<link rel="canonical" href="{url}"><meta name="dcterms.issued" content="{day}">'
        f'<meta property="og:site_name" content="{name}">'
        f'<script type="application/ld+json">{day}</script>'
    )
    found = html_metadata(page).partial()
    given_fields = {"url": found.url, "published": found.published, "publisher": found.publisher}
    Fields.model_validate({key: value for key, value in given_fields.items() if value is not None})
