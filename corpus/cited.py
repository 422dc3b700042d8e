"""How often answers cite each document, in SQL: a count per day, edition and section. Nothing of
the questions is kept with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, Engine, func, select

from corpus.question_tables import cited_count
from corpus.types import Answer
from corpus.upsert import upsert

_LONGEST = 500  # characters of a section: the key of a row has a longest


def count_citations(connection: Connection, answer: Answer, day: date) -> None:
    """Count what ``answer`` cites, one for each citation, within the caller's transaction."""
    table = cited_count
    found = Counter((c.document_id, c.section[:_LONGEST]) for c in answer.citations)
    # In order: two answers that are counted at once never wait for each other.
    for (document_id, section), count in sorted(found.items()):
        connection.execute(
            upsert(connection, table)
            .values(
                day=day,
                edition=answer.edition,
                document_id=document_id,
                section=section,
                count=count,
            )
            .on_conflict_do_update(
                index_elements=["day", "edition", "document_id", "section"],
                set_={"count": table.c.count + count},
            )
        )


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
