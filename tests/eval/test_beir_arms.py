from __future__ import annotations

from dataclasses import replace

import numpy as np

from assistant.retrieve import Retrieved
from eval.arms import ALL_BY_RANK, ALONE, TWO_BY_RANK
from eval.beir import Collection
from eval.beir_arms import WHOLE, compare_arms
from tests.eval.fakes import BIKES, CANTEEN, hit

LOAN, COSTS, HELP = BIKES.passages
SOUP = CANTEEN.passages[0]
QUERIES = {f"q{n}": "soep" for n in range(30)}
COLLECTION = Collection((), QUERIES, {q: {"kantine": 1} for q in QUERIES})


def retrieved(arms: dict[str, dict[str, float]]) -> Retrieved:
    folded = replace(hit(LOAN), also=(hit(SOUP),))
    return Retrieved(
        hits=(folded, hit(COSTS)),
        vector=np.zeros(2, np.float32),
        index=None,  # type: ignore[arg-type]
        arms=arms,
        best_lexical=1.0,
        unknown=0.0,
    )


RIGHT = {SOUP.id: 2.0, LOAN.id: 1.0}
WRONG = {LOAN.id: 2.0, COSTS.id: 1.5, SOUP.id: 1.0}


def test_every_way_is_laid_beside_the_better_arm() -> None:
    found = {q: retrieved({"dense": WRONG, "lexical": RIGHT}) for q in QUERIES}
    ways = compare_arms(COLLECTION, {q: ["fietsen", "kantine"] for q in QUERIES}, found, 10)
    assert ways.better_arm == ALONE["lexical"]
    by_name = {w.name: w for w in ways.ways}
    assert list(by_name) == [WHOLE, *ALONE.values(), TWO_BY_RANK, ALL_BY_RANK]
    best = by_name[ALONE["lexical"]]
    assert (best.figure.value, best.difference.value, best.p) == (1.0, 0.0, 1.0)
    assert not best.is_worse
    # A document counts once, at its best passage: the second place, not the third.
    dense = by_name[ALONE["dense"]]
    assert dense.figure.value is not None
    assert abs(dense.figure.value - 0.6309297535714575) < 1e-9
    assert dense.is_worse
    assert dense.p < 0.001
    assert by_name[WHOLE].is_worse


def test_a_way_that_is_as_good_is_not_worse() -> None:
    found = {q: retrieved({"dense": RIGHT, "lexical": WRONG}) for q in QUERIES}
    ways = compare_arms(COLLECTION, {q: ["kantine"] for q in QUERIES}, found, 10)
    assert ways.ways[0].figure.value == 1.0
    assert not ways.ways[0].is_worse


def test_no_more_documents_count_than_were_asked_for() -> None:
    found = {q: retrieved({"dense": WRONG, "lexical": RIGHT}) for q in QUERIES}
    ways = compare_arms(COLLECTION, {q: ["kantine"] for q in QUERIES}, found, 1)
    dense = next(w for w in ways.ways if w.name == ALONE["dense"])
    assert dense.figure.value == 0.0
