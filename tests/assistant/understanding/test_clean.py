from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.clean import clean, shortened


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  Wat \n kost\tdat ?", "Wat kost dat ?"),
        ("Wat\x00 kost\ud83d een\x1b route\r\n?", "Wat kost een route ?"),
        ("be\u00adgelei\u200bding", "begeleiding"),  # soft hyphen and zero-width space: one word
        ("\u202eWat kost het\u202c", "Wat kost het"),  # marks that turn the reading direction
        ("een coe\u0308rdinator", "een co\u00ebrdinator"),
        ("e" + "\u0301" * 5000, "\u00e9" + "\u0301" * 3),
        ("<b>Wat</b> kost<br/>het?<!-- x -->", "Wat kost het?"),
        ("Is 3 < 5 en 7 > 6?", "Is 3 < 5 en 7 > 6?"),
        ("\ud800\x00", ""),
        ("\u0645\u0631\u062d\u0628\u0627", "\u0645\u0631\u062d\u0628\u0627"),
        ("\U0001f642", "\U0001f642"),
    ],
)
def test_what_can_be_read(typed: str, read: str) -> None:
    assert clean(typed) == read


@given(st.text(max_size=300))
def test_one_line_that_can_be_printed_and_stays_the_same(text: str) -> None:
    read = clean(text)
    assert read.isprintable()
    assert read == " ".join(read.split())
    read.encode()


def test_cut_at_a_word() -> None:
    assert shortened("de hogeschool kiest", 13) == "de hogeschool"
    assert shortened("de hogeschool kiest", 15) == "de hogeschool"
    assert shortened("dehogeschool", 5) == "dehog"
    assert shortened("kort", 10) == "kort"
