"""An answer that takes too long: the reader hears so, and the work is not waited for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)


class _Gate:
    """Lets messages of a response through until it is shut."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started = False
        self.ended = False
        self.shut = False

    async def send(self, message: Message) -> None:
        if self.shut:
            return
        self.started = True
        await self._send(message)
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            self.ended = True


async def within(
    seconds: float,
    app: ASGIApp,
    scope: Scope,
    receive: Receive,
    send: Send,
    *,
    late: Callable[[], Awaitable[None]],
    ended: Callable[[], None],
) -> None:
    """Run ``app`` for at most ``seconds`` (0: as long as it takes).

    ``late`` responds when nothing was sent by then; a response that was begun is broken off.
    A thread cannot be stopped, so the work goes on unheard: ``ended`` is called when it is over.
    Raises what ``app`` raises in time.
    """
    gate = _Gate(send)
    task = asyncio.ensure_future(app(scope, receive, gate.send))
    task.add_done_callback(lambda _: ended())
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds or None)
    except asyncio.CancelledError:
        task.cancel()
        raise
    if done:
        task.result()
        return
    task.add_done_callback(_tell)
    if gate.ended:  # what is noted after a response may take its time
        return
    gate.shut = True
    if gate.started:
        task.cancel()
        return
    await late()


def _tell(task: asyncio.Future[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("An answer that came too late failed", exc_info=error)
