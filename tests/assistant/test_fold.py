"""Passages that say the same become one; what says anything else stays to be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.fold import FOLDED, Folder, unfolded
from corpus.twins import Twin, TwinKind
from corpus.types import Hit, Reason, Version
from tests.assistant.conftest import hit_of, read
from tests.builders import SmallCorpus

CRITERIA = (
    "Een werkplaats is erkend als een meester tijd heeft voor leerlingen, als het gereedschap "
    "veilig is en als de school twee keer per jaar langskomt."
)
MORE = f"Niet elke werkplaats mag meedoen aan deze regeling. {CRITERIA}"
OTHER = "De kantine verkoopt soep en brood voor weinig geld, en op vrijdag is het feest."


class AllAlike:
    """Says of any two passages that they may be twins: folding itself must look closely."""

    def __init__(self, kind: TwinKind = "near", other_numbers: bool = False) -> None:
        self._kind = kind
        self._other_numbers = other_numbers

    def __contains__(self, passage_id: object) -> bool:
        return True

    def between(self, passage_id: str, other_id: str) -> Twin | None:
        return Twin(other_id, self._kind, 1.0, self._other_numbers)


@cache
def said(name: str, text: str, heading: str = "Regels", published: str = "") -> Version:
    head = f"---\npublished: {published}\n---\n" if published else ""
    return read(f"{head}# Gids {name}\n\n## {heading}\n\n{text}\n", f"{name}.md")


def hit(version: Version, score: float) -> Hit:
    made = hit_of(version, version.passages[0], score)
    return replace(made, why=(Reason("dense", score - 1.0, 0.9), Reason("lexical", 1.0)))


def names(hits: Sequence[Hit]) -> list[str]:
    return [h.document_id.removeprefix("gids-") for h in hits]


ALL = AllAlike()
fold = Folder().fold


# --- what is folded --------------------------------------------------------------------------


def test_a_copy_is_folded_into_the_best_and_the_next_moves_up() -> None:
    hits = [
        hit(said("a", CRITERIA), 9.0),
        hit(said("b", CRITERIA, "Iets anders"), 8.0),
        hit(said("c", OTHER), 7.0),
    ]
    first, second = fold(hits, ALL)
    assert (*names([first]), names(first.also)) == ("a", ["b"])
    assert first.why == hits[0].why
    assert first.also[0] == hits[1]
    assert second == hits[2]


def test_what_a_longer_one_says_too_is_folded_into_it() -> None:
    first, *rest = fold([hit(said("a", MORE), 9.0), hit(said("b", CRITERIA), 5.0)], ALL)
    assert (*names([first]), names(first.also), rest) == ("a", ["b"], [])


def test_three_copies_become_one_with_two_other_places() -> None:
    hits = [hit(said(name, CRITERIA), 9.0 - n) for n, name in enumerate("abc")]
    (only,) = fold(hits, ALL)
    assert (*names([only]), names(only.also)) == ("a", ["b", "c"])


@pytest.mark.parametrize(
    ("heading", "folded"), [("Mag een gast mee?", True), ("Mag een hond mee?", False)]
)
def test_a_short_answer_is_another_one_under_another_heading(heading: str, folded: bool) -> None:
    one = said("a", "Ja, dat mag altijd.", "Mag een gast mee?")
    other = said("b", "Ja, dat mag altijd.", heading)
    assert (len(fold([hit(one, 2.0), hit(other, 1.0)], ALL)) == 1) == folded


# --- what is not -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        CRITERIA.replace("twee", "drie"),
        CRITERIA.replace("veilig", "niet veilig"),
        CRITERIA.replace("is erkend", "moet erkend zijn"),
        CRITERIA.replace("De school", "Het bedrijf").replace("de school", "het bedrijf"),
        f"{CRITERIA} Dat geldt niet in de bouw.",
        MORE,
        OTHER,
    ],
)
def test_what_says_anything_else_is_seen(other: str) -> None:
    hits = (hit(said("a", CRITERIA), 9.0), hit(said("b", other), 5.0))
    assert fold(hits, ALL) == hits


def test_the_same_items_in_another_list_are_seen() -> None:
    items = "\n- Een nieuwe laptop met een tas.\n- Het collegegeld van de student.\n"
    one = said("a", f"De werkgever betaalt deze kosten van de student:\n{items}")
    other = said("b", f"De student betaalt zelf deze kosten van de opleiding:\n{items}")
    hits = (hit(one, 2.0), hit(other, 1.0))
    assert fold(hits, ALL) == hits


@pytest.mark.parametrize("twins", [AllAlike("alike"), AllAlike("near", other_numbers=True)])
def test_alike_and_other_numbers_are_never_folded(twins: AllAlike) -> None:
    hits = (hit(said("a", CRITERIA), 2.0), hit(said("b", CRITERIA), 1.0))
    assert fold(hits, twins) == hits


# --- which one stays -------------------------------------------------------------------------


def test_of_about_equal_ones_the_newer_stays_in_the_place_of_the_best() -> None:
    old, new = said("a", CRITERIA, published="2020"), said("b", CRITERIA, published="2021-07")
    (only,) = fold([hit(old, 9.0), hit(new, 8.8)], ALL)
    assert (*names([only]), names(only.also), only.score) == ("b", ["a"], 9.0)
    assert sum(r.points for r in only.why) == pytest.approx(9.0)
    assert only.why[-1].name == FOLDED
    assert only.why[-1].raw == 8.8


@pytest.mark.parametrize(
    ("first", "second", "score"),
    [
        ("2020", "2021-07", 5.0),  # far behind
        ("2021-07", "2021", 8.9),  # within the same year
        ("2021", "", 8.9),  # of an unknown date
        ("2022", "2021", 8.9),
    ],
)
def test_otherwise_the_best_stays(first: str, second: str, score: float) -> None:
    a, b = said("a", CRITERIA, published=first), said("b", CRITERIA, published=second)
    (only,) = fold([hit(a, 9.0), hit(b, score)], ALL)
    assert (*names([only]), only.score, only.why) == ("a", 9.0, hit(a, 9.0).why)


def test_of_about_equal_ones_the_one_that_says_more_stays() -> None:
    (only,) = fold([hit(said("a", CRITERIA), 9.0), hit(said("b", MORE), 8.9)], ALL)
    assert (*names([only]), names(only.also)) == ("b", ["a"])


# --- always ----------------------------------------------------------------------------------

TEXTS = [CRITERIA, MORE, OTHER, CRITERIA.replace("twee", "drie"), "Ja."]


@given(st.lists(st.tuples(st.sampled_from(TEXTS), st.floats(0, 3)), max_size=12))
def test_nothing_is_lost_and_the_order_holds(chosen: list[tuple[str, float]]) -> None:
    given_ = [
        hit(said(f"d{n}", text), score)
        for n, (text, score) in enumerate(sorted(chosen, key=lambda one: -one[1]))
    ]
    folded = fold(given_, ALL)
    assert sorted(names(unfolded(folded))) == sorted(names(given_))
    assert [h.score for h in folded] == sorted((h.score for h in folded), reverse=True)
    for one in folded:
        assert sum(r.points for r in one.why) == pytest.approx(one.score)
        assert all(other.also == () for other in one.also)
        body = " ".join(s.text for s in one.passage.sentences)
        assert all(s.text in body for h in one.also for s in h.passage.sentences)


def test_the_twins_that_the_corpus_knows_are_folded(small_corpus: SmallCorpus) -> None:
    versions = (said("a", MORE), said("b", CRITERIA), said("c", CRITERIA.replace("twee", "drie")))
    edition = small_corpus.publish(*versions, said("d", OTHER))
    hits = [hit(version, 9.0 - n) for n, version in enumerate(versions)]
    first, second = fold(hits, small_corpus.library.twin_table(edition))
    assert (names([first, second]), names(first.also)) == (["a", "c"], ["b"])
