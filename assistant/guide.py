"""How to go on from an answer: next questions, a question back, and whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.clarify import clarify
from assistant.contact import Contacts
from assistant.draft import Draft, Part
from assistant.present import number_citations
from assistant.retrieve import Retrieved
from assistant.suggest import Suggester
from corpus.dutch import DutchAnalyser
from corpus.types import Choice, Citation, Query


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an answer."""

    suggestions: tuple[str, ...] = ()
    asks_back: str = ""
    choices: tuple[Choice, ...] = ()
    contact: tuple[Citation, ...] = ()


class Guide:
    """Knows what can be asked of the published edition. Several threads may use it."""

    def __init__(self, suggester: Suggester, contacts: Contacts, analyser: DutchAnalyser) -> None:
        self._suggester = suggester
        self._contacts = contacts
        self._analyser = analyser

    def beside(
        self, query: Query, draft: Draft, retrieved: Retrieved, parts: Sequence[Part]
    ) -> Beside:
        """What to offer beside ``draft``, which answers ``query`` by its ``parts``."""
        told = [t for part in parts for t in part.told]
        outside = draft.status == "out_of_scope"
        meant = None if outside else clarify(query, retrieved, self._analyser)
        contact = self._contacts.contact() if draft.status == "not_found" else None
        return Beside(
            suggestions=self._suggester.suggest(query, told, retrieved.hits, out_of_scope=outside),
            asks_back=meant.question if meant is not None else "",
            choices=meant.choices if meant is not None else (),
            contact=tuple(number_citations(contact.told)[1]) if contact is not None else (),
        )
