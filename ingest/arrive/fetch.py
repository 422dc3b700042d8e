"""Fetches a page from the web: politely, in bounded time and space, from the public net only."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import httpcore2
import httpx2

from ingest.arrive.addresses import Addresses
from ingest.arrive.arrived import content_encoding, made
from ingest.arrive.connection import CheckedBackend, Deadline
from ingest.arrive.fetched import Fetched, FetchError, NotModified, Validators
from ingest.arrive.inflate import DamagedError, TooLargeError, inflate
from ingest.arrive.robots import MAX_BYTES, Robots, parse_robots
from ingest.arrive.urls import checked_url, follow, shown

MAX_REDIRECTS = 5
MAX_DELAY = 30.0
"""Seconds that we wait between two requests to a site that asks for more."""
PAUSE = 1.0
"""Seconds between two pages of one site that asks for nothing."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADER = re.compile(r"[\x20-\x7e]{1,500}")
_FAULTS = (
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
    DamagedError,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent, its body whole and no longer compressed."""

    status: int
    headers: Mapping[str, str]
    """By name in lower case."""
    body: bytes = field(repr=False)


class Fetcher:
    """Fetches pages. Keeps the robots.txt of every site that it has seen, so make one for each run.

    ``agent`` is the User-Agent, ``max_bytes`` the most that a page may hold after decompression,
    ``seconds`` the longest that one may take, redirects included.
    """

    def __init__(
        self,
        addresses: Addresses,
        agent: str,
        max_bytes: int,
        seconds: float,
        *,
        pause: float = PAUSE,
        sleep: Callable[[float], None] = time.sleep,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._addresses = addresses
        self._agent = agent
        self._max_bytes = max_bytes
        self._seconds = seconds
        self._pause = pause
        self._sleep = sleep
        self._ssl_context = ssl_context
        self._robots: dict[str, Robots] = {}
        self._last: dict[str, float] = {}

    def fetch(self, url: str, known: Validators | None = None) -> Fetched | NotModified:
        """The page at ``url``; NotModified when the server says that we have it as ``known``.

        Raises FetchError, with the reason, for what is not there, not allowed, not reached or
        not to be read; BadInputError for what is no document.
        """
        here = checked_url(url)
        self._wait(here)
        deadline = Deadline(self._seconds)
        for _ in range(MAX_REDIRECTS + 1):
            self._ask_robots(here)
            answer = self._get(here, deadline, self._max_bytes, _conditions(known))
            self._last[_site(here)] = time.monotonic()
            if answer.status == 304 and known is not None:
                return NotModified()
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or location is None:
                _refuse_status(here, answer.status)
                return made(str(here), answer.headers, answer.body, _validators(answer))
            here = follow(here, location)
        raise FetchError("refused", f"{shown(url)} verwijst te vaak door. Geef het eindadres.")

    # --- politeness --------------------------------------------------------------------------

    def _wait(self, url: httpx2.URL) -> None:
        site = _site(url)
        if site in self._last:
            asked = self._robots[site].delay if site in self._robots else 0.0
            until = self._last[site] + max(self._pause, min(asked, MAX_DELAY))
            if (seconds := until - time.monotonic()) > 0:
                self._sleep(seconds)

    def _ask_robots(self, url: httpx2.URL) -> None:
        site = _site(url)
        if site not in self._robots:
            self._robots[site] = self._load_robots(url)
        if not self._robots[site].allows(url.raw_path.decode("ascii")):
            raise FetchError(
                "forbidden",
                f"{shown(str(url))}: de website wil niet dat programma's deze pagina ophalen "
                "(robots.txt). Bewaar de pagina als bestand en lees dat in.",
            )

    def _load_robots(self, url: httpx2.URL) -> Robots:
        """The rules of a site. None (4xx, endless redirects): all is allowed; out of order (5xx):
        nothing is, as RFC 9309 has it."""
        here = url.join("/robots.txt")
        deadline = Deadline(self._seconds)
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._get(here, deadline, MAX_BYTES, {}, cut=True)
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or location is None:
                break
            here = follow(here, location)
        else:
            return Robots()
        if answer.status >= 500 or answer.status == 429:
            raise FetchError(
                "unreachable",
                f"De website {url.host} heeft een storing ({answer.status} op robots.txt). "
                "Probeer het later.",
            )
        return parse_robots(answer.body) if answer.status == 200 else Robots()

    # --- one request -------------------------------------------------------------------------

    def _get(
        self,
        url: httpx2.URL,
        deadline: Deadline,
        most: int,
        conditions: Mapping[str, str],
        cut: bool = False,
    ) -> Answer:
        headers = {
            # Named here: httpcore2 leaves the brackets of an IPv6 address out.
            "Host": url.netloc.decode("ascii"),
            "User-Agent": self._agent,
            "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5",
            "Accept-Language": "nl, en;q=0.5",
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **conditions,
        }
        target = httpcore2.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        backend = CheckedBackend(self._addresses, deadline)
        try:
            with (
                httpcore2.ConnectionPool(self._tls(url), network_backend=backend) as pool,
                pool.stream("GET", target, headers=list(headers.items())) as response,
            ):
                received = _headers(response.headers)
                body = b""
                if response.status == 200:
                    body = _body(received, response.iter_stream(), most, cut)
                return Answer(response.status, received, body)
        except TooLargeError:
            raise FetchError(
                "refused",
                f"{shown(str(url))} is te groot. Ten hoogste {most / 1_000_000:g} MB.",
            ) from None
        except httpcore2.TimeoutException:
            raise FetchError(
                "unreachable",
                f"{shown(str(url))}: de website antwoordt niet binnen {self._seconds:g} seconden. "
                "Probeer het later.",
            ) from None
        except _FAULTS as error:
            raise _unreachable(url, error) from None

    def _tls(self, url: httpx2.URL) -> ssl.SSLContext | None:
        if url.scheme == "https" and self._ssl_context is None:
            self._ssl_context = httpcore2.default_ssl_context()  # once: it reads a file of roots
        return self._ssl_context


def user_agent(release: str, contact: str) -> str:
    """How we make ourselves known, with whom to turn to when that is filled in."""
    plain = "".join(c for c in contact if c.isascii() and c.isprintable() and c not in "()\\")
    known = plain and "[" not in plain
    return f"Routewijzer/{release} (+{plain[:200]})" if known else f"Routewijzer/{release}"


# --- steps -----------------------------------------------------------------------------------


def _conditions(known: Validators | None) -> dict[str, str]:
    if known is None:
        return {}
    given = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in given.items() if value and _HEADER.fullmatch(value)}


def _validators(answer: Answer) -> Validators:
    found = [answer.headers.get(name, "") for name in ("etag", "last-modified")]
    etag, modified = (value if _HEADER.fullmatch(value) else None for value in found)
    return Validators(etag, modified)


def _headers(received: list[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in received:
        found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1").strip())
    return found


def _body(headers: Mapping[str, str], chunks: Iterator[bytes], most: int, cut: bool) -> bytes:
    """The body, decompressed. More than ``most`` bytes is TooLargeError, or cut off there."""
    body = bytearray()
    for part in inflate(chunks, content_encoding(headers)):
        body += part
        if len(body) > most:
            if cut:
                break
            raise TooLargeError
    return bytes(body)


def _refuse_status(url: httpx2.URL, status: int) -> None:
    page = shown(str(url))
    if status == 200:
        return
    if status in (404, 410):
        more = " meer" if status == 410 else ""
        raise FetchError("gone", f"{page} bestaat niet{more} ({status}). Controleer het adres.")
    if status in (401, 403):
        raise FetchError(
            "forbidden",
            f"{page} is niet openbaar ({status}): de website laat ons niet toe. "
            "Bewaar de pagina als bestand en lees dat in.",
        )
    if status >= 500 or status == 429:
        raise FetchError(
            "unreachable",
            f"{page}: de website kan de pagina nu niet geven ({status}). Probeer het later.",
        )
    raise FetchError("refused", f"{page}: de website geeft een onverwacht antwoord ({status}).")


def _unreachable(url: httpx2.URL, error: Exception) -> FetchError:
    if any(isinstance(cause, ssl.SSLError) for cause in error.args):
        why = "is niet veilig te bereiken: het certificaat of de versleuteling klopt niet"
    elif isinstance(error, httpcore2.ConnectError):
        why = "is niet te bereiken"
    else:
        why = "brak het antwoord af of stuurde iets onbegrijpelijks"
    return FetchError("unreachable", f"De website {url.host} {why}. Probeer het later.")


def _site(url: httpx2.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"
