"""The errors that a user can cause or mend. Each says what was wrong and what to do."""

from __future__ import annotations


class RoutewijzerError(Exception):
    """Base: the message is one plain line, shown to the user as it is."""


class BadInputError(RoutewijzerError):
    """A file, field or argument that cannot be used; nothing was stored. Exit code 2."""


class NotReadyError(RoutewijzerError):
    """Something must be done first (set up the model, publish an edition). Exit code 2."""


class BusyError(RoutewijzerError):
    """Another process is changing the corpus. Exit code 1: try again later."""
