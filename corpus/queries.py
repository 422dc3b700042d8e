"""Pieces of SQL that several parts put in their statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, Table, exists, select

from corpus.question_tables import gap_case, gap_group, kept_question
from corpus.schema import passage

_IN_LIMIT = 500  # well under what any database takes in one IN (...)
_Key = TypeVar("_Key")


def in_parts(keys: Sequence[_Key]) -> Iterator[Sequence[_Key]]:
    """``keys`` in parts that fit in one IN (...)."""
    for at in range(0, len(keys), _IN_LIMIT):
        yield keys[at : at + _IN_LIMIT]


def is_searched(table: Table) -> ColumnElement[bool]:
    """Of passages or sentences: those that are searched. Passages for reference (contents,
    literature, credits) can be read but are not searched."""
    p = passage.c
    if table is passage:
        return p.kind != "reference"
    # By the key of each passage: a list of all that are for reference grows with the corpus.
    return exists().where(p.id == table.c.passage_id, p.kind != "reference")


def is_untouched() -> ColumnElement[bool]:
    """Of groups of questions: those without questions or cases that nobody wrote anything about."""
    k, g, c = kept_question.c, gap_group.c, gap_case.c
    return (
        g.id.not_in(select(k.group_id).where(k.group_id.is_not(None)))
        & g.id.not_in(select(c.group_id))
        & (g.title == "")
        & (g.owner == "")
        & (g.note == "")
        & (g.state == "open")
    )
