"""Accounts and sessions: only hashes are kept, and every right ends in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select

from corpus import staff_tables
from corpus.database import open_database
from corpus.errors import BadInputError
from corpus.staff import IDLE, LONGEST, Accounts, Sessions
from tests.moving_clock import MovingClock

PASSWORD = "vier losse woorden samen"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def accounts(engine: Engine, clock: MovingClock) -> Accounts:
    found = Accounts(engine, CHEAP, clock)
    found.add("Anja@School.nl", PASSWORD, "editor")
    return found


# --- accounts ----------------------------------------------------------------------------------


def test_name_and_password_let_in_and_nothing_else(accounts: Accounts) -> None:
    found = accounts.check(" anja@school.NL ", PASSWORD)
    assert found is not None
    assert (found.name, found.role, found.may_publish) == ("anja@school.nl", "editor", False)
    for name, password in (
        ("anja@school.nl", PASSWORD + " "),
        ("anja@school.nl", ""),
        ("bea@school.nl", PASSWORD),
        ("", ""),
        ("anja@school.nl", "x" * 100_000),
    ):
        assert accounts.check(name, password) is None


@pytest.mark.embedded
def test_the_password_is_nowhere_in_the_database(accounts: Accounts, tmp_path: Path) -> None:
    hashed = [b for path in tmp_path.iterdir() if path.is_file() for b in [path.read_bytes()]]
    assert any(b"$argon2id$" in content for content in hashed)
    assert not any(PASSWORD.encode() in content for content in hashed)


def test_a_name_is_given_once(accounts: Accounts) -> None:
    with pytest.raises(BadInputError, match="Er is al een account 'anja@school"):
        accounts.add("ANJA@school.nl", PASSWORD, "publisher")


@pytest.mark.parametrize("name", ["", " ", "an ja", "x" * 81, "a\x00b"])
def test_a_name_must_be_fit_for_one(accounts: Accounts, name: str) -> None:
    with pytest.raises(BadInputError, match="kan geen accountnaam zijn"):
        accounts.add(name, PASSWORD, "editor")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("kort", "12 tot 200 tekens; dit heeft er 4"),
        ("x" * 201, "dit heeft er 201"),
        ("bea is mijn naam", "De accountnaam staat in het wachtwoord"),
        ("abababababab", "te weinig verschillende tekens"),
    ],
)
def test_a_password_must_be_hard_to_guess(accounts: Accounts, password: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        accounts.add("bea", password, "editor")
    assert [account.name for account in accounts.all()] == ["anja@school.nl"]


def test_a_disabled_account_is_let_in_no_more_until_it_is_enabled(
    accounts: Accounts, engine: Engine
) -> None:
    sessions = Sessions(engine)
    token = sessions.open("anja@school.nl")
    accounts.disable("anja@school.nl")
    assert accounts.check("anja@school.nl", PASSWORD) is None
    assert sessions.find(token) is None
    assert accounts.all()[0].disabled
    accounts.enable("anja@school.nl")
    assert accounts.check("anja@school.nl", PASSWORD) is not None
    assert sessions.find(token) is None  # that session ended for good


def test_another_password_or_role_ends_the_sessions(accounts: Accounts, engine: Engine) -> None:
    sessions = Sessions(engine)
    token = sessions.open("anja@school.nl")
    accounts.set_password("anja@school.nl", "een heel ander wachtwoord")
    assert sessions.find(token) is None
    assert accounts.check("anja@school.nl", PASSWORD) is None
    token = sessions.open("anja@school.nl")
    accounts.set_role("anja@school.nl", "publisher")
    assert sessions.find(token) is None
    found = accounts.check("anja@school.nl", "een heel ander wachtwoord")
    assert found is not None
    assert found.may_publish


def test_an_unknown_account_cannot_be_changed(accounts: Accounts) -> None:
    for change in (
        lambda: accounts.disable("bea"),
        lambda: accounts.enable("bea"),
        lambda: accounts.set_role("bea", "editor"),
        lambda: accounts.set_password("bea", PASSWORD),
    ):
        with pytest.raises(BadInputError, match="Er is geen account 'bea'"):
            change()


def test_a_hash_of_weaker_parameters_is_made_anew(accounts: Accounts, engine: Engine) -> None:
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    assert Accounts(engine, stronger).check("anja@school.nl", PASSWORD) is not None
    with engine.connect() as connection:
        kept = connection.scalar(select(staff_tables.staff.c.password_hash))
    assert kept is not None
    assert not stronger.check_needs_rehash(kept)


# --- sessions ----------------------------------------------------------------------------------


def test_a_session_is_known_by_its_token_only(accounts: Accounts, engine: Engine) -> None:
    sessions = Sessions(engine)
    token, other = sessions.open("anja@school.nl"), sessions.open("anja@school.nl")
    found, second = sessions.find(token), sessions.find(other)
    assert found is not None
    assert second is not None
    assert found.account.name == "anja@school.nl"
    assert found.form_token != second.form_token
    assert sessions.find(found.key) is None  # what the database holds opens nothing
    assert sessions.find(token + "x") is None
    with engine.connect() as connection:
        rows = connection.execute(select(staff_tables.staff_session)).all()
    assert token not in repr(rows)


def test_a_session_that_is_closed_is_over(accounts: Accounts, engine: Engine) -> None:
    sessions = Sessions(engine)
    token, other = sessions.open("anja@school.nl"), sessions.open("anja@school.nl")
    found = sessions.find(token)
    assert found is not None
    sessions.close(found)
    assert sessions.find(token) is None
    assert sessions.find(other) is not None


def test_a_session_that_is_not_used_ends(
    accounts: Accounts, engine: Engine, clock: MovingClock
) -> None:
    sessions = Sessions(engine, clock)
    token = sessions.open("anja@school.nl")
    clock.move(IDLE - timedelta(minutes=1))
    assert sessions.find(token) is not None  # and goes on from here
    clock.move(IDLE - timedelta(minutes=1))
    assert sessions.find(token) is not None
    clock.move(IDLE + timedelta(seconds=1))
    assert sessions.find(token) is None


def test_a_session_ends_however_much_it_is_used(
    accounts: Accounts, engine: Engine, clock: MovingClock
) -> None:
    sessions = Sessions(engine, clock)
    token = sessions.open("anja@school.nl")
    opened = clock.at
    while clock.at + timedelta(hours=1) <= opened + LONGEST:
        clock.move(timedelta(hours=1))
        assert sessions.find(token) is not None
    clock.move(timedelta(hours=1))
    assert sessions.find(token) is None


def test_sessions_that_ended_are_cleared_away(
    accounts: Accounts, engine: Engine, clock: MovingClock
) -> None:
    sessions = Sessions(engine, clock)
    sessions.open("anja@school.nl")
    clock.move(LONGEST + timedelta(hours=1))
    sessions.open("anja@school.nl")
    with engine.connect() as connection:
        assert len(connection.execute(select(staff_tables.staff_session)).all()) == 1
