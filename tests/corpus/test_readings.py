"""Which versions readers may read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.readings import Readings, UnknownDocumentError, WithdrawnError
from tests.builders import SmallCorpus, make_version

FIRST = make_version("plan", ["We beginnen op tijd."])
SECOND = make_version("plan", ["We beginnen later."])
THIRD = make_version("plan", ["We beginnen nooit."])
OTHER = make_version("ander", ["Iets anders."])


@pytest.fixture
def readings(small_corpus: SmallCorpus) -> Readings:
    return Readings(small_corpus.registry, small_corpus.ledger)


def found(readings: Readings, version_id: str = "") -> tuple[str, bool, bool]:
    """(text, whether it is the version asked for, whether there is no newer one)"""
    reading = readings.find("plan", version_id)
    return reading.version.text, reading.is_asked, reading.is_current


def test_every_version_that_was_published_can_be_read(
    small_corpus: SmallCorpus, readings: Readings
) -> None:
    small_corpus.publish(FIRST)
    assert found(readings) == found(readings, FIRST.id) == ("We beginnen op tijd.", True, True)
    small_corpus.publish(SECOND)
    assert found(readings) == ("We beginnen later.", True, True)
    assert found(readings, FIRST.id) == ("We beginnen op tijd.", True, False)
    assert readings.find("plan", FIRST.id).current == SECOND.id


def test_a_draft_and_a_staged_version_are_not_shown(
    small_corpus: SmallCorpus, readings: Readings
) -> None:
    small_corpus.put(FIRST)
    with pytest.raises(UnknownDocumentError):
        readings.find("plan", FIRST.id)
    small_corpus.editions.stage("ik")
    with pytest.raises(UnknownDocumentError):
        readings.find("plan", FIRST.id)
    small_corpus.editions.publish("ik")
    small_corpus.put(SECOND)
    assert found(readings, SECOND.id) == ("We beginnen op tijd.", False, True)


def test_a_version_of_another_document_is_not_shown(
    small_corpus: SmallCorpus, readings: Readings
) -> None:
    small_corpus.publish(FIRST, OTHER)
    assert found(readings, OTHER.id) == ("We beginnen op tijd.", False, True)
    with pytest.raises(UnknownDocumentError, match="Dit document is er niet"):
        readings.find("onbekend")


def test_what_is_withdrawn_is_not_shown(small_corpus: SmallCorpus, readings: Readings) -> None:
    small_corpus.publish(FIRST, OTHER)
    small_corpus.publish(SECOND)
    small_corpus.editions.withdraw(["plan"], "ik")
    for version_id in ("", FIRST.id, SECOND.id):
        with pytest.raises(WithdrawnError, match=r"^Dit document is ingetrokken\."):
            readings.find("plan", version_id)
    assert readings.find("ander").is_current


def test_what_was_withdrawn_stays_away_when_the_document_comes_back(
    small_corpus: SmallCorpus, readings: Readings
) -> None:
    small_corpus.publish(FIRST, OTHER)
    small_corpus.editions.withdraw(["plan"], "ik")
    small_corpus.put(SECOND)
    with pytest.raises(WithdrawnError):
        readings.find("plan", FIRST.id)
    small_corpus.editions.publish("ik")
    assert found(readings, FIRST.id) == ("We beginnen later.", False, True)
    small_corpus.publish(THIRD)
    assert found(readings, SECOND.id) == ("We beginnen later.", True, False)


def test_a_document_that_made_way_can_still_be_read(
    small_corpus: SmallCorpus, readings: Readings
) -> None:
    small_corpus.publish(make_version("plan", ["We beginnen op tijd."], replaced_by="ander"))
    small_corpus.publish(OTHER)
    assert "plan" not in small_corpus.members()
    reading = readings.find("plan")
    assert (reading.is_asked, reading.current) == (True, None)


def test_after_a_rollback_the_later_version_can_still_be_read(
    small_corpus: SmallCorpus, readings: Readings
) -> None:
    number = small_corpus.publish(FIRST)
    small_corpus.publish(SECOND)
    small_corpus.editions.rollback(number, "ik")
    assert found(readings) == ("We beginnen op tijd.", True, True)
    assert found(readings, SECOND.id) == ("We beginnen later.", True, False)


def test_the_version_comes_with_its_metadata(small_corpus: SmallCorpus, readings: Readings) -> None:
    free = replace(FIRST.metadata, downloadable=True)
    small_corpus.publish(replace(FIRST, metadata=free))
    assert readings.find("plan").version.metadata == free
