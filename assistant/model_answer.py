"""An answer in a language model's words, statement by statement, each bound to its spans."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.draft import Draft, Part
from assistant.generation.types import FALLBACKS, Report, Written
from assistant.present import Numbering
from assistant.verify import check_citation, check_statement
from corpus.types import Citation, Evidence, Query, Spoken, Statement


class Writer(Protocol):
    """Writes with a model: ``assistant.generation.engine.LanguageModelEngine``."""

    @property
    def name(self) -> str:
        """What ``Answer.engine`` shows behind ``llm:``."""

    def stream(
        self, query: Query, rankings: Sequence[Sequence[Evidence]]
    ) -> Generator[Written | Report, None, None]:
        """Each statement that holds, then the report."""


def write_answer(
    writer: Writer,
    query: Query,
    parts: Sequence[Part],
    extracted: Draft,
    text_of: Callable[[str], str],
) -> Generator[Spoken, None, Draft]:
    """Gives each statement as soon as it holds, and returns the draft that they make together.

    ``extracted`` is the answer in the documents' own sentences: that is returned, with the reason
    among its notes, when too little is left of what the model wrote. ``text_of`` gives the
    canonical text of a version.
    """
    numbering = Numbering()
    statements: list[Statement] = []
    known: set[int] = set()
    report: Report | None = None
    rankings = [part.ranked for part in parts if part.told]
    for piece in writer.stream(query, rankings):
        if isinstance(piece, Report):
            report = piece
            break
        # Tried with numbers of its own: what does not hold must leave no gap in the numbers.
        if _holds(*_bound(piece, Numbering()), text_of):
            statement, cited = _bound(piece, numbering)
            statements.append(statement)
            yield Spoken(statement, tuple(c for c in cited if c.number not in known))
            known.update(statement.citations)
    notes = _notes(report)
    if report is None or report.fallback is not None or not statements:
        return replace(extracted, notes=notes)
    return replace(
        extracted,
        statements=tuple(statements),
        citations=numbering.citations,
        frame="",
        above=(),
        engine=f"llm:{writer.name}",
        notes=notes,
    )


def _bound(written: Written, numbering: Numbering) -> tuple[Statement, list[Citation]]:
    """A statement with the citations of what it rests on."""
    cited = [numbering.cite(e.sentence, e.hit) for e in written.cited]
    numbers = tuple(dict.fromkeys(c.number for c in cited))
    return Statement(text=written.text, citations=numbers, kind=written.kind), cited


def _holds(statement: Statement, cited: Sequence[Citation], text_of: Callable[[str], str]) -> bool:
    """Promise 1, whatever wrote it."""
    sound = {c.number: c for c in cited if check_citation(c, text_of(c.version_id)) is None}
    return check_statement(statement, sound) is None


def _notes(report: Report | None) -> tuple[str, ...]:
    if report is None:
        return ("the model gave no report",)
    refused = [
        f"{'quoted' if r.replaced else 'dropped'}: {r.reason}: {r.said}" for r in report.refused
    ]
    fallback = [f"{FALLBACKS[report.fallback]} {report.detail}".strip()] if report.fallback else []
    return (*fallback, *refused)
