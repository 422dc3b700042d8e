"""Answers that a reader chose to share, as they were given, until they expire.

What is stored is what the assistant said, never text that a reader sends along. The question is
masked, the day is kept and not the moment, and nothing says who shared it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, func, insert, or_, select

from corpus.errors import BadInputError, BusyError
from corpus.masking import mask
from corpus.question_tables import shared_answer
from corpus.types import Answer, Audience, Outcome

MAX_A_DAY = 2000
"""Answers shared on one day at most: nobody can fill the disk from outside."""
_ID_BYTES = 16
OFF = "Delen staat uit: Routewijzer bewaart geen antwoorden."
NOTHING = "Dit antwoord is niet te delen: er staat niets in uit de documenten."
FULL = "Er zijn vandaag al te veel antwoorden gedeeld. Probeer het morgen nog eens."


@dataclass(frozen=True, slots=True)
class SharedAnswer:
    """One answer as it was given. What the reader typed is masked."""

    id: str
    given_on: date
    expires_on: date
    """The first day on which it is gone."""
    asked: str
    audience: Audience | None
    answer: Answer
    headings: tuple[tuple[int, str], ...]
    """(place of a statement, line above it), as in an outcome."""
    closing: tuple[str, ...] = ()
    """The lines at the end, as in an outcome."""


def today() -> date:
    """The day that it is in UTC."""
    return datetime.now(UTC).date()


class SharedAnswers:
    """Keeps shared answers in SQL. Safe for use by several threads and processes."""

    def __init__(self, engine: Engine, days: int) -> None:
        """``days`` is how long an answer is kept; 0 keeps none."""
        self._engine = engine
        self._days = days
        self._cleaned: date | None = None

    @property
    def days(self) -> int:
        """How long an answer is kept."""
        return self._days

    def put(self, outcome: Outcome, asked: str) -> str:
        """Keep the answer of ``outcome`` to what was ``asked``; its id, which cannot be guessed.

        Raises BadInputError when nothing is kept or the answer holds no statement, BusyError when
        too many were shared today.
        """
        if self._days == 0:
            raise BadInputError(OFF)
        if not outcome.answer.statements:
            raise BadInputError(NOTHING)
        self._clean_once_a_day()
        shared_id, day, t = secrets.token_urlsafe(_ID_BYTES), today(), shared_answer.c
        with self._engine.begin() as connection:
            count = select(func.count()).where(t.created_on == day)
            if (connection.scalar(count) or 0) >= MAX_A_DAY:
                raise BusyError(FULL)
            connection.execute(
                insert(shared_answer).values(
                    id=shared_id,
                    created_on=day,
                    expires_on=day + timedelta(days=self._days),
                    edition=outcome.answer.edition,
                    outcome=_stored(outcome, asked),
                )
            )
        return shared_id

    def get(self, shared_id: str) -> SharedAnswer | None:
        """A shared answer; None when there is none by that id, or when it has expired."""
        t = shared_answer.c
        with self._engine.connect() as connection:
            row = connection.execute(select(shared_answer).where(t.id == shared_id)).first()
        if row is None or self._ends(row.created_on, row.expires_on) <= today():
            return None
        stored: dict[str, Any] = row.outcome
        return SharedAnswer(
            id=row.id,
            given_on=row.created_on,
            expires_on=self._ends(row.created_on, row.expires_on),
            asked=stored["asked"],
            audience=stored["audience"],
            answer=Answer.model_validate(stored["answer"]),
            headings=tuple((place, line) for place, line in stored["headings"]),
            closing=tuple(stored["closing"]),
        )

    def clean(self) -> int:
        """Erase what has expired, also by a setting that was lowered since; how many went."""
        t, day = shared_answer.c, today()
        old = or_(t.expires_on <= day, t.created_on <= day - timedelta(days=self._days))
        with self._engine.begin() as connection:
            return connection.execute(delete(shared_answer).where(old)).rowcount

    # --- steps -------------------------------------------------------------------------------

    def _ends(self, created: date, expires: date) -> date:
        return min(expires, created + timedelta(days=self._days))

    def _clean_once_a_day(self) -> None:
        if self._cleaned != today():
            self.clean()
            self._cleaned = today()


def _stored(outcome: Outcome, asked: str) -> dict[str, Any]:
    """What is kept of an outcome: the answer, without what a reader's own words may tell."""
    answer = outcome.answer
    uncovered = tuple(map(mask, answer.uncovered))
    masked = answer.model_copy(
        update={
            "question": mask(answer.question),
            "uncovered": uncovered,
            "text": _replaced(answer.text, answer.uncovered, uncovered),
            "suggestions": (),  # they are of the edition of that day
        }
    )
    return {
        "asked": mask(" ".join(asked.split())),
        "audience": outcome.query.audience,
        "answer": masked.model_dump(mode="json"),
        "headings": [list(heading) for heading in outcome.headings],
        "closing": list(outcome.closing),
    }


def _replaced(text: str, parts: Sequence[str], masked: Sequence[str]) -> str:
    """The answer's text names the parts without an answer in the reader's own words. The rest of
    it is of the documents, whose addresses are public."""
    for part, safe in zip(parts, masked, strict=True):
        text = text.replace(part, safe)
    return text
