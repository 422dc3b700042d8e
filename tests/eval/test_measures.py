from __future__ import annotations

import math

import pytest

from eval.measures import RETRIEVAL, measure_retrieval


def test_the_figures_are_those_of_the_definitions() -> None:
    found = measure_retrieval({"q": {"a": 1, "b": 1}}, {"q": ["x", "a", "y", "z", "u", "v", "b"]})
    ideal = 1 + 1 / math.log2(3)
    assert found["q"] == pytest.approx(
        {
            "ndcg_10": (1 / math.log2(3) + 1 / math.log2(8)) / ideal,
            "recall_5": 0.5,
            "recall_20": 1.0,
            "mrr_10": 0.5,
            "hit_1": 0.0,
            "hit_3": 1.0,
            "hit_5": 1.0,
            "hit_10": 1.0,
        }
    )


def test_the_order_given_counts_also_for_ids_that_sort_otherwise() -> None:
    for ranking in (["z", "a"], ["a", "z"]):
        found = measure_retrieval({"q": {ranking[0]: 1}}, {"q": ranking}, ("hit_1",))
        assert found == {"q": {"hit_1": 1.0}}


def test_what_is_not_found_scores_0_and_what_nobody_judged_is_left_out() -> None:
    qrels = {"weg": {"a": 1}, "leeg": {"a": 1}, "geen": {}, "nul": {"a": 0}, "goed": {"a": 1}}
    found = measure_retrieval(qrels, {"weg": ["b"], "leeg": [], "goed": ["a"], "vreemd": ["a"]})
    assert set(found) == {"weg", "leeg", "goed"}
    assert found["weg"] == found["leeg"] == dict.fromkeys(RETRIEVAL, 0.0)
    assert measure_retrieval({"q": {"a": 1}}, {})["q"]["ndcg_10"] == 0.0
