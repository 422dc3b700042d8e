"""Sends requests to an embedding service, within a limit of time and with more than one try."""

from __future__ import annotations

import json
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx2

from corpus.errors import BadInputError, NotReadyError

_URL, _KEY = "ROUTEWIJZER_EMBEDDING_URL", "ROUTEWIJZER_EMBEDDING_API_KEY"
_BUSY = frozenset({408, 429, 500, 502, 503, 504})
"""Statuses after which another try may do."""
_FIRST_WAIT_S = 0.1
_MAX_BYTES = 64_000_000
_DO = {
    401: ("weigert de sleutel", f"Controleer {_KEY}."),
    403: ("weigert de sleutel", f"Controleer {_KEY}."),
    404: (
        "kent dit adres of dit model niet",
        f"Controleer {_URL}, ROUTEWIJZER_EMBEDDING_API en ROUTEWIJZER_EMBEDDING_MODEL.",
    ),
    413: ("vindt de tekst te lang", "Laat de dienst meer tekens aannemen."),
}
_LATER = "Probeer het over een minuut nog eens."
_LOOK = "Het logboek van die dienst zegt meer."


class ServiceAwayError(NotReadyError):
    """The service gives no answer now; later it may."""


class ServiceWrongError(NotReadyError):
    """The service refuses, or what it gives cannot be used: somebody has to look."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often a request is tried."""

    seconds: float
    """In all, with what is waited in between."""
    tries: int


class Caller:
    """Asks one service. Safe to use from several threads."""

    def __init__(
        self,
        url: str,
        key: str,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """``key`` goes along as a bearer token; "" sends none. Raises BadInputError when ``url``
        is not a plain address."""
        self._now = now
        self._sleep = sleep
        self._url = _checked(url)
        self._client = httpx2.Client(headers={"Authorization": f"Bearer {key}"} if key else {})
        # Nobody knows when the last user of an embedder has gone.
        weakref.finalize(self, self._client.close)

    def ask(self, path: str, body: dict[str, Any] | None, patience: Patience) -> Any:
        """The answer, read as JSON; without a ``body`` it is a GET.

        Raises ServiceAwayError when no answer came in time, ServiceWrongError when it is one that
        another try would not change.
        """
        until = self._now() + patience.seconds
        wait = _FIRST_WAIT_S
        for left in reversed(range(patience.tries)):
            try:
                return self._once(path, body, until, patience.seconds)
            except _TryAgainError as error:
                wait = max(wait, error.wait)
                if not left or self._now() + wait >= until:
                    raise ServiceAwayError(str(error)) from error
            self._sleep(wait)
            wait *= 2
        raise AssertionError("the last try returns or raises")

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _once(self, path: str, body: dict[str, Any] | None, until: float, seconds: float) -> Any:
        limit = httpx2.Timeout(max(0.01, until - self._now()))
        method = "GET" if body is None else "POST"
        try:
            with self._client.stream(method, self._url + path, json=body, timeout=limit) as reply:
                content = self._content(reply, until)
        except (httpx2.TimeoutException, TimeoutError) as error:
            raise ServiceAwayError(
                told(f"geeft binnen {seconds:g} seconden geen antwoord", _LATER)
            ) from error
        except httpx2.TransportError as error:
            why = " ".join(str(error).split())[:100] or type(error).__name__
            raise _TryAgainError(told(f"is niet te bereiken ({why})", _LATER)) from error
        _check_status(reply)
        try:
            return json.loads(content)
        except ValueError as error:
            raise ServiceWrongError(told("geeft een antwoord dat geen JSON is", _LOOK)) from error

    def _content(self, reply: httpx2.Response, until: float) -> bytes:
        """What was sent; a service that sends a byte now and then does not hold us up for ever."""
        parts, size = [], 0
        for part in reply.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > _MAX_BYTES:
                raise ServiceWrongError(told("geeft een veel te lang antwoord", _LOOK))
            if self._now() > until:
                raise TimeoutError
        return b"".join(parts)


class _TryAgainError(Exception):
    """It did not work this time."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        """``wait`` is how many seconds the service asks for."""
        super().__init__(message)
        self.wait = wait


def told(what: str, do: str) -> str:
    """One line on the service. Readers see it, too: no address stands in it."""
    return f"De embeddingdienst (instelling {_URL}) {what}. {do}"


def _check_status(reply: httpx2.Response) -> None:
    status = reply.status_code
    if status == 200:
        return
    if status in _BUSY:
        asked = reply.headers.get("Retry-After", "")
        wait = float(asked) if asked.isdecimal() else 0.0
        raise _TryAgainError(told(f"heeft het te druk of is stuk (HTTP {status})", _LATER), wait)
    what, do = _DO.get(status, ("weigert het verzoek", _LOOK))
    raise ServiceWrongError(told(f"{what} (HTTP {status})", do))


def _checked(url: str) -> str:
    try:
        read = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError):
        read = httpx2.URL()
    plain = read.scheme in ("http", "https") and read.host and not read.query and not read.fragment
    if not plain or read.userinfo:
        # The address itself is not repeated: a password may stand in it.
        raise BadInputError(
            f"De instelling {_URL} is geen adres van een dienst. Schrijf bijvoorbeeld "
            f"https://host:8080/v1, zonder naam en wachtwoord; een sleutel hoort in {_KEY}."
        )
    return url.rstrip("/")
