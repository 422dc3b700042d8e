"""Lays two evaluations side by side: which figures moved, and what changed for which question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from corpus.errors import BadInputError
from corpus.types import Frozen
from eval.evaluation import Estimate, Evaluation, Place, Result
from eval.statistics import difference_estimate, mean_estimate, randomisation_test

_GIVEN = ("answered", "partial")
_EQUAL = 1e-3
"""Differences below it come from rounding: a baseline keeps four digits."""

Direction = Literal["worse", "better", "other"]


class Difference(Frozen):
    """One figure over the questions that have it in both runs."""

    figure: str
    before: float
    after: float
    difference: Estimate
    """``after - before``, paired."""
    p: float
    """Two-sided, of a paired randomisation test."""


class Change(Frozen):
    """What changed for one question."""

    id: str
    direction: Direction
    """By ``quality``, and when that is equal by the place of the first gold passage."""
    quality_before: float
    quality_after: float
    turned: Literal["answered", "refused"] | None
    """Whether it now gets an answer, or no longer."""
    reworded: bool
    """The answer says something else."""
    rank_before: int | None
    rank_after: int | None
    sources_before: tuple[str, ...]
    sources_after: tuple[str, ...]
    moved: bool
    """The citations come from other documents."""
    lost: tuple[Place, ...]
    """Gold that the edition no longer holds."""


class Comparison(Frozen):
    """Two runs over the questions that both asked."""

    questions: int
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]
    """Worst first."""
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    """Ids asked in one run only, or in other words."""

    def with_direction(self, direction: Direction) -> tuple[Change, ...]:
        """The changes for the worse, for the better, or neither."""
        return tuple(c for c in self.changes if c.direction == direction)


def compare(before: Evaluation, after: Evaluation) -> Comparison:
    """Compare the questions that both runs asked in the same words.

    Raises BadInputError when there are none.
    """
    old = {(r.id, r.question_hash): r for r in before.results}
    new = {(r.id, r.question_hash): r for r in after.results}
    common = [key for key in new if key in old]
    if not common:
        raise BadInputError(
            f"De meting van set {after.set} en die van set {before.set} hebben geen vraag gemeen. "
            "Geef een --baseline van dezelfde vragenset."
        )
    pairs = [(old[key], new[key]) for key in common]
    changes = [change for a, b in pairs if (change := _change(a, b)) is not None]
    changes.sort(key=lambda c: (_ORDER[c.direction], c.quality_after - c.quality_before, c.id))
    return Comparison(
        questions=len(common),
        differences=_differences(pairs),
        changes=tuple(changes),
        only_before=tuple(i for i, h in old if (i, h) not in new),
        only_after=tuple(i for i, h in new if (i, h) not in old),
    )


# --- steps -----------------------------------------------------------------------------------

_ORDER: dict[Direction, int] = {"worse": 0, "better": 1, "other": 2}


def _differences(pairs: Sequence[tuple[Result, Result]]) -> tuple[Difference, ...]:
    names = dict.fromkeys(name for _, b in pairs for name in b.figures)
    found = []
    for name in names:
        both = [
            (a.figures[name], b.figures[name])
            for a, b in pairs
            if name in a.figures and name in b.figures
        ]
        if both:
            found.append(_difference(name, [_steady(a, b) for a, b in both], [b for _, b in both]))
    return tuple(found)


def _steady(before: float, after: float) -> float:
    return after if abs(before - after) < _EQUAL else before


def _difference(name: str, before: Sequence[float], after: Sequence[float]) -> Difference:
    return Difference(
        figure=name,
        before=mean_estimate(before).value or 0.0,
        after=mean_estimate(after).value or 0.0,
        difference=difference_estimate(before, after),
        p=randomisation_test(before, after),
    )


def _change(before: Result, after: Result) -> Change | None:
    """What changed, or None when nothing did that a reader or a judge would see."""
    sources = _sources(before), _sources(after)
    lost = _lost(before.gold, after.gold)
    change = Change(
        id=after.id,
        direction=_direction(before, after),
        quality_before=before.figures["quality"],
        quality_after=after.figures["quality"],
        turned=_turned(before, after),
        reworded=before.answer_hash != after.answer_hash,
        rank_before=before.gold_rank,
        rank_after=after.gold_rank,
        sources_before=sources[0],
        sources_after=sources[1],
        moved=sources[0] != sources[1],
        lost=lost,
    )
    same = change.direction == "other" and not (change.reworded or change.moved or lost)
    return None if same and before.status == after.status else change


def _direction(before: Result, after: Result) -> Direction:
    gain = after.figures["quality"] - before.figures["quality"]
    if abs(gain) < _EQUAL:
        gain = _reciprocal(after.gold_rank) - _reciprocal(before.gold_rank)
    if abs(gain) < _EQUAL:
        return "other"
    return "better" if gain > 0 else "worse"


def _reciprocal(rank: int | None) -> float:
    return 1 / rank if rank else 0.0


def _turned(before: Result, after: Result) -> Literal["answered", "refused"] | None:
    was, is_now = before.status in _GIVEN, after.status in _GIVEN
    if was == is_now:
        return None
    return "answered" if is_now else "refused"


def _sources(result: Result) -> tuple[str, ...]:
    return tuple(sorted({c.document_id for c in result.cited}))


def _lost(before: Sequence[Place], after: Sequence[Place]) -> tuple[Place, ...]:
    held = {(p.document_id, p.quote_hash) for p in before if p.passages}
    return tuple(p for p in after if not p.passages and (p.document_id, p.quote_hash) in held)
