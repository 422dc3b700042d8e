from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import BadInputError
from eval.compare import compare
from eval.evaluation import Cited, Place
from tests.eval.fakes import evaluation, result


def cited(*documents: str) -> tuple[Cited, ...]:
    return tuple(
        Cited(number=n, document_id=d, quote_hash="h") for n, d in enumerate(documents, start=1)
    )


@settings(deadline=None)  # the first draw makes the tables of the bootstrap
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_a_run_laid_beside_itself_shows_nothing(qualities: list[float]) -> None:
    run = evaluation(*(result(str(n), figures={"quality": q}) for n, q in enumerate(qualities)))
    found = compare(run, run)
    assert found.changes == ()
    assert all((d.p, d.difference.value) == (1.0, 0.0) for d in found.differences)


def test_rounding_in_a_baseline_is_no_difference() -> None:
    before = evaluation(result("a", figures={"quality": 0.3333}))
    after = evaluation(result("a", figures={"quality": 1 / 3}))
    found = compare(before, after)
    assert found.changes == ()
    assert {d.difference.value for d in found.differences} == {0.0}


def test_changes_come_worst_first_with_what_happened() -> None:
    refused = {"status": "not_found", "gold_rank": 0, "answer_hash": "b"}
    before = evaluation(
        result("gelijk"),
        result("dicht", cited=cited("a")),
        result("open", figures={"quality": 0.0}, **refused),
        result("minder", figures={"quality": 0.75}),
        result("verhuisd", cited=cited("a", "b")),
        result("gezakt"),
    )
    after = evaluation(
        result("gelijk"),
        result("dicht", figures={"quality": 0.0}, **refused),
        result("open"),
        result("minder", figures={"quality": 0.5}, answer_hash="c"),
        result("verhuisd", cited=cited("c", "b")),
        result("gezakt", gold_rank=4),
    )
    found = compare(before, after)
    assert [(c.id, c.direction) for c in found.changes] == [
        ("dicht", "worse"),
        ("minder", "worse"),
        ("gezakt", "worse"),
        ("open", "better"),
        ("verhuisd", "other"),
    ]
    changes = {c.id: c for c in found.changes}
    assert (changes["dicht"].turned, changes["open"].turned) == ("refused", "answered")
    assert [c.id for c in found.changes if c.moved] == ["dicht", "verhuisd"]
    assert changes["verhuisd"].sources_after == ("b", "c")
    assert changes["minder"].reworded
    assert not changes["gezakt"].reworded


def test_gold_that_disappeared_is_named_and_gold_that_never_was_is_not() -> None:
    gone = Place(document_id="fietsen", quote_hash="q", passages=())
    never = Place(document_id="kantine", quote_hash="r", passages=())
    before = evaluation(result("a", gold=(gone.model_copy(update={"passages": ("p",)}), never)))
    after = evaluation(result("a", gold=(gone, never)))
    assert [c.lost for c in compare(before, after).changes] == [(gone,)]


def test_only_questions_asked_in_the_same_words_are_compared() -> None:
    before = evaluation(result("a"), result("b"), result("c"))
    after = evaluation(result("a"), result("b", question_hash="anders"), result("d"))
    found = compare(before, after)
    assert found.questions == 1
    assert (found.only_before, found.only_after) == (("b", "c"), ("b", "d"))
    with pytest.raises(BadInputError, match="geen vraag gemeen"):
        compare(before, evaluation(result("e"), set="ander"))


def test_a_figure_counts_where_both_runs_have_it() -> None:
    before = evaluation(result("a", figures={"words": 10.0}), result("b"))
    after = evaluation(result("a", figures={"words": 30.0}), result("b", figures={"words": 5.0}))
    [words] = [d for d in compare(before, after).differences if d.figure == "words"]
    assert (words.before, words.after, words.difference.n) == (10.0, 30.0, 1)


def test_a_clear_drop_is_significant() -> None:
    names = [str(n) for n in range(20)]
    before = evaluation(*(result(n) for n in names))
    after = evaluation(*(result(n, figures={"quality": 0.0}) for n in names))
    [quality] = [d for d in compare(before, after).differences if d.figure == "quality"]
    assert quality.p < 0.001
    assert quality.difference.value == -1.0
