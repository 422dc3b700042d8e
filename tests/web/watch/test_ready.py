from __future__ import annotations

import logging

import pytest

from corpus.errors import NotReadyError
from web.watch.ready import NO_EDITION, Readiness


class Part:
    """A part whose state a test sets, and that counts how often it is looked at."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.looked = 0

    def __call__(self, edition: int) -> None:
        self.looked += 1
        if self.error is not None:
            raise self.error


class Time:
    at = 0.0

    def __call__(self) -> float:
        return self.at


def test_all_is_well() -> None:
    report = Readiness(lambda: 7, {"disk": Part()}).look()
    assert report.ready
    assert (report.edition, report.parts) == (7, {"database": "ok", "edition": "ok", "disk": "ok"})


def test_each_part_says_what_is_wrong_with_it(caplog: pytest.LogCaptureFixture) -> None:
    parts = {
        "index": Part(NotReadyError("De index ontbreekt.")),
        "model": Part(),
        "disk": Part(PermissionError("/geheim/pad")),
    }
    with caplog.at_level(logging.ERROR):
        report = Readiness(lambda: 7, parts).look()
    assert not report.ready
    assert report.parts["index"] == "De index ontbreekt."
    assert report.parts["model"] == "ok"
    assert "geheim" not in report.parts["disk"]
    assert "disk" in caplog.text


def test_without_an_edition_or_a_database_nothing_else_is_looked_at() -> None:
    part = Part()
    assert Readiness(lambda: None, {"disk": part}).look().parts["edition"] == NO_EDITION

    def broken() -> int:
        raise OSError

    report = Readiness(broken, {"disk": part}).look()
    assert (report.ready, report.edition, list(report.parts)) == (False, None, ["database"])
    assert part.looked == 0


def test_parts_are_looked_at_once_a_second_and_with_every_new_edition() -> None:
    time, part, edition = Time(), Part(), [7]
    readiness = Readiness(lambda: edition[0], {"disk": part}, time)
    for at, looked in ((0.0, 1), (0.9, 1), (1.0, 2), (1.5, 2)):
        time.at = at
        readiness.look()
        assert part.looked == looked
    edition[0] = 8
    assert readiness.look().edition == 8
    assert part.looked == 3
