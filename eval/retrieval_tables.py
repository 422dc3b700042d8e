"""The figures of a search as tables that people read, for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval import wording
from eval.evaluation import Estimate
from eval.retrieval import Report, System

_NAMES = {
    "hit_1": "plaats 1",
    "hit_3": "bij eerste 3",
    "hit_5": "bij eerste 5",
    "hit_10": "bij eerste 10",
    "mrr_10": "MRR@10",
    "ndcg_10": "nDCG@10",
}
_HITS = ("hit_1", "hit_3", "hit_5", "hit_10")
_RANKS = ("mrr_10", "ndcg_10")
_DIFFERENCES = ("hit_1", "hit_5", "ndcg_10")
_NOTES = (
    "Alle cijfers zijn × 100. Tussen haakjes staat het 95 %-interval.",
    "Alleen vragen waarop de documenten een antwoord geven, tellen mee.",
)
_PARTS = {"tune": "deel tune", "final": "deel final"}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under column names."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def tables(report: Report) -> Iterator[Table]:
    """Everything that was measured: per group, without each part, and other ways to search."""
    whole = report.systems[0]
    yield _per_group(
        "Staat er een passage met het antwoord bij?",
        whole,
        _HITS,
        "“bij eerste 5” is hit@5: bij zoveel van de 100 vragen staat die bij de eerste 5. "
        "Een vraag kan van meer soorten zijn. Bij minder dan 10 vragen zegt een cijfer weinig.",
    )
    yield _per_group(
        "Hoe hoog staan de passages met het antwoord?", whole, _RANKS, "100 is volmaakt."
    )
    without = [s for s in report.systems if s.role == "without"]
    if without:
        yield Table(
            "Wat elk onderdeel bijdraagt",
            ("zonder", *(_NAMES[f] for f in _DIFFERENCES)),
            tuple(
                (
                    s.name.removeprefix("zonder "),
                    *(signed_interval(s.differences[f]) for f in _DIFFERENCES),
                )
                for s in without
            ),
            "Het verschil met alles aan. Een minteken: zonder dit onderdeel gaat het slechter. "
            "Een *: het 95 %-interval ligt aan één kant van 0.",
        )
    beside = [s for s in report.systems if s.role == "beside"]
    yield Table(
        "Ernaast: andere manieren van zoeken",
        ("zoekmachine", *(_NAMES[f] for f in _DIFFERENCES), "nDCG@10, verschil"),
        tuple(_beside(s) for s in (whole, *beside)),
        "Het verschil is: die manier min Routewijzer.",
    )


def headline(report: Report) -> str:
    """What was measured."""
    part = f", deel {report.part}" if report.part else ""
    asked = report.systems[0].groups[0].questions
    return f"Set {report.set}{part}: {asked} vragen, editie {report.edition}, model {report.model}"


def notes() -> Sequence[str]:
    """How to read the tables, a sentence or two per line."""
    return _NOTES


def markdown(report: Report) -> str:
    """The whole report as Markdown."""
    lines = [f"# Zoeken: {headline(report)}", "", f"Gemeten op {report.made_at}.", ""]
    lines += [f"{note}  " for note in _NOTES]
    for table in tables(report):
        lines += ["", f"## {table.title}", ""]
        lines += [table.note, ""] if table.note else []
        lines.append(_row(table.columns))
        lines.append(_row(["---"] + ["---:"] * (len(table.columns) - 1)))
        lines += map(_row, table.rows)
    return "\n".join(lines) + "\n"


def signed_interval(difference: Estimate) -> str:
    """A difference × 100 with its interval, and a * when that lies on one side of 0."""
    d = difference
    if d.value is None or d.low is None or d.high is None:
        return "–"
    sure = d.low > 0 or d.high < 0
    interval = f"({_signed(d.low)}; {_signed(d.high)})"
    return f"{_signed(d.value)} {interval}{'*' if sure else ''}"


# --- steps -----------------------------------------------------------------------------------


def _per_group(title: str, whole: System, figures: Sequence[str], note: str) -> Table:
    rows = (
        (
            _PARTS.get(g.name) or wording.GROUPS[g.name],
            str(g.questions),
            *(_with_interval(g.figures[f]) for f in figures),
        )
        for g in whole.groups
    )
    return Table(title, ("vragen", "aantal", *(_NAMES[f] for f in figures)), tuple(rows), note)


def _beside(system: System) -> tuple[str, ...]:
    figures = system.groups[0].figures
    cells = (_with_interval(figures[f]) for f in _DIFFERENCES)
    return (
        system.name,
        *cells,
        signed_interval(system.differences["ndcg_10"]) if system.differences else "",
    )


def _with_interval(estimate: Estimate) -> str:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "–"
    return f"{_hundred(estimate.value)} ({_hundred(estimate.low)}–{_hundred(estimate.high)})"


def _hundred(value: float) -> str:
    return f"{100 * value:.0f}"


def _signed(value: float) -> str:
    shown = f"{abs(100 * value):.1f}".replace(".", ",")
    if shown == "0,0":
        return shown
    return ("+" if value > 0 else "−") + shown


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.strip() for cell in cells) + " |"
