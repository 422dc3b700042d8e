"""The tables of who may work on the corpus, and of the long work that they start."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
)

from corpus.schema import metadata

staff = Table(
    "staff",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("password_hash", Text, nullable=False),  # empty: signs in elsewhere only
    Column("role", String(16), nullable=False),  # editor or publisher
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("disabled_at", DateTime(timezone=True)),
    Column("subject", String(500), index=True, unique=True),  # issuer and subject of OpenID Connect
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),  # the token itself is only in the cookie
    Column("name", ForeignKey("staff.name"), nullable=False, index=True),
    Column("form_token", String(64), nullable=False),  # every form of this session carries it
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("key", String(120), primary_key=True),  # a name, or the hash of an address
    Column("count", Integer, nullable=False),
    Column("last_at", DateTime(timezone=True), nullable=False),
)

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    Column("state_hash", String(64), primary_key=True),  # the state itself is with the browser
    Column("nonce", String(128), nullable=False),
    Column("verifier", String(128), nullable=False),  # PKCE
    Column("next", Text, nullable=False),  # where the browser goes after it
    Column("created_at", DateTime(timezone=True), nullable=False, index=True),
)
"""Who went to sign in with OpenID Connect and has yet to come back."""

api_token = Table(
    "api_token",
    metadata,
    Column("id", String(16), primary_key=True),  # stands in the token, and in the audit log
    Column("name", String(80), nullable=False),  # for people: which machine has it
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("scopes", JSON, nullable=False),  # list of names
    Column("made_by", String(200), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
)
"""What machines sign in with."""

job = Table(
    "job",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("title", Text, nullable=False),
    Column("who", String(200), nullable=False),
    Column("state", String(16), nullable=False),  # waiting, running, done or failed
    Column("step", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("message", Text, nullable=False),  # why it failed
    Column("result", JSON, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False, index=True),
    Column("params", JSON, nullable=False, server_default="{}"),  # what is to be done
    Column("holder", String(64)),  # the worker that does it
    Column("attempts", Integer, nullable=False, server_default="0"),  # times that it was begun
)
"""Long work that staff started: the queue, and what came of it."""
