from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.limits.deadline import within

START: Message = {"type": "http.response.start", "status": 200, "headers": []}
LAST: Message = {"type": "http.response.body", "body": b"einde"}
MORE: Message = {"type": "http.response.body", "body": b"deel", "more_body": True}


async def nothing() -> Message:
    return {"type": "http.disconnect"}


class Run:
    """What came of an application that had a hundredth of a second."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.was_late = False
        self.ended = 0

    async def of(self, app: ASGIApp, seconds: float = 0.01) -> None:
        async def send(message: Message) -> None:
            self.sent.append(message)

        async def late() -> None:
            self.was_late = True

        def ended() -> None:
            self.ended += 1

        await within(seconds, app, {"type": "http"}, nothing, send, late=late, ended=ended)


def app(*steps: Message | Callable[[], object] | float) -> ASGIApp:
    async def play(scope: Scope, receive: Receive, send: Send) -> None:
        for step in steps:
            if callable(step):
                step()
            elif isinstance(step, float):
                await asyncio.sleep(step)
            else:
                await send(step)

    return play


def test_an_answer_in_time_passes_as_it_is() -> None:
    run = Run()
    asyncio.run(run.of(app(START, MORE, LAST), 5.0))
    assert (run.sent, run.was_late, run.ended) == ([START, MORE, LAST], False, 1)


def test_no_limit() -> None:
    run = Run()
    asyncio.run(run.of(app(0.02, START, LAST), 0))
    assert (run.sent, run.was_late) == ([START, LAST], False)


def test_an_error_in_time_is_raised() -> None:
    run = Run()
    with pytest.raises(ZeroDivisionError):
        asyncio.run(run.of(app(lambda: 1 / 0), 5.0))
    assert run.ended == 1


def test_what_comes_too_late_is_not_heard_but_keeps_its_place_until_it_is_over() -> None:
    run = Run()

    async def play() -> None:
        await run.of(app(0.05, START, LAST))
        assert (run.was_late, run.ended) == (True, 0)
        await asyncio.sleep(0.1)

    asyncio.run(play())
    assert (run.sent, run.ended) == ([], 1)


def test_a_response_that_was_begun_is_broken_off() -> None:
    run = Run()

    async def play() -> None:
        await run.of(app(START, MORE, 5.0, LAST))
        await asyncio.sleep(0)

    asyncio.run(play())
    assert (run.sent, run.was_late, run.ended) == ([START, MORE], False, 1)


def test_what_is_done_after_a_response_may_take_its_time() -> None:
    run, done = Run(), []

    async def play() -> None:
        await run.of(app(START, LAST, 0.03, lambda: done.append(True)))
        assert (run.was_late, done) == (False, [])
        await asyncio.sleep(0.1)

    asyncio.run(play())
    assert (done, run.ended) == ([True], 1)


def test_an_error_that_nobody_waits_for_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    run = Run()

    async def play() -> None:
        await run.of(app(0.02, lambda: 1 / 0))
        await asyncio.sleep(0.05)

    with caplog.at_level(logging.ERROR):
        asyncio.run(play())
    assert run.was_late
    assert [record.message for record in caplog.records] == ["An answer that came too late failed"]


def test_when_the_server_stops_so_does_the_work() -> None:
    run = Run()

    async def play() -> None:
        task = asyncio.create_task(run.of(app(60.0), 50.0))
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await asyncio.sleep(0)

    asyncio.run(play())
    assert run.ended == 1
