"""Accounts of staff and their sessions.

Only hashes are stored: of passwords by argon2id (RFC 9106, the parameters of argon2-cffi), of
session tokens by SHA-256. An account has a password, or signs in with OpenID Connect, or both.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Connection, Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from corpus import staff_tables
from corpus.account_rules import MAX_PASSWORD, account_name, check_password
from corpus.errors import BadInputError

Role = Literal["editor", "publisher"]
ROLES: tuple[Role, ...] = ("editor", "publisher")
Clock = Callable[[], datetime]

IDLE = timedelta(hours=4)
LONGEST = timedelta(hours=12)
_SEEN_EVERY = timedelta(minutes=1)  # looking at a page need not write each time


def utc_now() -> datetime:
    """The moment, with its time zone."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Account:
    """Someone of staff. An editor prepares; a publisher also changes what readers see."""

    name: str
    role: Role
    disabled: bool
    subject: str = ""
    """Who it is elsewhere (:func:`corpus.account_rules.subject_of`), if it signs in there."""

    @property
    def may_publish(self) -> bool:
        """Whether this account may change what readers see."""
        return self.role == "publisher"


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in."""

    account: Account
    form_token: str
    """Stands in every form of this session: another site cannot know it."""
    key: str
    """Names the session in the database; not what the cookie holds."""


class Accounts:
    """Who may sign in. Every public method is one transaction."""

    def __init__(
        self, engine: Engine, hasher: PasswordHasher | None = None, now: Clock = utc_now
    ) -> None:
        self._engine = engine
        self._hasher = hasher or PasswordHasher()
        self._now = now
        # Checked when there is no password: that must take as long as a wrong password does.
        self._nobody: str | None = None

    def add(self, name: str, password: str, role: Role) -> None:
        """Add an account. Raises BadInputError when the name is taken or something is not fit."""
        name = account_name(name)
        check_password(password, name)
        self._insert(name, role, password_hash=self._hasher.hash(password))

    def add_elsewhere(self, name: str, subject: str, role: Role) -> None:
        """Add an account without a password, that signs in elsewhere as ``subject``. Raises
        BadInputError when either is taken."""
        self._insert(account_name(name), role, password_hash="", subject=subject)

    def link(self, name: str, subject: str) -> None:
        """Let an account sign in as ``subject``, too. Raises BadInputError when there is no such
        account, or another one has that subject."""
        with self._engine.connect() as connection:
            _check_subject(connection, subject)
        self._change(account_name(name), subject=subject)

    def by_subject(self, subject: str) -> Account | None:
        """The account that signs in as ``subject``, disabled or not; None when there is none."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(staff_tables.staff).where(staff_tables.staff.c.subject == subject)
            ).first()
        return _account(row) if row is not None else None

    def set_password(self, name: str, password: str) -> None:
        """Give another password, and end the sessions. Raises BadInputError."""
        name = account_name(name)
        check_password(password, name)
        self._change(name, password_hash=self._hasher.hash(password))

    def set_role(self, name: str, role: Role) -> None:
        """Give another role. Raises BadInputError when there is no such account."""
        self._change(account_name(name), role=role)

    def disable(self, name: str) -> None:
        """Nobody signs in with this account any more; its sessions end. Raises BadInputError."""
        self._change(account_name(name), disabled_at=self._now())

    def enable(self, name: str) -> None:
        """Let the account in again. Raises BadInputError when there is no such account."""
        self._change(account_name(name), disabled_at=None)

    def all(self) -> list[Account]:
        """Every account, by name."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(staff_tables.staff).order_by(staff_tables.staff.c.name)
            ).all()
        return [_account(row) for row in rows]

    def check(self, name: str, password: str) -> Account | None:
        """The account when name and password are right and it is not disabled, else None."""
        with self._engine.connect() as connection:
            row = _find(connection, name.strip().lower())
        if len(password) > MAX_PASSWORD:
            return None
        known = row.password_hash if row is not None else ""
        try:
            self._hasher.verify(known or self._nobodys_hash(), password)
        except VerifyMismatchError:
            return None
        if row is None or not known or row.disabled_at is not None:
            return None
        if self._hasher.check_needs_rehash(row.password_hash):
            self._rehash(row.name, password)
        return _account(row)

    def _insert(self, name: str, role: Role, **values: object) -> None:
        taken = BadInputError(f"Er is al een account '{name}'. Kies een andere naam.")
        try:
            with self._engine.begin() as connection:
                if _find(connection, name) is not None:
                    raise taken
                if "subject" in values:
                    _check_subject(connection, str(values["subject"]))
                connection.execute(
                    insert(staff_tables.staff).values(
                        name=name, role=role, created_at=self._now(), **values
                    )
                )
        except IntegrityError:  # made by another process, just now
            raise taken from None

    def _nobodys_hash(self) -> str:
        if self._nobody is None:
            self._nobody = self._hasher.hash(secrets.token_hex())
        return self._nobody

    def _rehash(self, name: str, password: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(
                update(staff_tables.staff)
                .where(staff_tables.staff.c.name == name)
                .values(password_hash=self._hasher.hash(password))
            )

    def _change(self, name: str, **values: object) -> None:
        with self._engine.begin() as connection:
            done = connection.execute(
                update(staff_tables.staff).where(staff_tables.staff.c.name == name).values(**values)
            )
            if done.rowcount == 0:
                raise BadInputError(
                    f"Er is geen account '{name}'. Kijk met `routewijzer staff list` welke er zijn."
                )
            connection.execute(
                delete(staff_tables.staff_session).where(staff_tables.staff_session.c.name == name)
            )


class Sessions:
    """Browsers that are signed in: the server can end each of them at any time."""

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self._engine = engine
        self._now = now

    def open(self, name: str) -> str:
        """Begin a session; the token for the cookie comes back."""
        token, now = secrets.token_urlsafe(32), self._now()
        s = staff_tables.staff_session.c
        with self._engine.begin() as connection:
            connection.execute(
                delete(staff_tables.staff_session).where(
                    (s.seen_at < now - IDLE) | (s.created_at < now - LONGEST)
                )
            )
            connection.execute(
                insert(staff_tables.staff_session).values(
                    token_hash=_hash(token),
                    name=name,
                    form_token=secrets.token_urlsafe(24),
                    created_at=now,
                    seen_at=now,
                )
            )
        return token

    def find(self, token: str) -> Session | None:
        """The session of a token, unless it ended or its account is disabled."""
        s, a, now = staff_tables.staff_session, staff_tables.staff, self._now()
        with self._engine.connect() as connection:
            row = connection.execute(
                select(s, a.c.role, a.c.disabled_at)
                .join(a, a.c.name == s.c.name)
                .where(s.c.token_hash == _hash(token))
            ).first()
        if row is None or row.disabled_at is not None:
            return None
        seen, created = row.seen_at.replace(tzinfo=UTC), row.created_at.replace(tzinfo=UTC)
        if now - seen > IDLE or now - created > LONGEST:
            return None
        if now - seen > _SEEN_EVERY:
            with self._engine.begin() as connection:
                connection.execute(
                    update(s).where(s.c.token_hash == row.token_hash).values(seen_at=now)
                )
        account = Account(row.name, row.role, disabled=False)
        return Session(account, row.form_token, row.token_hash)

    def close(self, session: Session) -> None:
        """End a session."""
        with self._engine.begin() as connection:
            connection.execute(
                delete(staff_tables.staff_session).where(
                    staff_tables.staff_session.c.token_hash == session.key
                )
            )

    def close_all(self, name: str) -> None:
        """End the sessions of an account."""
        s = staff_tables.staff_session
        with self._engine.begin() as connection:
            connection.execute(delete(s).where(s.c.name == name))


def _find(connection: Connection, name: str) -> Row[tuple[object, ...]] | None:
    return connection.execute(
        select(staff_tables.staff).where(staff_tables.staff.c.name == name)
    ).first()


def _check_subject(connection: Connection, subject: str) -> None:
    s = staff_tables.staff.c
    name = connection.scalar(select(s.name).where(s.subject == subject))
    if name is not None:
        raise BadInputError(f"Dit kenmerk hoort al bij het account '{name}'. Er is niets gedaan.")


def _account(row: Row[tuple[object, ...]]) -> Account:
    disabled = row.disabled_at is not None
    return Account(row.name, row.role, disabled, row.subject or "")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
