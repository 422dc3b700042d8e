from __future__ import annotations

from collections.abc import Generator

import pytest

from assistant.clock import Clock


class Time:
    """Goes on only when it is told to."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_a_step_that_is_done_twice_is_added_up_in_its_place() -> None:
    time = Time()
    clock = Clock(time)
    for step, seconds in (("zoeken", 0.1), ("kiezen", 0.2), ("zoeken", 0.3)):
        time.at += seconds
        clock.done(step)
    assert clock.steps == (("zoeken", 400.0), ("kiezen", 200.0))


def test_the_time_that_a_reader_takes_belongs_to_no_step() -> None:
    time = Time()
    clock = Clock(time)

    def pieces() -> Generator[str, None, int]:
        for piece in ("een", "twee"):
            time.at += 0.1
            yield piece
        return 2

    def all_of() -> Generator[str, None, None]:
        made = yield from clock.unheard(pieces())
        assert made == 2

    for _ in all_of():
        time.at += 5.0
    clock.done("schrijven")
    assert clock.steps == (("schrijven", 200.0),)


def test_who_stops_listening_ends_the_work() -> None:
    ended = []

    def pieces() -> Generator[str, None, None]:
        try:
            yield "een"
            yield "twee"
        finally:
            ended.append(True)

    heard = Clock(Time()).unheard(pieces())
    assert next(heard) == "een"
    heard.close()
    assert ended == [True]


def test_what_goes_wrong_in_the_work_is_raised() -> None:
    def pieces() -> Generator[str, None, None]:
        yield "een"
        raise ZeroDivisionError

    heard = Clock(Time()).unheard(pieces())
    next(heard)
    with pytest.raises(ZeroDivisionError):
        next(heard)
