"""What the board of open questions shows: groups in rows, as far as a filter lets them through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast, get_args

from corpus.gap_groups import STATES, GapState
from corpus.questions_log import KeptQuestion
from eval.gaps import Gap
from eval.own_set import case_id
from web.staff.trend import Trend, trend

Order = Literal["vaakst", "laatst"]
EXAMPLES = 3
_HOW = {
    "partial": "deels beantwoord",
    "not_found": "niet gevonden",
    "out_of_scope": "buiten het onderwerp",
    "answered": "beantwoord, maar het hielp niet",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which groups to show, and in which order."""

    state: GapState | None = None
    owner: str = ""
    words: str = ""
    order: Order = "vaakst"

    @property
    def narrows(self) -> bool:
        """Whether it may leave groups out."""
        return bool(self.state or self.owner or self.words)


@dataclass(frozen=True, slots=True)
class Row:
    """A group on the board."""

    gap: Gap
    trend: Trend
    last_day: date | None
    """The last day on which it was asked; None when its questions are erased."""

    @property
    def examples(self) -> tuple[str, ...]:
        """Other ways in which it was asked than its title says."""
        others = (e for e in self.gap.examples if e != self.gap.title)
        return tuple(others)[:EXAMPLES]


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which a group was asked."""

    text: str
    questions: tuple[KeptQuestion, ...]
    """Newest first."""

    @property
    def newest(self) -> KeptQuestion:
        """The last time."""
        return self.questions[0]

    @property
    def words(self) -> tuple[str, ...]:
        """What readers added to "no"."""
        return tuple(dict.fromkeys(q.word for q in self.questions if q.word))

    @property
    def unhelpful(self) -> int:
        """How many readers said that the answer did not help."""
        return sum(q.helpful is False for q in self.questions)

    def case_in(self, gap: Gap) -> str:
        """The question for evaluation that was made of it; empty when there is none."""
        return next((i for i in map(case_id, self.questions) if i in gap.cases), "")


def wordings(gap: Gap) -> list[Wording]:
    """The different ways in which a group was asked, the central one first."""
    found: dict[str, list[KeptQuestion]] = {text: [] for text in gap.examples}
    for question in sorted(gap.questions, key=lambda q: q.id, reverse=True):
        found[question.text].append(question)
    return [Wording(text, tuple(questions)) for text, questions in found.items()]


def read_filter(state: str, owner: str, words: str, order: str) -> Filter:
    """The filter of an address; what makes no sense in it is left out."""
    return Filter(
        state=next((s for s in STATES if s == state), None),
        owner=owner.strip(),
        words=" ".join(words.split()),
        order=cast(Order, order) if order in get_args(Order) else "vaakst",
    )


def board(gaps: Sequence[Gap], wanted: Filter, today: date) -> list[Row]:
    """The rows that a filter lets through, in its order."""
    rows = [_row(gap, today) for gap in gaps if _passes(gap, wanted)]
    if wanted.order == "laatst":
        rows.sort(key=lambda row: row.last_day or date.min, reverse=True)
    return rows


def owners(gaps: Iterable[Gap], accounts: Iterable[str]) -> list[str]:
    """Who may be, or already is, the owner of a group."""
    return sorted({*accounts, *(g.owner for g in gaps if g.owner)})


def how(question: KeptQuestion) -> str:
    """How a question ended."""
    return _HOW[question.status]


# --- steps -----------------------------------------------------------------------------------


def _passes(gap: Gap, wanted: Filter) -> bool:
    if wanted.state is not None and gap.state != wanted.state:
        return False
    if wanted.owner and gap.owner != wanted.owner:
        return False
    said = "\n".join((gap.title, gap.note, *gap.examples)).casefold()
    return all(word in said for word in wanted.words.casefold().split())


def _row(gap: Gap, today: date) -> Row:
    days = [q.day for q in gap.questions]
    return Row(gap, trend(days, today), max(days, default=None))
