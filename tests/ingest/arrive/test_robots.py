from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.arrive.robots import MAX_BYTES, Robots, Rule, normal, parse_robots


def allowed(robots: str, path: str) -> bool:
    return parse_robots(robots.encode()).allows(path)


@pytest.mark.parametrize(
    ("robots", "path", "may"),
    [
        ("", "/x", True),
        ("<!DOCTYPE html><html><p>Geen robots hier", "/x", True),
        ("User-agent: *\nDisallow: /", "/x", False),
        ("User-agent: *\nDisallow:", "/x", True),
        ("User-agent: *\nDisallow: /intern/", "/intern", True),
        ("User-agent: *\nDisallow: /intern/", "/intern/a", False),
        # the longest rule decides, whatever its place
        ("User-agent: *\nDisallow: /\nAllow: /open/", "/open/a", True),
        ("User-agent: *\nAllow: /\nDisallow: /dicht", "/dicht/a", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        # wildcards
        ("User-agent: *\nDisallow: /*.pdf$", "/map/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/map/a.pdf?x", True),
        ("User-agent: *\nDisallow: /*?s=", "/zoek?s=mkb", False),
        ("User-agent: *\nDisallow: /a*b*c", "/axxbxxc/d", False),
        ("User-agent: *\nDisallow: /a*b*c", "/axxcxxb", True),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /a*$", "/abc", False),
        # whom the rules are for
        ("User-agent: googlebot\nDisallow: /", "/x", True),
        ("User-agent: RouteWijzer\nDisallow: /", "/x", False),
        ("User-agent: Routewijzer/2.0\nDisallow: /", "/x", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: routewijzer\nDisallow: /b", "/x", True),
        ("User-agent: a\nUser-agent: routewijzer\nDisallow: /", "/x", False),
        ("User-agent: routewijzer\nDisallow: /a\n\nUser-agent: routewijzer\nDisallow: /b", "/a", 0),
        ("User-agent: routewijzer\nDisallow: /a\n\nUser-agent: routewijzer\nDisallow: /b", "/b", 0),
        ("User-agent: *\nSitemap: https://x.nl/s.xml\nUser-agent: b\nDisallow: /", "/x", False),
        ("User-agent: b\nCrawl-delay: 2\nUser-agent: *\nDisallow: /b", "/x", True),
        ("Disallow: /", "/x", True),
        # how it is written
        ("\ufeffUSER-AGENT : * # wij\r\nDISALLOW:/x # niet\r\n", "/xy", False),
        ("user-agent: *\rdisallow: /x\r", "/x", False),
        ("User-agent: *\nDisallow: /caf%c3%a9", "/caf%C3%A9", False),
        ("User-agent: *\nDisallow: /café", "/caf%C3%A9", False),
        ("User-agent: *\nDisallow: /%61", "/a", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
    ],
)
def test_what_a_site_allows(robots: str, path: str, may: bool) -> None:
    assert allowed(robots, path) == may


def test_a_delay_is_read_for_us_alone() -> None:
    robots = b"User-agent: *\nCrawl-delay: 2.5\n\nUser-agent: ander\nCrawl-delay: 99"
    assert parse_robots(robots).delay == 2.5
    assert parse_robots(b"User-agent: *\nCrawl-delay: morgen").delay == 0
    assert parse_robots(b"User-agent: *\nCrawl-delay: -1").delay == 0


def test_what_stands_very_far_is_not_read() -> None:
    late = b"User-agent: *\n" + b"#" * MAX_BYTES + b"\nDisallow: /"
    assert parse_robots(late).allows("/x")


def test_hostile_wildcards_take_no_time() -> None:
    rules = Robots((Rule(False, "/" + "*a" * 5000 + "$"),))
    assert rules.allows("/" + "a" * 4999 + "b")


@given(st.binary())
def test_any_bytes_are_rules_or_none(data: bytes) -> None:
    assert parse_robots(data).allows("/x") in (True, False)


@given(st.text(max_size=50), st.text(max_size=50))
def test_a_pattern_fits_what_begins_with_it(start: str, rest: str) -> None:
    plain = normal("/" + start.replace("*", "").replace("$", ""))
    assert Rule(False, plain).fits(plain + normal(rest))
    assert Rule(False, plain + "$").fits(plain)
    assert Rule(False, plain + "*$").fits(plain + normal(rest))


@given(st.text())
def test_one_form_is_the_form_of_itself(path: str) -> None:
    assert normal(normal(path)) == normal(path)
    assert normal(path).isascii()
