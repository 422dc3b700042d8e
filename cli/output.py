"""How the command line shows things."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, get_args

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from corpus.editions import Change
from corpus.errors import BadInputError
from corpus.index import Progress as Report
from corpus.types import Audience, Outcome
from ingest.pipeline import Ingested

_RESULTS = {
    "new": "nieuw",
    "new version": "nieuwe versie",
    "unchanged": "ongewijzigd",
    "again": "weer klaargezet",
}


def who() -> str:
    """The name for the audit log."""
    return getpass.getuser()


def day(value: str | None, option: str) -> date | None:
    """A day given on the command line; raises BadInputError when it is none."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise BadInputError(f"{option}: '{value}' is geen datum. Schrijf 2026-12-31.") from None


def audiences(value: str | None) -> tuple[Audience, ...] | None:
    """Audiences given as one word or with commas; raises BadInputError for another word."""
    if value is None:
        return None
    names = [name.strip() for name in value.split(",")]
    known = get_args(Audience)
    for name in names:
        if name not in known:
            raise BadInputError(f"--audience: '{name}' bestaat niet. Kies uit {', '.join(known)}.")
    return tuple(a for a in known if a in names)


def say(line: str) -> None:
    """One plain line on standard output."""
    sys.stdout.write(line + "\n")


def as_json(value: Any) -> None:
    """A value as JSON on standard output."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Rows under their column names; lines are folded only on a terminal."""
    shown = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        shown.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 200, markup=False, highlight=False).print(shown)


@contextmanager
def progress() -> Iterator[Report]:
    """A bar for each step on standard error, gone when the work is done."""
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    tasks: dict[str, Any] = {}

    def report(step: str, done: int, total: int) -> None:
        if step not in tasks:
            tasks[step] = bars.add_task(step, total=total)
        bars.update(tasks[step], completed=done, total=total)

    with bars:
        yield report


def ingested(items: list[Ingested]) -> None:
    """What became of each source."""
    for item in items:
        say(f"{item.document_id}: {_RESULTS[item.result]} ({item.passages} passages, {item.name})")
        for warning in item.warnings:
            say(f"  let op: {warning}")


def change(change: Change, done: str) -> None:
    """What an edition changes."""
    if change.nothing and not change.edition:
        say("Er is niets veranderd.")
        return
    say(f"Editie {change.edition} {done}.")
    for label, ids in (
        ("nieuw", change.added),
        ("vervangen", change.replaced),
        ("weg", change.removed),
        ("samenvatting, niet meer nodig nu de bronnen er zijn", change.gave_way),
    ):
        for document_id in ids:
            say(f"  {label}: {document_id}")


def answer(outcome: Outcome) -> None:
    """An answer for a person."""
    given = outcome.answer
    if given.question != outcome.query.original.strip():
        say(f"Vraag: {given.question}\n")
    say(given.text)
    if given.status == "not_found":
        say("\nDit komt in de buurt:")
        for hit in outcome.hits[:3]:
            where = " > ".join((hit.metadata.title, *hit.passage.section))
            say(f"- {where}: {_short(hit.passage.text)}")
    if given.citations:
        say("\nBronnen")
    for c in given.citations:
        place = ", ".join(
            part for part in (c.section, f"blz. {c.page}" if c.page else "", c.published) if part
        )
        say(f'[{c.number}] {c.title}{": " + place if place else ""}\n    "{c.quote}"')
    say(f"\n({given.status}, {given.engine}, editie {given.edition}, {outcome.latency_ms:.0f} ms)")


def explanation(outcome: Outcome) -> None:
    """Why the hits stand where they stand."""
    say(f"\nPoort: {outcome.reason}; gevraagd: {outcome.query.asks}")
    for rank, hit in enumerate(outcome.hits, start=1):
        arms = ", ".join(f"{arm} {score:.3f}" for arm, score in hit.arms.items())
        say(f"{rank:2} {hit.score:6.2f} [{arms}] {hit.document_id} > {hit.passage.section_path}")
        say(f"           {_short(hit.passage.text)}")


def _short(text: str, length: int = 160) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
