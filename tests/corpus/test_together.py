"""Who waits is taken along, and gets what is its own."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.together import Together


class Machine:
    """Says of each text what it is, and holds each run up until it may go on."""

    def __init__(self) -> None:
        self.runs: list[list[str]] = []
        self.began = threading.Semaphore(0)
        self.may_end = threading.Semaphore(0)

    def __call__(self, texts: Sequence[str]) -> list[str]:
        self.runs.append(list(texts))
        self.began.release()
        assert self.may_end.acquire(timeout=20)
        if "stuk" in texts:
            raise ValueError("stuk")
        return [f"<{text}>" for text in texts]


def wait_for(together: Together[str], count: int) -> None:
    """Until that many stand in line."""
    gate = threading.Event()
    for _ in range(2000):
        if len(together._waiting) == count:
            return
        gate.wait(0.005)
    raise AssertionError(f"{len(together._waiting)} wait, not {count}")


def test_who_asks_alone_runs_alone() -> None:
    machine = Machine()
    machine.may_end.release()
    assert Together(machine, 8).ask(["een", "twee"]) == ["<een>", "<twee>"]
    assert machine.runs == [["een", "twee"]]


def test_who_waits_is_taken_along_up_to_the_most() -> None:
    machine = Machine()
    together = Together(machine, 3)
    with ThreadPoolExecutor(6) as pool:
        answers = [pool.submit(together.ask, ["vraag0"])]
        assert machine.began.acquire(timeout=20)
        for n in range(1, 6):
            answers.append(pool.submit(together.ask, [f"vraag{n}"]))
            wait_for(together, n)
        machine.may_end.release(9)
        found = [answer.result(timeout=20) for answer in answers]
    assert found == [[f"<vraag{n}>"] for n in range(6)]
    assert machine.runs == [["vraag0"], ["vraag1", "vraag2", "vraag3"], ["vraag4", "vraag5"]]


def test_what_is_much_longer_is_not_taken_along() -> None:
    machine = Machine()
    together = Together(machine, 8)
    texts = ["kort", "korter", "lang " * 50, "kortst"]
    with ThreadPoolExecutor(5) as pool:
        answers = [pool.submit(together.ask, ["eerst"])]
        assert machine.began.acquire(timeout=20)
        for n, text in enumerate(texts, 1):
            answers.append(pool.submit(together.ask, [text]))
            wait_for(together, n)
        machine.may_end.release(9)
        assert [answer.result(timeout=20)[0] for answer in answers[1:]] == [
            f"<{text}>" for text in texts
        ]
    assert machine.runs[1:] == [["kort", "korter", "kortst"], ["lang " * 50]]


def test_all_who_were_taken_along_hear_what_went_wrong_and_the_next_runs() -> None:
    machine = Machine()
    together = Together(machine, 2)
    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(together.ask, ["eerst"])]
        assert machine.began.acquire(timeout=20)
        for n, text in enumerate(["stuk", "heel", "later"], 1):
            answers.append(pool.submit(together.ask, [text]))
            wait_for(together, n)
        machine.may_end.release(9)
        for answer in answers[1:3]:
            with pytest.raises(ValueError, match="stuk"):
                answer.result(timeout=20)
        assert answers[3].result(timeout=20) == ["<later>"]
    machine.may_end.release()
    assert together.ask(["weer"]) == ["<weer>"]


def test_several_runs_go_on_at_once() -> None:
    machine = Machine()
    together = Together(machine, 8, at_once=2)
    with ThreadPoolExecutor(3) as pool:
        answers = [pool.submit(together.ask, [text]) for text in ("een", "twee")]
        assert machine.began.acquire(timeout=20)
        assert machine.began.acquire(timeout=20)
        answers.append(pool.submit(together.ask, ["drie"]))
        wait_for(together, 1)
        machine.may_end.release(9)
        assert [answer.result(timeout=20) for answer in answers] == [
            ["<een>"],
            ["<twee>"],
            ["<drie>"],
        ]
    assert len(machine.runs) == 3
