"""What differs between two versions: nothing is lost, and what stayed is not told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_version
from web.staff.comparison import Comparison, compare

TEXTS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=5).map(" ".join)
VERSIONS = st.lists(TEXTS, max_size=8)


def compared(before: list[str], now: list[str]) -> Comparison:
    return compare(make_version("x", before).passages, make_version("x", now).passages)


def test_equal_versions_have_no_differences() -> None:
    found = compared(["Een fiets.", "Een slot."], ["Een fiets.", "Een slot."])
    assert (found.differences, found.same) == ((), 2)


def test_what_came_went_and_changed_is_told_apart() -> None:
    before = ["De prijs is 450 euro per jaar.", "Anna kookt soep.", "Het blijft zo."]
    now = ["De prijs is 475 euro per jaar.", "Het blijft zo.", "Joost bakt brood."]
    found = compared(before, now)
    assert (found.added, found.changed, found.gone, found.same) == (1, 1, 1, 1)
    changed = found.differences[0]
    assert [(r.kind, r.text) for r in changed.runs] == [
        ("same", "De prijs is "),
        ("gone", "450"),
        ("added", "475"),
        ("same", " euro per jaar."),
    ]
    assert [d.place.text for d in found.differences[1:]] == [
        "Anna kookt soep.",
        "Joost bakt brood.",
    ]


def test_against_nothing_all_is_new() -> None:
    found = compared([], ["Een fiets."])
    assert (found.added, found.gone, found.same) == (1, 0, 0)


def test_a_move_in_space_only_is_no_change() -> None:
    assert compared(["Een  fiets\nkost geld."], ["Een fiets kost geld."]).differences == ()


@given(VERSIONS, VERSIONS)
def test_every_passage_is_told_once(before: list[str], now: list[str]) -> None:
    found = compared(before, now)
    gone = sum(d.before is not None for d in found.differences)
    came = sum(d.now is not None for d in found.differences)
    assert gone + found.same == len(before)
    assert came + found.same == len(now)


@given(VERSIONS, VERSIONS)
def test_the_runs_of_a_change_hold_both_texts(before: list[str], now: list[str]) -> None:
    for difference in compared(before, now).differences:
        old = "".join(run.text for run in difference.runs if run.kind != "added")
        new = "".join(run.text for run in difference.runs if run.kind != "gone")
        assert old == (difference.before.text if difference.before else "")
        assert new == (difference.now.text if difference.now else "")
