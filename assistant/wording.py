"""The assistant's own words. They state no fact about the programme."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.types import AnswerType, Language


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's own words; ``{...}`` is filled in."""

    not_found: str
    not_found_missing: str
    out_of_scope: str
    greeting: str
    read_on: str
    """Where to read on."""
    uncovered: str
    """What is said of a part of a question that the documents do not answer."""
    uncovered_part: str
    """The same without naming the part."""
    foreign_frame: str
    missing: dict[AnswerType, str]
    suggestions: tuple[str, str]


_DUTCH = Wording(
    not_found="Hierover staat niets in de documenten.",
    not_found_missing="De documenten noemen hierbij {what}.",
    out_of_scope=(
        "Daar kan ik niet bij helpen: ik beantwoord alleen vragen over de Mkb-route in het hbo."
    ),
    greeting="Goedendag! Stel gerust je vraag over de Mkb-route in het hbo.",
    read_on="Meer hierover staat onder “{heading}” [{number}].",
    uncovered="Over dit deel van je vraag staat niets in de documenten: {part}",
    uncovered_part="Over een deel van je vraag staat niets in de documenten.",
    foreign_frame="",
    missing={
        "money": "geen bedrag",
        "number": "geen aantal",
        "date": "geen datum of jaar",
        "place": "geen adres",
        "phone": "geen telefoonnummer",
        "email": "geen e-mailadres",
        "website": "geen website",
        "person": "geen naam",
    },
    suggestions=("Wat is de Mkb-route in het hbo?", "Hoe richt ik een leerwerkplek in?"),
)
_ENGLISH = Wording(
    not_found="The documents say nothing about this.",
    not_found_missing="The documents do not give {what} for this.",
    out_of_scope="I can only answer questions about the Mkb-route in het hbo.",
    greeting="Hello! Ask me anything about the Mkb-route in het hbo.",
    read_on="Read on under “{heading}” [{number}].",
    uncovered="The documents say nothing about this part of your question: {part}",
    uncovered_part="The documents say nothing about a part of your question.",
    foreign_frame="The documents are in Dutch. They say:",
    missing={
        "money": "an amount",
        "number": "a number",
        "date": "a date or year",
        "place": "an address",
        "phone": "a phone number",
        "email": "an e-mail address",
        "website": "a website",
        "person": "a name",
    },
    suggestions=("What is the Mkb-route in het hbo?", "How do I set up a learning workplace?"),
)


def wording(language: Language) -> Wording:
    """The words for a language."""
    return _ENGLISH if language == "en" else _DUTCH
