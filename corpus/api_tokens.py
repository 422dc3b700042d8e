"""Tokens that machines sign in with. Only their SHA-256 is stored: they are random, so that a
slow hash as for passwords would add nothing."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import Engine, Row, insert, select, update

from corpus import staff_tables
from corpus.errors import BadInputError
from corpus.staff import Clock, utc_now

Scope = Literal["read", "ingest", "publish"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
SCOPE_NAMES: dict[Scope, str] = {
    "read": "lezen",
    "ingest": "documenten aanbieden en klaarzetten",
    "publish": "publiceren, intrekken en terugzetten",
}
State = Literal["valid", "expired", "revoked"]
STATE_NAMES: dict[State, str] = {
    "valid": "geldig",
    "expired": "verlopen",
    "revoked": "ingetrokken",
}

PREFIX = "rw_"
"""By this a token is recognised when it stands where it should not."""
MAX_DAYS = 730
MAX_NAME = 80
_USED_EVERY = timedelta(minutes=1)  # a busy machine need not write each time


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token, without what proves it. Moments have a time zone."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    made_by: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    state: State

    @property
    def who(self) -> str:
        """Who acted, in the audit log."""
        return f"token {self.name} ({self.id})"

    @property
    def noted(self) -> dict[str, Any]:
        """What the audit log keeps of it."""
        return {"token": f"{self.name} ({self.id})"}


class ApiTokens:
    """Makes, checks and ends tokens. Every public method is one transaction."""

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self._engine = engine
        self._now = now

    def add(
        self, name: str, scopes: Sequence[str], days: int, made_by: str
    ) -> tuple[ApiToken, str]:
        """A new token that ends after ``days``, and its text: that is not kept anywhere.

        Raises BadInputError when the name, a scope or the days are not fit.
        """
        name, now = _checked_name(name), self._now()
        given = checked_scopes(scopes)
        if not 1 <= days <= MAX_DAYS:
            raise BadInputError(f"{days} dagen kan niet. Kies 1 tot {MAX_DAYS} dagen.")
        token_id = secrets.token_hex(8)
        text = f"{PREFIX}{token_id}_{secrets.token_urlsafe(32)}"
        token = ApiToken(
            id=token_id,
            name=name,
            scopes=given,
            made_by=made_by,
            created_at=now,
            expires_at=now + timedelta(days=days),
            used_at=None,
            revoked_at=None,
            state="valid",
        )
        with self._engine.begin() as connection:
            connection.execute(
                insert(staff_tables.api_token).values(
                    id=token.id,
                    name=token.name,
                    token_hash=_hash(text),
                    scopes=list(token.scopes),
                    made_by=token.made_by,
                    created_at=token.created_at,
                    expires_at=token.expires_at,
                )
            )
        return token, text

    def all(self) -> list[ApiToken]:
        """Every token, the newest first, also those that ended."""
        t = staff_tables.api_token
        with self._engine.connect() as connection:
            rows = connection.execute(select(t).order_by(t.c.created_at.desc(), t.c.id)).all()
        return [self._token(row) for row in rows]

    def revoke(self, token_id: str) -> ApiToken:
        """End a token at once. Raises BadInputError when there is none or it ended before."""
        t, now = staff_tables.api_token, self._now()
        with self._engine.begin() as connection:
            row = connection.execute(
                update(t)
                .where(t.c.id == token_id, t.c.revoked_at.is_(None))
                .values(revoked_at=now)
                .returning(t)
            ).first()
        if row is None:
            raise BadInputError(
                f"Er is geen token '{token_id[:MAX_NAME]}' om in te trekken. Kijk met "
                "`routewijzer token list` welke er zijn."
            )
        return self._token(row)

    def check(self, text: str) -> ApiToken | None:
        """The token that ``text`` is, when it is one and has not ended, else None."""
        t, now = staff_tables.api_token, self._now()
        with self._engine.connect() as connection:
            row = connection.execute(select(t).where(t.c.id == _id_in(text))).first()
        known = row.token_hash if row is not None else _hash("")
        same = hmac.compare_digest(known, _hash(text))
        if row is None or not same:
            return None
        token = self._token(row)
        if token.state != "valid":
            return None
        if token.used_at is None or abs(now - token.used_at) > _USED_EVERY:
            with self._engine.begin() as connection:
                connection.execute(update(t).where(t.c.id == token.id).values(used_at=now))
        return token

    def _token(self, row: Row[Any]) -> ApiToken:
        expires_at, revoked_at = _utc(row.expires_at), _optional_utc(row.revoked_at)
        ended: State = "expired" if expires_at <= self._now() else "valid"
        return ApiToken(
            id=row.id,
            name=row.name,
            scopes=tuple(scope for scope in SCOPES if scope in row.scopes),
            made_by=row.made_by,
            created_at=_utc(row.created_at),
            expires_at=expires_at,
            used_at=_optional_utc(row.used_at),
            revoked_at=revoked_at,
            state="revoked" if revoked_at is not None else ended,
        )


def checked_scopes(given: Sequence[str]) -> tuple[Scope, ...]:
    """The scopes in their order. Raises BadInputError for one that there is not, or for none."""
    unknown = next((name for name in given if name not in SCOPES), None)
    if unknown is not None or not given:
        said = f"'{unknown}' is geen bevoegdheid" if unknown else "Er is geen bevoegdheid gekozen"
        raise BadInputError(f"{said}. Kies uit: {', '.join(SCOPES)}.")
    return tuple(scope for scope in SCOPES if scope in given)


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise BadInputError(
            f"'{name[:MAX_NAME]}' kan geen naam van een token zijn. Neem 1 tot {MAX_NAME} tekens, "
            "bijvoorbeeld de naam van het systeem dat het gebruikt."
        )
    return name


def _id_in(text: str) -> str:
    if not text.startswith(PREFIX):
        return ""
    return text.removeprefix(PREFIX).partition("_")[0][:16]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC)


def _optional_utc(at: datetime | None) -> datetime | None:
    return _utc(at) if at is not None else None
