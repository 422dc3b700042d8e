from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.diversity import DiversitySettings, diverse, overlap
from corpus.dutch import DutchAnalyser
from corpus.types import Hit
from tests.assistant.conftest import hit_of
from tests.builders import make_version

ANALYSER = DutchAnalyser()
MILD = DiversitySettings(weight=1.0)
FIRST = "De werkgever betaalt het collegegeld van de student."
AGAIN = "De werkgever van de student betaalt ook het collegegeld."
ELSE = "Een begeleider op de werkvloer helpt iedere week."


def hits(*texts: str, step: float = 0.5) -> list[Hit]:
    """One hit per text, each ``step`` points below the one before."""
    found = []
    for n, text in enumerate(texts):
        version = make_version(f"d{n}", [text])
        found.append(hit_of(version, version.passages[0], 10.0 - step * n))
    return found


def order(found: list[Hit], places: int = 5, settings: DiversitySettings = MILD) -> list[int]:
    ids = [hit.passage.id for hit in found]
    chosen = diverse(found, places, lambda hit: ANALYSER.terms(hit.passage.text), settings)
    return [ids.index(hit.passage.id) for hit in chosen]


def test_what_repeats_makes_way_for_what_bears_on_it_too() -> None:
    assert order(hits(FIRST, AGAIN, ELSE)) == [0, 2, 1]


def test_a_clearly_better_passage_stays_where_it_is() -> None:
    assert order(hits(FIRST, AGAIN, ELSE, step=1.1)) == [0, 1, 2]


def test_only_the_places_that_are_read_are_chosen() -> None:
    found = hits(FIRST, AGAIN, AGAIN, ELSE, step=0.1)
    assert order(found, places=2) == [0, 3, 1, 2]
    assert order(found, places=1) == [0, 1, 2, 3]


def test_only_among_the_best_is_chosen() -> None:
    found = hits(FIRST, AGAIN, AGAIN, ELSE, step=0.1)
    assert order(found, settings=DiversitySettings(weight=9.0, pool=3)) == [0, 1, 2, 3]


WORDS = st.lists(
    st.sampled_from(["appel", "boom", "citroen", "druif", "egel", "fiets"]), min_size=1
)


@given(st.lists(WORDS, max_size=8), st.integers(0, 9), st.floats(0, 2), st.floats(0, 1))
def test_the_first_stays_and_nothing_is_lost(
    texts: list[list[str]], places: int, weight: float, step: float
) -> None:
    found = hits(*(" ".join(text).capitalize() + " groeit." for text in texts), step=step)
    placed = order(found, places, DiversitySettings(weight=weight))
    assert sorted(placed) == list(range(len(found)))
    assert placed[:1] == list(range(len(found)))[:1]
    # Nobody is overtaken by more than the weight.
    for at, one in enumerate(placed):
        for later in placed[at + 1 :]:
            assert found[one].score >= found[later].score - weight - 1e-9


@given(st.lists(WORDS, min_size=2, max_size=8), st.floats(0, 2), st.floats(0, 1))
def test_each_next_is_the_best_of_all_that_are_left(
    texts: list[list[str]], weight: float, step: float
) -> None:
    found = hits(*(" ".join(text).capitalize() + " groeit." for text in texts), step=step)
    said = [frozenset(ANALYSER.terms(hit.passage.text)) for hit in found]
    expected, left = [0], list(range(1, len(found)))
    while left:
        repeated = [max(overlap(said[n], said[c]) for c in expected) for n in left]
        gains = [found[n].score - weight * r for n, r in zip(left, repeated, strict=True)]
        expected.append(left.pop(gains.index(max(gains))))
    assert order(found, len(found), DiversitySettings(weight=weight)) == expected


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [("ab", "ab", 1.0), ("ab", "bc", 0.5), ("ab", "", 0.0), ("", "", 0.0)],
)
def test_overlap(one: str, other: str, share: float) -> None:
    assert overlap(frozenset(one), frozenset(other)) == share
