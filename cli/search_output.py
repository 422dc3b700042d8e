"""How the command line shows how well the search finds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cli import output
from corpus.errors import BadInputError
from eval import wording
from eval.evaluation import Estimate
from eval.retrieval_tables import headline, markdown, notes, signed_interval, tables
from eval.statistics import mean_estimate

if TYPE_CHECKING:
    from eval.beir import Collection
    from eval.beir_arms import Ways
    from eval.retrieval import Report

BEIR = ("ndcg_10", "recall_5", "recall_20", "mrr_10")


def write_retrieval(report: Report, folder: Path) -> None:
    """Keep the report in a folder: the figures as JSON, the tables as Markdown."""
    try:
        values = report.model_dump_json(indent=1) + "\n"
        (folder / "retrieval.json").write_text(values, encoding="utf-8")
        (folder / "retrieval.md").write_text(markdown(report), encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"In {folder} kan niets worden bewaard ({error.strerror}).") from None


def show_retrieval(report: Report, folder: Path, as_json: bool) -> None:
    """The report as tables or as JSON."""
    if as_json:
        output.as_json(report.model_dump(mode="json"))
        return
    output.say(headline(report))
    for note in notes():
        output.prose(note)
    for table in tables(report):
        output.say(f"\n{table.title}")
        if table.note:
            output.prose(table.note)
        output.table(table.columns, table.rows)
    output.say(f"\nVerslag: {folder / 'retrieval.md'}")


def show_beir(
    collection: Collection,
    figures: Mapping[str, Mapping[str, float]],
    ways: Ways | None,
    as_json: bool,
) -> None:
    """Retrieval figures over the judged questions of a BEIR collection."""
    means = {name: mean_estimate([f[name] for f in figures.values()]) for name in BEIR}
    if as_json:
        output.as_json(
            {
                "documents": len(collection.documents),
                "questions": len(figures),
                **{name: m.model_dump() for name, m in means.items()},
                **({"arms": ways.model_dump(mode="json")} if ways is not None else {}),
            }
        )
        return
    output.say(f"{len(collection.documents)} documenten, {len(figures)} vragen met oordeel\n")
    rows = [(wording.FIGURES[name], *_with_interval(name, m)) for name, m in means.items()]
    output.table(("cijfer", "waarde", "95 %-interval"), rows)
    if ways is not None:
        _show_ways(ways)


# --- steps -----------------------------------------------------------------------------------


def _show_ways(ways: Ways) -> None:
    output.say(f"\nDe beste losse manier: {ways.better_arm}. Verschillen daarmee zijn × 100.")
    rows = [
        (
            way.name,
            *_with_interval("ndcg_10", way.figure),
            signed_interval(way.difference) if way.name != ways.better_arm else "",
            wording.significance(way.p) if way.name != ways.better_arm else "",
        )
        for way in ways.ways
    ]
    output.table(("zoekmachine", "nDCG@10", "95 %-interval", "verschil", "p"), rows)
    whole = ways.ways[0]
    said = "is aantoonbaar slechter dan" if whole.is_worse else "is niet aantoonbaar slechter dan"
    output.say(f"\n{whole.name} {said} de beste losse manier.")


def _with_interval(name: str, estimate: Estimate) -> tuple[str, str]:
    return wording.number(name, estimate.value), wording.interval(name, estimate)
