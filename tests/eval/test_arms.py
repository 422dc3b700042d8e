from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eval.arms import ALL_BY_RANK, ALONE, TWO_BY_RANK, by_rank, ordered, orders

ORDERS = st.lists(st.lists(st.sampled_from("abcdef"), unique=True), min_size=1, max_size=4)


def test_equal_scores_have_one_order() -> None:
    assert ordered({"b": 1.0, "a": 1.0, "c": 2.0}) == ["c", "a", "b"]


def test_rank_fusion_adds_what_each_place_is_worth() -> None:
    # a: 1/61 + 1/63, b: 1/62 + 1/61, c: 1/63 + 1/62.
    assert by_rank([["a", "b", "c"], ["b", "c", "a"]]) == ["b", "a", "c"]


@given(ORDERS)
def test_rank_fusion_keeps_everything_once(given: list[list[str]]) -> None:
    fused = by_rank(given)
    assert sorted(fused) == sorted({item for order in given for item in order})


@given(st.lists(st.sampled_from("abcdef"), unique=True))
def test_orders_that_agree_stay_as_they_are(order: list[str]) -> None:
    assert by_rank([order, order]) == order


def test_each_arm_stands_alone_and_both_fusions_beside_them() -> None:
    found = orders({"dense": {"a": 0.9, "b": 0.8}, "lexical": {"c": 3.0, "b": 2.0}})
    assert found == {
        ALONE["dense"]: ["a", "b"],
        ALONE["sentence"]: [],
        ALONE["lexical"]: ["c", "b"],
        TWO_BY_RANK: ["b", "a", "c"],
        ALL_BY_RANK: ["b", "a", "c"],
    }
