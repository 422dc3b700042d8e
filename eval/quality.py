"""How good the assistant is, for everyone to read: figures per theme, as JSON and as a page.

A theme is the document in which the answer stands: that says to a reader what a question is
about. Questions without an answer in the documents have the reason as their theme.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal, get_args

from corpus.errors import NotReadyError
from corpus.questions_log import Count
from corpus.types import Frozen
from eval.evaluation import Evaluation, Result, read_evaluation
from eval.page import template
from eval.questions import Unanswerable

_GIVEN = ("answered", "partial")
_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_REASONS: dict[Unanswerable, str] = {
    "missing": "Staat niet in de documenten",
    "off_topic": "Gaat over iets anders",
    "underspecified": "Is te vaag om te beantwoorden",
    "nonsense": "Is geen echte vraag",
    "injection": "Probeert de assistent te sturen",
}


class Theme(Frozen):
    """Test questions that have an answer in the documents, on one theme."""

    name: str
    questions: int
    answered: int
    cited_right: int
    """Answers with a citation from the right passage."""
    refused: int
    """Wrongly: the answer stands in the documents."""


class Refusals(Frozen):
    """Test questions that have no answer in the documents, for one reason."""

    name: str
    questions: int
    refused: int
    """Rightly."""
    answered: int
    """Wrongly."""


class Use(Frozen):
    """What happened to the questions of readers. Nothing more is kept of them than this."""

    first_day: date
    last_day: date
    answered: int
    partial: int
    not_found: int
    out_of_scope: int
    helpful: int
    unhelpful: int

    @property
    def questions(self) -> int:
        """Questions in all."""
        return self.answered + self.partial + self.not_found + self.out_of_scope


class Quality(Frozen):
    """Everything that the public page says in figures."""

    format: Literal[1] = 1
    measured_on: date
    edition: int
    """The edition that was measured."""
    published_edition: int | None
    """The edition that readers see now."""
    set: str
    model: str
    engines: tuple[str, ...]
    overall: Theme
    unseen: Theme | None
    """The same over the questions that were not used for tuning; None when there are none."""
    themes: tuple[Theme, ...]
    refusals_overall: Refusals
    refusals: tuple[Refusals, ...]
    use: Use | None
    owner: str
    contact: str
    questions_days: int


@dataclass(frozen=True, slots=True)
class Installation:
    """What the page says of where the assistant runs."""

    published_edition: int | None
    model: str
    titles: Mapping[str, str]
    """Title per document id."""
    owner: str
    contact: str
    questions_days: int


def latest_evaluation(data_dir: Path, published: int | None) -> Evaluation:
    """The last evaluation in the data folder: of the edition that readers see, when it was
    measured. Raises NotReadyError when there is none."""
    # Those of questions from readers say how gaps are closed, not how good the assistant is.
    found = [
        e
        for path in (data_dir / "eval").glob("*/evaluation.json")
        if (e := read_evaluation(path)).set != "own"
    ]
    if not found:
        raise NotReadyError("Er is nog niet gemeten. Doe dat eerst met: routewijzer eval run")
    return max(found, key=lambda e: (e.edition == published, e.made_at))


def quality(evaluation: Evaluation, counts: Sequence[Count], where: Installation) -> Quality:
    """The public figures of an evaluation, and of the daily counts."""
    answerable = [r for r in evaluation.results if r.answerable]
    hopeless = [r for r in evaluation.results if not r.answerable]
    unseen = [r for r in answerable if r.part == "final"]
    return Quality(
        measured_on=datetime.fromisoformat(evaluation.made_at).date(),
        edition=evaluation.edition,
        published_edition=where.published_edition,
        set=evaluation.set,
        model=where.model,
        engines=evaluation.engines,
        overall=_theme("Alle onderwerpen", answerable),
        unseen=_theme("Niet gebruikt om af te stellen", unseen) if unseen else None,
        themes=_themes(answerable, where.titles),
        refusals_overall=_refusals("Alle redenen", hopeless),
        refusals=tuple(
            _refusals(_REASONS[why], [r for r in hopeless if r.unanswerable == why])
            for why in get_args(Unanswerable)
            if any(r.unanswerable == why for r in hopeless)
        ),
        use=_use(counts),
        owner=where.owner,
        contact=where.contact,
        questions_days=where.questions_days,
    )


def quality_page(found: Quality) -> str:
    """The figures with what the assistant is for and who answers for it, as one HTML file."""
    return template("quality.html").render(q=found, percent=_percent, dutch_day=_dutch_day)


# --- steps -----------------------------------------------------------------------------------


def _theme(name: str, results: Sequence[Result]) -> Theme:
    answered = [r for r in results if r.status in _GIVEN]
    return Theme(
        name=name,
        questions=len(results),
        answered=len(answered),
        cited_right=sum(r.figures.get("cited_right") == 1.0 for r in answered),
        refused=len(results) - len(answered),
    )


def _themes(results: Sequence[Result], titles: Mapping[str, str]) -> tuple[Theme, ...]:
    groups: dict[str, list[Result]] = {}
    for result in results:
        document = result.gold[0].document_id if result.gold else ""
        groups.setdefault(titles.get(document, document) or "Overig", []).append(result)
    themes = [_theme(name, group) for name, group in groups.items()]
    return tuple(sorted(themes, key=lambda t: (-t.questions, t.name)))


def _refusals(name: str, results: Sequence[Result]) -> Refusals:
    answered = sum(r.status in _GIVEN for r in results)
    return Refusals(
        name=name, questions=len(results), refused=len(results) - answered, answered=answered
    )


def _use(counts: Sequence[Count]) -> Use | None:
    if not counts:
        return None
    total: Counter[str] = Counter()
    for count in counts:
        total[count.what] += count.count
    return Use(
        first_day=min(c.day for c in counts),
        last_day=max(c.day for c in counts),
        answered=total["answered"],
        partial=total["partial"],
        not_found=total["not_found"],
        out_of_scope=total["out_of_scope"],
        helpful=total["helpful"],
        unhelpful=total["unhelpful"],
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "–"


def _dutch_day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
