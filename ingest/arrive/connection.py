"""Connections that go where was checked, and end in time.

The address that is connected to is the one that was judged, so a name server that answers
differently the second time gains nothing. TLS is still verified against the host name.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable

import httpcore2

from ingest.arrive.addresses import Addresses

_CONNECT_SECONDS = 10.0


class Deadline:
    """The moment at which all must be done."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until = clock() + seconds

    def left(self, most: float | None = None) -> float:
        """Seconds that are left, at most ``most``. Raises ReadTimeout when there are none."""
        seconds = self._until - self._clock()
        if seconds <= 0:
            raise httpcore2.ReadTimeout("deadline")
        return seconds if most is None else min(seconds, most)


class TimedStream(httpcore2.NetworkStream):
    """A connection of which every read and write ends before the deadline.

    A time limit on each read alone would let a server send one byte now and then, for ever.
    """

    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Up to ``max_bytes`` bytes."""
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send ``buffer``."""
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        """The same connection, secured; the certificate must be of ``server_hostname``."""
        seconds = self._deadline.left(timeout)
        secured = self._inner.start_tls(ssl_context, server_hostname, seconds)
        return TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        """What the connection knows of itself."""
        return self._inner.get_extra_info(info)


class CheckedBackend(httpcore2.NetworkBackend):
    """Connects to the checked addresses of a host, in turn."""

    def __init__(self, addresses: Addresses, deadline: Deadline) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to ``host``. Raises FetchError when its addresses are not permitted."""
        failed: Exception = httpcore2.ConnectError(host)
        for address in self._addresses.of(host, port):
            try:
                seconds = self._deadline.left(timeout or _CONNECT_SECONDS)
                stream = self._inner.connect_tcp(address, port, seconds, None, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
            else:
                return TimedStream(stream, self._deadline)
        raise failed
