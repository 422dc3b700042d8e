"""What the bench leaves behind: a table in Dutch for people, and JSON for what compares runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.errors import BadInputError
from eval.bench.measures import Row
from eval.bench.run import STANDARD, Bench, Plan

RESULTS = Path(__file__).parents[1] / "results"
_LABELS = {  # in the order of the table
    "ingest": "Inlezen, van bestand tot gepubliceerd",
    "ingest_read": "  lezen en in stukken delen",
    "ingest_embed": "  betekenis bepalen (model)",
    "ingest_store": "  bewaren in SQL",
    "ingest_index": "  index maken en publiceren",
    "unchanged": "Nog eens inlezen, niets veranderd",
    "changed": "Nog eens inlezen, één pagina veranderd",
    "start": "Starten, tot klaar voor vragen",
    "first_answer": "Eerste antwoord na de start",
    "search_beyond_p50": "Zoeken zonder model, p50",
    "search_beyond_p95": "Zoeken zonder model, p95",
    "answer_beyond_p50": "Heel antwoord zonder model, p50",
    "answer_beyond_p95": "Heel antwoord zonder model, p95",
    "embed_question_p50": "Alleen de vraag door het model, p50",
    "embed_question_p95": "Alleen de vraag door het model, p95",
    "answer_p50": "Heel antwoord, alles samen, p50",
    "answer_p95": "Heel antwoord, alles samen, p95",
    "throughput": "Antwoorden per seconde, 8 lezers tegelijk",
    "memory_start": "Geheugen na de start",
    "memory_later": "Geheugen na {answers} antwoorden",
    "disk": "Schijf na de eerste keer inlezen",
    "disk_later": "Schijf na alle wijzigingen",
}
_COLUMNS = ("", "Routewijzer", "Handleiding", "verhouding")
_NONE = "-"


def result_file(plan: Plan) -> Path:
    """Where the figures of a plan are kept: those of another plan are not written over."""
    return RESULTS / ("bench.json" if plan == STANDARD else f"bench-{plan.pages}.json")


def write_result(bench: Bench, path: Path) -> None:
    """Write JSON. Raises BadInputError when the file cannot be written."""
    content = asdict(bench)
    content["plan"]["made_up"] = bench.plan.made_up
    content["rows"] = [
        {**{k: _rounded(v) for k, v in asdict(row).items()}, "ratio": _rounded(row.ratio)}
        for row in bench.rows
    ]
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"{path} is niet te schrijven ({error.strerror}).") from None


def table(bench: Bench) -> str:
    """The table, with what was measured above it and what one must know below it."""
    order = list(_LABELS)
    rows = sorted(bench.rows, key=lambda row: order.index(row.key))
    lines = [_COLUMNS, *(_cells(row, bench.plan) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown = [_line(cells, widths) for cells in lines]
    return "\n".join(
        [
            *_header(bench),
            "",
            shown[0],
            "-" * sum((*widths, 6)),
            *shown[1:],
            "",
            *_notes(bench.plan),
        ]
    )


# --- steps -----------------------------------------------------------------------------------


def _header(bench: Bench) -> list[str]:
    machine, sizes = bench.machine, bench.sizes
    return [
        f"Bench van {bench.date}, Python {machine['python']}, {machine['system']}, "
        f"{machine['cores']} kernen, {number(_float(machine['memory_gb']))} GB geheugen, "
        f"belasting vooraf {number(_float(machine['load']))}",
        f"Model {bench.model}; "
        + ", ".join(f"{name} {release}" for name, release in bench.libraries.items()),
        f"Corpus: {sizes['pages']} pagina's. Routewijzer zoekt in {sizes['passages']} passages en "
        f"{sizes['sentences']} zinnen, de handleiding in {sizes['chunks']} stukken tekst.",
    ]


def _notes(plan: Plan) -> list[str]:
    notes = [
        "Handleiding: de splitser van LangChain (1000 tekens, 200 overlap), chromadb zoals het "
        "komt, de beste vier stukken.",
        "Zij draait op hetzelfde model en dezelfde motor. Haar antwoord is de tekst voor een "
        "taalmodel: de tijd van dat taalmodel telt niet mee.",
        "Zij houdt niet bij wat er veranderde en doet dan alles opnieuw; dat is één keer gemeten.",
        "Verhouding: Routewijzer gedeeld door handleiding; onder 1 is Routewijzer sneller of "
        "kleiner (bij antwoorden per seconde is boven 1 sneller). Zonder model: de tijd zonder die "
        "van dezelfde vraag in het model.",
        f"Inlezen de eerste keer: één meting. Verder medianen: metingen {plan.repeats}, rondes "
        f"{plan.rounds} van elk {plan.questions} vragen. Bij een start staan de bestanden al in "
        "het geheugen van het systeem.",
        "De vraag door het model is aan beide kanten hetzelfde werk: het verschil is ruis.",
        f"Routewijzer bewaart de laatste edities: na de wijzigingen {min(plan.repeats + 1, 3)} "
        "op schijf.",
    ]
    if plan.made_up:
        notes.append(
            "Let op: passages en zinnen kregen willekeurige vectoren in plaats van die van het "
            "model. De snelheid van zoeken is echt, wat er gevonden wordt niet; wat het model "
            "bij het inlezen zou kosten, staat er niet in."
        )
    return notes


def _cells(row: Row, plan: Plan) -> Sequence[str]:
    ratio = _NONE if row.ratio is None else f"{number(row.ratio)} ×"
    values = (_NONE if v is None else f"{number(v)} {row.unit}" for v in (row.ours, row.tutorial))
    return (_LABELS[row.key].format(answers=plan.answers), *values, ratio)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    label, *figures = cells
    right = [cell.rjust(width) for cell, width in zip(figures, widths[1:], strict=True)]
    return "  ".join((label.ljust(widths[0]), *right))


def number(value: float) -> str:
    """Three digits that count, as Dutch writes them."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:.{digits}f}".replace(".", ",")


def _rounded(value: object) -> object:
    return round(value, 4) if isinstance(value, float) else value


def _float(value: object) -> float:
    return float(str(value))
