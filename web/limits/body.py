"""Takes the body of a request in before the request may take anyone's place."""

from __future__ import annotations

from collections import deque

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive


async def taken_in(receive: Receive) -> Receive | None:
    """A ``receive`` that has all of the body already: whoever sends it slowly, or not at all,
    keeps only a connection busy. None when the client went away before all of it was in.

    It is bounded by the layer around this one, whose HTTPException is raised to the application
    and not here.
    """
    waiting: deque[Message | HTTPException] = deque()
    more = True
    while more:
        try:
            message = await receive()
        except HTTPException as refusal:
            waiting.append(refusal)
            break
        if message["type"] == "http.disconnect":
            return None
        waiting.append(message)
        more = bool(message.get("more_body", False))

    async def receive_again() -> Message:
        if not waiting:
            return await receive()
        following = waiting.popleft()
        if isinstance(following, HTTPException):
            raise following
        return following

    return receive_again
