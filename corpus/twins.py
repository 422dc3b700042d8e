"""Which passages say the same, in SQL. What is kept is about contents, not about editions: which
of them readers see is asked with every look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from sqlalchemy import Connection, Engine, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from corpus import schema
from corpus.shingles import Runs, other_numbers

TwinKind = Literal["same", "near", "alike"]
"""Word for word the same; most of the words the same, or those of the shorter one within the
longer; the same in other words."""

_IN_LIMIT = 500
_ORDER: tuple[TwinKind, ...] = ("same", "near", "alike")


@dataclass(frozen=True, slots=True)
class Content:
    """What a passage says, apart from its place."""

    runs: Runs
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two contents, by key, that say the same."""

    one: str
    other: str
    kind: TwinKind
    likeness: float


@dataclass(frozen=True, slots=True)
class Twin:
    """A passage that says the same as another one."""

    passage_id: str
    kind: TwinKind
    likeness: float
    """0 to 1; to be compared within one kind only."""
    other_numbers: bool
    """Whether both hold a number that the other lacks: alike, but not the same to a reader."""


class Twins:
    """Reads and writes what says the same. Every public method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # --- for who looks for them ---------------------------------------------------------------

    def unread(self, version_ids: Iterable[str]) -> set[str]:
        """The versions with a passage of which it is not known yet what it says."""
        p, c = schema.passage.c, schema.passage_content.c
        found: set[str] = set()
        with self._engine.connect() as connection:
            for part in _chunks(sorted(version_ids)):
                found.update(
                    connection.scalars(
                        select(p.version_id)
                        .outerjoin(schema.passage_content, c.passage_id == p.id)
                        .where(p.version_id.in_(part), p.kind != "reference", c.key.is_(None))
                        .distinct()
                    )
                )
        return found

    def runs(self) -> dict[str, Runs]:
        """The runs of words of every content, by key."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(schema.content.c.key, schema.content.c.runs))
            return {key: np.frombuffer(data, "<u4") for key, data in rows}

    def store(
        self,
        contents: Mapping[str, Content],
        keys: Mapping[str, str],
        likenesses: Sequence[Likeness],
    ) -> None:
        """Keep new contents by key, the key of each passage, and what says the same.

        What is kept already stays as it is.
        """
        with self._engine.begin() as connection:
            rows = [
                {
                    "key": key,
                    "runs": content.runs.astype("<u4").tobytes(),
                    "numbers": " ".join(sorted(content.numbers)),
                }
                for key, content in contents.items()
            ]
            if rows:
                connection.execute(upsert(schema.content).on_conflict_do_nothing(), rows)
            rows_of_keys = [{"passage_id": p, "key": key} for p, key in keys.items()]
            if rows_of_keys:
                connection.execute(
                    upsert(schema.passage_content).on_conflict_do_nothing(), rows_of_keys
                )
            self._store_likenesses(connection, likenesses)

    def _store_likenesses(self, connection: Connection, likenesses: Sequence[Likeness]) -> None:
        numbers = _numbers_of(connection, {k for x in likenesses for k in (x.one, x.other)})
        rows = [
            {
                "a": min(x.one, x.other),
                "b": max(x.one, x.other),
                "kind": x.kind,
                "likeness": x.likeness,
                "other_numbers": other_numbers(numbers[x.one], numbers[x.other]),
            }
            for x in likenesses
        ]
        if rows:
            connection.execute(upsert(schema.twin).on_conflict_do_nothing(), rows)

    # --- for who uses them --------------------------------------------------------------------

    def twins_of(self, passage_ids: Sequence[str], edition: int) -> dict[str, tuple[Twin, ...]]:
        """The passages of ``edition`` that say the same as each of these, the most alike first.

        Passages without any are left out.
        """
        with self._engine.connect() as connection:
            keys = _keys_of(connection, passage_ids)
            links = _links(connection, set(keys.values()))
            wanted = {*keys.values(), *(other for found in links.values() for other in found)}
            members = _members(connection, wanted, edition)
        twins = {}
        for passage_id, key in keys.items():
            same = [Twin(p, "same", 1.0, False) for p in members.get(key, ()) if p != passage_id]
            other = [
                Twin(p, kind, likeness, differ)
                for other_key, (kind, likeness, differ) in links.get(key, {}).items()
                for p in members.get(other_key, ())
            ]
            if same or other:
                twins[passage_id] = tuple(sorted([*same, *other], key=_rank))
        return twins


def _rank(twin: Twin) -> tuple[int, float, str]:
    return _ORDER.index(twin.kind), -twin.likeness, twin.passage_id


def _keys_of(connection: Connection, passage_ids: Sequence[str]) -> dict[str, str]:
    c = schema.passage_content.c
    rows = (
        row
        for part in _chunks(passage_ids)
        for row in connection.execute(select(c.passage_id, c.key).where(c.passage_id.in_(part)))
    )
    return {row.passage_id: row.key for row in rows}


def _links(
    connection: Connection, keys: set[str]
) -> dict[str, dict[str, tuple[TwinKind, float, bool]]]:
    """What each content is like, by key and the other's key."""
    t = schema.twin.c
    found: dict[str, dict[str, tuple[TwinKind, float, bool]]] = {}
    for part in _chunks(sorted(keys)):
        query = select(schema.twin).where(or_(t.a.in_(part), t.b.in_(part)))
        for row in connection.execute(query):
            for one, other in ((row.a, row.b), (row.b, row.a)):
                found.setdefault(one, {})[other] = (row.kind, row.likeness, row.other_numbers)
    return found


def _members(connection: Connection, keys: set[str], edition: int) -> dict[str, list[str]]:
    """The passages of an edition that say something, by its key."""
    c, p, ev = schema.passage_content.c, schema.passage.c, schema.edition_version.c
    found: dict[str, list[str]] = {}
    for part in _chunks(sorted(keys)):
        rows = connection.execute(
            select(c.key, c.passage_id)
            .join(schema.passage, p.id == c.passage_id)
            .join(schema.edition_version, ev.version_id == p.version_id)
            .where(c.key.in_(part), ev.edition == edition)
            .order_by(p.version_id, p.ordinal)
        )
        for row in rows:
            found.setdefault(row.key, []).append(row.passage_id)
    return found


def _numbers_of(connection: Connection, keys: set[str]) -> dict[str, frozenset[str]]:
    c = schema.content.c
    return {
        row.key: frozenset(row.numbers.split())
        for part in _chunks(sorted(keys))
        for row in connection.execute(select(c.key, c.numbers).where(c.key.in_(part)))
    }


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(values), _IN_LIMIT):
        yield values[at : at + _IN_LIMIT]
