"""`routewijzer privacy …`: what is kept of a reader's question, shown or erased."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from cli import output
from cli.given import who
from cli.parts import Parts, open_parts
from corpus.errors import BadInputError
from corpus.privacy import Found, erase, find_by_trace, find_by_words
from eval.own_set import cases_with, drop_cases, own_set_path

app = typer.Typer(
    help="Wat er van vragen van lezers bewaard is: laten zien of wissen.", no_args_is_help=True
)

Trace = Annotated[
    str | None, typer.Option("--trace", metavar="KENMERK", help="Staat onder het antwoord.")
]
Words = Annotated[
    str | None, typer.Option("--words", metavar="TEKST", help="Woorden die erin staan, aaneen.")
]


@app.command()
def export(trace: Trace = None, words: Words = None) -> None:
    """Toon als JSON alles wat bewaard is van één antwoord, of waar deze woorden in staan."""
    found, cases = _find(open_parts(), trace, words)
    output.as_json({**asdict(found), "eval_questions": cases})


@app.command("erase")
def erase_(
    trace: Trace = None,
    words: Words = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Wis niets; zeg alleen wat er weg zou gaan.")
    ] = False,
) -> None:
    """Wis alles wat bewaard is van één antwoord, of waar deze woorden in staan."""
    parts = open_parts()
    found, cases = _find(parts, trace, words)
    counts = {
        "bewaarde vragen, met wat de lezer erbij schreef": len(found.kept_question),
        "gedeelde antwoorden": len(found.shared_answer),
        "vragen in de eigen vragenset": len(cases),
        "verwijzingen naar die vragenset": len(found.gap_case),
        "titels of notities van groepen vragen": len(found.gap_group),
    }
    if not any(counts.values()):
        output.say("Er is niets bewaard dat hierbij hoort.")
        return
    if not dry_run:
        # The set first: without its row nothing leads to a question in there any more.
        drop_cases(own_set_path(parts.settings.data_dir), cases)
        erase(parts.registry.engine, found)
        # How many and not what: the log outlives what was erased.
        parts.ledger.log(who(), "privacy erase", {**counts})
    output.say("Dit zou weggaan (er is niets gewist):" if dry_run else "Gewist:")
    for what, count in counts.items():
        output.say(f"  {count} {what}")
    if not dry_run:
        output.say("In oudere reservekopieën staat het nog, tot die zijn verwijderd.")


def _find(parts: Parts, trace: str | None, words: str | None) -> tuple[Found, dict[str, str]]:
    """What is kept in the database, and the text of questions for evaluation by id."""
    if bool(trace) == bool(words):
        raise BadInputError("Geef of --trace KENMERK of --words TEKST.")
    engine = parts.registry.engine
    found = find_by_trace(engine, trace) if trace else find_by_words(engine, words or "")
    ids = [row["case_id"] for row in found.gap_case]
    return found, cases_with(own_set_path(parts.settings.data_dir), ids, words)
