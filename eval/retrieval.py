"""How well the right passages are found: figures per kind of question, each with its interval.

Read `report` first. What is judged is the order in which passages are shown to a reader.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import Field

from corpus.types import Audience, Frozen, Hit
from eval.evaluation import Estimate, Group
from eval.gold import GoldPlace
from eval.measures import measure_retrieval
from eval.questions import KINDS, Part, Question
from eval.statistics import difference_estimate, mean_estimate

FIGURES = ("hit_1", "hit_3", "hit_5", "hit_10", "mrr_10", "ndcg_10")
DEPTH = 20
"""Passages asked for per question; no figure looks further down than the tenth."""
DRAWS = 10_000
"""Resamples of the questions behind each interval."""
_ABSENT = "not in this edition"
_ALL, _UNKNOWN = "alle", "onbekend"

Role = Literal["whole", "without", "beside"]
PerQuestion = Mapping[str, Mapping[str, float]]
"""Every figure per question id."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What one search gave for one question."""

    ids: tuple[str, ...]
    """Best first."""
    relevant: frozenset[str]
    """Everything that it could have found."""


class System(Frozen):
    """One way to search: the whole, the whole without a part, or something else beside it."""

    name: str
    role: Role
    groups: tuple[Group, ...]
    """All questions first, then parts of the set, audiences and kinds."""
    differences: dict[str, Estimate] = Field(default_factory=dict)
    """This minus the whole per figure, paired, over all questions; empty for the whole."""


class Report(Frozen):
    """What was measured of one set over one edition, without a word of questions or documents."""

    format: Literal[1] = 1
    set: str
    part: Part | None
    edition: int
    model: str
    made_at: str
    """UTC, ISO 8601 to the second."""
    systems: tuple[System, ...]
    """The whole comes first."""


def judge(hits: Sequence[Hit], relevant: Collection[str]) -> Ranked:
    """The order of ``hits`` with passages folded into another counted as that one.

    What says the same twice is one thing to find: a fold that holds a relevant passage is
    relevant, and its other relevant passages are not asked for again.
    """
    ids: list[str] = []
    left = set(relevant)
    for hit in hits:
        said = [hit.passage.id, *(other.passage.id for other in hit.also)]
        right = [passage_id for passage_id in said if passage_id in left]
        ids.append((right or said)[0])
        left -= set(right[1:])
    return judge_ids(ids, left)


def judge_ids(ids: Sequence[str], relevant: Collection[str]) -> Ranked:
    """An order of ids, best first, with the ids that are relevant."""
    # What the edition does not hold cannot be found: it counts as a passage that never comes.
    return Ranked(tuple(ids), frozenset(relevant or {_ABSENT}))


def relevant_passages(places: Iterable[GoldPlace]) -> frozenset[str]:
    """Ids of the passages that hold a gold quote of a question."""
    return frozenset(passage_id for place in places for passage_id in place.passages)


def measure(ranked: Mapping[str, Ranked]) -> PerQuestion:
    """Every figure per question id."""
    return measure_retrieval(
        {q: dict.fromkeys(r.relevant, 1) for q, r in ranked.items()},
        {q: r.ids for q, r in ranked.items()},
        FIGURES,
    )


def system(
    name: str,
    role: Role,
    questions: Sequence[Question],
    figures: PerQuestion,
    whole: PerQuestion | None = None,
) -> System:
    """The figures of one way to search over each group of ``questions``, and how they differ from
    those of the ``whole``."""
    asked = [q.id for q in questions]
    return System(
        name=name,
        role=role,
        groups=tuple(
            Group(
                name=group,
                questions=len(ids),
                figures={f: mean_estimate(_values(figures, ids, f), DRAWS) for f in FIGURES},
            )
            for group, ids in group_questions(questions)
        ),
        differences={
            f: difference_estimate(_values(whole, asked, f), _values(figures, asked, f), DRAWS)
            for f in FIGURES
        }
        if whole is not None
        else {},
    )


def group_questions(questions: Sequence[Question]) -> list[tuple[str, list[str]]]:
    """(name, question ids) of every group that holds some: all, then the parts of the set where
    there are two, audiences and kinds."""
    parts = get_args(Part) if len({q.part for q in questions}) > 1 else ()
    order = (_ALL, *parts, *get_args(Audience), _UNKNOWN, *KINDS)
    found = [(name, [q.id for q in questions if name in _groups_of(q)]) for name in order]
    return [(name, ids) for name, ids in found if ids]


def _groups_of(question: Question) -> set[str]:
    return {_ALL, question.part, question.audience or _UNKNOWN, *question.kind}


def _values(figures: PerQuestion, ids: Sequence[str], figure: str) -> list[float]:
    return [figures[i][figure] for i in ids]
