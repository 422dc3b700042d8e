"""The body of a request is in before the request takes a place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import anyio
import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from web.limits.body import taken_in

PART: Message = {"type": "http.request", "body": b"een", "more_body": True}
LAST: Message = {"type": "http.request", "body": b"twee", "more_body": False}
GONE: Message = {"type": "http.disconnect"}


def sending(*messages: Message | HTTPException) -> Receive:
    left = list(messages)

    async def receive() -> Message:
        following = left.pop(0)
        if isinstance(following, HTTPException):
            raise following
        return following

    return receive


def run(receive: Receive, check: Callable[[Receive], Awaitable[None]]) -> None:
    async def both() -> None:
        again = await taken_in(receive)
        assert again is not None
        await check(again)

    anyio.run(both)


def test_all_of_it_comes_again_and_then_what_follows() -> None:
    async def check(again: Receive) -> None:
        assert [await again() for _ in range(3)] == [PART, LAST, GONE]

    run(sending(PART, LAST, GONE), check)


def test_who_goes_away_halfway_takes_no_place() -> None:
    assert anyio.run(taken_in, sending(PART, GONE)) is None


def test_what_is_too_large_is_refused_by_the_application() -> None:
    async def check(again: Receive) -> None:
        assert await again() == PART
        with pytest.raises(HTTPException):
            await again()

    run(sending(PART, HTTPException(413)), check)
