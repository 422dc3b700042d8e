"""How often answers cite each document, in SQL: a count per day, edition and section. Nothing of
the questions is kept with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, Date, Engine, bindparam, func, select, text

from corpus.question_tables import cited_count
from corpus.types import Answer

_LONGEST = 500  # characters of a section: the key of a row has a longest
# As text: SQLAlchemy keeps no statement with ON CONFLICT, and putting it together for every answer
# takes ten times as long as the database does.
_ADD = text(
    "INSERT INTO cited_count (day, edition, document_id, section, count)"
    " VALUES (:day, :edition, :document, :section, :n)"
    " ON CONFLICT (day, edition, document_id, section)"
    " DO UPDATE SET count = cited_count.count + excluded.count"
).bindparams(bindparam("day", type_=Date))


def count_citations(connection: Connection, answer: Answer, day: date) -> None:
    """Count what ``answer`` cites, one for each citation, within the caller's transaction."""
    found = Counter((c.document_id, c.section[:_LONGEST]) for c in answer.citations)
    # In order: two answers that are counted at once never wait for each other.
    rows = [
        {"day": day, "edition": answer.edition, "document": document, "section": section, "n": n}
        for (document, section), n in sorted(found.items())
    ]
    if rows:
        connection.execute(_ADD, rows)


class Cited:
    """Reads those counts. Every public method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def by_document(self) -> Mapping[str, int]:
        """Citations per document id, of all days; documents without any are left out."""
        c = cited_count.c
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(c.document_id, func.sum(c.count)).group_by(c.document_id)
            )
            return {row[0]: row[1] for row in rows}

    def sections(self, document_id: str, limit: int = 10) -> list[tuple[str, int]]:
        """(section, citations) of a document, the most cited first."""
        c = cited_count.c
        total = func.sum(c.count)
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(c.section, total)
                .where(c.document_id == document_id)
                .group_by(c.section)
                .order_by(total.desc(), c.section)
                .limit(limit)
            )
            return [(row[0], row[1]) for row in rows]
