"""What holds for every page of the site, whoever adds one: security headers, nothing inline,
markup from outside shown as text, forms that no other site can send."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml import etree, html

from tests.web.spider import Door, Seen, doors, walk
from tests.web.whole import IMAGE, NAME, QUESTION, SCRIPT, SOUND, Whole, whole_site
from web.rendering import HERE

# What is tested here is the same wherever the corpus is kept.
pytestmark = pytest.mark.embedded

STAFF = "/beheer"
SIGN_IN = f"{STAFF}/inloggen"
SETS = f"{STAFF}/vragenset?naam=starter"
NO_LINK = {
    "/beheer/cijfers/kwaliteit.html": "a file, once something was measured",
    "/openapi.json": "for programs",
    "/api/documents": "for programs",
    "/api/documents/{document_id}/text": "for programs",
    "/api/corpus/documents": "for programs",
    "/api/corpus/editions": "for programs",
    "/api/corpus/jobs/{job_id}": "for programs",
    "/api/corpus/audit": "for programs",
    "/healthz": "for programs",
    "/readyz": "for programs",
    "/metrics": "for programs",
}
"""Paths that no page leads to, with the reason."""
STARTS = ("/", f"/?vraag={quote(QUESTION)}&doelgroep=bedrijf", "/docs", "/check?voor=bedrijf")
QUESTIONS = (QUESTION, f"Wat is een zebra? {SCRIPT} {IMAGE}", "Wanneer gaat de slagboom open?", "")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    with whole_site(tmp_path_factory) as site:
        yield site


@pytest.fixture(scope="module")
def pages(whole: Whole) -> list[Seen]:
    """Every page, as readers and as staff see it; staff first, so that no page is missed."""
    staff, reader = whole.staff(), whole.reader()
    asked = [f"/?vraag={quote(question)}&taal={t}" for question in QUESTIONS for t in ("nl", "en")]
    starts = [*STARTS, *asked]
    others = [STAFF, SIGN_IN, "/venster", f"/venster?vraag={quote(QUESTION)}"]
    work = f"{STAFF}/werk/{whole.job}"
    return [
        *walk(whole.app, reader, [*starts, *others, shared(reader), "/bestaat-niet"]),
        *walk(whole.app, staff, [STAFF, work, f"{work}/stand", f"{STAFF}/bestaat-niet", SETS]),
    ]


def shared(reader: TestClient) -> str:
    """The address of an answer that was shared."""
    asked = {"vraag": QUESTION, "kenmerk": "onbekend"}
    response = reader.post("/deel", data=asked, follow_redirects=False)
    assert response.status_code == 303, response.text
    return response.headers["location"]


def html_pages(pages: list[Seen]) -> list[Seen]:
    return [p for p in pages if "text/html" in p.response.headers.get("content-type", "")]


def is_whole(page: Seen) -> bool:
    """Whether it is a page and not a part that a script puts in one."""
    return page.response.text.lstrip().lower().startswith("<!doctype html>")


def test_the_walk_comes_everywhere(whole: Whole, pages: list[Seen]) -> None:
    reached = {page.route for page in pages}
    wanted = {door.path for door in doors(whole.app) if door.method == "GET"} - set(NO_LINK)
    assert wanted - reached == set()


def test_no_page_is_broken(pages: list[Seen]) -> None:
    wrong = [
        (page.address, page.response.status_code)
        for page in pages
        if page.response.status_code >= 400 and "bestaat-niet" not in page.address
    ]
    assert [pair for pair in wrong if not pair[0].startswith("/?vraag=&")] == []


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(pages: list[Seen]) -> None:
    for page in pages:
        policy = page.response.headers["content-security-policy"]
        rules = {
            name: value for name, _, value in (r.strip().partition(" ") for r in policy.split(";"))
        }
        assert rules["default-src"] in ("'self'", "'none'"), page.address
        assert "unsafe" not in policy, page.address
        for name, value in rules.items():
            assert set(value.split()) <= {"'self'", "'none'"}, (page.address, name)
        assert page.response.headers["x-content-type-options"] == "nosniff"
        assert page.response.headers["referrer-policy"] == "no-referrer"


def inline(tree: html.HtmlElement) -> list[str]:
    """Scripts and styles that stand in the page itself, and addresses that would run something."""
    found = [f"<{node.tag}>" for node in tree.iter("style")]
    for node in tree.iter("script"):
        kind = node.get("type", "")
        if not node.get("src", "").startswith("/static/") and kind != "application/json":
            found.append("<script>")
    for node in tree.iter(etree.Element):
        for name, value in node.attrib.items():
            address = re.sub(r"[\s\x00-\x1f]", "", value).lower()
            runs = name in ("href", "src", "action", "formaction", "data") and address.startswith(
                ("javascript:", "data:text", "vbscript:")
            )
            if name.startswith("on") or name in ("style", "srcdoc") or runs:
                found.append(f"{node.tag} {name}={value!r}")
    return found


@pytest.mark.parametrize("path", sorted(HERE.glob("templates/**/*.html")), ids=lambda p: p.name)
def test_templates_hold_nothing_inline_and_escape_everything(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"<[a-z][^>]*\s(on[a-z]+|style|srcdoc)\s*=", source), "inline"
    assert "<style" not in source
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", source))
    assert not re.search(r"\|\s*safe\b|autoescape\s+false|Markup\(", source), "not escaped"


def test_nothing_stands_inline_and_markup_from_outside_is_text(pages: list[Seen]) -> None:
    for page in html_pages(pages):
        assert inline(page.tree) == [], page.address
        assert not [n for n in page.tree.iter("img") if n.get("src") == "x"], page.address


def test_markup_from_outside_is_there_to_be_seen(pages: list[Seen]) -> None:
    """Otherwise the test above proves nothing."""
    shown = {
        page.route for page in html_pages(pages) if "alert('kwaad')" in page.tree.text_content()
    }
    assert {"/", "/bron/{document_id}", "/check"} <= shown
    whole_text = " ".join(page.tree.text_content() for page in html_pages(pages))
    assert IMAGE in whole_text
    assert SOUND in whole_text


def test_every_page_has_a_title_a_language_and_a_heading(pages: list[Seen]) -> None:
    for page in filter(is_whole, html_pages(pages)):
        tree = page.tree
        assert tree.get("lang") in ("nl", "en"), page.address
        assert (tree.findtext(".//title") or "").strip(), page.address
        assert len(tree.findall(".//h1")) == 1, page.address
        assert len(tree.findall(".//main")) == 1, page.address
        ids = [node.get("id") for node in tree.xpath("//*[@id]")]
        assert len(ids) == len(set(ids)), page.address


def test_nothing_comes_from_another_host(pages: list[Seen]) -> None:
    for page in html_pages(pages):
        loaded = page.tree.xpath("//script/@src | //link/@href | //img/@src | //iframe/@src")
        assert [a for a in loaded if urlsplit(a).netloc] == [], page.address


# --- forms -------------------------------------------------------------------------------------

ELSEWHERE = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://kwaad.example"},
    {"Origin": "null"},
)
"""What a browser says of a request that a page of another site makes."""


def changing(whole: Whole) -> list[Door]:
    return [door for door in doors(whole.app) if door.method not in ("GET", "OPTIONS")]


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_nothing_can_be_sent_from_another_site(whole: Whole, headers: dict[str, str]) -> None:
    staff = whole.staff()
    for door in changing(whole):
        sent = staff.request(door.method, door.filled(), headers=headers, data={"naam": NAME})
        assert sent.status_code == 403, door


def test_a_form_for_staff_needs_the_token_of_its_session(whole: Whole) -> None:
    staff = whole.staff()
    for door in changing(whole):
        if not door.path.startswith(STAFF) or door.path == SIGN_IN:
            continue
        for token in ({}, {"formulier": "geraden"}, {"formulier": ""}):
            sent = staff.request(door.method, door.filled(), data=token, follow_redirects=False)
            assert sent.status_code == 403, (door, sent.text)
            assert "formulier" in sent.text


def test_staff_pages_need_a_session(whole: Whole) -> None:
    reader = whole.reader()
    for door in doors(whole.app):
        if door.path.startswith(STAFF) and door.path != SIGN_IN:
            sent = reader.request(door.method, door.filled(), follow_redirects=False)
            assert sent.status_code in (303, 401), door
            assert sent.headers.get("location", SIGN_IN).startswith(SIGN_IN)


def test_reading_changes_nothing(whole: Whole, pages: list[Seen]) -> None:
    """A page that is only looked at, by whatever link, publishes and withdraws nothing."""
    assert whole.parts.ledger.current() == 2
    assert len(whole.parts.ledger.history(1000)) == whole.acts
    assert pages


def test_every_form_says_where_it_goes_and_carries_its_token(
    whole: Whole, pages: list[Seen]
) -> None:
    posts = [door for door in doors(whole.app) if door.method == "POST"]
    gets = [door for door in doors(whole.app) if door.method == "GET"]
    for page in html_pages(pages):
        for form in page.tree.iter("form"):
            action = form.get("action") or page.address
            post = form.get("method", "get").lower() == "post"
            known = posts if post else gets
            assert any(door.matches(action) for door in known), (page.address, action)
            if post and action.startswith(STAFF) and not action.startswith(SIGN_IN):
                token = form.xpath(".//input[@name='formulier']/@value")
                assert len(token) == 1, (page.address, action)
                assert token[0], (page.address, action)
