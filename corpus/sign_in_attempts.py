"""Who went to sign in with OpenID Connect, until they come back. Each attempt counts once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, timedelta

from sqlalchemy import Engine, delete, insert

from corpus import staff_tables
from corpus.staff import Clock, utc_now

LIFE = timedelta(minutes=10)
"""Long enough to look up a password elsewhere."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was sent along, to recognise what comes back."""

    state: str
    """Random; it goes to the provider and back, and stays in a cookie of the browser."""
    nonce: str
    """Random; the proof of who signed in must hold it."""
    verifier: str
    """Random; without it nobody can exchange the code that comes back (RFC 7636)."""
    wanted: str
    """Where the browser goes when it is signed in."""


class SignInAttempts:
    """Attempts in SQL, so that any process may see the browser come back."""

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self._engine = engine
        self._now = now

    def begin(self, wanted: str) -> Attempt:
        """A new attempt. Those that nobody came back for are removed."""
        attempt = Attempt(
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(64),
            wanted=wanted,
        )
        a, now = staff_tables.sign_in_attempt, self._now()
        with self._engine.begin() as connection:
            connection.execute(delete(a).where(a.c.created_at < now - LIFE))
            connection.execute(
                insert(a).values(
                    state_hash=_hash(attempt.state),
                    nonce=attempt.nonce,
                    verifier=attempt.verifier,
                    next=wanted,
                    created_at=now,
                )
            )
        return attempt

    def take(self, state: str) -> Attempt | None:
        """The attempt with this state, which is gone from then on; None when there is none, or
        it took too long."""
        a = staff_tables.sign_in_attempt
        with self._engine.begin() as connection:
            row = connection.execute(
                delete(a)
                .where(a.c.state_hash == _hash(state))
                .returning(a.c.nonce, a.c.verifier, a.c.next, a.c.created_at)
            ).first()
        if row is None or self._now() - row.created_at.replace(tzinfo=UTC) > LIFE:
            return None
        return Attempt(state, row.nonce, row.verifier, row.next)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
