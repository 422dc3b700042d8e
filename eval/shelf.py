"""What an edition holds, whether readers see it or it is only staged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from corpus.errors import BadInputError, NotReadyError
from corpus.ledger import Ledger
from corpus.registry import Registry
from corpus.types import Version


@dataclass(frozen=True, slots=True)
class Contents:
    """The versions of one edition, by document id."""

    edition: int
    versions: Mapping[str, Version]


class Shelf(Protocol):
    """Opens editions."""

    def open(self, edition: int | None = None) -> Contents:
        """What an edition holds, by default the published one."""


class EditionShelf:
    """The editions of this installation."""

    def __init__(self, registry: Registry, ledger: Ledger) -> None:
        self._registry = registry
        self._ledger = ledger

    def open(self, edition: int | None = None) -> Contents:
        """What an edition holds, by default the published one.

        Raises NotReadyError when nothing is published, BadInputError for an unknown edition.
        """
        number = edition if edition is not None else self._ledger.current()
        if number is None:
            raise NotReadyError(
                "Er is nog geen editie gepubliceerd. Zet eerst documenten klaar met: "
                "routewijzer ingest BESTAND --publish"
            )
        if self._ledger.edition(number) is None:
            raise BadInputError(
                f"Editie {number} bestaat niet. "
                "Kijk met `routewijzer corpus history` welke edities er zijn."
            )
        members = self._ledger.members(number)
        return Contents(number, {d: self._registry.version(v) for d, v in members.items()})
