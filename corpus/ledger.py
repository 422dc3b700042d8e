"""Editions and who did what, in SQL. The last row of `publication` is what readers see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from corpus import schema
from corpus.postgres import is_server

_ADD_MEMBER = {  # by how the driver marks a place
    "qmark": "INSERT INTO edition_version (edition, version_id) VALUES (?, ?)",
    "pyformat": "INSERT INTO edition_version (edition, version_id) VALUES (%s, %s)",
}
_CURRENT = "SELECT edition FROM publication ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """One edition: its number, the model of its vectors, and where it stands."""

    number: int
    model_id: str
    state: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act: when, who, what."""

    at: datetime
    who: str
    action: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Acts:
    """Which acts to show: what is empty asks for all. Moments have a time zone."""

    who: str = ""
    actions: tuple[str, ...] = ()
    since: datetime | None = None
    before: datetime | None = None


class Ledger:
    """Reads and writes editions. Every public method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # Of the edition that was asked for last: a publication asks several times, and what is in
        # an edition never changes.
        self._members: tuple[int | None, dict[str, str]] = None, {}

    def current(self) -> int | None:
        """Number of the edition that readers see, or None before the first."""
        if is_server(self.engine):
            with self.engine.connect() as connection:
                number: int | None = connection.exec_driver_sql(_CURRENT).scalar()
            return number
        # Straight to the driver: every question asks this, and there is nothing to translate.
        with closing(self.engine.raw_connection()) as raw:
            row: tuple[int] | None = raw.cursor().execute(_CURRENT).fetchone()
        return row[0] if row else None

    def in_sight(self) -> int | None:
        """The edition that staff look at: the staged one, otherwise the one that readers see."""
        staged = [e.number for e in self.editions() if e.state == "staged"]
        return staged[0] if staged else self.current()

    def edition(self, number: int) -> EditionRecord | None:
        """The edition with this number, or None."""
        e = schema.edition.c
        with self.engine.connect() as connection:
            row = connection.execute(select(schema.edition).where(e.number == number)).first()
        return _edition(row) if row else None

    def editions(self) -> list[EditionRecord]:
        """Every edition, newest first."""
        e = schema.edition.c
        with self.engine.connect() as connection:
            rows = connection.execute(select(schema.edition).order_by(e.number.desc())).all()
        return [_edition(row) for row in rows]

    def members(self, number: int) -> dict[str, str]:
        """Version id per document id of an edition."""
        kept, members = self._members
        if kept != number:
            members = self._read_members(number)
            if members:  # else it may still come
                self._members = number, members
        return dict(members)

    def _read_members(self, number: int) -> dict[str, str]:
        ev, v = schema.edition_version.c, schema.version.c
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(v.document_id, v.id)
                .join(schema.edition_version, ev.version_id == v.id)
                .where(ev.edition == number)
                .order_by(v.document_id)
            ).all()
        return {row[0]: row[1] for row in rows}

    def begin_edition(self, version_ids: Iterable[str], model_id: str) -> int:
        """Number of a new edition that is being built and that nobody sees yet."""
        with self.engine.begin() as connection:
            number: int = connection.execute(
                insert(schema.edition)
                .values(model_id=model_id, state="building", created_at=datetime.now(UTC))
                .returning(schema.edition.c.number)
            ).scalar_one()
            rows = [(number, version_id) for version_id in sorted(version_ids)]
            if rows:
                # As the driver takes them: these are many, with each publication.
                connection.exec_driver_sql(_ADD_MEMBER[self.engine.dialect.paramstyle], rows)
        return number

    def set_staged(self, number: int, who: str, detail: dict[str, Any]) -> None:
        """Mark a built edition as ready to be judged."""
        with self.engine.begin() as connection:
            self._set_state(connection, number, "staged")
            self._log(connection, who, "stage", {"edition": number, **detail})

    def publish(
        self,
        number: int,
        who: str,
        action: str,
        detail: dict[str, Any],
        withdraw: Sequence[str] = (),
        settled: Sequence[str] = (),
    ) -> None:
        """Let readers see an edition, from the moment that this transaction is committed.

        Documents in ``withdraw`` stay out until they are put in again; those in ``settled`` have
        no draft that waits any more.
        """
        now = datetime.now(UTC)
        with self.engine.begin() as connection:
            self._set_state(connection, number, "published")
            connection.execute(insert(schema.publication).values(edition=number, at=now))
            # A draft that still waits would bring a withdrawn document back by itself.
            self._clear_drafts(connection, number, (*withdraw, *settled))
            connection.execute(
                update(schema.document)
                .where(schema.document.c.id.in_(withdraw))
                .values(withdrawn_at=now)
            )
            self._log(connection, who, action, {"edition": number, **detail})

    def clear_drafts(self, number: int, settled: Sequence[str] = ()) -> None:
        """Forget the drafts that a published edition holds already, and those of ``settled``."""
        with self.engine.begin() as connection:
            self._clear_drafts(connection, number, settled)

    def drop_editions(self, numbers: Sequence[int]) -> None:
        """Forget editions that readers never saw."""
        e, ev = schema.edition.c, schema.edition_version.c
        unseen = select(e.number).where(e.number.in_(numbers), e.state != "published")
        self._members = None, {}
        with self.engine.begin() as connection:
            connection.execute(delete(schema.edition_version).where(ev.edition.in_(unseen)))
            connection.execute(delete(schema.edition).where(e.number.in_(unseen)))

    def history(
        self, limit: int | None = 200, acts: Acts = Acts(), skip: int = 0
    ) -> list[AuditEntry]:
        """The audit log, newest first, without the first ``skip``."""
        a = schema.audit.c
        asked = select(schema.audit).where(*_asked(acts)).order_by(a.id.desc())
        with self.engine.connect() as connection:
            rows = connection.execute(asked.limit(limit).offset(skip)).all()
        return [AuditEntry(_utc(r.at), r.who, r.action, r.detail) for r in rows]

    def count(self, acts: Acts = Acts()) -> int:
        """How many acts the audit log has of these."""
        counted = select(func.count()).select_from(schema.audit).where(*_asked(acts))
        with self.engine.connect() as connection:
            return connection.execute(counted).scalar_one()

    def people_and_actions(self) -> tuple[list[str], list[str]]:
        """Everybody who did something, and everything that was done, in order of the alphabet."""
        a = schema.audit.c
        with self.engine.connect() as connection:
            people = connection.execute(select(a.who).distinct().order_by(a.who)).scalars().all()
            done = connection.execute(select(a.action).distinct().order_by(a.action)).scalars()
            return list(people), list(done.all())

    def log(self, who: str, action: str, detail: dict[str, Any]) -> None:
        """Add one act to the audit log."""
        with self.engine.begin() as connection:
            self._log(connection, who, action, detail)

    def _clear_drafts(
        self, connection: Connection, number: int, document_ids: Sequence[str]
    ) -> None:
        d, ev = schema.draft.c, schema.edition_version.c
        held = select(ev.version_id).where(ev.edition == number)
        connection.execute(
            delete(schema.draft).where(or_(d.version_id.in_(held), d.document_id.in_(document_ids)))
        )

    def _set_state(self, connection: Connection, number: int, state: str) -> None:
        e = schema.edition.c
        connection.execute(update(schema.edition).where(e.number == number).values(state=state))

    def _log(self, connection: Connection, who: str, action: str, detail: dict[str, Any]) -> None:
        connection.execute(
            insert(schema.audit).values(at=datetime.now(UTC), who=who, action=action, detail=detail)
        )


def _edition(row: Row[Any]) -> EditionRecord:
    return EditionRecord(row.number, row.model_id, row.state, _utc(row.created_at))


def _asked(acts: Acts) -> list[ColumnElement[bool]]:
    a = schema.audit.c
    asked: list[ColumnElement[bool]] = []
    if acts.who:
        asked.append(a.who == acts.who)
    if acts.actions:
        asked.append(a.action.in_(acts.actions))
    if acts.since is not None:
        asked.append(a.at >= acts.since.astimezone(UTC))
    if acts.before is not None:
        asked.append(a.at < acts.before.astimezone(UTC))
    return asked


def _utc(moment: datetime) -> datetime:
    """SQLite keeps no time zone; what is written is UTC."""
    return moment.replace(tzinfo=UTC)
