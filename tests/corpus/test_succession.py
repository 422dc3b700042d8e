"""Documents that make way for others: in the abstract, and in editions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from corpus.errors import BadInputError
from corpus.succession import give_way, made_way_for, successors
from corpus.types import Metadata, Version
from tests.builders import SmallCorpus, make_version

TODAY = date(2026, 5, 1)
OLD = make_version("oud", ["Zo was het. Dat gold toen."], replaced_by="nieuw")
NEW = make_version("nieuw", ["Zo is het nu."])
OTHER = make_version("ander", ["Iets heel anders."])
SUMMARY = make_version("kort", ["Kort gezegd."], summary_of=("oud", "ander"))


def metadata(*versions: Version) -> dict[str, Metadata]:
    return {v.document_id: v.metadata for v in versions}


def leaving(*versions: Version, known: tuple[Version, ...] = ()) -> tuple[str, ...]:
    members = metadata(*versions)
    return give_way(members, members, {**metadata(*known), **members}, TODAY)


# --- who makes way -----------------------------------------------------------------------------


def test_a_document_makes_way_for_its_successor_and_not_before() -> None:
    assert leaving(OLD, OTHER) == ()
    assert leaving(OLD, NEW, OTHER) == ("oud",)


def test_a_summary_makes_way_for_all_its_sources() -> None:
    assert leaving(SUMMARY, OTHER) == ()
    assert leaving(SUMMARY, OTHER, make_version("oud", ["Zo was het."])) == ("kort",)


def test_a_source_that_is_replaced_counts_as_there() -> None:
    assert leaving(SUMMARY, OTHER, NEW, known=(OLD,)) == ("kort",)


def test_a_chain_is_followed_through_documents_that_are_gone() -> None:
    between = make_version("nieuw", ["Zo was het even."], replaced_by="nieuwst")
    newest = make_version("nieuwst", ["Zo is het nu."])
    assert successors("oud", metadata(OLD, between, newest)) == ["nieuw", "nieuwst"]
    assert leaving(OLD, newest, known=(between,)) == ("oud",)
    assert leaving(OLD, between, newest) == ("oud", "nieuw")


@pytest.mark.parametrize(("days", "expected"), [(-1, ("oud",)), (0, ("oud",)), (1, ())])
def test_a_successor_that_does_not_count_yet_replaces_nothing(
    days: int, expected: tuple[str, ...]
) -> None:
    later = make_version("nieuw", ["Straks."], valid_from=TODAY + timedelta(days=days))
    assert leaving(OLD, later) == expected


def test_who_replaces_itself_is_named() -> None:
    own = make_version("zelf", ["Ik."], replaced_by="zelf")
    with pytest.raises(BadInputError, match="'zelf' noemt zichzelf als opvolger"):
        leaving(own)


def test_documents_that_replace_each_other_are_named() -> None:
    back = make_version("nieuw", ["Zo is het nu."], replaced_by="derde")
    third = make_version("derde", ["Nog iets."], replaced_by="oud")
    with pytest.raises(BadInputError, match="'oud' is vervangen door 'nieuw', 'derde', en dat"):
        leaving(OLD, back, third)


def test_a_circle_elsewhere_is_no_trouble() -> None:
    one = make_version("nieuw", ["Een."], replaced_by="derde")
    two = make_version("derde", ["Twee."], replaced_by="nieuw")
    assert successors("oud", metadata(OLD, one, two)) == ["nieuw", "derde"]


def test_what_made_way_names_its_source_or_successor() -> None:
    known = metadata(OLD, NEW, OTHER, SUMMARY)
    assert made_way_for(["nieuw"], known) == ["oud"]
    assert made_way_for(["ander"], known) == ["kort"]
    assert made_way_for(["kort"], known) == []


# --- in editions -------------------------------------------------------------------------------


def test_the_old_one_leaves_when_the_new_one_arrives(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(OLD, OTHER)
    assert set(small_corpus.members()) == {"oud", "ander"}
    small_corpus.put(NEW)
    staged = small_corpus.editions.stage("ik")
    assert small_corpus.editions.difference() == staged
    change = small_corpus.editions.publish("ik")
    assert (change.added, change.gave_way, change.removed) == (("nieuw",), ("oud",), ())
    assert set(small_corpus.members()) == {"nieuw", "ander"}


def test_naming_the_successor_later_takes_the_old_one_out(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(make_version("oud", ["Zo was het."]), NEW)
    small_corpus.put(OLD)
    change = small_corpus.editions.publish("ik")
    assert (change.gave_way, change.replaced) == (("oud",), ())
    assert set(small_corpus.members()) == {"nieuw"}
    assert small_corpus.registry.drafts() == {}


@pytest.mark.parametrize("late", [OLD, SUMMARY])
def test_what_comes_too_late_stays_out_and_does_not_wait(
    small_corpus: SmallCorpus, late: Version
) -> None:
    small_corpus.publish(NEW, OTHER)
    small_corpus.registry.store_draft(OLD)
    small_corpus.put(late)
    change = small_corpus.editions.publish("ik")
    assert change.nothing
    assert late.document_id in change.stays_out
    assert set(small_corpus.members()) == {"nieuw", "ander"}
    assert small_corpus.registry.drafts() == {}


def test_the_old_one_does_not_come_back_by_itself(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(OLD, OTHER)
    small_corpus.publish(NEW)
    change = small_corpus.editions.withdraw(["nieuw"], "ik")
    assert (change.removed, change.not_back) == (("nieuw",), ("oud",))
    assert small_corpus.editions.publish("ik").nothing
    assert set(small_corpus.members()) == {"ander"}
    small_corpus.publish(OLD)  # put in again by staff
    assert set(small_corpus.members()) == {"ander", "oud"}


def test_a_summary_does_not_come_back_by_itself_either(small_corpus: SmallCorpus) -> None:
    source = make_version("oud", ["Zo was het."])
    small_corpus.publish(SUMMARY)
    small_corpus.publish(OTHER, source)
    change = small_corpus.editions.withdraw(["ander"], "ik")
    assert change.not_back == ("kort",)
    assert small_corpus.editions.publish("ik").nothing
    assert set(small_corpus.members()) == {"oud"}


def test_rolling_back_brings_back_the_old_one_with_its_edition(small_corpus: SmallCorpus) -> None:
    first = small_corpus.publish(OLD, OTHER)
    small_corpus.publish(NEW)
    change = small_corpus.editions.rollback(first, "ik")
    assert (change.added, change.removed) == (("oud",), ("nieuw",))
    assert small_corpus.editions.publish("ik").nothing
    assert set(small_corpus.members()) == {"oud", "ander"}


def test_the_old_one_stays_until_the_new_one_counts(small_corpus: SmallCorpus) -> None:
    tomorrow = date.today() + timedelta(days=2)
    small_corpus.publish(OLD, make_version("nieuw", ["Straks."], valid_from=tomorrow))
    assert set(small_corpus.members()) == {"oud", "nieuw"}


def test_a_circle_that_got_in_stops_the_next_edition(small_corpus: SmallCorpus) -> None:
    number = small_corpus.publish(OLD, OTHER)
    small_corpus.put(make_version("nieuw", ["Zo is het nu."], replaced_by="oud"))
    with pytest.raises(BadInputError, match="vervangen door"):
        small_corpus.editions.publish("ik")
    assert small_corpus.ledger.current() == number
