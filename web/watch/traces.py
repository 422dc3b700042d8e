"""Traces: a span for each request, and one within it for each step of an answer.

The spans are made when a request is over, from what was timed anyway: nothing else knows of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from corpus.errors import BadInputError
from web.watch.request import Answered

MISSING = (
    "ROUTEWIJZER_OTEL_ENDPOINT (of OTEL_EXPORTER_OTLP_ENDPOINT) is ingesteld, maar OpenTelemetry "
    "is niet geïnstalleerd. Installeer het met: pip install 'routewijzer[otel]'"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One request that is over."""

    method: str
    route: str
    status: int
    began_ns: int
    """Unix time."""
    seconds: float
    answered: tuple[Answered, ...] = ()
    refused: str = ""


class Spans(Protocol):
    """Takes what was seen of a request."""

    def request(self, seen: Seen) -> None:
        """Hand it on; called within the request, whose trace id it has."""


def check_installed() -> None:
    """Raises BadInputError when OpenTelemetry is not installed."""
    try:
        import web.watch.otel  # noqa: F401 - takes a while, and is rarely needed
    except ImportError:
        raise BadInputError(MISSING) from None


def open_spans(endpoint: str) -> Spans:
    """Sends spans to ``endpoint`` (``http://host:4317``).

    Raises BadInputError when OpenTelemetry is not installed.
    """
    check_installed()
    from web.watch.otel import export_to

    return export_to(endpoint)
