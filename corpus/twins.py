"""Which passages say the same, in SQL. What is kept is about contents, not about editions: which
of them readers see is asked with every look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from sqlalchemy import Connection, Engine, func, or_, select, union

from corpus import schema
from corpus.queries import in_parts
from corpus.shingles import ManyRuns, Runs, other_numbers
from corpus.upsert import upsert

TwinKind = Literal["same", "near", "alike"]
"""Word for word the same; most of the words the same, or those of the shorter one within the
longer; the same in other words."""

_Link = tuple[TwinKind, float, bool]
"""Kind, likeness, and whether both hold numbers that the other lacks."""

_RUN = np.dtype("<u4")
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


class TwinTable:
    """What says the same within one edition, in memory: a look takes a microsecond.

    It holds only what has a twin, by content, so a hundred copies of one passage take a hundred
    rows and not a hundred times as many. Safe for use by several threads: it never changes.
    """

    def __init__(self, keys: Mapping[str, str], links: Mapping[str, Mapping[str, _Link]]) -> None:
        """``keys`` holds the content's key per passage id, ``links`` what each content is like,
        by key and the other's key, both ways."""
        self._keys = keys
        self._links = links

    def __contains__(self, passage_id: object) -> bool:
        """Whether a passage may have a twin in the edition."""
        return passage_id in self._keys

    def __len__(self) -> int:
        """Passages with a twin."""
        return len(self._keys)

    def between(self, passage_id: str, other_id: str) -> Twin | None:
        """What ``other_id`` is to ``passage_id``; None when they do not say the same."""
        one, other = self._keys.get(passage_id), self._keys.get(other_id)
        if one is None or other is None or passage_id == other_id:
            return None
        if one == other:
            return Twin(other_id, "same", 1.0, False)
        link = self._links.get(one, {}).get(other)
        return Twin(other_id, *link) if link is not None else None


class Twins:
    """Reads and writes what says the same. Every public method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # --- for who looks for them ---------------------------------------------------------------

    def any_known(self) -> bool:
        """Whether it is known of any passage what it says: an edition of an earlier release was
        compared with nothing. Later ones were compared in whole before anybody saw them."""
        with self._engine.connect() as connection:
            found = connection.scalar(select(schema.passage_content.c.passage_id).limit(1))
        return found is not None

    def runs(self) -> tuple[list[str], ManyRuns]:
        """The key of every content, and its runs of words in the same order."""
        with self._engine.connect() as connection:
            # All at once: row by row takes as long again, and this is read with each publication.
            rows = connection.execute(select(schema.content.c.key, schema.content.c.runs)).all()
        data = [row[1] for row in rows]
        sizes = np.array([len(each) for each in data], np.int64) // _RUN.itemsize
        return [row[0] for row in rows], ManyRuns(np.frombuffer(b"".join(data), _RUN), sizes)

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
                    "runs": content.runs.astype(_RUN).tobytes(),
                    "numbers": " ".join(sorted(content.numbers)),
                }
                for key, content in contents.items()
            ]
            if rows:
                connection.execute(
                    upsert(connection, schema.content).on_conflict_do_nothing(), rows
                )
            rows_of_keys = [{"passage_id": p, "key": key} for p, key in keys.items()]
            if rows_of_keys:
                connection.execute(
                    upsert(connection, schema.passage_content).on_conflict_do_nothing(),
                    rows_of_keys,
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
            connection.execute(upsert(connection, schema.twin).on_conflict_do_nothing(), rows)

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

    def table(self, edition: int) -> TwinTable:
        """All that says the same within ``edition``, which once made never changes."""
        with self._engine.connect() as connection:
            members = _with_company(connection, edition)
            links: dict[str, dict[str, _Link]] = {}
            for row in connection.execute(select(schema.twin)):
                if row.a in members and row.b in members:
                    link: _Link = (row.kind, row.likeness, row.other_numbers)
                    links.setdefault(row.a, {})[row.b] = link
                    links.setdefault(row.b, {})[row.a] = link
        keys = {
            passage_id: key
            for key, passage_ids in members.items()
            if len(passage_ids) > 1 or key in links
            for passage_id in passage_ids
        }
        return TwinTable(keys, links)


def _with_company(connection: Connection, edition: int) -> dict[str, list[str]]:
    """The passages of an edition by the key of what they say, where another one, perhaps of
    another edition, says the same."""
    c, p, t = schema.passage_content.c, schema.passage.c, schema.twin.c
    ev = schema.edition_version.c
    versions = set(connection.scalars(select(ev.version_id).where(ev.edition == edition)))
    copied = select(c.key).group_by(c.key).having(func.count() > 1)
    # Joined with the edition here, SQLite would walk through every passage that it holds.
    rows = connection.execute(
        select(c.key, c.passage_id, p.version_id)
        .join(schema.passage, p.id == c.passage_id)
        .where(c.key.in_(union(copied, select(t.a), select(t.b))))
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.version_id in versions:
            found.setdefault(row.key, []).append(row.passage_id)
    return found


def _rank(twin: Twin) -> tuple[int, float, str]:
    return _ORDER.index(twin.kind), -twin.likeness, twin.passage_id


def _keys_of(connection: Connection, passage_ids: Sequence[str]) -> dict[str, str]:
    c = schema.passage_content.c
    rows = (
        row
        for part in in_parts(passage_ids)
        for row in connection.execute(select(c.passage_id, c.key).where(c.passage_id.in_(part)))
    )
    return {row.passage_id: row.key for row in rows}


def _links(connection: Connection, keys: set[str]) -> dict[str, dict[str, _Link]]:
    """What each content is like, by key and the other's key."""
    t = schema.twin.c
    found: dict[str, dict[str, _Link]] = {}
    for part in in_parts(sorted(keys)):
        query = select(schema.twin).where(or_(t.a.in_(part), t.b.in_(part)))
        for row in connection.execute(query):
            for one, other in ((row.a, row.b), (row.b, row.a)):
                found.setdefault(one, {})[other] = (row.kind, row.likeness, row.other_numbers)
    return found


def _members(connection: Connection, keys: set[str], edition: int) -> dict[str, list[str]]:
    """The passages of an edition that say something, by its key."""
    c, p, ev = schema.passage_content.c, schema.passage.c, schema.edition_version.c
    found: dict[str, list[str]] = {}
    for part in in_parts(sorted(keys)):
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
        for part in in_parts(sorted(keys))
        for row in connection.execute(select(c.key, c.numbers).where(c.key.in_(part)))
    }
