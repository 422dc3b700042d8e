"""The search arms by themselves, and put together by rank alone: what our own way must beat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

RRF_K = 60
"""As in the paper."""
ALONE: dict[str, str] = {
    "dense": "alleen betekenis van passages",
    "sentence": "alleen betekenis van zinnen",
    "lexical": "alleen woorden (BM25)",
}
"""What the arms are called."""
TWO_BY_RANK = "passages en woorden, op rang (RRF)"
ALL_BY_RANK = "alle drie, op rang (RRF)"


def orders(arms: Mapping[str, Mapping[str, float]]) -> dict[str, list[str]]:
    """Ids, best first, by each arm alone and by rank fusion; ``arms`` has scores per arm and id.

    An arm that found nothing has an empty order.
    """
    alone = {arm: ordered(arms.get(arm, {})) for arm in ALONE}
    found = {ALONE[arm]: ids for arm, ids in alone.items()}
    found[TWO_BY_RANK] = by_rank([alone["dense"], alone["lexical"]])
    found[ALL_BY_RANK] = by_rank(list(alone.values()))
    return found


def ordered(scores: Mapping[str, float]) -> list[str]:
    """Ids by score, best first; equal scores by id."""
    return sorted(scores, key=lambda i: (-scores[i], i))


def by_rank(orders: Iterable[Sequence[str]]) -> list[str]:
    """Several orders as one: each gives 1 / (60 + rank) to what it holds.

    Cormack, Clarke & Buettcher (2009), Reciprocal rank fusion outperforms Condorcet and
    individual rank learning methods, SIGIR.
    """
    total: dict[str, float] = {}
    for order in orders:
        for rank, item in enumerate(order, start=1):
            total[item] = total.get(item, 0.0) + 1 / (RRF_K + rank)
    return ordered(total)
