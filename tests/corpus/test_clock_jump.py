"""A clock that is put an hour forward or back signs nobody in or out, and locks nobody out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from corpus.brake import FREE_FAILURES, Brake
from corpus.database import open_database
from corpus.staff import IDLE, Accounts, Sessions
from tests.moving_clock import MovingClock

HOUR = timedelta(hours=1)
JUMPS = pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["vooruit", "terug"])


@pytest.fixture
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_database(tmp_path_factory.mktemp("klok"))
    accounts = Accounts(engine, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    for name in ("anja", "bea"):
        accounts.add(name, "vier losse woorden samen", "editor")
    yield engine
    engine.dispose()


@pytest.mark.fault
@JUMPS
def test_who_is_at_work_stays_signed_in_and_who_left_stays_out(
    engine: Engine, jump: timedelta, record_property: pytest.RecordProperty
) -> None:
    way = "vooruit" if jump > timedelta() else "terug"
    record_property("fault", f"klok springt een uur {way} terwijl er mensen zijn ingelogd")
    record_property("recovery_s", 0.0)
    clock = MovingClock()
    sessions = Sessions(engine, clock)
    left, late = sessions.open("bea"), sessions.open("bea")
    gone = sessions.find(left)
    assert gone is not None
    sessions.close(gone)
    clock.move(IDLE + HOUR + timedelta(seconds=1))
    assert sessions.find(late) is None  # too long ago, also by a clock that is put back
    anja = sessions.open("anja")
    for back_and_forth in (jump, -jump, -jump, jump):
        clock.move(back_and_forth)
        assert sessions.find(anja) is not None
        assert sessions.find(sessions.open("bea")) is not None
        assert sessions.find(left) is None
    assert sessions.find(late) is None


@JUMPS
def test_a_session_begun_at_the_wrong_hour_ends_in_time(engine: Engine, jump: timedelta) -> None:
    clock = MovingClock()
    sessions = Sessions(engine, clock)
    clock.move(jump)
    anja = sessions.open("anja")
    clock.move(-jump)
    assert sessions.find(anja) is not None
    clock.move(IDLE + HOUR + timedelta(minutes=2))
    assert sessions.find(anja) is None


@JUMPS
def test_who_mistyped_once_may_go_on_and_who_guesses_waits_no_longer(
    engine: Engine, jump: timedelta
) -> None:
    clock = MovingClock()
    brake = Brake(engine, clock)
    brake.failed("anja", "10.0.0.1")
    for _ in range(FREE_FAILURES):
        brake.failed("bea", "10.0.0.2")
    clock.move(jump)
    assert brake.wait_s("anja", "10.0.0.1") <= 0
    assert brake.wait_s("bea", "10.0.0.2") <= 15
    clock.move(-jump)
    assert brake.wait_s("bea", "10.0.0.2") == 15
