"""Whether questions can be answered, and if not, which part it is."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from corpus.errors import RoutewijzerError

log = logging.getLogger(__name__)

FINE = "ok"
NO_EDITION = "Er is nog geen editie gepubliceerd. Publiceer eerst documenten."
_NO_DATABASE = "De database is niet te lezen."
_BROKEN = "Dit onderdeel werkt niet; het logboek zegt meer."
_FRESH_S = 1.0

Check = Callable[[int], None]
"""Looks at one part, for the edition with this number. Raises RoutewijzerError with one line, in
which no path of the server stands: everyone may read it."""


@dataclass(frozen=True, slots=True)
class Report:
    """How each part stands: ``ok`` or what is wrong with it."""

    edition: int | None
    parts: Mapping[str, str]

    @property
    def ready(self) -> bool:
        """Whether every part is fine."""
        return all(stands == FINE for stands in self.parts.values())


class Readiness:
    """Looks at the database each time, and at the other parts once a second."""

    def __init__(
        self,
        current_edition: Callable[[], int | None],
        checks: Mapping[str, Check] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._current_edition = current_edition
        self._checks = checks or {}
        self._now = now
        self._kept: tuple[int, float, dict[str, str]] | None = None

    def look(self) -> Report:
        """How everything stands now."""
        try:
            edition = self._current_edition()
        except RoutewijzerError as error:  # PostgreSQL is away: no path in that, and no trace
            return Report(None, {"database": str(error)})
        except Exception:
            log.exception("The database cannot be read")
            return Report(None, {"database": _NO_DATABASE})
        if edition is None:
            return Report(None, {"database": FINE, "edition": NO_EDITION})
        parts = {"database": FINE, "edition": FINE, **self._others(edition)}
        return Report(edition, parts)

    def _others(self, edition: int) -> dict[str, str]:
        kept, now = self._kept, self._now()
        if kept is not None and kept[0] == edition and now - kept[1] < _FRESH_S:
            return kept[2]
        found = {name: _stands(name, check, edition) for name, check in self._checks.items()}
        self._kept = edition, now, found
        return found


def _stands(name: str, check: Check, edition: int) -> str:
    try:
        check(edition)
    except RoutewijzerError as error:
        return str(error)
    except Exception:
        # A probe answers whatever happens; what happened is in the log.
        log.exception("The check of %s failed", name)
        return _BROKEN
    return FINE
