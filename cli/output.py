"""How the command line shows things: plain lines on standard output, in Dutch or as JSON."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import Any

from corpus.plans import Change
from corpus.types import Outcome
from ingest.pipeline import Ingested

_RESULTS = {
    "new": "nieuw",
    "new version": "nieuwe versie",
    "unchanged": "ongewijzigd",
    "again": "weer klaargezet",
}
_STATUSES = {
    "answered": "beantwoord",
    "partial": "deels beantwoord",
    "not_found": "niet gevonden",
    "out_of_scope": "geen vraag over de Mkb-route",
}
_READABLE = 100  # columns; longer lines are hard to read
_NARROWEST = 24  # columns that the last column of a table needs to be of use


def say(line: str) -> None:
    """One plain line on standard output."""
    sys.stdout.write(line + "\n")


def prose(text: str, indent: str = "", mark: str = "") -> None:
    """Running text, folded between words on a terminal. Elsewhere lines stay whole.

    ``mark`` stands before the first line; the others begin below what follows it.
    """
    width = _width()
    for line in text.split("\n"):
        dash = "- " if line.startswith("- ") else ""
        if width is None or not line:
            say(indent + mark + line if line else "")
        else:
            say(
                textwrap.fill(
                    line,
                    min(width, _READABLE),
                    initial_indent=indent + mark,
                    subsequent_indent=" " * len(indent + mark + dash),
                    break_long_words=False,
                    break_on_hyphens=False,
                )
            )


def as_json(value: Any) -> None:
    """A value as JSON on standard output."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows under their column names, one line each, so that ids are never broken.

    On a terminal the last column is shortened to what is left; when that is too little, each row
    is shown as a block.
    """
    widths = [max(map(len, cells)) for cells in zip(columns, *rows, strict=True)]
    left = sum(widths[:-1]) + 2 * len(widths[:-1])
    screen = _width()
    room = widths[-1] if screen is None else screen - left
    if room < min(widths[-1], _NARROWEST):
        _blocks(columns, rows)
        return
    for row in (columns, *rows):
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths[:-1], strict=True)]
        say("  ".join((*cells, short(row[-1], room))).rstrip())


def facts(pairs: Sequence[tuple[str, str]]) -> None:
    """Names and values under each other."""
    widest = max(len(name) for name, _ in pairs)
    for name, value in pairs:
        prose(value, mark=f"{name.ljust(widest)}  ")


def ingested(items: Sequence[Ingested]) -> None:
    """What became of each source."""
    if items and all(item.result == "unchanged" for item in items):
        say(f"Er is niets veranderd ({_count(len(items), 'document', 'documenten')}).")
        return
    for item in items:
        passages = _count(item.passages, "passage", "passages")
        say(f"{item.document_id}: {_RESULTS[item.result]} ({passages}, {item.name})")
        for warning in item.warnings:
            say(f"  let op: {warning}")


def change(change: Change, done: str) -> None:
    """What an edition changes."""
    if change.nothing and not change.edition:
        say("Er is niets veranderd.")
    else:
        say(f"Editie {change.edition} {done}.")
    for label, ids in (
        ("nieuw", change.added),
        ("vervangen", change.replaced),
        ("weg", change.removed),
        ("weg, want wat ervoor in de plaats komt is er nu", change.gave_way),
        ("komt er niet in, want wat ervoor in de plaats komt is er al", change.stays_out),
        ("komt niet vanzelf terug, lees het zo nodig opnieuw in", change.not_back),
    ):
        for document_id in ids:
            say(f"  {label}: {document_id}")


def answer(outcome: Outcome) -> None:
    """An answer for a person."""
    given = outcome.answer
    if given.question != " ".join(outcome.query.original.split()):
        prose(f"Vraag: {given.question}\n")
    prose(given.text)
    if given.status == "not_found" and outcome.hits:
        say("\nDit komt in de buurt:")
        for hit in outcome.hits[:3]:
            where = " > ".join((hit.metadata.title, *hit.passage.section))
            prose(f"- {where}: {short(hit.passage.text)}")
    if given.citations:
        say("\nBronnen")
    for c in given.citations:
        parts = (c.section, f"blz. {c.page}" if c.page else "", c.published)
        place = ", ".join(part for part in parts if part)
        prose(f"{c.title}{': ' + place if place else ''}", mark=f"[{c.number}] ")
        prose(f'"{c.quote}"', indent="    ")
    how = [_STATUSES[given.status]]
    if given.statements:
        how.append("letterlijk uit de bronnen" if given.engine == "extractive" else given.engine)
    how += [f"editie {given.edition}", f"{outcome.latency_ms:.0f} ms"]
    say(f"\n({', '.join(how)})")


def short(text: str, length: int = 160) -> str:
    """Text on one line of at most ``length`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def columns(otherwise: int) -> int:
    """Columns of the terminal, or ``otherwise`` when standard output is none."""
    return _width() or otherwise


def _blocks(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for row in rows:
        say(row[0])
        facts([(f"  {name}", cell) for name, cell in zip(columns[1:], row[1:], strict=True)])


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _width() -> int | None:
    """Columns of the terminal, or None when standard output is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
