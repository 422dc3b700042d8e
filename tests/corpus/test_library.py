from __future__ import annotations

import gc
import threading
import weakref
from pathlib import Path

import pytest

from corpus import library as library_module
from corpus.dutch import DutchAnalyser
from corpus.errors import BadInputError, NotReadyError
from tests.builders import SmallCorpus, make_version, open_corpus
from tests.corpus import worker

A1 = make_version("a", ["De student leert. Het bedrijf betaalt."], title="Aa")
A2 = make_version("a", ["De student werkt."], title="Aa twee")
B1 = make_version("b", ["Een begeleider helpt."])
C1 = make_version("c", ["De hogeschool toetst."])


def test_before_the_first_edition_it_says_what_to_do(small_corpus: SmallCorpus) -> None:
    assert small_corpus.library.current_edition() is None
    assert small_corpus.library.documents() == []
    with pytest.raises(NotReadyError, match="routewijzer ingest"):
        small_corpus.library.open_edition()


def test_an_edition_that_does_not_exist(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1)
    with pytest.raises(BadInputError, match="Editie 99 bestaat niet"):
        small_corpus.library.open_edition(99)


def test_the_same_edition_is_opened_once(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1)
    library = small_corpus.library
    assert library.open_edition() is library.open_edition()


def test_an_edition_that_was_replaced_does_not_stay_in_memory(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1)
    old = weakref.ref(small_corpus.library.open_edition())
    small_corpus.publish(A2)
    assert small_corpus.library.open_edition() is not old()
    gc.collect()
    assert old() is None


def test_it_follows_what_another_process_publishes(small_corpus: SmallCorpus) -> None:
    number = small_corpus.publish(A1)
    old = small_corpus.library.open_edition()
    process = worker.start(
        worker.publish_text, small_corpus.data_dir, "nieuw", "Dit kwam van elders."
    )
    process.join(30)
    assert process.exitcode == 0
    index = small_corpus.library.open_edition()
    assert index.number > number
    expected = small_corpus.expected_ids("passages", index.number)
    assert small_corpus.found_ids("passages", index) == expected
    texts = {p.text for p, _, _ in small_corpus.library.passages(sorted(expected))}
    assert texts == {A1.text, "Dit kwam van elders."}
    assert small_corpus.found_ids("passages", old) == {A1.passages[0].id}  # still whole


def test_passages_come_in_the_order_asked_with_their_document(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1, B1)
    ids = [B1.passages[0].id, A1.passages[0].id, B1.passages[0].id]
    found = small_corpus.library.passages(ids)
    assert [(p.id, document, metadata) for p, document, metadata in found] == [
        (ids[0], "b", B1.metadata),
        (ids[1], "a", A1.metadata),
        (ids[2], "b", B1.metadata),
    ]
    assert found[1][0] == A1.passages[0]


def test_passages_are_found_when_the_cache_is_full(
    small_corpus: SmallCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "_CACHED_PASSAGES", 0)
    small_corpus.publish(A1, B1, C1)
    library = small_corpus.library
    library.passages([A1.passages[0].id])
    found = library.passages([A1.passages[0].id, B1.passages[0].id])  # one known, one not
    assert [p.text for p, _, _ in found] == [A1.text, B1.text]


def test_documents_say_where_they_stand(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1, B1)
    small_corpus.editions.withdraw(["b"], "ik")
    small_corpus.put(A2, C1)
    found = {d.id: d for d in small_corpus.library.documents()}
    assert list(found) == ["a", "b", "c"]
    assert {d: found[d].state for d in found} == {
        "a": "published",
        "b": "withdrawn",
        "c": "draft",
    }
    assert (found["a"].version_id, found["a"].draft_version_id) == (A1.id, A2.id)
    assert found["a"].metadata.title == "Aa"
    assert found["c"].draft_version_id == C1.id
    assert found["a"].passages == 1


def test_text_is_what_readers_see_not_the_draft(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(A1)
    small_corpus.put(A2, C1)
    assert small_corpus.library.text("a") == A1.text
    assert small_corpus.library.text("c") == C1.text
    with pytest.raises(BadInputError, match="'x'"):
        small_corpus.library.text("x")


class Reader(threading.Thread):
    """Searches until told to stop; keeps what it found per edition."""

    def __init__(self, corpus: SmallCorpus) -> None:
        super().__init__()
        self.found: list[tuple[int, set[str], set[str]]] = []
        self.problem: Exception | None = None
        self._corpus = corpus
        self._stop_asked = threading.Event()

    def run(self) -> None:
        try:
            while not self._stop_asked.wait(0.001):  # who publishes gets a turn
                index = self._corpus.library.open_edition()
                dense = self._corpus.found_ids("passages", index)
                words = set(index.lexical.search({"druk": 1.0}, 100))
                self._corpus.library.passages(sorted(dense))
                self.found.append((index.number, dense, words))
        except Exception as problem:  # noqa: BLE001 - shown by the test, not swallowed
            self.problem = problem

    def finish(self) -> None:
        self._stop_asked.set()
        self.join()


def test_every_search_sees_one_whole_edition(
    tmp_path: Path, analyser: DutchAnalyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "_CACHED_PASSAGES", 3)
    corpus = open_corpus(tmp_path / "var", analyser)

    def printing(number: int, ids: str) -> int:
        # Documents "a" to "d" change at every turn or at every other one: indexes made anew
        # and indexes made from a copy.
        return corpus.publish(
            *(make_version(d, [f"Deel {n}, druk {number}." for n in range(3)]) for d in ids)
        )

    printing(0, "abcd")
    readers = [Reader(corpus) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        numbers = [printing(n, "abcd" if n % 2 else "a") for n in range(1, 11)]
    finally:
        for reader in readers:
            reader.finish()
    assert [reader.problem for reader in readers] == [None] * 2
    seen = [result for reader in readers for result in reader.found]
    expected = {n: corpus.expected_ids("passages", n) for n in {number for number, _, _ in seen}}
    for number, dense, words in seen:
        assert dense == expected[number]
        assert words == expected[number]
    assert len({number for number, _, _ in seen}) > 3  # they read while it was being published
    assert {number for number, _, _ in seen} <= {numbers[0] - 1, *numbers}
    corpus.registry.engine.dispose()
