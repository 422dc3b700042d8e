"""Accounts, sessions and the brake: only hashes are kept, and every right ends in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select

from corpus import schema
from corpus.database import open_database
from corpus.errors import BadInputError
from corpus.staff import FREE_FAILURES, FREE_FROM_ADDRESS, IDLE, LONGEST, Accounts, Brake, Sessions

PASSWORD = "vier losse woorden samen"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        self.at += by


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(engine: Engine, clock: Clock) -> Accounts:
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
        kept = connection.scalar(select(schema.staff.c.password_hash))
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
        rows = connection.execute(select(schema.staff_session)).all()
    assert token not in repr(rows)


def test_a_session_that_is_closed_is_over(accounts: Accounts, engine: Engine) -> None:
    sessions = Sessions(engine)
    token, other = sessions.open("anja@school.nl"), sessions.open("anja@school.nl")
    found = sessions.find(token)
    assert found is not None
    sessions.close(found)
    assert sessions.find(token) is None
    assert sessions.find(other) is not None


def test_a_session_that_is_not_used_ends(accounts: Accounts, engine: Engine, clock: Clock) -> None:
    sessions = Sessions(engine, clock)
    token = sessions.open("anja@school.nl")
    clock.move(IDLE - timedelta(minutes=1))
    assert sessions.find(token) is not None  # and goes on from here
    clock.move(IDLE - timedelta(minutes=1))
    assert sessions.find(token) is not None
    clock.move(IDLE + timedelta(seconds=1))
    assert sessions.find(token) is None


def test_a_session_ends_however_much_it_is_used(
    accounts: Accounts, engine: Engine, clock: Clock
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
    accounts: Accounts, engine: Engine, clock: Clock
) -> None:
    sessions = Sessions(engine, clock)
    sessions.open("anja@school.nl")
    clock.move(LONGEST + timedelta(hours=1))
    sessions.open("anja@school.nl")
    with engine.connect() as connection:
        assert len(connection.execute(select(schema.staff_session)).all()) == 1


# --- the brake ---------------------------------------------------------------------------------


def fail(brake: Brake, times: int, name: str = "anja", address: str = "10.0.0.1") -> None:
    for _ in range(times):
        brake.failed(name, address)


def test_who_guesses_waits_longer_each_time(engine: Engine, clock: Clock) -> None:
    brake = Brake(engine, clock)
    fail(brake, FREE_FAILURES - 1)
    assert brake.wait_s("anja", "10.0.0.1") <= 0
    waits = []
    for _ in range(9):
        fail(brake, 1)
        waits.append(brake.wait_s("anja", "10.0.0.1"))
    assert waits[0] == 15
    assert waits == sorted(waits)
    assert waits[-1] == 15 * 60  # and no longer than this
    clock.move(timedelta(minutes=15))
    assert brake.wait_s("anja", "10.0.0.1") <= 0


def test_one_name_from_many_addresses_and_many_names_from_one(engine: Engine, clock: Clock) -> None:
    brake = Brake(engine, clock)
    for number in range(FREE_FAILURES):
        brake.failed("Anja ", f"10.0.0.{number}")
    for number in range(FREE_FROM_ADDRESS):
        brake.failed(f"naam{number}", "10.9.9.9")
    assert brake.wait_s("anja", "10.0.7.7") > 0
    assert brake.wait_s("nieuw", "10.9.9.9") > 0
    assert brake.wait_s("bea", "10.0.7.7") <= 0


def test_who_gets_in_begins_anew(engine: Engine, clock: Clock) -> None:
    brake = Brake(engine, clock)
    fail(brake, FREE_FAILURES)
    brake.succeeded("anja")
    assert brake.wait_s("anja", "10.0.0.1") <= 0


def test_an_account_of_ones_own_does_not_make_guessing_at_others_free(
    engine: Engine, clock: Clock
) -> None:
    brake = Brake(engine, clock)
    for number in range(FREE_FROM_ADDRESS):
        brake.failed(f"naam{number}", "10.0.0.1")
        brake.succeeded("anja")
    assert brake.wait_s("bea", "10.0.0.1") > 0


def test_failures_are_forgotten_after_an_hour(engine: Engine, clock: Clock) -> None:
    brake = Brake(engine, clock)
    fail(brake, FREE_FAILURES - 1)
    clock.move(timedelta(minutes=61))
    fail(brake, 1)
    assert brake.wait_s("anja", "10.0.0.1") <= 0


def test_neither_name_nor_address_is_kept(engine: Engine, clock: Clock) -> None:
    Brake(engine, clock).failed("anja", "10.0.0.1")
    with engine.connect() as connection:
        rows = repr(connection.execute(select(schema.sign_in_failure)).all())
    assert "anja" not in rows
    assert "10.0.0.1" not in rows
