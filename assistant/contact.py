"""Whom to ask: the programme's own address, as the published documents give it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.composing.told import Told
from assistant.fits import fits
from assistant.per_edition import PerEdition
from corpus.library import Library
from corpus.types import Evidence, Hit, Metadata, Passage, Sentence

_SECTION = re.compile(r"contact|meer weten|meer informatie|vragen\b|aanmelden", re.IGNORECASE)
_INVITES = re.compile(
    r"\b(?:contact|informatie|vragen|mail\w*|e-mail\w*|bel|bereikbaar|website|verwijst)\b",
    re.IGNORECASE,
)
_PROGRAMME = re.compile(r"\bprogramma\w*|\bprojectleid\w*|\bprogrammaleid\w*", re.IGNORECASE)
_ABOUT_ELSE = re.compile(
    r"\bonderzoek\w*|\brapport\w*|\bnulmeting\w*|\bliteratuur|\[\d+\]", re.IGNORECASE
)
_ADDRESSES = ("email", "phone", "website")
"""What an address can be, the surest first."""
_LEAST = 3.0
"""Points below which an address is more likely somebody else's."""


@dataclass(frozen=True, slots=True)
class Contact:
    """The sentences that say whom to ask, each to be cited. Not empty."""

    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    sentence: Sentence
    hit: Hit
    kind: str
    points: float


class Contacts:
    """Finds the contact of an edition, once for each. Several threads may use it."""

    def __init__(self, library: Library) -> None:
        self._found = PerEdition(library, find_contact)

    def contact(self) -> Contact | None:
        """The contact of the published edition; None when it names none, or there is none."""
        return self._found.get()


def find_contact(hits: Iterable[Hit]) -> Contact | None:
    """The sentence with the programme's address, and the one with its site when that is another.

    Preferred are a section that invites to ask, the programme page, and what is newest.
    """
    places = [place for hit in hits for place in _places(hit)]
    places = [p for p in places if p.points >= _LEAST]
    if not places:
        return None
    best = max(places, key=_order)
    told = [best]
    sites = [p for p in places if p.kind == "website" and best.kind != "website"]
    if sites and not fits("website", _without_mail(best.sentence.text)):
        told.append(max(sites, key=_order))
    return Contact(tuple(Told(p.sentence, _evidence(p), "sentence") for p in told))


# --- steps -----------------------------------------------------------------------------------


def _places(hit: Hit) -> Iterator[_Place]:
    """The sentences of a passage that hold an address, with what speaks for each."""
    for sentence in hit.passage.sentences:
        kind = _address_in(sentence.text)
        if kind:
            yield _Place(sentence, hit, kind, _points(sentence, hit.passage, hit.metadata))


def _address_in(text: str) -> str:
    held = {
        "email": fits("email", text),
        "phone": fits("phone", text),
        "website": fits("website", _without_mail(text)),
    }
    return next((kind for kind in _ADDRESSES if held[kind]), "")


def _without_mail(text: str) -> str:
    return re.sub(r"\S+@\S+", "", text)


def _points(sentence: Sentence, passage: Passage, metadata: Metadata) -> float:
    return (
        2.0 * (_SECTION.search(passage.section_path) is not None)
        + 2.0 * (_PROGRAMME.search(sentence.text) is not None)
        + 1.0 * (_INVITES.search(sentence.text) is not None)
        + 0.5 * (metadata.kind == "programmapagina")
        - 3.0 * (_ABOUT_ELSE.search(sentence.text) is not None)
        - 2.0 * (passage.kind == "reference")
        - 1.0 * (metadata.kind == "onderzoek")
    )


def _order(place: _Place) -> tuple[float, float, str, int]:
    """A person to write to goes before a site; then the points, then the newest."""
    reach = 1.0 if place.kind in ("email", "phone") else 0.0
    return (reach, place.points, place.hit.metadata.published or "", -place.sentence.start)


def _evidence(place: _Place) -> Evidence:
    return Evidence(place.sentence, place.hit, place.points, 0.0, 0.0, fits=True)
