"""Questions that got no good answer, and how often the assistant answers: what is kept of readers.

A question is masked before it is stored, with the day and not the moment, and with nothing that
says who asked. It goes once it is older than the settings say. Of a question that was answered
well only counts per day remain, of the answers and of what they cite.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Date, Engine, Row, bindparam, delete, select, text, update
from sqlalchemy.exc import DBAPIError

from corpus.cited import count_citations
from corpus.erasing import erasing
from corpus.errors import NotReadyError
from corpus.masking import mask
from corpus.queries import in_parts, is_untouched
from corpus.question_tables import daily_count, gap_group, kept_question
from corpus.types import Audience, Language, Outcome, Status
from corpus.upsert import upsert

log = logging.getLogger(__name__)

MAX_KEPT = 10_000
"""Questions at most; beyond it the oldest go first."""
MAX_WORD = 200
"""Characters of what a reader adds to "no"."""
_NOT_ANSWERED: tuple[Status, ...] = ("partial", "not_found", "out_of_scope")
_NO_QUESTION = "a greeting"  # the reason that the gate gives
# As text, for the reason that `corpus.cited` gives.
_ADD_ONE = text(
    "INSERT INTO daily_count (day, edition, what, count) VALUES (:day, :edition, :what, 1)"
    " ON CONFLICT (day, edition, what) DO UPDATE SET count = daily_count.count + 1"
).bindparams(bindparam("day", type_=Date))

Counted = Literal["answered", "partial", "not_found", "out_of_scope", "helpful", "unhelpful"]


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """One question without a good answer. ``text`` and ``word`` are masked."""

    id: int
    day: date
    text: str
    language: Language
    audience: Audience | None
    status: Status
    reason: str
    edition: int
    helpful: bool | None
    word: str
    group_id: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """How often something happened on a day, in one edition."""

    day: date
    edition: int
    what: Counted
    count: int


def today() -> date:
    """The day that it is in UTC."""
    return datetime.now(UTC).date()


class QuestionsLog:
    """Keeps and erases questions. Safe for use by several threads and processes."""

    def __init__(self, engine: Engine, days: int) -> None:
        """``days`` is how long a question is kept; 0 keeps nothing, no counts either."""
        self._engine = engine
        self._days = days
        self._cleaned: date | None = None

    @property
    def keeps(self) -> bool:
        """Whether anything is kept at all."""
        return self._days > 0

    @property
    def days(self) -> int:
        """How long a question is kept."""
        return self._days

    # --- from readers ------------------------------------------------------------------------

    def answered(self, outcome: Outcome) -> None:
        """Count an answer, and keep its question when it was not, or not wholly, answered.

        A database that is busy or full is noted in the log: readers get their answer anyway.
        """
        if not self.keeps:
            return
        answer = outcome.answer
        try:
            with self._engine.begin() as connection:
                _add_one(connection, answer.edition, answer.status)
                count_citations(connection, answer, today())
                if answer.status in _NOT_ANSWERED and outcome.reason != _NO_QUESTION:
                    _keep(
                        connection,
                        text=answer.question,
                        language=answer.language,
                        audience=outcome.query.audience,
                        status=answer.status,
                        reason=outcome.reason,
                        edition=answer.edition,
                        trace_id=answer.trace_id,
                    )
            self._clean_once_a_day()
        except (DBAPIError, NotReadyError) as error:
            log.warning("An answer was not counted: %s", getattr(error, "orig", error))

    def feedback(
        self,
        trace_id: str,
        helpful: bool,
        edition: int,
        *,
        question: str = "",
        language: Language = "nl",
        word: str = "",
    ) -> bool:
        """Count what a reader thought of an answer; True when something was noted.

        ``edition`` is the one that readers see now. A question that was answered is not here: it
        is kept only when it comes along with a "no". The first vote on a kept question counts.
        """
        if not self.keeps:
            return False
        k = kept_question.c
        word = mask(" ".join(word.split()))[:MAX_WORD]
        with self._engine.begin() as connection:
            kept = connection.execute(
                select(k.id, k.edition, k.helpful, k.word).where(k.trace_id == trace_id)
            ).first()
            if kept is not None:
                _add_opinion(connection, kept, helpful, word)
                edition = kept.edition
            elif not helpful and question.strip():
                _keep(
                    connection,
                    text=question,
                    language=language,
                    status="answered",
                    reason="unhelpful",
                    edition=edition,
                    trace_id=trace_id,
                    helpful=False,
                    word=word,
                )
            if kept is None or kept.helpful is None:
                _add_one(connection, edition, "helpful" if helpful else "unhelpful")
        self._clean_once_a_day()
        return True

    # --- for staff ---------------------------------------------------------------------------

    def questions(self) -> list[KeptQuestion]:
        """Every kept question, oldest first; what is past its time goes first."""
        self.clean()
        k = kept_question.c
        with self._engine.connect() as connection:
            rows = connection.execute(select(kept_question).order_by(k.id)).all()
        return [
            KeptQuestion(
                r.id,
                r.day,
                r.text,
                r.language,
                r.audience,
                r.status,
                r.reason,
                r.edition,
                r.helpful,
                r.word,
                r.group_id,
            )
            for r in rows
        ]

    def counts(self) -> list[Count]:
        """Counts per day and edition, oldest first."""
        d = daily_count.c
        with self._engine.connect() as connection:
            rows = connection.execute(select(daily_count).order_by(d.day, d.edition, d.what)).all()
        return [Count(*r) for r in rows]

    def clean(self) -> int:
        """Erase the questions that are past their time; returns how many."""
        k = kept_question.c
        last = today() - timedelta(days=self._days) if self.keeps else date.max
        with self._engine.connect() as connection:
            too_old = list(connection.scalars(select(k.id).where(k.day <= last)))
            newest = select(k.id).order_by(k.id.desc()).offset(MAX_KEPT)
            too_many = list(connection.scalars(newest))
        return self._erase([*too_old, *too_many])

    def forget(self, id_or_trace: str) -> int:
        """Erase the question with this number, or of the answer with this trace id (the
        "Kenmerk" that its reader saw); returns how many that were."""
        k = kept_question.c
        number = int(id_or_trace) if id_or_trace.isascii() and id_or_trace.isdigit() else -1
        with self._engine.connect() as connection:
            found = select(k.id).where((k.id == number) | (k.trace_id == id_or_trace))
            ids = list(connection.scalars(found))
        return self._erase(ids)

    def forget_all(self) -> int:
        """Erase every kept question; returns how many that were. The counts stay."""
        with self._engine.connect() as connection:
            ids = list(connection.scalars(select(kept_question.c.id)))
        return self._erase(ids)

    # --- steps -------------------------------------------------------------------------------

    def _clean_once_a_day(self) -> None:
        if self._cleaned != today():
            self._cleaned = today()
            self.clean()

    def _erase(self, ids: Sequence[int]) -> int:
        if not ids:
            return 0
        with erasing(self._engine, (kept_question, gap_group)) as connection:
            for part in in_parts(ids):
                connection.execute(delete(kept_question).where(kept_question.c.id.in_(part)))
            # A group that nobody did anything with has no reason to be without questions.
            connection.execute(delete(gap_group).where(is_untouched()))
        return len(set(ids))


def _keep(
    connection: Connection,
    *,
    text: str,
    language: Language,
    status: Status,
    reason: str,
    edition: int,
    trace_id: str,
    audience: Audience | None = None,
    helpful: bool | None = None,
    word: str = "",
) -> None:
    connection.execute(
        upsert(connection, kept_question)
        .values(
            day=today(),
            text=mask(" ".join(text.split())),
            language=language,
            audience=audience,
            status=status,
            reason=reason,
            edition=edition,
            helpful=helpful,
            word=word,
            trace_id=trace_id,
        )
        # Two votes on one answer at the same moment: the first is kept.
        .on_conflict_do_nothing(index_elements=["trace_id"])
    )


def _add_opinion(
    connection: Connection, kept: Row[*tuple[Any, ...]], helpful: bool, word: str
) -> None:
    """The first vote and the first word on a question count."""
    connection.execute(
        update(kept_question)
        .where(kept_question.c.id == kept.id)
        .values(
            helpful=helpful if kept.helpful is None else kept.helpful,
            word=kept.word or word,
        )
    )


def _add_one(connection: Connection, edition: int, what: Counted) -> None:
    connection.execute(_ADD_ONE, {"day": today(), "edition": edition, "what": what})
