"""What the pages show of a verdict: reasons, figures, and the answers side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

from eval import wording
from eval.compare import Difference
from eval.gate import SIGNIFICANT
from eval.report import HEADLINE
from eval.sides import Sides, read_sides
from eval.verdict import CHECKS, Reason, Verdict
from web.staff.answer_diff import Row, row

PER_PAGE = 10
Filter = Literal["alles", "slechter", "beter", "anders"]
DIRECTIONS: dict[str, Filter] = {"worse": "slechter", "better": "beter", "other": "anders"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure before and after, in words."""

    name: str
    explained: str
    before: str
    after: str
    difference: str
    p: str
    feel: Literal["good", "bad", ""]
    """How a difference that is more than chance feels."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one question set."""

    set: str
    questions: int
    headline: tuple[Figure, ...]
    others: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class VerdictView:
    """What the template needs."""

    verdict: Verdict
    reasons: tuple[tuple[str, tuple[Reason, ...]], ...]
    """What went wrong, in words, with its reasons."""
    sets: tuple[Measured, ...]
    kept: bool
    """Whether the answers are there to be shown."""
    counts: Mapping[Filter, int]
    chosen: Filter
    rows: tuple[Row, ...]
    page: int
    pages: int


def view(verdict: Verdict, folder: Path, chosen: str = "alles", page: int = 1) -> VerdictView:
    """Lay out the verdict in ``folder``, with one page of the questions that changed."""
    found = [read_sides(folder, m.set) for m in verdict.sets]
    sides = [s for many in found if many is not None for s in many]
    what: Filter = next((f for f in get_args(Filter) if f == chosen), "alles")
    shown = [s for s in sides if what in ("alles", _direction(s))]
    pages = max(1, -(-len(shown) // PER_PAGE))
    page = min(max(1, page), pages)
    return VerdictView(
        verdict=verdict,
        reasons=_reasons(verdict),
        sets=tuple(_measured(m.set, m.questions, m.differences) for m in verdict.sets),
        kept=all(many is not None for many in found),
        counts={
            "alles": len(sides),
            **{d: sum(_direction(s) == d for s in sides) for d in DIRECTIONS.values()},
        },
        chosen=what,
        rows=tuple(row(s) for s in shown[(page - 1) * PER_PAGE : page * PER_PAGE]),
        page=page,
        pages=pages,
    )


def verdict_context(view: VerdictView, drafts: Iterable[str]) -> dict[str, object]:
    """What the templates need to show it. ``drafts`` holds the versions that wait."""
    return {
        "v": view,
        "words": wording,
        "directions": DIRECTIONS,
        "measured_at": datetime.fromisoformat(view.verdict.judged_at),
        "drafts": frozenset(drafts),
    }


# --- steps -----------------------------------------------------------------------------------


def _direction(sides: Sides) -> Filter:
    return DIRECTIONS[sides.change.direction]


def _reasons(verdict: Verdict) -> tuple[tuple[str, tuple[Reason, ...]], ...]:
    groups = {check: tuple(r for r in verdict.reasons if r.check == check) for check in CHECKS}
    return tuple((CHECKS[check], reasons) for check, reasons in groups.items() if reasons)


def _measured(name: str, questions: int, differences: tuple[Difference, ...]) -> Measured:
    by_name = {d.figure: d for d in differences}
    return Measured(
        set=name,
        questions=questions,
        headline=tuple(_figure(by_name[n]) for n in HEADLINE if n in by_name),
        others=tuple(
            _figure(d) for n, d in by_name.items() if n not in HEADLINE and n in wording.FIGURES
        ),
    )


def _figure(moved: Difference) -> Figure:
    name, gain = moved.figure, moved.after - moved.before
    return Figure(
        name=wording.FIGURES[name],
        explained=wording.EXPLAINED.get(name, ""),
        before=wording.number(name, moved.before),
        after=wording.number(name, moved.after),
        difference=wording.difference(name, gain),
        p=wording.significance(moved.p),
        feel=_feel(name, gain) if moved.p < SIGNIFICANT else "",
    )


def _feel(name: str, gain: float) -> Literal["good", "bad", ""]:
    if name in ("words", "latency_ms") or not gain:
        return ""
    return "good" if (gain > 0) != (name == "wrong") else "bad"
