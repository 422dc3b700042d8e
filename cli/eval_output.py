"""How the command line shows an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cli import output
from eval import wording
from eval.evaluation import Estimate

if TYPE_CHECKING:
    from eval.compare import Comparison
    from eval.evaluation import Evaluation, Group

_MAIN = (
    "quality",
    "fact_recall",
    "cited_right",
    "wrong",
    "citation_precision",
    "citation_recall",
    "words",
    "ndcg_10",
    "recall_5",
    "recall_20",
    "mrr_10",
    "hit_1",
    "hit_3",
    "hit_5",
    "hit_10",
)
_PER_GROUP = (
    "quality",
    "answered",
    "partial",
    "wrong",
    "fact_recall",
    "cited_right",
    "ndcg_10",
    "hit_5",
)


def show(
    evaluation: Evaluation, comparison: Comparison | None, stopped: Sequence[str] | None
) -> None:
    """The figures as tables; ``stopped`` is None when the gate was not asked for."""
    part = f", helft {evaluation.part}" if evaluation.part else ""
    output.say(
        f"Set {evaluation.set}{part}: {len(evaluation.results)} vragen, "
        f"editie {evaluation.edition}, {', '.join(evaluation.engines)}\n"
    )
    output.table(*_main_table(evaluation, comparison))
    output.say("\nDe poort (beide kanten horen bij elkaar)")
    output.table(*_gate_table(evaluation))
    summary = evaluation.summary
    for title, groups in (("soort", summary.kinds), ("doelgroep", summary.audiences)):
        output.say("")
        output.table(*_group_table(title, groups))
    output.say(
        f"\nTijd per vraag: mediaan {wording.number('latency_ms', summary.latency_p50.value)} ms "
        f"({wording.interval('latency_ms', summary.latency_p50)}), p95 "
        f"{wording.number('latency_ms', summary.latency_p95.value)} ms "
        f"({wording.interval('latency_ms', summary.latency_p95)})"
    )
    if evaluation.engines == ("extractive",):
        output.say("Kosten per vraag: geen; er is geen taalmodel of betaalde dienst gebruikt.")
    if comparison is not None:
        _show_changes(comparison)
    if stopped is not None:
        output.say("\n" + ("De poort houdt dit tegen:" if stopped else "De poort laat dit door."))
        for line in stopped:
            output.say(f"  {line}")


def as_values(
    evaluation: Evaluation, comparison: Comparison | None, stopped: Sequence[str]
) -> dict[str, Any]:
    """The same for a program: the summary, what changed, and why the gate stops it."""
    return {
        "set": evaluation.set,
        "part": evaluation.part,
        "edition": evaluation.edition,
        "questions": len(evaluation.results),
        "summary": evaluation.summary.model_dump(mode="json"),
        "comparison": comparison.model_dump(mode="json") if comparison is not None else None,
        "stopped": list(stopped),
    }


# --- tables ----------------------------------------------------------------------------------


def _main_table(
    evaluation: Evaluation, comparison: Comparison | None
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    figures = evaluation.summary.overall.figures
    moved = {d.figure: d for d in comparison.differences} if comparison is not None else {}
    columns: tuple[str, ...] = ("cijfer", "waarde", "95 %-interval", "vragen")
    rows: list[tuple[str, ...]] = []
    for name in (n for n in _MAIN if n in figures):
        f = figures[name]
        row = [
            wording.FIGURES[name],
            wording.number(name, f.value),
            wording.interval(name, f),
            str(f.n),
        ]
        if name in moved:
            d = moved[name]
            row += [wording.difference(name, d.difference.value), wording.significance(d.p)]
        elif moved:
            row += ["–", "–"]
        rows.append(tuple(row))
    return (*columns, "verschil", "p") if moved else columns, rows


def _gate_table(evaluation: Evaluation) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    overall, given = evaluation.summary.overall, {"answered", "partial"}
    groups = [
        ("met antwoord", "answered", overall, [r for r in evaluation.results if r.answerable]),
        ("zonder antwoord", "refused", overall, [r for r in evaluation.results if r.unanswerable]),
    ]
    groups += [
        (
            f"  {wording.GROUPS[group.name]}",
            "refused",
            group,
            [r for r in evaluation.results if r.unanswerable == group.name],
        )
        for group in evaluation.summary.unanswerable
    ]
    rows: list[tuple[str, ...]] = []
    for name, figure, group, results in groups:
        answers = sum(r.status in given for r in results)
        right = group.figures.get(figure, Estimate())
        counts = str(len(results)), str(answers), str(len(results) - answers)
        shown = wording.number(figure, right.value), wording.interval(figure, right)
        rows.append((name, *counts, *shown))
    return ("vragen", "aantal", "kreeg antwoord", "geweigerd", "terecht", "95 %-interval"), rows


def _group_table(
    title: str, groups: Sequence[Group]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    columns = (title, "vragen", *(wording.SHORT[name] for name in _PER_GROUP))
    rows = []
    for group in groups:
        values = (
            wording.number(n, group.figures[n].value) if n in group.figures else "–"
            for n in _PER_GROUP
        )
        rows.append((wording.GROUPS.get(group.name, group.name), str(group.questions), *values))
    return columns, rows


def _show_changes(comparison: Comparison) -> None:
    worse, better = comparison.with_direction("worse"), comparison.with_direction("better")
    output.say(
        f"\nTegenover de vorige meting ({comparison.questions} vragen): {len(worse)} slechter, "
        f"{len(better)} beter, {len(comparison.with_direction('other'))} anders maar even goed."
    )
    for label, ids in (
        ("krijgt geen antwoord meer", [c.id for c in comparison.changes if c.turned == "refused"]),
        ("krijgt nu antwoord", [c.id for c in comparison.changes if c.turned == "answered"]),
        ("andere bron", [c.id for c in comparison.changes if c.moved]),
        ("vindplaats verdwenen", [c.id for c in comparison.changes if c.lost]),
    ):
        if ids:
            output.say(f"  {label} ({len(ids)}): {', '.join(ids)}")
