"""Tokens for machines: kept as a hash, for so long, and ended at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from corpus import staff_tables
from corpus.api_tokens import MAX_DAYS, SCOPES, ApiTokens, checked_scopes
from corpus.database import open_database
from corpus.errors import BadInputError

START = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Clock:
    now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture
def tokens(engine: Engine, clock: Clock) -> ApiTokens:
    return ApiTokens(engine, clock)


def test_the_token_itself_is_not_kept(tokens: ApiTokens, engine: Engine) -> None:
    token, text = tokens.add(" Rooster  systeem", ["publish", "read"], 90, "paula")
    assert re.fullmatch(rf"rw_{token.id}_[A-Za-z0-9_-]{{43}}", text)
    assert (token.name, token.scopes) == ("Rooster systeem", ("read", "publish"))
    with engine.connect() as connection:
        row = connection.execute(select(staff_tables.api_token)).one()
    secret = text.removeprefix(f"rw_{token.id}_")
    assert secret not in repr(row)
    assert tokens.check(text) == token
    assert tokens.all()[0].used_at == START


def test_it_ends_after_its_days(tokens: ApiTokens, clock: Clock) -> None:
    _, text = tokens.add("rooster", ["read"], 90, "paula")
    clock.now = START + timedelta(days=90) - timedelta(seconds=1)
    assert tokens.check(text) is not None
    clock.now = START + timedelta(days=90)
    assert tokens.check(text) is None
    assert tokens.all()[0].state == "expired"


def test_it_ends_when_it_is_revoked(tokens: ApiTokens) -> None:
    token, text = tokens.add("rooster", ["read"], 90, "paula")
    other, other_text = tokens.add("ander", ["read"], 90, "paula")
    assert tokens.revoke(token.id).state == "revoked"
    assert tokens.check(text) is None
    assert tokens.check(other_text) == other
    for unknown in (token.id, "0" * 16, ""):
        with pytest.raises(BadInputError, match="Er is geen token"):
            tokens.revoke(unknown)


def test_no_other_text_counts(tokens: ApiTokens) -> None:
    token, text = tokens.add("rooster", ["read"], 90, "paula")
    _, other = tokens.add("ander", ["read"], 90, "paula")
    mixed = f"rw_{token.id}_{other.split('_', 2)[2]}"
    for wrong in (mixed, text[:-1], text + "x", text.upper(), "", "rw_", "rw__", token.id, "é"):
        assert tokens.check(wrong) is None, wrong


def test_use_is_noted_once_a_minute(tokens: ApiTokens, clock: Clock) -> None:
    _, text = tokens.add("rooster", ["read"], 90, "paula")
    for seconds, noted in ((0, 0), (59, 0), (61, 61)):
        clock.now = START + timedelta(seconds=seconds)
        tokens.check(text)
        assert tokens.all()[0].used_at == START + timedelta(seconds=noted)


@pytest.mark.parametrize("moved", [timedelta(hours=1), timedelta(hours=-1)])
def test_a_clock_that_jumps_ends_nothing(tokens: ApiTokens, clock: Clock, moved: timedelta) -> None:
    _, text = tokens.add("rooster", ["read"], 90, "paula")
    clock.now = START + moved
    assert tokens.check(text) is not None
    assert tokens.all()[0].used_at == clock.now


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [
        ("", ["read"], 90),
        ("x" * 81, ["read"], 90),
        ("naam\x00", ["read"], 90),
        ("rooster", [], 90),
        ("rooster", ["alles"], 90),
        ("rooster", ["read"], 0),
        ("rooster", ["read"], -1),
        ("rooster", ["read"], MAX_DAYS + 1),
    ],
)
def test_what_is_not_fit_is_refused(
    tokens: ApiTokens, name: str, scopes: list[str], days: int
) -> None:
    with pytest.raises(BadInputError):
        tokens.add(name, scopes, days, "paula")
    assert tokens.all() == []


@given(st.lists(st.sampled_from([*SCOPES, "write", ""]), max_size=5))
def test_scopes_come_out_as_they_are_known(given_scopes: list[str]) -> None:
    if given_scopes and set(given_scopes) <= set(SCOPES):
        assert set(checked_scopes(given_scopes)) == set(given_scopes)
        assert len(checked_scopes(given_scopes)) == len(set(given_scopes))
    else:
        with pytest.raises(BadInputError):
            checked_scopes(given_scopes)
