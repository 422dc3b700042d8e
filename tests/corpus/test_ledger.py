from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError

from corpus.ledger import Acts
from tests.builders import SmallCorpus, make_version

A1 = make_version("a", ["De student leert."])
A2 = make_version("a", ["De student werkt."])
B1 = make_version("b", ["Een begeleider helpt."])


@pytest.fixture
def stored(small_corpus: SmallCorpus) -> SmallCorpus:
    for version in (A1, A2, B1):
        small_corpus.registry.store_draft(version)
    return small_corpus


def test_an_edition_that_is_built_is_not_current(stored: SmallCorpus) -> None:
    ledger = stored.ledger
    number = ledger.begin_edition([A1.id, B1.id], "m")
    assert ledger.current() is None
    assert ledger.members(number) == {"a": A1.id, "b": B1.id}
    edition = ledger.edition(number)
    assert edition is not None
    assert (edition.state, edition.model_id) == ("building", "m")
    assert abs(datetime.now(UTC) - edition.created_at) < timedelta(minutes=1)
    ledger.set_staged(number, "ik", {})
    assert ledger.current() is None
    assert [e.state for e in ledger.editions()] == ["staged"]


def test_the_last_publication_is_current_even_of_an_older_edition(stored: SmallCorpus) -> None:
    ledger = stored.ledger
    one, two = ledger.begin_edition([A1.id], "m"), ledger.begin_edition([A2.id], "m")
    for number in (one, two, one):
        ledger.publish(number, "ik", "publish", {}, ())
    assert ledger.current() == one
    assert [e.number for e in ledger.editions()] == [two, one]


def test_publishing_clears_only_the_drafts_that_it_shows(stored: SmallCorpus) -> None:
    number = stored.ledger.begin_edition([A1.id, B1.id], "m")
    stored.ledger.publish(number, "ik", "publish", {}, ())
    assert stored.registry.drafts() == {"a": A2.id}


def test_withdrawing_marks_the_document_and_drops_its_draft(stored: SmallCorpus) -> None:
    number = stored.ledger.begin_edition([B1.id], "m")
    stored.ledger.publish(number, "ik", "withdraw", {}, ["a"])
    assert stored.registry.withdrawn() == {"a"}
    assert stored.registry.drafts() == {}


def test_a_number_is_never_used_again(stored: SmallCorpus) -> None:
    ledger = stored.ledger
    first = ledger.begin_edition([A1.id], "m")
    ledger.drop_editions([first])
    assert ledger.edition(first) is None
    assert ledger.begin_edition([A1.id], "m") > first


def test_what_readers_saw_is_not_forgotten(stored: SmallCorpus) -> None:
    number = stored.ledger.begin_edition([A1.id], "m")
    stored.ledger.publish(number, "ik", "publish", {}, ())
    stored.ledger.drop_editions([number])
    assert stored.ledger.members(number) == {"a": A1.id}
    assert stored.ledger.current() == number


def test_an_edition_of_unknown_versions_is_not_begun(stored: SmallCorpus) -> None:
    with pytest.raises(IntegrityError):
        stored.ledger.begin_edition([A1.id, "onbekend"], "m")
    assert stored.ledger.editions() == []


def test_the_audit_log_is_filtered_counted_and_leafed_through(small_corpus: SmallCorpus) -> None:
    ledger = small_corpus.ledger
    for who, action in (("anna", "stage"), ("bob", "publish"), ("anna", "publish")):
        ledger.log(who, action, {})
    shown = [(e.who, e.action) for e in ledger.history(acts=Acts(who="anna"))]
    assert shown == [("anna", "publish"), ("anna", "stage")]
    assert ledger.count(Acts(actions=("publish", "withdraw"))) == 2
    assert ledger.count() == 3
    assert [e.who for e in ledger.history(1, skip=1)] == ["bob"]
    assert ledger.people_and_actions() == (["anna", "bob"], ["publish", "stage"])
    now = datetime.now(timezone(timedelta(hours=9)))
    assert ledger.count(Acts(since=now)) == 0
    assert ledger.count(Acts(before=now)) == 3
    assert ledger.count(Acts(since=now - timedelta(minutes=5), before=now)) == 3
