"""Web addresses: which ones we ask for at all, and how a redirect is followed."""

from __future__ import annotations

import re

import httpx2

from ingest.arrive.fetched import FetchError

_MAX_URL = 2000
_HOST = re.compile(r"(?!\.)(?:[A-Za-z0-9_-]{1,63}(?:\.|$)){1,60}", re.ASCII)


def checked_url(url: str) -> httpx2.URL:
    """``url`` without its fragment. Raises FetchError when it is no address that we would fetch."""
    try:
        read = httpx2.URL(url.strip()).copy_with(fragment=None)
    except (httpx2.InvalidURL, ValueError):
        raise FetchError("refused", f"{shown(url)} is geen geldig webadres.") from None
    if read.scheme not in ("http", "https") or not read.raw_host:
        raise FetchError(
            "refused", f"{shown(url)} is geen webadres. Begin met http:// of https://."
        )
    if read.userinfo:
        raise FetchError(
            "refused", f"{shown(read.host)}: laat de naam en het wachtwoord uit het webadres weg."
        )
    literal = b":" in read.raw_host
    if len(str(read)) > _MAX_URL or not (literal or _HOST.fullmatch(read.raw_host.decode("ascii"))):
        raise FetchError("refused", f"{shown(url)} is geen geldig webadres.")
    if read.port is not None and not 0 < read.port < 65536:
        raise FetchError("refused", f"{shown(url)} heeft een poort die niet bestaat.")
    return read


def follow(here: httpx2.URL, location: str) -> httpx2.URL:
    """Where a redirect from ``here`` leads. Raises FetchError like ``checked_url``."""
    try:
        return checked_url(str(here.join(location)))
    except (httpx2.InvalidURL, ValueError):
        raise FetchError(
            "refused", f"{shown(str(here))} verwijst door naar een adres dat niet klopt."
        ) from None


def shown(url: str) -> str:
    """An address for a message: one line that is not too long."""
    line = "".join(char if char.isprintable() else "?" for char in url)
    return line if len(line) <= 200 else line[:199] + "…"
