"""Versions with their editions, and what is thrown away when a draft is."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select

from corpus import schema
from corpus.originals import Originals
from corpus.origins import Origin, Origins
from corpus.records import Records
from tests.builders import SmallCorpus, make_version

FIRST = make_version("fiets", ["Een fiets kost 450 euro.", "Een slot kost 20 euro."])
SECOND = make_version("fiets", ["Een fiets kost 475 euro."])
THIRD = make_version("fiets", ["Een fiets kost 500 euro."])
SOUP = make_version("soep", ["Anna kookt soep."])


def rows(corpus: SmallCorpus) -> dict[str, int]:
    """How many rows each table about versions holds."""
    tables = (schema.document, schema.version, schema.passage, schema.sentence, schema.draft)
    with corpus.registry.engine.connect() as connection:
        return {t.name: connection.scalar(select(func.count()).select_from(t)) or 0 for t in tables}


def test_every_version_is_told_newest_first_with_its_editions(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(FIRST, SOUP)
    small_corpus.publish(SECOND)
    small_corpus.put(THIRD)
    found = Records(small_corpus.registry.engine).versions("fiets")
    assert [(v.id, v.editions) for v in found] == [
        (THIRD.id, ()),
        (SECOND.id, (2,)),
        (FIRST.id, (1,)),
    ]
    assert found[0].metadata == THIRD.metadata
    assert found[0].created_at.tzinfo is UTC
    assert Records(small_corpus.registry.engine).versions("brommer") == []


def test_a_staged_edition_is_none_that_readers_saw(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(SOUP)
    small_corpus.put(FIRST)
    small_corpus.editions.stage("test")
    (found,) = Records(small_corpus.registry.engine).versions("fiets")
    assert found.editions == ()


def test_discarding_leaves_nothing_of_what_was_never_published(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(SOUP)
    before = rows(small_corpus)
    small_corpus.put(FIRST)
    small_corpus.put(SECOND)
    engine = small_corpus.registry.engine
    moment = datetime.now(UTC)
    Origins(engine).put(Origin("fiets", "https://voorbeeld.nl", None, None, {}, moment))
    kept = Originals(engine, small_corpus.data_dir)
    original = kept.put(FIRST.id, "fiets.md", b"fiets", "text/markdown")
    assert Records(engine).discard("fiets") == (original.sha256,)
    assert rows(small_corpus) == before
    assert Origins(engine).all() == {}
    assert small_corpus.registry.latest_versions().keys() == {"soep"}


def test_discarding_keeps_what_readers_saw(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(FIRST)
    small_corpus.put(SECOND)
    engine = small_corpus.registry.engine
    kept = Originals(engine, small_corpus.data_dir)
    kept.put(FIRST.id, "fiets.md", b"fiets", "text/markdown")
    kept.put(SECOND.id, "fiets.md", b"fiets", "text/markdown")
    assert Records(engine).discard("fiets") == ()  # the same file is still needed
    assert small_corpus.registry.drafts() == {}
    assert [v.id for v in Records(engine).versions("fiets")] == [FIRST.id]
    assert small_corpus.registry.version(FIRST.id).passages == FIRST.passages
    assert kept.get(FIRST.id) is not None


def test_what_was_withdrawn_is_withdrawn_again(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(FIRST, SOUP)
    small_corpus.editions.withdraw(["fiets"], "test")
    small_corpus.put(SECOND)
    assert small_corpus.registry.withdrawn() == set()
    Records(small_corpus.registry.engine).discard("fiets")
    assert small_corpus.registry.withdrawn() == {"fiets"}
    small_corpus.editions.rollback(1, "test")
    assert "fiets" not in small_corpus.members()


def test_what_came_back_after_a_withdrawal_stays(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(FIRST, SOUP)
    small_corpus.editions.withdraw(["fiets"], "test")
    small_corpus.publish(SECOND)
    small_corpus.put(THIRD)
    Records(small_corpus.registry.engine).discard("fiets")
    assert small_corpus.registry.withdrawn() == set()
    assert small_corpus.members()["fiets"] == SECOND.id


def test_warnings_are_counted_by_version(small_corpus: SmallCorpus) -> None:
    small_corpus.put(FIRST)
    counts = Records(small_corpus.registry.engine).warning_counts()
    assert counts == {}
    with small_corpus.registry.engine.begin() as connection:
        connection.execute(schema.version.update().values(warnings=["een", "twee"]))
    assert Records(small_corpus.registry.engine).warning_counts() == {FIRST.id: 2}
