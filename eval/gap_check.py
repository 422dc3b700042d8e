"""Whether gaps that staff call solved are closed: their questions are asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.progress import Progress
from eval.evaluation import Result
from eval.gaps import Asked, Gap, ask_again
from eval.own_set import case_id
from eval.questions import QuestionSet
from eval.runner import Answers, evaluate
from eval.shelf import Shelf
from eval.wording import STATUSES

_NOTHING = "niets te controleren: de vragen zijn gewist, en een toetsvraag is er niet"


@dataclass(frozen=True, slots=True)
class Judged:
    """A question for evaluation of a solved gap, and whether it is still right."""

    id: str
    question: str
    right: bool
    why: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of solved gaps."""

    asked: tuple[Asked, ...]
    judged: tuple[Judged, ...]

    @property
    def fell_back(self) -> bool:
        """Whether one of them is not closed."""
        return any(a.fell_back for a in self.asked) or not all(j.right for j in self.judged)


def check_solved(
    solved: Sequence[Gap], own: QuestionSet, assistant: Answers, shelf: Shelf, progress: Progress
) -> Checked:
    """Ask the questions of solved gaps again, of the published edition.

    A question with a case in ``own`` is judged by its case: an answer must cite the right
    passage, and where staff said that refusing is right, it must be refused.
    """
    wanted = {name for g in solved for name in g.cases}
    cases = tuple(q for q in own.questions if q.id in wanted)
    judged = {(g.id, q.text) for g in solved for q in g.questions if case_id(q) in wanted}
    asked = ask_again(solved, assistant, progress) if solved else []
    results: tuple[Result, ...] = ()
    if cases:
        part = own.model_copy(update={"questions": cases})
        results = evaluate(assistant, shelf, part, None, progress).results
    return Checked(
        asked=tuple(a for a in asked if (a.gap_id, a.text) not in judged),
        judged=tuple(map(judge, results)),
    )


def outcome_of(gap: Gap, checked: Checked) -> list[str]:
    """What became of one of the gaps, a line for each question."""
    lines = [_again(a) for a in checked.asked if a.gap_id == gap.id]
    lines += [
        f"{'goed' if j.right else 'TERUGGEVALLEN'}: {j.why} ({j.id}). {j.question}"
        for j in checked.judged
        if j.id in gap.cases
    ]
    return lines or [_NOTHING]


def judge(result: Result) -> Judged:
    """An answer is right when it cites a passage with the answer and names every vital fact."""
    figures = result.figures
    if not result.answerable:
        right = result.status not in ("answered", "partial")
        why = "terecht geweigerd" if right else "krijgt een antwoord, maar hoort geweigerd te zijn"
    elif not figures["answered"]:
        right, why = False, "krijgt geen antwoord"
    elif not figures["cited_right"]:
        right, why = False, "citeert een andere passage"
    elif figures.get("fact_recall", 1.0) < 1:
        right, why = False, "noemt niet alle feiten"
    else:
        right, why = True, "goed beantwoord"
    return Judged(result.id, result.question or "", right, why)


def _again(asked: Asked) -> str:
    if asked.fell_back:
        return f"TERUGGEVALLEN: {STATUSES[asked.now]}. {asked.text}"
    if asked.was == "answered":  # that it is answered says nothing: it was, and did not help
        return f"zelf nakijken: kreeg al antwoord, maar dat hielp niet. {asked.text}"
    return f"goed: beantwoord. {asked.text}"
