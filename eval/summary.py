"""From figures per question to figures over all of them, and over each group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from corpus.types import Audience
from eval.evaluation import Group, Result, Summary
from eval.questions import KINDS, Unanswerable
from eval.statistics import mean_estimate, quantile_estimate


def summarise(results: Sequence[Result]) -> Summary:
    """Every figure with its interval, for all questions and for each group that has some.

    Kinds and audiences count answerable questions: figures of answers mean nothing without one.
    """
    answerable = [r for r in results if r.answerable]
    latencies = [r.figures["latency_ms"] for r in results]
    audiences: list[Audience | None] = [*get_args(Audience), None]
    return Summary(
        overall=group("alle", results),
        kinds=_groups((k, [r for r in answerable if k in r.kind]) for k in KINDS),
        audiences=_groups(
            (a or "onbekend", [r for r in answerable if r.audience == a]) for a in audiences
        ),
        unanswerable=_groups(
            (u, [r for r in results if r.unanswerable == u]) for u in get_args(Unanswerable)
        ),
        statuses={
            "answerable": dict(Counter(r.status for r in answerable)),
            "unanswerable": dict(Counter(r.status for r in results if not r.answerable)),
        },
        latency_p50=quantile_estimate(latencies, 0.5),
        latency_p95=quantile_estimate(latencies, 0.95),
    )


def group(name: str, results: Sequence[Result]) -> Group:
    """Every figure that some of ``results`` have."""
    names = dict.fromkeys(name for r in results for name in r.figures)
    return Group(
        name=name,
        questions=len(results),
        figures={
            figure: mean_estimate([r.figures[figure] for r in results if figure in r.figures])
            for figure in names
        },
    )


def _groups(parts: Iterable[tuple[str, list[Result]]]) -> tuple[Group, ...]:
    return tuple(group(name, results) for name, results in parts if results)
