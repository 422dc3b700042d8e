"""`ask --explain`: why an answer is what it is, as tables on the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from assistant.terms import asked_terms
from assistant.trace import (
    AddedWords,
    Role,
    Trace,
    TracedHit,
    TracedQuestion,
    TracedSource,
    trace_of,
)
from cli import output
from cli.parts import Parts
from corpus.types import Outcome

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_WIDTH = 100  # columns where there is no terminal
_BAR = 16  # columns for the reason that counts most, of a wide terminal
_NARROW = 60  # columns below which there is no room for bars
_BRIEF = 60  # characters of a hit that fell outside
_WHOLE = 5  # best hits, shown with all their reasons, as are those that were read
_ROLES: dict[Role, str] = {"cited": "aangehaald", "read": "gelezen", "outside": ""}


def trace_for(outcome: Outcome, parts: Parts) -> Trace:
    """The trace of an answer that ``parts`` gave."""
    query = outcome.query
    asked = asked_terms(query.text, parts.analyser, parts.glossary, query.language)
    return trace_of(outcome, asked=asked, read=outcome.read, steps=outcome.steps)


def show_trace(trace: Trace) -> None:
    """Print a trace on standard output, as wide as the terminal."""
    # Imported here: most commands show none, and rich takes a while.
    from rich.console import Console

    console = Console(
        file=sys.stdout,
        width=output.columns(_WIDTH),
        markup=False,  # titles may hold square brackets
        emoji=False,
        highlight=False,
    )
    console.print()
    console.print(_facts(_about(trace)))
    if not trace.hits:
        console.print("\nEr is niets gevonden.")
        return
    console.print("\nGevonden passages, de beste eerst:\n")
    most = max((abs(r.points) for hit in trace.hits for r in hit.reasons), default=0.0)
    bar = _BAR if console.width >= _NARROW else 0
    for hit in trace.hits:
        whole = hit.rank <= _WHOLE or hit.role != "outside"
        console.print(_hit(hit, most, bar) if whole else _brief(hit))


# --- steps -----------------------------------------------------------------------------------


def _about(trace: Trace) -> list[tuple[str, str]]:
    """Names and values: the question, what became of it, and the time it took."""
    q, decision = trace.question, trace.decision
    typed = "".join(c if c.isprintable() else " " for c in q.typed)  # nothing that moves a cursor
    who = f", voor: {q.audience}" if q.audience else ""
    return [
        ("Getypt", " ".join(typed.split())),
        *_understood(q),
        ("Gevraagd", f"{q.asks_label}, in het {q.language_label}{who}"),
        ("Besluit", f"{decision.label}: {decision.explained}"),
        ("Editie", str(trace.edition)),
        ("Tijd", _times(trace)),
    ]


def _understood(q: TracedQuestion) -> list[tuple[str, str]]:
    """What was made of the question, as far as it is something else than what was typed."""
    told = [
        ("Begrepen", q.understood if q.understood != " ".join(q.typed.split()) else ""),
        ("Verbeterd", ", ".join(f"{typed} → {meant}" for typed, meant in q.corrected)),
        ("Deelvragen", " / ".join(q.parts)),
        ("Jaren", ", ".join(q.years)),
        ("Ook gezocht", "; ".join(map(_added, q.added))),
    ]
    return [(name, value) for name, value in told if value]


def _added(added: AddedWords) -> str:
    words = ", ".join(added.stems)
    return f"{added.word}: {words}" if added.word else words


def _times(trace: Trace) -> str:
    steps = ", ".join(f"{step.name} {step.ms:.1f}" for step in trace.steps)
    return f"{trace.latency_ms:.0f} ms" + (f" ({steps})" if steps else "")


def _facts(pairs: list[tuple[str, str]]) -> Table:
    grid = _grid()
    for name, value in pairs:
        grid.add_row(name, value)
    return grid


def _hit(hit: TracedHit, most: float, bar: int) -> Table:
    """A hit with its place, its first words, every reason with a bar, and what it stands for."""
    from rich.console import Group
    from rich.text import Text

    title = Text(_place(hit.source), style="bold")
    if _ROLES[hit.role]:
        title.append(f"  [{_ROLES[hit.role]}]", style="cyan")
    parts: list[RenderableType] = [title, Text(output.short(hit.excerpt), style="dim")]
    if hit.reasons:
        parts.append(_reasons(hit, most, bar))
    parts += [Text(f"hetzelfde staat in: {_place(source)}") for source in hit.folded]
    grid = _grid()
    grid.add_row(_rank(hit), Group(*parts, ""))
    return grid


def _brief(hit: TracedHit) -> Table:
    """A hit that fell outside."""
    from rich.text import Text

    told = Text(_place(hit.source))
    told.append(f"\n{output.short(hit.excerpt, _BRIEF)}", style="dim")
    grid = _grid()
    grid.add_row(_rank(hit), told)
    return grid


def _rank(hit: TracedHit) -> str:
    return f"{hit.rank:2} {_comma(hit.source.score):>7}"


def _reasons(hit: TracedHit, most: float, bar: int) -> Table:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 1))
    grid.add_column()
    grid.add_column(justify="right", no_wrap=True)
    for reason in hit.reasons:
        length = round(bar * abs(reason.points) / most) if most else 0
        style = "green" if reason.points >= 0 else "red"
        mark = "█" if reason.points >= 0 else "░"
        raw = "" if reason.raw is None else f"({_comma(reason.raw, 3)})"
        points = f"{'+' if reason.points >= 0 else ''}{_comma(reason.points)}"
        drawn = (Text(mark * length, style=style), raw) if bar else ()
        grid.add_row(reason.label, points, *drawn)
    return grid


def _grid() -> Table:
    """Two columns: a name that is never broken, and what is told of it."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _place(source: TracedSource) -> str:
    page = f"blz. {source.page}" if source.page is not None else ""
    where = " > ".join(part for part in (source.title, source.section) if part)
    return ", ".join(part for part in (where, page, source.published or "") if part)


def _comma(number: float, decimals: int = 2) -> str:
    return f"{number:.{decimals}f}".replace(".", ",")
