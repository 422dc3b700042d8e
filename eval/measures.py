"""Retrieval figures, by ir_measures: the one module that knows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import ir_measures
from ir_measures import RR, R, Success, nDCG

_MEASURES = {
    "ndcg_10": nDCG @ 10,
    "recall_5": R @ 5,
    "recall_20": R @ 20,
    "mrr_10": RR @ 10,
    "hit_1": Success @ 1,
    "hit_3": Success @ 3,
    "hit_5": Success @ 5,
    "hit_10": Success @ 10,
}
RETRIEVAL: tuple[str, ...] = tuple(_MEASURES)
"""Names of the retrieval figures."""
ARMS: tuple[str, ...] = ("dense", "sentence", "lexical")
"""The search arms, as `assistant.retrieve` names them."""
PER_ARM: tuple[str, ...] = ("ndcg_10", "recall_20")


def measure_retrieval(
    qrels: Mapping[str, Mapping[str, int]],
    rankings: Mapping[str, Sequence[str]],
    names: Iterable[str] = RETRIEVAL,
) -> dict[str, dict[str, float]]:
    """Figures per question id that has something relevant in ``qrels`` (id -> item -> grade).

    ``rankings`` holds item ids per question, best first. A question without a ranking, or whose
    relevant items are not in it, scores 0.
    """
    wanted = {str(_MEASURES[name]): name for name in names}
    judged = {q: dict(items) for q, items in qrels.items() if any(g > 0 for g in items.values())}
    figures = {q: dict.fromkeys(wanted.values(), 0.0) for q in judged}
    # Places as scores: equal scores would be put in another order than people see.
    run = {
        q: {item: float(len(items) - place) for place, item in enumerate(items)}
        for q, items in rankings.items()
        if q in judged and items
    }
    if not run:
        return figures
    measures = [_MEASURES[name] for name in wanted.values()]
    for metric in ir_measures.iter_calc(measures, judged, run):
        figures[metric.query_id][wanted[str(metric.measure)]] = float(metric.value)
    return figures
