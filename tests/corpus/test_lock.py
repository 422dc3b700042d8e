from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path

import pytest

from corpus.errors import BusyError
from corpus.lock import WriteLock
from tests.corpus import worker


def test_the_holder_may_take_it_again_and_gives_it_back(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path, 0.1)
    with lock.held(), lock.held():
        pass
    with WriteLock(tmp_path, 0.1).held():
        pass


def test_it_is_given_back_after_an_error(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path, 0.1)
    with pytest.raises(ValueError, match="mis"), lock.held():
        raise ValueError("mis")
    with WriteLock(tmp_path, 0.1).held():
        pass


def test_another_thread_must_wait(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path, 0.05)
    outcome: list[str] = []

    def take() -> None:
        try:
            with lock.held():
                outcome.append("held")
        except BusyError:
            outcome.append("busy")

    with lock.held():
        thread = threading.Thread(target=take)
        thread.start()
        thread.join()
    take()
    assert outcome == ["busy", "held"]


def test_another_process_must_wait_until_the_holder_is_dead(tmp_path: Path) -> None:
    here, there = multiprocessing.Pipe()
    process = worker.start(worker.hold_lock, tmp_path, there)
    assert here.poll(30)
    lock = WriteLock(tmp_path, 0.1)
    with pytest.raises(BusyError, match="Een ander proces"), lock.held():
        pass
    process.kill()
    process.join()
    with lock.held():
        pass
