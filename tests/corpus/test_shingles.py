"""What two texts have in common."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.shingles import (
    FEWEST_WORDS,
    NEAR,
    Runs,
    containment,
    join_runs,
    key_of,
    likeness,
    near_pairs,
    numbers,
    numbers_clash,
    other_numbers,
    runs,
    words,
)

LIST = (
    "Een leerbedrijf is erkend als een medewerker tijd heeft voor begeleiding, de werkplek veilig "
    "is en de opleiding twee keer per jaar op bezoek komt."
)
# Few words, so that texts of them share runs now and then.
TEXTS = st.lists(st.lists(st.sampled_from("abcde"), max_size=30), max_size=12)


def runs_of(text: str) -> Runs:
    return runs(words(text))


def numbers_in(text: str) -> frozenset[str]:
    return numbers(text, words(text))


def test_characters_and_punctuation_make_no_other_text() -> None:
    one = words("- Eén begeleider;\n- tijd (en geld)!")
    assert one == words("een BEGELEIDER: tijd, en 'geld'.")
    assert key_of(one) == key_of(words("een begeleider tijd en geld"))
    assert key_of(one) != key_of(words("een begeleider tijd of geld"))
    assert key_of(words("a b")) != key_of(words("ab"))


def test_a_list_within_a_longer_passage_is_found() -> None:
    around = f"In dit hoofdstuk gaat het over erkenning. {LIST} Dat geldt overal in het land."
    assert containment(runs_of(LIST), runs_of(around)) == 1.0


def test_a_word_changed_here_and_there_is_near() -> None:
    changed = LIST.replace("medewerker", "collega").replace("veilig", "schoon")
    assert NEAR <= containment(runs_of(LIST), runs_of(changed)) < 1.0


def test_the_same_words_about_something_else_are_not_near() -> None:
    other = "Tijd is geld: als de opleiding op bezoek komt, is een medewerker de hele dag bezig."
    assert containment(runs_of(LIST), runs_of(other)) < 0.1


def test_a_few_words_are_not_compared() -> None:
    few = " ".join("abcdefgh"[: FEWEST_WORDS - 1])
    assert len(runs_of(few)) == 0
    assert len(runs_of(few + " h")) == FEWEST_WORDS - 2
    assert containment(runs_of(few), runs_of(few)) == 0.0


@given(texts=TEXTS, known=st.integers(0, 12))
def test_near_pairs_are_those_of_comparing_everything(texts: list[list[str]], known: int) -> None:
    all_runs = [runs(text) for text in texts]
    expected = {
        (a, b): share
        for b in range(known, len(texts))
        for a in range(b)
        if (share := containment(all_runs[a], all_runs[b])) >= NEAR
    }
    found = {(a, b): share for a, b, share in _pairs(all_runs[:known], all_runs[known:])}
    assert found == pytest.approx(expected)


def test_many_texts_are_compared_in_parts_and_none_is_missed() -> None:
    texts = [np.arange(20 * n, 20 * n + 20, dtype=np.uint32) for n in range(4_500)]
    texts[4_400] = texts[7].copy()
    texts[4_401] = texts[3_000].copy()
    assert _pairs(texts[:100], texts[100:]) == [(7, 4_400, 1.0), (3_000, 4_401, 1.0)]


def test_a_figure_of_speech_in_hundreds_of_texts_makes_no_pairs() -> None:
    phrase = np.arange(6, dtype=np.uint32)
    texts = [
        np.concatenate([phrase, np.arange(10 * n, 10 * n + 4, dtype=np.uint32)])
        for n in range(1, 600)
    ]
    assert _pairs([], texts) == []


@given(st.sets(st.text(max_size=3)), st.sets(st.text(max_size=3)))
def test_likeness_is_a_share_and_works_both_ways(one: set[str], other: set[str]) -> None:
    found = likeness(one, other, lambda term: 1.0 + len(term))
    assert 0.0 <= found <= 1.0
    assert found == pytest.approx(likeness(other, one, lambda term: 1.0 + len(term)))
    assert (found == pytest.approx(1.0)) == (bool(one) and one == other)


def test_a_rare_term_in_common_weighs_more() -> None:
    rare = {"de": 0.1, "bouwplaats": 5.0, "student": 1.0, "begeleider": 1.0}.__getitem__
    assert likeness({"de", "student"}, {"de", "begeleider"}, rare) < 0.1
    assert likeness({"bouwplaats", "student"}, {"bouwplaats", "begeleider"}, rare) > 0.8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Het kost 2.700 euro, of 12,5 %.", {"2.700", "12,5"}),
        ("Drie jaar of drie dagen", {"3"}),
        ("Een student, een bedrijf", set()),
        ("In 2022 deden acht routes mee.", {"2022", "8"}),
    ],
)
def test_numbers_are_read_in_digits_and_in_words(text: str, expected: set[str]) -> None:
    assert numbers_in(text) == expected


def test_another_number_is_seen() -> None:
    old, new = numbers_in("In 2024 kost het 150 euro."), numbers_in("In 2024 kost het 200 euro.")
    assert other_numbers(old, new)
    assert not other_numbers(old, old)
    assert not other_numbers(old, old | {"7"})  # one says more than the other
    assert not numbers_clash(old, new)  # they have the year in common
    assert numbers_clash({"1", "2"}, {"3", "4", "5"})
    assert not numbers_clash({"1"}, {"2"})


def _pairs(known: Sequence[Runs], new: Sequence[Runs]) -> list[tuple[int, int, float]]:
    return list(near_pairs(join_runs(known), join_runs(new)))
