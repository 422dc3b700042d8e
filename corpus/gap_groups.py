"""Groups of kept questions in SQL: what staff decided about each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import Connection, Engine, insert, select, update

from corpus.errors import BadInputError
from corpus.question_tables import gap_case, gap_group, kept_question
from corpus.questions_log import today

GapState = Literal["open", "wanted", "solved"]
STATES: tuple[GapState, ...] = get_args(GapState)


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Questions that ask for the same. ``title`` is empty until staff give one."""

    id: int
    title: str
    central_id: int | None
    """The question that is most like all others; it may be gone already."""
    owner: str
    state: GapState
    note: str
    cases: tuple[str, ...] = ()
    """Ids of the questions for evaluation that were made of it."""


class GapGroups:
    """Reads and writes groups. Every public method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def groups(self) -> list[GapGroup]:
        """Every group, by id."""
        c = gap_case.c
        cases: dict[int, list[str]] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(select(gap_case).order_by(c.case_id)):
                cases.setdefault(row.group_id, []).append(row.case_id)
            rows = connection.execute(select(gap_group).order_by(gap_group.c.id)).all()
        return [
            GapGroup(
                r.id, r.title, r.central_id, r.owner, r.state, r.note, tuple(cases.get(r.id, ()))
            )
            for r in rows
        ]

    def put(self, joined: Mapping[int, int], new: Sequence[Sequence[int]]) -> None:
        """Put questions into groups (group id by question id), and begin a group for each of
        ``new`` (question ids, the central one first). A question that has a group keeps it."""
        g = gap_group.c
        empty = {"title": "", "owner": "", "state": "open", "note": "", "changed_on": today()}
        with self._engine.begin() as connection:
            for question_id, group_id in joined.items():
                _join(connection, question_id, group_id)
            for members in new:
                group_id = connection.execute(
                    insert(gap_group).values(central_id=members[0], **empty).returning(g.id)
                ).scalar_one()
                for question_id in members:
                    _join(connection, question_id, group_id)

    def set_central(self, centrals: Mapping[int, int]) -> None:
        """Note the central question of each group (question id by group id)."""
        with self._engine.begin() as connection:
            for group_id, question_id in centrals.items():
                connection.execute(
                    update(gap_group)
                    .where(gap_group.c.id == group_id)
                    .values(central_id=question_id)
                )

    def change(
        self,
        group_id: int,
        *,
        owner: str | None = None,
        state: GapState | None = None,
        title: str | None = None,
        note: str | None = None,
    ) -> None:
        """Change what staff say of a group; None leaves it. Raises BadInputError when unknown."""
        given = {"owner": owner, "state": state, "title": title, "note": note}
        values = {name: value for name, value in given.items() if value is not None}
        with self._engine.begin() as connection:
            changed = connection.execute(
                update(gap_group)
                .where(gap_group.c.id == group_id)
                .values(changed_on=today(), **values)
            )
        if changed.rowcount == 0:
            raise BadInputError(
                f"Er is geen groep {group_id}. Kijk met `routewijzer gaps list` welke er zijn."
            )

    def add_case(self, case_id: str, group_id: int, question_id: int) -> None:
        """Note that a question of a group became a question for evaluation."""
        with self._engine.begin() as connection:
            connection.execute(
                insert(gap_case).values(case_id=case_id, group_id=group_id, question_id=question_id)
            )


def _join(connection: Connection, question_id: int, group_id: int) -> None:
    k = kept_question.c
    connection.execute(
        update(kept_question)
        .where(k.id == question_id, k.group_id.is_(None))
        .values(group_id=group_id)
    )
