"""An evaluation as one HTML file that needs nothing else: styles and plots are inside."""

from __future__ import annotations

from markupsafe import Markup

from eval import wording
from eval.compare import Comparison
from eval.evaluation import Evaluation, Group, Result
from eval.page import template
from eval.plots import Row, dot_plot, histogram
from eval.sides import both_sides
from eval.verdict import CHECKS, Verdict

HEADLINE = ("quality", "answered", "refused", "fact_recall", "cited_right", "ndcg_10")
"""Figures that are shown first."""
_TABLE = (
    "quality",
    "answered",
    "refused",
    "fact_recall",
    "cited_right",
    "citation_precision",
    "citation_recall",
    "words",
    "ndcg_10",
    "mrr_10",
    "recall_5",
    "recall_20",
    "dense_ndcg_10",
    "dense_recall_20",
    "sentence_ndcg_10",
    "sentence_recall_20",
    "lexical_ndcg_10",
    "lexical_recall_20",
    "hit_1",
    "hit_3",
    "hit_5",
    "hit_10",
)
_GOOD = 0.5
"""A question below this quality is shown among those that fail."""


def report(
    evaluation: Evaluation,
    baseline: Evaluation | None = None,
    comparison: Comparison | None = None,
    failures: tuple[str, ...] = (),
    verdict: Verdict | None = None,
) -> str:
    """The report as HTML, in Dutch.

    ``baseline`` and ``comparison`` go together; ``verdict`` is of the publish gate. Failing
    questions of the final half are shown only when that half was asked for by name: who sees
    them starts to tune on them.
    """
    summary = evaluation.summary
    return template("report.html").render(
        e=evaluation,
        headline=[n for n in HEADLINE if n in summary.overall.figures],
        table=[n for n in _TABLE if n in summary.overall.figures],
        w=wording,
        plots=_plots(evaluation),
        latency=Markup(_latency(evaluation)),  # noqa: S704 - made in eval.plots, which escapes
        gate=gate_counts(evaluation),
        failing=_failing(evaluation),
        hidden=_hidden(evaluation),
        comparison=comparison,
        moved={d.figure: d for d in comparison.differences} if comparison else {},
        changed=both_sides(comparison, baseline, evaluation) if baseline and comparison else (),
        failures=failures,
        verdict=verdict,
        checks=CHECKS,
    )


def gate_counts(evaluation: Evaluation) -> dict[str, int]:
    """Both sides of the gate in one value: neither says anything without the other."""
    given = {"answered", "partial"}
    results = evaluation.results
    return {
        "answerable": sum(r.answerable for r in results),
        "answered": sum(r.answerable and r.status in given for r in results),
        "wrongly_refused": sum(r.answerable and r.status not in given for r in results),
        "unanswerable": sum(not r.answerable for r in results),
        "refused": sum(not r.answerable and r.status not in given for r in results),
        "wrongly_answered": sum(not r.answerable and r.status in given for r in results),
    }


# --- steps -----------------------------------------------------------------------------------


def _plots(evaluation: Evaluation) -> list[tuple[str, Markup]]:
    summary = evaluation.summary
    plans: list[tuple[str, str, tuple[Group, ...]]] = [
        ("Kwaliteit per soort vraag", "quality", summary.kinds),
        ("Kwaliteit per doelgroep", "quality", summary.audiences),
        ("Terecht geweigerd, per reden", "refused", summary.unanswerable),
    ]
    return [
        (title, Markup(dot_plot(_rows(groups, figure), title)))  # noqa: S704 - as above
        for title, figure, groups in plans
        if groups
    ]


def _rows(groups: tuple[Group, ...], figure: str) -> list[Row]:
    rows = [Row(wording.GROUPS.get(g.name, g.name), g.questions, g.figures[figure]) for g in groups]
    return sorted(rows, key=lambda row: -(row.estimate.value or 0.0))


def _latency(evaluation: Evaluation) -> str:
    marks = [
        (name, estimate.value)
        for name, estimate in (
            ("p50", evaluation.summary.latency_p50),
            ("p95", evaluation.summary.latency_p95),
        )
        if estimate.value is not None
    ]
    times = [r.figures["latency_ms"] for r in evaluation.results]
    return histogram(times, marks, "Tijd per vraag in milliseconden")


def _failing(evaluation: Evaluation) -> list[Result]:
    """Questions that fall short, worst first."""
    shown = [
        r
        for r in evaluation.results
        if r.figures["quality"] < _GOOD and (evaluation.part is not None or r.part == "tune")
    ]
    return sorted(shown, key=lambda r: (r.figures["quality"], r.answerable, r.id))


def _hidden(evaluation: Evaluation) -> int:
    if evaluation.part is not None:
        return 0
    return sum(r.part == "final" and r.figures["quality"] < _GOOD for r in evaluation.results)
