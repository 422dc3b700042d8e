"""The Dutch words of the page, and how dates are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.types import Answer, Audience, Citation, Status

_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)

STATUS: dict[Status, tuple[str, str]] = {
    "answered": ("Beantwoord", "Het antwoord staat in de documenten."),
    "partial": (
        "Gedeeltelijk beantwoord",
        "De documenten geven antwoord op een deel van je vraag.",
    ),
    "not_found": ("Niet gevonden", "De documenten geven geen antwoord op je vraag."),
    "out_of_scope": (
        "Buiten het onderwerp",
        "Routewijzer geeft alleen antwoord op vragen over de Mkb-route in het hbo.",
    ),
}
"""Label and explanation per status of an answer."""

WHOM_TO_ASK = (
    "Vraag het aan het programma Mkb-route in het hbo, of aan de hogeschool waarmee je samenwerkt."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button: value in the address, label, and the audience that it stands for."""

    value: str
    label: str
    audience: Audience | None


CHOICES = (
    Choice("bedrijf", "een bedrijf", "bedrijf"),
    Choice("hogeschool", "een hogeschool", "hogeschool"),
    Choice("anders", "anders", None),
)

EXAMPLES: tuple[tuple[str, Audience, tuple[str, ...]], ...] = (
    (
        "Voor bedrijven",
        "bedrijf",
        (
            "Hoe richt ik een leerwerkplek in?",
            "Wie begeleidt de student in mijn bedrijf?",
            "Wat levert de Mkb-route mijn bedrijf op?",
        ),
    ),
    (
        "Voor hogescholen",
        "hogeschool",
        (
            "Hoe komen we in contact met bedrijven?",
            "Hoe kan een Mkb-route eruitzien?",
            "Welke tips zijn er voor het opzetten van een Mkb-route?",
        ),
    ),
)
"""Heading, audience and questions that are shown when nothing has been asked yet."""


def audience_of(value: str) -> Audience | None:
    """Audience for the value of ``doelgroep`` in the address; None for anything else."""
    return next((choice.audience for choice in CHOICES if choice.value == value), None)


def dutch_date(published: str) -> str:
    """Write ``2022-07-21`` as ``21 juli 2022``, ``2022-07`` as ``juli 2022``.

    Anything that is not such a date comes back as it is.
    """
    year, *rest = published.split("-")
    if not rest or not all(part.isdecimal() for part in rest):
        return published
    month = int(rest[0])
    if len(rest) > 2 or not 1 <= month <= len(_MONTHS):
        return published
    day = f"{int(rest[1])} " if len(rest) == 2 else ""
    return f"{day}{_MONTHS[month - 1]} {year}"


def explanation(answer: Answer, contact: Sequence[Citation] = ()) -> str:
    """What the status means. An answer without statements explains itself in its own text; whom
    to ask is added when nothing was found and no ``contact`` is shown."""
    own = "" if answer.statements else answer.text
    told = own or STATUS[answer.status][1]
    asks = answer.status == "not_found" and not contact
    return f"{told} {WHOM_TO_ASK}" if asks else told


def account(answer: Answer) -> str:
    """The line under an answer: who spoke, and from which edition."""
    if answer.engine == "extractive":
        how = "Antwoorden komen letterlijk uit de documenten, controleer ze daar."
    else:
        how = "Een taalmodel schreef dit antwoord op basis van de documenten, controleer het daar."
    return (
        f"Automatische assistent. {how} "
        f"Werkwijze: {answer.engine}. Editie: {answer.edition}. Kenmerk: {answer.trace_id}."
    )


def web_address(url: str | None) -> str | None:
    """The address when it is a http(s) one that is safe to link to, and None otherwise."""
    return url if url and url.startswith(("https://", "http://")) else None
