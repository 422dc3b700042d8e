"""HTTP as uvicorn speaks it with httptools, which sets no limit of its own to what comes before a
body: neither to its size, nor to how long it may take."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 64 * 1024
"""Of the request line and the headers together; one read more may come in before it is noticed."""
HEAD_SECONDS = 30.0
"""The longest that a client may take over them, from the connection or from the last answer on."""


class BoundedHttp(HttpToolsProtocol):
    """A connection of which the head of each request is bounded in size and time."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._head_bytes = 0
        self._in_head = True
        self._too_slow: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to count and to wait."""
        super().connection_made(transport)
        self._too_slow = self.loop.call_later(HEAD_SECONDS, transport.close)

    def data_received(self, data: bytes) -> None:
        """Take the next bytes, or refuse them."""
        if self._in_head and self._head_bytes > MOST_HEAD_BYTES:
            self.send_400_response("De koppen van dit verzoek zijn te groot.")
            return
        self._head_bytes += len(data) if self._in_head else 0
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A request begins; on a connection that was kept its time begins here."""
        super().on_message_begin()
        self._in_head = True
        if self._too_slow is None:
            self._too_slow = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def on_headers_complete(self) -> None:
        """The head is in."""
        self._in_head, self._head_bytes = False, 0
        self._stop_waiting()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _stop_waiting(self) -> None:
        if self._too_slow is not None:
            self._too_slow.cancel()
            self._too_slow = None
