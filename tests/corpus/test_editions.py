"""Editions and their ledger, with a real Chroma and a real lexical index."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.dutch import DutchAnalyser
from corpus.embedding import embed_versions
from corpus.errors import BadInputError, BusyError, NotReadyError
from corpus.index import EditionIndex
from corpus.progress import no_progress
from corpus.types import UNITS, Version
from tests.builders import SmallCorpus, make_version, open_corpus
from tests.corpus import worker
from tests.fakes import HashEmbedder

A1 = make_version("a", ["De student leert. Het bedrijf betaalt."])
A2 = make_version("a", ["De student werkt."])
B1 = make_version("b", ["Een begeleider helpt.", "Bronnen."], kinds={1: "reference"})
C1 = make_version("c", ["De hogeschool toetst."])
SUMMARY = make_version("s", ["Kort gezegd."], summary_of=("a", "b"))


def assert_sound(corpus: SmallCorpus) -> None:
    """The index that readers get holds what SQL says, and all of it can be found."""
    index = corpus.library.open_edition()
    for unit in UNITS:
        expected = corpus.expected_ids(unit, index.number)
        assert index.vectors.ids(unit) == expected
        assert corpus.found_ids(unit, index) == expected
    assert len(index.lexical) == len(corpus.expected_ids("passages", index.number))
    assert corpus.editions.leftovers() == []


def raising(error: BaseException, after: int = 0) -> Callable[..., None]:
    """Raises ``error`` each time that it is called, except for the first ``after`` times."""
    calls = count()

    def fails(*_given: object, **_more: object) -> None:
        if next(calls) >= after:
            raise error

    return fails


def test_publish_shows_every_draft(small_corpus: SmallCorpus) -> None:
    small_corpus.put(A1, B1)
    assert small_corpus.members() == {}
    change = small_corpus.editions.publish("ik")
    assert (change.added, change.replaced, change.removed) == (("a", "b"), (), ())
    assert change.edition == small_corpus.ledger.current()
    assert small_corpus.members() == {"a": A1.id, "b": B1.id}
    assert small_corpus.registry.drafts() == {}
    assert_sound(small_corpus)


def test_publish_without_drafts_does_nothing(small_corpus: SmallCorpus) -> None:
    assert small_corpus.editions.publish("ik").nothing
    assert small_corpus.ledger.current() is None
    number = small_corpus.publish(A1)
    assert small_corpus.editions.publish("ik").nothing
    assert small_corpus.ledger.current() == number
    assert [e.number for e in small_corpus.ledger.editions()] == [number]


def test_a_new_version_replaces_the_old_one(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1, B1)
    small_corpus.put(A2)
    change = small_corpus.editions.publish("ik")
    assert (change.added, change.replaced, change.removed) == ((), ("a",), ())
    assert small_corpus.members() == {"a": A2.id, "b": B1.id}
    assert_sound(small_corpus)


def test_withdraw_takes_a_document_out(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1, B1, C1)
    change = small_corpus.editions.withdraw(["a", "c"], "ik")
    assert change.removed == ("a", "c")
    assert small_corpus.members() == {"b": B1.id}
    assert small_corpus.registry.withdrawn() == {"a", "c"}
    assert_sound(small_corpus)


def test_what_is_withdrawn_comes_back_only_when_put_in_again(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1, B1)
    small_corpus.put(A2)  # a draft that waits must not bring it back
    small_corpus.editions.withdraw(["a"], "ik")
    assert small_corpus.editions.publish("ik").nothing
    assert small_corpus.members() == {"b": B1.id}
    small_corpus.publish(C1)
    assert "a" not in small_corpus.members()
    small_corpus.publish(A1)
    assert small_corpus.members()["a"] == A1.id
    assert small_corpus.registry.withdrawn() == set()


@pytest.mark.parametrize("ids", [["x"], ["a", "x"], ["d"]])
def test_only_what_is_published_can_be_withdrawn(small_corpus: SmallCorpus, ids: list[str]) -> None:
    number = small_corpus.publish(A1, B1)
    small_corpus.put(make_version("d", ["Nog een concept."]))
    with pytest.raises(BadInputError, match=ids[-1]):
        small_corpus.editions.withdraw(ids, "ik")
    assert small_corpus.ledger.current() == number


def test_the_last_document_stays_and_what_was_staged_too(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1)
    small_corpus.put(B1)
    staged = small_corpus.editions.stage("ik").edition
    with pytest.raises(BadInputError, match="niets veranderd"):
        small_corpus.editions.withdraw(["a"], "ik")
    assert small_corpus.members() == {"a": A1.id}
    assert small_corpus.editions.staged() == staged
    assert small_corpus.editions.publish("ik").edition == staged


def test_rollback_publishes_an_earlier_set_again(small_corpus: SmallCorpus) -> None:
    first = small_corpus.publish(A1, B1)
    second = small_corpus.publish(A2, C1)
    change = small_corpus.editions.rollback(first, "ik")
    assert change.edition > second
    assert (change.replaced, change.removed) == (("a",), ("c",))
    assert small_corpus.members() == {"a": A1.id, "b": B1.id}
    assert_sound(small_corpus)


def test_rollback_leaves_withdrawn_documents_out(small_corpus: SmallCorpus) -> None:
    first = small_corpus.publish(A1, B1)
    small_corpus.publish(A2)
    small_corpus.editions.withdraw(["b"], "ik")
    small_corpus.editions.rollback(first, "ik")
    assert small_corpus.members() == {"a": A1.id}


def test_rollback_to_what_is_there_does_nothing(small_corpus: SmallCorpus) -> None:
    number = small_corpus.publish(A1)
    assert small_corpus.editions.rollback(number, "ik").nothing
    assert small_corpus.ledger.current() == number


def test_rollback_to_what_was_never_published_is_refused(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1)
    small_corpus.put(B1)
    staged = small_corpus.editions.stage("ik").edition
    for number in (staged, 99):
        with pytest.raises(BadInputError, match=f"Editie {number} is nooit gepubliceerd"):
            small_corpus.editions.rollback(number, "ik")


# --- staging ----------------------------------------------------------------------------------


def test_staging_is_seen_by_nobody(small_corpus: SmallCorpus) -> None:
    number = small_corpus.publish(A1)
    small_corpus.put(A2, B1)
    change = small_corpus.editions.stage("ik")
    assert (change.added, change.replaced) == (("b",), ("a",))
    assert small_corpus.editions.staged() == change.edition
    assert small_corpus.editions.difference() == change
    assert small_corpus.ledger.current() == small_corpus.library.open_edition().number == number
    assert small_corpus.library.open_edition(change.edition).vectors.ids("passages") == (
        small_corpus.expected_ids("passages", change.edition)
    )
    assert small_corpus.editions.leftovers() == []


def test_what_was_judged_is_what_is_published(small_corpus: SmallCorpus) -> None:
    small_corpus.put(A1)
    staged = small_corpus.editions.stage("ik").edition
    assert small_corpus.editions.stage("ik").edition == staged
    assert small_corpus.editions.publish("ik").edition == staged == small_corpus.ledger.current()
    assert small_corpus.editions.staged() is None
    assert small_corpus.editions.difference().nothing


def test_a_later_draft_makes_the_staged_edition_stale(small_corpus: SmallCorpus) -> None:
    small_corpus.put(A1)
    staged = small_corpus.editions.stage("ik").edition
    small_corpus.put(B1)
    assert small_corpus.editions.publish("ik").edition != staged
    assert small_corpus.members() == {"a": A1.id, "b": B1.id}
    assert small_corpus.ledger.edition(staged) is None
    assert_sound(small_corpus)


def test_a_draft_that_is_taken_back_leaves_nothing_waiting(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1)
    small_corpus.put(A2)
    small_corpus.editions.stage("ik")
    small_corpus.put(A1)
    assert small_corpus.editions.publish("ik").nothing
    assert small_corpus.registry.drafts() == {}
    assert small_corpus.editions.staged() is None
    assert small_corpus.editions.difference().nothing
    assert_sound(small_corpus)


# --- summaries --------------------------------------------------------------------------------


def test_a_summary_gives_way_when_all_originals_are_in_and_not_before(
    small_corpus: SmallCorpus,
) -> None:
    small_corpus.publish(SUMMARY)
    small_corpus.publish(A1)
    assert small_corpus.members() == {"a": A1.id, "s": SUMMARY.id}
    small_corpus.put(B1)
    staged = small_corpus.editions.stage("ik")
    assert small_corpus.editions.difference() == staged
    change = small_corpus.editions.publish("ik")
    assert (change.added, change.gave_way, change.removed) == (("b",), ("s",), ())
    assert small_corpus.members() == {"a": A1.id, "b": B1.id}
    assert_sound(small_corpus)


def test_a_summary_put_in_beside_its_originals_stays_out(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1, B1)
    small_corpus.put(SUMMARY)
    assert small_corpus.editions.publish("ik").nothing
    assert "s" not in small_corpus.members()


# --- models, locks, leftovers ------------------------------------------------------------------


def test_another_model_is_refused_until_the_index_is_made_anew(
    small_corpus: SmallCorpus, analyser: DutchAnalyser
) -> None:
    number = small_corpus.publish(A1, B1)
    other = open_corpus(small_corpus.data_dir, analyser, HashEmbedder("woorden-2", dimension=8))
    with pytest.raises(NotReadyError, match="routewijzer corpus reindex"):
        other.library.open_edition()
    other.put(C1)
    with pytest.raises(NotReadyError, match="routewijzer corpus reindex"):
        other.editions.publish("ik")
    with pytest.raises(NotReadyError, match="routewijzer corpus reindex"):
        other.editions.reindex("ik")  # nothing was embedded with it yet
    assert other.ledger.current() == number
    embed_versions([A1, B1], other.registry, other.embedder, no_progress)
    other.editions.reindex("ik")
    assert other.members() == {"a": A1.id, "b": B1.id}
    assert_sound(other)
    assert other.publish() > number
    assert other.members() == {"a": A1.id, "b": B1.id, "c": C1.id}
    assert_sound(other)
    with pytest.raises(NotReadyError, match="woorden-2"):
        small_corpus.library.open_edition()


def test_an_index_that_is_gone_is_said_and_made_again(small_corpus: SmallCorpus) -> None:
    number = small_corpus.publish(A1, B1)
    index = small_corpus.editions.index_folder(number)
    index.rename(index.with_name("elders"))
    with pytest.raises(NotReadyError, match="routewijzer corpus reindex"):
        small_corpus.library.open_edition()
    small_corpus.editions.reindex("ik")
    assert_sound(small_corpus)


def test_another_process_that_changes_the_corpus_is_waited_for_then_named(
    small_corpus: SmallCorpus, analyser: DutchAnalyser
) -> None:
    number = small_corpus.publish(A1)
    here, there = multiprocessing.Pipe()
    process = worker.start(worker.hold_lock, small_corpus.data_dir, there)
    assert here.poll(30)
    hasty = open_corpus(small_corpus.data_dir, analyser, lock_timeout_s=0.1)
    hasty.put(B1)
    acts: list[Callable[[], object]] = [
        lambda: hasty.editions.stage("ik"),
        lambda: hasty.editions.publish("ik"),
        lambda: hasty.editions.withdraw(["a"], "ik"),
        lambda: hasty.editions.rollback(number, "ik"),
        lambda: hasty.editions.reindex("ik"),
    ]
    for act in acts:
        with pytest.raises(BusyError, match="probeer het zo weer"):
            act()
    assert hasty.ledger.current() == number
    process.kill()  # the lock is let go when its holder dies
    process.join()
    assert hasty.editions.publish("ik").added == ("b",)


def test_leftovers_are_seen_and_cleared_by_the_next_change(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1)
    folder = small_corpus.data_dir / "editions"
    unfinished = small_corpus.ledger.begin_edition([A1.id], "woorden-1")
    left = {".building-000777", ".removing000001", f"{unfinished:06d}", "000999"}
    for name in left:
        (folder / name / "chroma").mkdir(parents=True)
    assert {f.name for f in small_corpus.editions.leftovers()} == left
    small_corpus.editions.publish("ik")
    assert small_corpus.editions.leftovers() == []
    assert small_corpus.ledger.edition(unfinished) is None
    assert_sound(small_corpus)


@pytest.mark.parametrize(
    "place",
    [
        "corpus.index.write_vectors",
        "corpus.index.write_sums",
        "corpus.index.sync",
        "corpus.ledger.Ledger.set_staged",
    ],
)
@pytest.mark.parametrize("error", [OSError("No space left"), KeyboardInterrupt()])
def test_nothing_is_left_of_an_edition_that_could_not_be_made(
    small_corpus: SmallCorpus,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    error: BaseException,
) -> None:
    number = small_corpus.publish(A1)
    small_corpus.put(B1)
    with monkeypatch.context() as patch:
        patch.setattr(place, raising(error))
        with pytest.raises(type(error)):
            small_corpus.editions.stage("ik")
    assert small_corpus.editions.leftovers() == []
    assert [e.number for e in small_corpus.ledger.editions()] == [number]
    small_corpus.editions.publish("ik")
    assert_sound(small_corpus)


def test_what_was_staged_stays_when_it_cannot_be_published(
    small_corpus: SmallCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_corpus.publish(A1)
    small_corpus.put(B1)
    staged = small_corpus.editions.stage("ik").edition
    with monkeypatch.context() as patch:
        patch.setattr("corpus.ledger.Ledger.publish", raising(OSError("No space left")))
        with pytest.raises(OSError, match="No space"):
            small_corpus.editions.publish("ik")
    assert small_corpus.editions.staged() == staged
    assert small_corpus.editions.publish("ik").edition == staged
    assert_sound(small_corpus)


def test_what_went_wrong_first_is_said_when_tidying_up_fails_too(
    small_corpus: SmallCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_corpus.publish(A1)
    small_corpus.put(B1)
    with monkeypatch.context() as patch:
        patch.setattr("corpus.index.sync_tree", raising(OSError("first")))
        patch.setattr("corpus.ledger.Ledger.drop_editions", raising(OSError("second"), after=1))
        with pytest.raises(OSError, match="first"):
            small_corpus.editions.publish("ik")
    small_corpus.editions.publish("ik")
    assert_sound(small_corpus)


def test_old_indexes_are_removed_but_can_be_rolled_back_to(small_corpus: SmallCorpus) -> None:
    numbers = [small_corpus.publish(make_version("a", [f"Tekst van dag {n}."])) for n in range(5)]
    kept = {f.name for f in (small_corpus.data_dir / "editions").iterdir()}
    assert kept == {f"{n:06d}" for n in numbers[-3:]}
    small_corpus.editions.rollback(numbers[0], "ik")
    text = small_corpus.registry.text(small_corpus.members()["a"])
    assert text == "Tekst van dag 0."
    assert_sound(small_corpus)


def test_history_says_who_did_what_newest_first(small_corpus: SmallCorpus) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    small_corpus.put(A1, B1)
    small_corpus.editions.stage("Anna")
    first = small_corpus.editions.publish("Bert").edition
    small_corpus.editions.withdraw(["b"], "Cas")
    small_corpus.put(A2)
    small_corpus.editions.publish("Dirk")
    small_corpus.editions.rollback(first, "Els")
    small_corpus.editions.reindex("Finn")
    small_corpus.ledger.log("Gijs", "evaluate", {"gate": True})
    history = small_corpus.ledger.history()
    assert [(entry.who, entry.action) for entry in history] == [
        ("Gijs", "evaluate"),
        ("Finn", "reindex"),
        ("Els", "rollback"),
        ("Dirk", "publish"),
        ("Dirk", "stage"),
        ("Cas", "withdraw"),
        ("Bert", "publish"),
        ("Anna", "stage"),
    ]
    assert history[2].detail["to"] == first
    assert history[5].detail["removed"] == ["b"]
    assert before < history[-1].at <= history[0].at <= datetime.now(UTC)
    assert small_corpus.ledger.history(limit=2) == history[:2]


def test_nothing_that_fails_is_published(small_corpus: SmallCorpus) -> None:
    number = small_corpus.publish(A1)
    small_corpus.registry.store_draft(B1)  # without vectors
    with pytest.raises(NotReadyError, match=B1.id):
        small_corpus.editions.publish("ik")
    assert small_corpus.ledger.current() == number
    assert small_corpus.members() == {"a": A1.id}
    small_corpus.publish(B1)
    assert_sound(small_corpus)


# --- any order of acts -------------------------------------------------------------------------

DOCUMENTS = ("a", "b", "c", "d", "s")


REPLACED = make_version("d", ["Dit staat nu in c."], replaced_by="c")

# Enough that stay, so that one replaced document does not make the index anew.
ALWAYS = [make_version(f"altijd-{n}", ["Dit blijft. Altijd."]) for n in range(6)]


@dataclass
class Model:
    """What should be so, in sets and dictionaries."""

    published: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    earlier: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def put(self, version: Version) -> None:
        self.drafts[version.document_id] = version.id
        self.withdrawn.discard(version.document_id)

    def waiting(self) -> dict[str, str]:
        members = {**self.published, **self.drafts}
        if {"a", "b"} <= set(members):
            members.pop("s", None)
        if "c" in members and members.get("d") == REPLACED.id:
            members.pop("d")
        return members

    def publish(self) -> None:
        self.published = self.waiting()
        self.drafts = {}  # each is in now, or stays out for good

    def show(self, members: dict[str, str]) -> None:
        self.published = members
        self.drafts = {d: v for d, v in self.drafts.items() if members.get(d) != v}


ACTS = st.one_of(
    st.tuples(st.just("put"), st.sampled_from(DOCUMENTS), st.integers(1, 3)),
    st.tuples(st.just("put and publish"), st.sampled_from(DOCUMENTS), st.integers(1, 3)),
    st.tuples(st.just("publish"), st.none(), st.none()),
    st.tuples(st.just("stage"), st.none(), st.none()),
    st.tuples(st.just("withdraw"), st.sampled_from(DOCUMENTS), st.none()),
    st.tuples(st.just("rollback"), st.integers(0, 5), st.none()),
)


@given(acts=st.lists(ACTS, min_size=5, max_size=9))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_after_any_acts_the_index_is_that_of_a_fresh_one(
    analyser: DutchAnalyser, acts: list[tuple[str, str | int | None, int | None]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        corpus = open_corpus(Path(folder), analyser)
        try:
            _play(corpus, acts)
        finally:
            corpus.registry.engine.dispose()


def _play(corpus: SmallCorpus, acts: list[tuple[str, str | int | None, int | None]]) -> None:
    model = Model()
    for version in [_version("c", 1), *ALWAYS]:
        corpus.put(version)
        model.put(version)
    for act, what, number in [("publish", None, None), *acts]:
        if act.startswith("put"):
            version = _version(str(what), int(number or 0))
            corpus.put(version)
            model.put(version)
        if act.endswith("publish"):
            corpus.editions.publish("x")
            model.publish()
        elif act == "stage":
            _assert_staged(corpus, model)
        elif act == "withdraw":
            _withdraw(corpus, model, str(what))
        elif act == "rollback":
            _roll_back(corpus, model, model.earlier[int(what or 0) % len(model.earlier)])
        assert corpus.members() == model.published
        assert corpus.registry.withdrawn() == model.withdrawn
        assert corpus.registry.drafts() == model.drafts
        current = corpus.ledger.current()
        assert current is not None
        if not model.earlier or model.earlier[-1][0] != current:
            model.earlier.append((current, model.published))
            assert_sound(corpus)
    _assert_like_fresh(corpus)


def _version(document_id: str, number: int) -> Version:
    if (document_id, number) == ("d", 3):
        return REPLACED
    paragraphs = [f"Tekst {n} van {document_id} in druk {number}. En meer." for n in range(number)]
    return make_version(
        document_id, paragraphs, summary_of=("a", "b") if document_id == "s" else ()
    )


def _assert_staged(corpus: SmallCorpus, model: Model) -> None:
    change = corpus.editions.stage("x")
    if model.waiting() == model.published:
        assert change.nothing
        model.publish()
    else:
        assert corpus.ledger.members(change.edition) == model.waiting()


def _withdraw(corpus: SmallCorpus, model: Model, document_id: str) -> None:
    left = {d: v for d, v in model.published.items() if d != document_id}
    if document_id not in model.published:
        with pytest.raises(BadInputError):
            corpus.editions.withdraw([document_id], "x")
        return
    corpus.editions.withdraw([document_id], "x")
    model.show(left)
    model.drafts.pop(document_id, None)
    model.withdrawn.add(document_id)


def _roll_back(corpus: SmallCorpus, model: Model, to: tuple[int, dict[str, str]]) -> None:
    members = {d: v for d, v in to[1].items() if d not in model.withdrawn}
    changed = members != model.published
    corpus.editions.rollback(to[0], "x")
    if changed:
        model.show(members)


def _assert_like_fresh(corpus: SmallCorpus) -> None:
    """The index that grew by differences answers as one that is made at once."""
    grown = corpus.library.open_edition()
    fresh = EditionIndex(0, corpus.editions.index_folder(corpus.editions.reindex("x").edition))
    question = corpus.embedder.embed_queries(["tekst 1 van c in druk 2"])[0]
    for unit in UNITS:
        assert grown.vectors.ids(unit) == fresh.vectors.ids(unit)
        one, other = (i.vectors.search(unit, question, 100) for i in (grown, fresh))
        assert one == pytest.approx(other, abs=1e-5)
    terms = {"tekst": 1.0, "druk": 0.5}
    assert set(grown.lexical.search(terms, 100)) == set(fresh.lexical.search(terms, 100))
    assert grown.lexical.idf("tekst") == pytest.approx(fresh.lexical.idf("tekst"))


# --- looking before doing ---------------------------------------------------------------------


def test_what_waits_is_known_before_it_is_staged(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1)
    small_corpus.put(A2, B1)
    change = small_corpus.editions.waiting()
    assert (change.added, change.replaced, change.edition) == (("b",), ("a",), 0)
    assert small_corpus.editions.staged() is None
    assert small_corpus.editions.stage("ik").replaced == ("a",)


def test_only_what_was_judged_is_published_when_that_is_asked(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1)
    small_corpus.put(A2)
    staged = small_corpus.editions.stage("ik").edition
    assert small_corpus.editions.up_to_date(staged)
    small_corpus.put(B1)
    assert not small_corpus.editions.up_to_date(staged)
    with pytest.raises(NotReadyError, match=f"Editie {staged} is niet meer wat er wacht"):
        small_corpus.editions.publish("ik", only=staged)
    assert small_corpus.members() == {"a": A1.id}
    again = small_corpus.editions.stage("ik").edition
    small_corpus.editions.publish("ik", only=again, detail={"why": "haast"})
    assert small_corpus.ledger.current() == again
    assert small_corpus.ledger.history(1)[0].detail["why"] == "haast"


def test_a_staged_edition_can_be_thrown_away(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1)
    small_corpus.editions.discard("ik")
    assert [e.action for e in small_corpus.ledger.history()] == ["publish", "stage"]
    small_corpus.put(A2)
    staged = small_corpus.editions.stage("ik").edition
    small_corpus.editions.discard("ik")
    assert small_corpus.editions.staged() is None
    assert not small_corpus.editions.index_folder(staged).exists()
    assert small_corpus.registry.drafts() == {"a": A2.id}
    assert_sound(small_corpus)


def test_a_withdrawal_and_a_rollback_are_foreseen(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1, B1)
    small_corpus.publish(A2)
    foreseen = small_corpus.editions.after_rollback(1)
    assert (foreseen.replaced, foreseen.edition) == (("a",), 0)
    assert small_corpus.editions.after_withdrawal(["b"]).removed == ("b",)
    assert small_corpus.members() == {"a": A2.id, "b": B1.id}
    assert small_corpus.editions.rollback(1, "ik").replaced == foreseen.replaced
    with pytest.raises(BadInputError, match="nooit gepubliceerd"):
        small_corpus.editions.after_rollback(99)
    with pytest.raises(BadInputError, match="Niet gepubliceerd: c"):
        small_corpus.editions.after_withdrawal(["c"])
