"""What comes of asking for a page: it, the news that it has not changed, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from corpus.errors import BadInputError

Reason = Literal["gone", "forbidden", "unreachable", "refused"]
"""The page is no longer there; the site wants no robots or no strangers; it cannot be reached now;
or what it sent, or where it leads, is not to be read."""


class FetchError(BadInputError):
    """A page that was not fetched; ``reason`` says in one word why."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Validators:
    """How a server recognises what we have, as it sent it (``ETag``, ``Last-Modified``)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page is what it was."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page, whole."""

    url: str
    """Where it was found, after redirects."""
    name: str
    """A file name for it, with the extension of what it is."""
    data: bytes = field(repr=False)
    content_type: str
    """As the server sent it; may be empty."""
    validators: Validators
    warnings: tuple[str, ...] = ()
