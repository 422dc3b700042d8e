"""The words of the page that depend on an answer. Each is translated where it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from assistant.wording import wording
from corpus.types import Answer, Audience, Citation, Language, Status
from web.language import N_, gettext

STATUS: dict[Status, tuple[str, str]] = {
    "answered": (N_("Beantwoord"), N_("Het antwoord staat in de documenten.")),
    "partial": (
        N_("Gedeeltelijk beantwoord"),
        N_("De documenten geven antwoord op een deel van je vraag."),
    ),
    "not_found": (N_("Niet gevonden"), N_("De documenten geven geen antwoord op je vraag.")),
    "out_of_scope": (
        N_("Buiten het onderwerp"),
        N_("Routewijzer geeft alleen antwoord op vragen over de Mkb-route in het hbo."),
    ),
}
"""Label and explanation per status of an answer, in Dutch."""

WHOM_TO_ASK = N_(
    "Vraag het aan het programma Mkb-route in het hbo, of aan de hogeschool waarmee je samenwerkt."
)

KNOWN_ERRORS = (
    N_("De vraag is leeg. Typ een vraag in gewone woorden."),
    N_("Er is nog geen editie gepubliceerd. Publiceer eerst documenten."),
)
"""What readers may see of the errors that other parts raise. Others stay in Dutch."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button: value in the address, label, and the audience that it stands for."""

    value: str
    label: str
    audience: Audience | None


CHOICES = (
    Choice("bedrijf", N_("een bedrijf"), "bedrijf"),
    Choice("hogeschool", N_("een hogeschool"), "hogeschool"),
    Choice("anders", N_("anders"), None),
)

EXAMPLES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        N_("Voor bedrijven"),
        "bedrijf",
        (
            N_("Hoe richt ik een leerwerkplek in?"),
            N_("Wie begeleidt de student in mijn bedrijf?"),
            N_("Wat levert de Mkb-route mijn bedrijf op?"),
        ),
    ),
    (
        N_("Voor hogescholen"),
        "hogeschool",
        (
            N_("Hoe komen we in contact met bedrijven?"),
            N_("Aan welke criteria moet een Mkb-route voldoen?"),
            N_("Welke tips zijn er voor het opzetten van een Mkb-route?"),
        ),
    ),
    (
        N_("Voor iedereen"),
        "anders",
        (
            N_("Wat is de Mkb-route in het hbo?"),
            N_("Welke varianten van werken en leren zijn er?"),
            N_("Bij wie kan ik terecht met vragen?"),
        ),
    ),
)
"""Heading, value of a choice and questions that are shown when nothing has been asked yet."""


def audience_of(value: str) -> Audience | None:
    """Audience for the value of ``doelgroep`` in the address; None for anything else."""
    return next((choice.audience for choice in CHOICES if choice.value == value), None)


def known_choice(value: str) -> str:
    """``value`` when it is one of the radio buttons; empty for anything else."""
    return value if value in {choice.value for choice in CHOICES} else ""


def choice_of(audience: Audience | None) -> str:
    """The value of ``doelgroep`` for an audience; empty when no button stands for it."""
    return next((c.value for c in CHOICES if audience and c.audience == audience), "")


def beside_language(heading: str) -> Language | None:
    """The language of the line that says that what follows only bears on the same subject; None
    for any other line above a statement."""
    known: tuple[Language, ...] = get_args(Language)
    return next((language for language in known if wording(language).beside == heading), None)


def is_greeting(answer: Answer) -> bool:
    """Whether it greets or thanks back: then it is no judgement of a question."""
    words = wording(answer.language)
    return not answer.statements and answer.text in (words.greeting, words.thanked)


def own_words(answer: Answer) -> str:
    """What an answer without statements says of itself, in its own language; else empty."""
    return "" if answer.statements else answer.text


def in_dutch(answer: Answer) -> str:
    """Tells who asked in another language that the documents are in Dutch; else empty."""
    if not answer.statements or answer.engine != "extractive":
        return ""
    return wording(answer.language).foreign_frame


def whom_to_ask(answer: Answer, contact: Sequence[Citation] = ()) -> str:
    """Whom to ask when nothing was found; empty when the ``contact`` is shown by itself."""
    return gettext(WHOM_TO_ASK) if answer.status == "not_found" and not contact else ""


def account(answer: Answer) -> str:
    """The line under an answer: who spoke, and from which edition."""
    if answer.engine == "extractive":
        how = gettext(
            "Automatische assistent. Antwoorden komen letterlijk uit de documenten, controleer "
            "ze daar."
        )
    else:
        how = gettext(
            "Automatische assistent. Een taalmodel ({engine}) schreef dit antwoord op basis van "
            "de documenten, controleer het daar."
        )
    which = gettext("Editie: {edition}. Kenmerk: {trace}.")
    return f"{how} {which}".format(
        engine=answer.engine, edition=answer.edition, trace=answer.trace_id
    )


def web_address(url: str | None) -> str | None:
    """The address when it is a http(s) one that is safe to link to, and None otherwise."""
    return url if url and url.startswith(("https://", "http://")) else None
