"""Who guesses passwords waits, whatever name or address he takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from corpus import staff_tables
from corpus.brake import FREE_FAILURES, FREE_FROM_ADDRESS, Brake
from corpus.database import open_database
from tests.moving_clock import MovingClock


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


def fail(brake: Brake, times: int, name: str = "anja", address: str = "10.0.0.1") -> None:
    for _ in range(times):
        brake.failed(name, address)


def test_who_guesses_waits_longer_each_time(engine: Engine, clock: MovingClock) -> None:
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


def test_one_name_from_many_addresses_and_many_names_from_one(
    engine: Engine, clock: MovingClock
) -> None:
    brake = Brake(engine, clock)
    for number in range(FREE_FAILURES):
        brake.failed("Anja ", f"10.0.0.{number}")
    for number in range(FREE_FROM_ADDRESS):
        brake.failed(f"naam{number}", "10.9.9.9")
    assert brake.wait_s("anja", "10.0.7.7") > 0
    assert brake.wait_s("nieuw", "10.9.9.9") > 0
    assert brake.wait_s("bea", "10.0.7.7") <= 0


def test_who_gets_in_begins_anew(engine: Engine, clock: MovingClock) -> None:
    brake = Brake(engine, clock)
    fail(brake, FREE_FAILURES)
    brake.succeeded("anja")
    assert brake.wait_s("anja", "10.0.0.1") <= 0


def test_an_account_of_ones_own_does_not_make_guessing_at_others_free(
    engine: Engine, clock: MovingClock
) -> None:
    brake = Brake(engine, clock)
    for number in range(FREE_FROM_ADDRESS):
        brake.failed(f"naam{number}", "10.0.0.1")
        brake.succeeded("anja")
    assert brake.wait_s("bea", "10.0.0.1") > 0


def test_failures_are_forgotten_after_an_hour(engine: Engine, clock: MovingClock) -> None:
    brake = Brake(engine, clock)
    fail(brake, FREE_FAILURES - 1)
    clock.move(timedelta(minutes=61))
    fail(brake, 1)
    assert brake.wait_s("anja", "10.0.0.1") <= 0


def test_neither_name_nor_address_is_kept(engine: Engine, clock: MovingClock) -> None:
    Brake(engine, clock).failed("anja", "10.0.0.1")
    with engine.connect() as connection:
        rows = repr(connection.execute(select(staff_tables.sign_in_failure)).all())
    assert "anja" not in rows
    assert "10.0.0.1" not in rows
