"""What is kept of what readers asked: found by the mark of an answer or by words, and erased.

Questions and words of feedback are kept masked and for a time; answers that were shared until they
expire. Nothing says who asked, so only the mark (the "Kenmerk" below an answer) or the words lead
to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, delete, or_, select, update

from corpus.erasing import erasing
from corpus.errors import BadInputError
from corpus.queries import in_parts, is_untouched
from corpus.question_tables import gap_case, gap_group, kept_question, shared_answer

SHORTEST = 4
"""Characters to look for at least: shorter is in every question."""
_ERASED = (kept_question, shared_answer, gap_case, gap_group)

Rows = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Rows as they are kept, with dates as text."""

    kept_question: Rows = ()
    """Questions, with what the reader added to a "no"."""
    shared_answer: Rows = ()
    gap_case: Rows = ()
    """Questions for evaluation that were made of those."""
    gap_group: Rows = ()
    """Groups of questions whose title or note, by staff, holds the words."""

    @property
    def count(self) -> int:
        """How many rows that are."""
        return sum(
            map(len, (self.kept_question, self.shared_answer, self.gap_case, self.gap_group))
        )


def find_by_trace(engine: Engine, trace_id: str) -> Found:
    """What is kept of the answer with this mark."""
    k = kept_question.c
    with engine.connect() as connection:
        questions = connection.execute(select(kept_question).where(k.trace_id == trace_id)).all()
        shared = [
            row
            for row in connection.execute(select(shared_answer))
            if row.outcome["answer"]["trace_id"] == trace_id
        ]
        return _found(connection, questions, shared, ())


def find_by_words(engine: Engine, words: str) -> Found:
    """What is kept with these words in it, in one piece and in any case, among what readers typed
    and what staff noted. Raises BadInputError when they are too short."""
    wanted = " ".join(words.split()).casefold()
    if len(wanted) < SHORTEST:
        raise BadInputError(
            f"'{words}' is te kort om naar te zoeken. Geef ten minste {SHORTEST} tekens."
        )
    with engine.connect() as connection:
        return _found(
            connection,
            _holding(connection, kept_question, ("text", "word"), wanted),
            [
                row
                for row in connection.execute(select(shared_answer))
                if any(wanted in text.casefold() for text in _typed(row.outcome))
            ],
            _holding(connection, gap_group, ("title", "note"), wanted),
        )


def erase(engine: Engine, found: Found) -> None:
    """Erase for good what was found. Of a group of questions only its title and note go: that
    there is such a group tells nothing of who asked."""
    g, c = gap_group.c, gap_case.c
    with erasing(engine, _ERASED) as connection:
        for ids in in_parts([row["id"] for row in found.gap_group]):
            connection.execute(update(gap_group).where(g.id.in_(ids)).values(title="", note=""))
        for ids in in_parts([row["case_id"] for row in found.gap_case]):
            connection.execute(delete(gap_case).where(c.case_id.in_(ids)))
        for table, rows in (
            (shared_answer, found.shared_answer),
            (kept_question, found.kept_question),
        ):
            for ids in in_parts([row["id"] for row in rows]):
                connection.execute(delete(table).where(table.c.id.in_(ids)))
        connection.execute(delete(gap_group).where(is_untouched()))


# --- steps -----------------------------------------------------------------------------------


def _found(
    connection: Connection,
    questions: Sequence[Row[Any]],
    shared: Sequence[Row[Any]],
    groups: Sequence[Row[Any]],
) -> Found:
    c = gap_case.c
    cases: list[Row[Any]] = []
    for ids in in_parts([row.id for row in questions]):
        cases += connection.execute(select(gap_case).where(c.question_id.in_(ids))).all()
    return Found(*(tuple(map(_plain, rows)) for rows in (questions, shared, cases, groups)))


def _holding(
    connection: Connection, table: Table, columns: Sequence[str], wanted: str
) -> list[Row[Any]]:
    rows = connection.execute(select(table).where(or_(*(table.c[name] != "" for name in columns))))
    return [row for row in rows if any(wanted in row._mapping[name].casefold() for name in columns)]


def _typed(outcome: Mapping[str, Any]) -> Iterator[str]:
    """What of a shared answer may be in the reader's own words."""
    yield outcome["asked"]
    yield outcome["answer"]["question"]
    yield from outcome["answer"]["uncovered"]


def _plain(row: Row[Any]) -> Mapping[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row._mapping.items()
    }
