"""Broken pages: every input gives blocks, in bounded time, and no text is lost for its form."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.html.meta import html_metadata
from ingest.html.reader import declared_charset, html_blocks, html_title

TAGS = [
    "p",
    "div",
    "span",
    "b",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "thead",
    "h1",
    "h2",
    "h6",
    "a",
    "blockquote",
    "figure",
    "figcaption",
    "details",
    "summary",
    "main",
    "article",
    "aside",
    "nav",
    "header",
    "footer",
    "form",
    "input",
    "button",
    "label",
    "section",
    "sup",
    "q",
    "pre",
    "br",
    "hr",
    "body",
    "html",
    "head",
    "title",
    "script",
    "style",
    "o:p",
    "x-y",
    "cite",
    "address",
    "time",
    "wbr",
    "template",
]
ATTRIBUTES = (
    'class="nav"', 'class="cookie-bar"', 'class="accordion-title"', 'role="main"', 'role="tab"',
    'id="fn1"', 'href="#fn1"', 'href="/x"', 'rowspan="3"', 'colspan="0"', "hidden", 'start="-2"',
    'class="MsoListParagraph"', 'style="mso-list:l0 level9 lfo1"', 'role="heading" aria-level="9"',
    "\x08=1", "\ufffe", '"<',
    'style="display:none"', 'aria-controls="fn1"', 'class="testimonial"', 'data-cfemail="zz"', "",
)  # fmt: skip
TEXTS = (
    "tekst",
    "Kop",
    "- a",
    "1. b",
    "• c",
    "Lees ook",
    "€ 5",
    "\x00",
    "\ud800",
    "&#0;&bogus;",
    " ",
)
PIECES = st.one_of(
    st.builds(
        lambda tag, more: f"<{tag} {more}>", st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)
    ),
    st.builds(lambda tag: f"</{tag}>", st.sampled_from(TAGS)),
    st.sampled_from(TEXTS),
    st.text(max_size=20),
)


def words(source: str) -> set[str]:
    return set(" ".join(block.text for block in html_blocks(source)).split())


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.booleans())
def test_every_input_gives_blocks(soup: str, whole: bool) -> None:
    page = f"<!DOCTYPE html><html><body>{soup}" if whole else soup
    for block in html_blocks(page):
        assert block.text == " ".join(block.text.split())
        assert block.text
        assert block.level >= 0
    title = html_title(page)
    assert title is None or title.strip()
    html_metadata(page)


@given(st.binary(max_size=200))
def test_any_bytes_may_declare_an_encoding(data: bytes) -> None:
    name = declared_charset(data)
    assert name is None or isinstance(b"a".decode(name), str)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["p", "h2", "li", "b", "span", "dd", "td"]), min_size=1, max_size=15)
)
def test_unclosed_tags_lose_no_word(tags: list[str]) -> None:
    source = "".join(f"<{tag}>woord{number} " for number, tag in enumerate(tags))
    read = " ".join(words(source))
    assert all(f"woord{number}" in read for number in range(len(tags)))


@pytest.mark.parametrize(
    "source",
    [
        "tekst vooraf<!doctype html><html><head></head><body><p>een</p></body></html>na",
        "<html><body><p>een</p></body><body class=x><p>twee</p></body></html>",
        "<p>een</p></div></div><p>twee",
        "<ul><li><p>een<li>twee<ul><li>drie</ul><p>vier</ul>",
        "<table><tr><td>een<table><tr><td>twee</table>drie</table>vier",
        "<b><p>een</b></p><i>twee<p>drie</i>",
        "<h2>een<h3>twee<p>drie</h2>",
        "<p \x08=1>een</p><a x\x1by \ufffe=2 a:b:c=3>twee</a>",
        "<p &#8;=3>een</p><x:y:z>twee</x:y:z>",
        "e\x00en <p>tw\x00ee",
        "<a href=x>een <a href=y>twee</a>",
    ],
)
def test_what_is_broken_is_read_to_the_end(source: str) -> None:
    wanted = [
        word for word in ("een", "twee", "drie", "vier") if word in source.replace("\x00", "")
    ]
    assert set(wanted) <= words(source)


@pytest.mark.parametrize(
    "tag", ["div", "span", "b", "blockquote", "ul><li", "table><tr><td", "details"]
)
@pytest.mark.parametrize("depth", [150, 2500])
def test_deep_pages_are_read_to_the_end(tag: str, depth: int) -> None:
    assert {"diep", "na"} <= words(f"<{tag}>" * depth + "diep<p>na</p>")


def test_ten_thousand_nested_blocks_are_read_to_the_end() -> None:
    assert {"diep", "na"} <= words("<div>" * 10_000 + "diep<p>na</p>")


@pytest.mark.parametrize(
    "source",
    [
        "<p>a <b>b</b> <a href=x>c</a></p>" * 4_000,
        "<div class='menu-item'>" * 400 + "<p>tekst</p>" * 2_000,
        "<td>" * 4_000,
        "<table>" + "<tr><td rowspan=100 colspan=100>x" * 500,
        "<" * 100_000,
        "<!--" * 50_000,
        "<p>" + "- a<br>" * 5_000,
        "<span>" * 90 + "<i>x</i>" * 3_000,
    ],
    ids=range(8),
)
def test_large_pages_take_bounded_time(source: str) -> None:
    start = time.process_time()
    html_blocks(source)
    assert time.process_time() - start < 10
