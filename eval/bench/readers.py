"""Readers that ask a server questions, a number of them at once, each over its own connection."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_PATIENCE_S = 60


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reader got for one question."""

    seconds: float
    """From sending it to the last byte."""
    status: int
    """Of HTTP; 0 when the connection broke."""
    retry_after: int | None = None
    edition: int | None = None
    cited: tuple[str, ...] = ()
    """Versions of documents in the answer."""


@dataclass(frozen=True, slots=True)
class Load:
    """What all readers of one run got."""

    readers: int
    seconds: float
    replies: tuple[Reply, ...]

    @property
    def answered(self) -> list[Reply]:
        """Those with an answer."""
        return [reply for reply in self.replies if reply.status == 200]

    @property
    def refused(self) -> list[Reply]:
        """Those that were told to come back later, and when."""
        return [r for r in self.replies if r.status != 200 and r.retry_after is not None]

    @property
    def failed(self) -> int:
        """How many got neither an answer nor a polite refusal."""
        return len(self.replies) - len(self.answered) - len(self.refused)

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return len(self.answered) / self.seconds

    def percentile_ms(self, percent: float) -> float:
        """Of the time that an answer took; not a number when there was none."""
        taken = [reply.seconds * 1000 for reply in self.answered]
        return float(np.percentile(taken, percent)) if taken else float("nan")


def load(port: int, questions: Iterator[str], readers: int, going: Callable[[], bool]) -> Load:
    """Let ``readers`` ask at once, each a next question as soon as it has its answer, while
    ``going`` says so and there are questions: none is asked twice."""
    return asyncio.run(_load(port, questions, readers, going))


def together(port: int, questions: Sequence[str]) -> Load:
    """All questions at the same moment, each by a reader of its own, once."""
    return asyncio.run(_load(port, iter(questions), len(questions), lambda: True))


def for_seconds(seconds: float) -> Callable[[], bool]:
    """Says so for this long from now."""
    until = time.monotonic() + seconds
    return lambda: time.monotonic() < until


# --- steps -----------------------------------------------------------------------------------


async def _load(
    port: int, questions: Iterator[str], readers: int, going: Callable[[], bool]
) -> Load:
    began = time.perf_counter()
    replies: list[Reply] = []

    async def reader() -> None:
        connection = _Connection(port)
        for question in questions:
            reply = await connection.ask(question)
            replies.append(reply)
            if reply.status != 200:
                await connection.close()
            if not going():
                break
        await connection.close()

    await asyncio.gather(*(reader() for _ in range(readers)))
    return Load(readers, time.perf_counter() - began, tuple(replies))


class _Connection:
    """One connection that stays open. As little work as HTTP/1.1 can be: what the readers take of
    the processor, the server does not get."""

    def __init__(self, port: int) -> None:
        self._port = port
        # Opened by the first question, and again after anything went wrong.
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, question: str) -> Reply:
        began = time.perf_counter()
        try:
            async with asyncio.timeout(_PATIENCE_S):
                status, headers, body = await self._exchange(question)
        except (OSError, EOFError, TimeoutError):
            return Reply(time.perf_counter() - began, 0)
        taken = time.perf_counter() - began
        retry = headers.get("retry-after")
        if status != 200:
            return Reply(taken, status, int(retry) if retry is not None else None)
        answer: dict[str, Any] = json.loads(body)
        cited = tuple(dict.fromkeys(c["version_id"] for c in answer["citations"]))
        return Reply(taken, status, edition=answer["edition"], cited=cited)

    async def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def _exchange(self, question: str) -> tuple[int, dict[str, str], bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        body = json.dumps({"question": question}).encode()
        head = (
            f"POST /api/chat HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().rstrip().split("\r\n")
        headers = {name.lower(): value.strip() for name, value in (x.split(":", 1) for x in lines)}
        size = int(headers["content-length"])
        return int(first.split()[1]), headers, await reader.readexactly(size)
