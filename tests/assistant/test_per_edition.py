from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from assistant.per_edition import PerEdition, counts, published_hits
from corpus.types import Metadata, Passage
from tests.builders import SmallCorpus, make_version


def test_nothing_is_made_before_the_first_edition(small_corpus: SmallCorpus) -> None:
    assert PerEdition(small_corpus.library, list).get() is None


def test_it_is_made_once_and_again_for_the_next_edition(small_corpus: SmallCorpus) -> None:
    made: list[int] = []

    def make(hits: object) -> list[str]:
        made.append(1)
        return [hit.passage.text for hit in hits]  # type: ignore[attr-defined]

    texts = PerEdition(small_corpus.library, make)
    small_corpus.put(make_version("een", ["Eerste tekst."]))
    small_corpus.editions.publish("test")
    assert texts.get() == texts.get() == ["Eerste tekst."]
    assert len(made) == 1
    small_corpus.put(make_version("twee", ["Tweede tekst."]))
    assert texts.get() == ["Eerste tekst."]
    small_corpus.editions.publish("test")
    assert texts.get() == ["Eerste tekst.", "Tweede tekst."]
    assert len(made) == 2


def test_what_does_not_count_yet_is_left_out(small_corpus: SmallCorpus) -> None:
    small_corpus.put(make_version("later", ["Later."], valid_from=date(2030, 1, 1)))
    small_corpus.editions.publish("test")
    assert list(published_hits(small_corpus.library, date(2029, 12, 31))) == []
    (hit,) = published_hits(small_corpus.library, date(2030, 1, 1))
    assert hit.passage.text == "Later."


def test_a_large_corpus_is_read_in_parts(
    small_corpus: SmallCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"d{number}" for number in range(5)]
    small_corpus.publish(*(make_version(name, [f"Over {name}."]) for name in names))
    whole = list(published_hits(small_corpus.library, date.today()))
    read: list[int] = []
    passages_of = small_corpus.registry.passages_of

    def counted(version_ids: Sequence[str]) -> Iterator[list[Passage]]:
        read.append(len(version_ids))
        return passages_of(version_ids)

    monkeypatch.setattr(small_corpus.registry, "passages_of", counted)
    monkeypatch.setattr("assistant.per_edition._AT_ONCE", 2)
    hits = published_hits(small_corpus.library, date.today())
    first = next(hits)
    assert read == [2]  # no more than is asked for
    assert [first, *hits] == whole
    assert [hit.document_id for hit in whole] == names
    assert read == [2, 2, 1]


def test_a_document_counts_from_its_first_day_to_its_last() -> None:
    def metadata(first: date | None, last: date | None) -> Metadata:
        return Metadata("T", "brochure", (), valid_from=first, valid_until=last)

    day = date(2024, 5, 1)
    assert counts(metadata(None, None), day)
    assert counts(metadata(day, day), day)
    assert not counts(metadata(date(2024, 5, 2), None), day)
    assert not counts(metadata(None, date(2024, 4, 30)), day)
