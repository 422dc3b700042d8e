from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from corpus.near_words import NearWords

LETTERS = st.text("abcdefgz", min_size=1, max_size=9)


def test_finds_what_one_or_two_slips_away() -> None:
    words = NearWords(["hogeschool", "hogescholen", "school", "subsidie"])
    assert words.find("hogeshcool", 1) == {"hogeschool": 1}
    assert words.find("hogeschoen", 2) == {"hogescholen": 1, "hogeschool": 2}
    assert words.find("subsdie", 1) == {"subsidie": 1}
    assert words.find("xxxxxx", 2) == {}


def test_nothing_is_near_in_nothing() -> None:
    assert NearWords([]).find("school", 2) == {}
    assert NearWords(["school"]).find("", 2) == {}


@given(st.lists(LETTERS, max_size=20, unique=True), LETTERS, st.integers(1, 2))
def test_the_filter_loses_no_word(words: list[str], asked: str, most: int) -> None:
    by_hand = {w: OSA.distance(asked, w) for w in words if OSA.distance(asked, w) <= most}
    assert NearWords(words).find(asked, most) == by_hand
