"""The body of an HTTP answer, decompressed piece by piece so that no piece can explode."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

_PIECE = 1 << 18  # bytes that one step yields at most
_GZIP = 16 + zlib.MAX_WBITS


class TooLargeError(Exception):
    """More came than was asked for."""


class DamagedError(Exception):
    """What came cannot be decompressed, or is not all of it."""


def inflate(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """``chunks`` as they were before ``encoding`` (a Content-Encoding), in pieces of some size.

    We ask for gzip alone. Raises DamagedError for another encoding, for what is damaged and for
    what ends too soon.
    """
    if encoding in ("", "identity"):
        yield from chunks
    elif encoding in ("gzip", "x-gzip"):
        yield from _gunzip(chunks)
    else:
        raise DamagedError(f"Content-Encoding {encoding}")


def _gunzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    member = zlib.decompressobj(_GZIP)
    begun = False
    try:
        for chunk in chunks:
            left = chunk
            while left:
                if member.eof:  # gzip may be several of these behind each other
                    member = zlib.decompressobj(_GZIP)
                begun = True
                yield member.decompress(left, _PIECE)
                left = member.unused_data if member.eof else member.unconsumed_tail
    except zlib.error as error:
        raise DamagedError(str(error)) from None
    if begun and not member.eof:
        raise DamagedError("gzip ends too soon")
