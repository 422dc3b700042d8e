"""Attempts to sign in elsewhere: each counts once, for ten minutes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from corpus import staff_tables
from corpus.database import open_database
from corpus.sign_in_attempts import LIFE, SignInAttempts

START = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path)
    yield engine
    engine.dispose()


def at(engine: Engine, after: timedelta = timedelta()) -> SignInAttempts:
    return SignInAttempts(engine, lambda: START + after)


def count(engine: Engine) -> int:
    with engine.connect() as connection:
        return (
            connection.scalar(select(func.count()).select_from(staff_tables.sign_in_attempt)) or 0
        )


def test_it_comes_back_as_it_went(engine: Engine) -> None:
    attempt = at(engine).begin("/beheer/documenten")
    assert 43 <= len(attempt.verifier) <= 128  # RFC 7636, section 4.1
    assert len({attempt.state, attempt.nonce, attempt.verifier}) == 3
    with engine.connect() as connection:
        assert attempt.state not in repr(
            connection.execute(select(staff_tables.sign_in_attempt)).one()
        )
    assert at(engine).take(attempt.state) == attempt


def test_it_counts_once(engine: Engine) -> None:
    attempt = at(engine).begin("/beheer")
    at(engine).take(attempt.state)
    assert at(engine).take(attempt.state) is None


@pytest.mark.parametrize("wrong", ["", "x", "é"])
def test_what_was_not_begun_is_none(engine: Engine, wrong: str) -> None:
    at(engine).begin("/beheer")
    assert at(engine).take(wrong) is None
    assert count(engine) == 1


def test_it_ends_after_ten_minutes(engine: Engine) -> None:
    first, second = at(engine).begin("/beheer"), at(engine).begin("/beheer")
    assert at(engine, LIFE).take(first.state) is not None
    assert at(engine, LIFE + timedelta(seconds=1)).take(second.state) is None


def test_those_that_nobody_came_back_for_are_removed(engine: Engine) -> None:
    for _ in range(3):
        at(engine).begin("/beheer")
    at(engine, LIFE + timedelta(seconds=1)).begin("/beheer")
    assert count(engine) == 1


def test_a_clock_that_goes_back_an_hour_loses_none(engine: Engine) -> None:
    attempt = at(engine).begin("/beheer")
    assert at(engine, timedelta(hours=-1)).take(attempt.state) == attempt
