from __future__ import annotations

from corpus.progress import no_progress
from eval.gaps import Asked, Gap, ask_again, gaps, nearest, regroup
from tests.eval.fakes import BIKES, FakeAssistant, outcome
from tests.eval.gap_fakes import FakeStore, kept
from tests.fakes import HashEmbedder

LIKENESS = 0.7


def group(store: FakeStore, embedder: HashEmbedder | None = None) -> int:
    return regroup(store, store, embedder or HashEmbedder(dimension=256), LIKENESS, no_progress)


def asked() -> FakeStore:
    return FakeStore(
        kept(1, "wat kost een fiets"),
        kept(2, "wat kost die fiets"),
        kept(3, "wie kookt er soep op vrijdag"),
        kept(4, "wat kost een fiets"),
    )


def test_questions_that_ask_the_same_come_together() -> None:
    store = asked()
    assert group(store) == 4
    members = store.members()
    assert members[1] == members[2] == members[4] != members[3]
    found = gaps(store, store)
    assert [(g.size, g.title) for g in found] == [
        (3, "wat kost een fiets"),
        (1, "wie kookt er soep op vrijdag"),
    ]
    assert found[0].examples == ("wat kost een fiets", "wat kost die fiets")


def test_grouping_again_changes_nothing_and_needs_no_model() -> None:
    store = asked()
    group(store)
    before = store.members()

    class NoModel(HashEmbedder):
        def embed_queries(self, texts: object) -> object:  # type: ignore[override]
            raise AssertionError("the model is not needed")

    assert group(store, NoModel()) == 0
    assert store.members() == before


def test_a_new_question_joins_the_nearest_group_and_moves_nobody() -> None:
    store = asked()
    group(store)
    before = store.members()
    store.change(before[1] or 0, owner="Anja")
    store.add(kept(5, "wat kost mijn fiets"), kept(6, "waar staat de kantine"))
    assert group(store) == 2
    after = store.members()
    assert {i: after[i] for i in before} == before
    assert after[5] == before[1]
    assert after[6] not in before.values()
    assert [g.owner for g in gaps(store, store)] == ["Anja", "", ""]


def test_a_group_lives_on_when_its_central_question_was_erased() -> None:
    store = asked()
    group(store)
    number = store.members()[1]
    for gone in (1, 4):
        del store.kept[gone]
    store.add(kept(7, "wat kost die fiets dan"))
    group(store)
    assert store.members()[7] == number
    assert gaps(store, store)[0].title in ("wat kost die fiets", "wat kost die fiets dan")


def test_an_empty_group_shows_only_when_staff_worked_on_it() -> None:
    store = asked()
    group(store)
    number = store.members()[3] or 0
    del store.kept[3]
    assert len(gaps(store, store)) == 1
    store.change(number, state="solved")
    empty = gaps(store, store)[-1]
    assert (empty.id, empty.size, empty.title) == (number, 0, "(de vragen zijn gewist)")
    store.change(number, title="Soep")
    assert gaps(store, store)[-1].title == "Soep"


def gap(*texts: str, number: int = 1, **fields: object) -> Gap:
    questions = tuple(kept(n, t, **fields) for n, t in enumerate(texts, start=1))
    return Gap(number, texts[0] if texts else "", "", "solved", "", (), questions)


def test_nearest_are_the_best_passages_of_the_edition() -> None:
    assistant = FakeAssistant({"a": outcome(status="not_found", found=BIKES.passages * 2)})
    found = nearest(gap("a", "b", audience="bedrijf"), assistant)
    assert [n.passage_id for n in found] == [p.id for p in BIKES.passages]
    assert found[0].title == "Fietsen"
    assert assistant.asked == [("a", "bedrijf", (), None)]
    assert nearest(gap(), assistant) == ()


def test_solved_questions_are_asked_again_once_each() -> None:
    assistant = FakeAssistant({"a": outcome(), "b": outcome(status="partial")})
    found = ask_again([gap("a", "b", "a")], assistant, no_progress)
    assert found == [Asked(1, "a", "not_found", "answered"), Asked(1, "b", "not_found", "partial")]
    assert [a.fell_back for a in found] == [False, True]
    assert len(assistant.asked) == 2
