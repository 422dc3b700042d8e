"""The search over a BEIR collection beside its own arms: is it ever worse than the better arm?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.retrieve import Retrieved
from corpus.types import Frozen
from eval.arms import ALONE, orders
from eval.beir import Collection
from eval.evaluation import Estimate
from eval.measures import measure_retrieval
from eval.retrieval import DRAWS
from eval.statistics import difference_estimate, mean_estimate, randomisation_test

JUDGED = "ndcg_10"
WHOLE = "Routewijzer"


class Way(Frozen):
    """One way to search the collection."""

    name: str
    figure: Estimate
    """nDCG@10 over the questions."""
    difference: Estimate
    """This minus the better arm, paired."""
    p: float
    """Two-sided, of that difference; 1 for the better arm itself."""

    @property
    def is_worse(self) -> bool:
        """Whether it is significantly below the better arm."""
        return (self.difference.value or 0.0) < 0 and self.p < 0.05


class Ways(Frozen):
    """The whole first, then each arm alone and both kinds of rank fusion."""

    better_arm: str
    ways: tuple[Way, ...]


def compare_arms(
    collection: Collection,
    whole: Mapping[str, Sequence[str]],
    retrieved: Mapping[str, Retrieved],
    k: int,
) -> Ways:
    """Compare on nDCG@10: ``whole`` (document ids per question, best first) and what the arms of
    the same search found, ``k`` documents each."""
    runs: dict[str, dict[str, Sequence[str]]] = {WHOLE: dict(whole)}
    for query, found in retrieved.items():
        owner = _owners(found)
        for name, ids in orders(found.arms).items():
            documents = dict.fromkeys(owner[i] for i in ids if i in owner)
            runs.setdefault(name, {})[query] = list(documents)[:k]
    values = {name: _values(collection, run) for name, run in runs.items()}
    better = max(ALONE.values(), key=lambda name: sum(values[name]))
    return Ways(
        better_arm=better,
        ways=tuple(
            Way(
                name=name,
                figure=mean_estimate(found, DRAWS),
                difference=difference_estimate(values[better], found, DRAWS),
                p=randomisation_test(values[better], found),
            )
            for name, found in values.items()
        ),
    )


def _owners(found: Retrieved) -> dict[str, str]:
    """Document id of each passage, also of those folded into another."""
    return {each.passage.id: each.document_id for hit in found.hits for each in (hit, *hit.also)}


def _values(collection: Collection, run: Mapping[str, Sequence[str]]) -> list[float]:
    figures = measure_retrieval(collection.qrels, run, (JUDGED,))
    return [figures[query][JUDGED] for query in collection.queries]
