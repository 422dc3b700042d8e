from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.evaluation import Cited, Place, Result, hashed
from eval.sharp import (
    difference_in,
    find_changed_numbers,
    find_lost_facts,
    find_lost_gold,
    numerals,
)
from tests.builders import make_version
from tests.eval.fakes import BIKES, VERSIONS, evaluation, question, question_set, result

COST = "Het bedrijf betaalt 450 euro per fiets."
OTHER = {"fietsen": make_version("fietsen", ["Het bedrijf betaalt niets meer."])}
QUESTIONS = question_set(question("q"))


def said(*facts: str, quote: str = COST, **fields: object) -> Result:
    cited = Cited(number=1, document_id="fietsen", quote_hash=hashed(quote), quote=quote)
    return result("q", cited=(cited,), facts_said=facts, **fields)


def test_a_fact_is_lost_when_its_sentence_is_gone_too() -> None:
    before, after = evaluation(said("450 euro")), evaluation(said())
    assert list(find_lost_facts(before, after, QUESTIONS, OTHER)) == [("450 euro", "q")]
    # It stands there still: that it is not found now is for the averages.
    assert list(find_lost_facts(before, after, QUESTIONS, VERSIONS)) == []
    # It is said still, from elsewhere.
    assert list(find_lost_facts(before, before, QUESTIONS, OTHER)) == []


def test_a_sentence_that_was_cut_no_longer_carries_its_fact() -> None:
    cut = {"fietsen": make_version("fietsen", ["Het bedrijf betaalt 450", "euro per fiets."])}
    before, after = evaluation(said("450 euro")), evaluation(said())
    assert list(find_lost_facts(before, after, QUESTIONS, cut)) == [("450 euro", "q")]


def place(*passages: str, quote: str = "betaalt 450 euro", document: str = "fietsen") -> Place:
    return Place(document_id=document, quote_hash=hashed(quote), passages=passages, quote=quote)


def lost(text: str, *left: Place, quality: float = 1.0, on_purpose: tuple[str, ...] = ()) -> bool:
    """Whether the gate says that gold is gone when the document reads ``text``."""
    before = evaluation(result("q", gold=(place("p"), *left)))
    after = evaluation(result("q", gold=(place(), *left), figures={"quality": quality}))
    versions = {"fietsen": make_version("fietsen", [text])}
    return bool(list(find_lost_gold(before, after, versions, on_purpose)))


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Een fiets is een voertuig.", True),
        ("Het bedrijf betaald 450 euro per fiets.", False),  # a typo
        ("Het bedrijf betaalt 540 euro per fiets.", True),  # another number
    ],
)
def test_gold_is_gone_unless_it_was_only_reworded(text: str, gone: bool) -> None:
    assert lost(text) is gone


def test_gold_that_goes_on_purpose_or_is_not_needed_is_no_loss() -> None:
    gone = "Een fiets is een voertuig."
    assert not lost(gone, on_purpose=("fietsen",))
    elsewhere = place("k", quote="kost 450", document="kantine")
    assert not lost(gone, elsewhere)
    assert lost(gone, elsewhere, quality=0.5)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Van 12,5 tot 1.000 euro", ["1.000", "12,5"]),
        ("Vijf criteria, drie of vier dagen", ["drie", "vier", "vijf"]),
        ("Een fiets", []),
        ("Bel 06-12345678 om 9:30", ["06", "12345678", "9:30"]),
    ],
)
def test_numerals_are_digits_and_words(text: str, wanted: list[str]) -> None:
    assert numerals(text) == sorted(wanted)


def test_a_changed_number_is_told_with_both_sentences() -> None:
    new = make_version("fietsen", ["Het bedrijf betaalt 475 euro per fiets.", "Bel bij pech."])
    assert find_changed_numbers(BIKES, new) == [(COST, "Het bedrijf betaalt 475 euro per fiets.")]
    mistyped = make_version("fietsen", ["Het bedrijf betaald 475 euro per fiets."])
    assert len(find_changed_numbers(BIKES, mistyped)) == 1  # a typo does not hide it


def test_only_the_part_that_differs_is_shown() -> None:
    long = " ".join(f"woord{n}" for n in range(20))
    shown = difference_in(f"{long} 450 euro", f"{long} 475 euro")
    around = " ".join(f"woord{n}" for n in range(14, 20))
    assert shown == (f"… {around} 450 euro", f"… {around} 475 euro")
    assert difference_in("Zo.", "Zo.") == ("Zo.", "Zo.")


def test_sentences_that_come_go_or_move_change_no_number() -> None:
    moved = make_version("fietsen", ["Bel bij pech de balie.", "Er zijn 12 fietsen.", COST])
    assert find_changed_numbers(BIKES, moved) == []


@given(st.permutations([f"Fiets {n} kost {n} euro." for n in range(6)]))
def test_the_order_of_sentences_changes_no_number(sentences: list[str]) -> None:
    old = make_version("x", [f"Fiets {n} kost {n} euro." for n in range(6)])
    assert find_changed_numbers(old, make_version("x", sentences)) == []
