"""Tags with so many attributes that reading them would take minutes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.html.overloaded import MOST_ATTRIBUTES, without_overloaded
from ingest.html.tree import parse, raw_text


def many(count: int, shape: str = ' a{}="b"') -> str:
    return "".join(shape.format(number) for number in range(count))


@pytest.mark.parametrize("written", [' a{}="b"', " a{}", "\na{}=b", "/a{}=b", ' a{} = "x y>z"'])
def test_a_tag_with_too_many_attributes_loses_them(written: str) -> None:
    text = f"<p>voor</p><p{many(MOST_ATTRIBUTES + 1, written)}>tekst</p>"
    assert without_overloaded(text) == "<p>voor</p><p>tekst</p>"
    enough = f"<p{many(MOST_ATTRIBUTES - 1, written)}>tekst</p>"
    assert without_overloaded(enough) == enough


@pytest.mark.parametrize(
    "kept",
    [
        f'<img src="data:image/png;base64,{"ab==" * 2000}">',
        "<div data-all='" + '{"a": "b = c d"} ' * 500 + "'>",
        f"<script>if (a <b) {{ {'x = 1; ' * 2000} }}</script><p>tekst</p>",
        f"<style>a <b {'x = 1 ' * 2000}",
        "<p>" + "a = b c d " * 3000,
        "a < b" * 1000,
    ],
    ids=["picture", "data", "script", "style", "text", "less"],
)
def test_what_only_looks_like_it_stays(kept: str) -> None:
    assert without_overloaded(kept) == kept


def test_it_is_found_wherever_it_hides() -> None:
    overload = many(MOST_ATTRIBUTES + 1)
    for start in ("<script", "<p <b", '<p x"', "<p </p", "<P x="):
        assert "a7=" not in without_overloaded(f"{start} {overload}>tekst")


def test_a_page_with_such_a_tag_is_read_in_no_time() -> None:
    started = time.process_time()
    root = parse(f"<html><body><p {many(100_000, ' a{}=b')}>De student werkt.</p></body></html>")
    assert root is not None
    assert raw_text(root) == "De student werkt."
    assert time.process_time() - started < 2  # it was over a minute


@given(st.text(alphabet="<p>/=\"' ab", max_size=60))
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert without_overloaded(text) == text
