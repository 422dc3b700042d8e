"""The assistant's own words. They state no fact about the programme."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.kinds import Kind
from corpus.types import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's own words; ``{...}`` is filled in."""

    not_found: str
    not_found_missing: str
    out_of_scope: str
    greeting: str
    thanked: str
    abused: str
    vague: str
    """For a question that does not say what it is about."""
    dated: str
    """Added when the documents are older than the present that is asked for."""
    of_year: str
    """The line above what one document says, with its year."""
    beside: str
    """The line above what bears on the same subject, behind what answers."""
    read_on: str
    """Where to read on."""
    uncovered: str
    """What is said of a part of a question that the documents do not answer."""
    uncovered_part: str
    """The same without naming the part."""
    foreign_frame: str
    missing: dict[Kind | None, str]


_DUTCH = Wording(
    not_found="Hierover staat niets in de documenten.",
    not_found_missing="De documenten noemen hierbij {what}.",
    out_of_scope=(
        "Daar kan ik niet bij helpen: ik beantwoord alleen vragen over de Mkb-route in het hbo."
    ),
    greeting="Goedendag! Stel gerust je vraag over de Mkb-route in het hbo.",
    thanked="Graag gedaan! Heb je nog een vraag over de Mkb-route, stel hem gerust.",
    abused=(
        "Dat helpt ons niet verder. Heb je een vraag over de Mkb-route in het hbo? "
        "Dan zoek ik het graag voor je op."
    ),
    vague="Ik weet niet waar je vraag over gaat. Noem het onderwerp erbij, dan zoek ik het op.",
    dated="Let op: de documenten zijn ouder. Bij de bronnen staat van wanneer ze zijn.",
    of_year="{line}, uit {year}:",
    beside="Ook over dit onderwerp:",
    read_on="Meer hierover staat onder “{heading}” [{number}].",
    uncovered="Over dit deel van je vraag staat niets in de documenten: {part}",
    uncovered_part="Over een deel van je vraag staat niets in de documenten.",
    foreign_frame="",
    missing={
        "money": "geen bedrag",
        "percentage": "geen percentage",
        "age": "geen leeftijd",
        "duration": "geen duur",
        "time": "geen tijd",
        "count": "geen aantal",
        "date": "geen datum of jaar",
        "address": "geen adres",
        "phone": "geen telefoonnummer",
        "email": "geen e-mailadres",
        "website": "geen website",
    },
)
_ENGLISH = Wording(
    not_found="The documents say nothing about this.",
    not_found_missing="The documents do not give {what} for this.",
    out_of_scope="I can only answer questions about the Mkb-route in het hbo.",
    greeting="Hello! Ask me anything about the Mkb-route in het hbo.",
    thanked="You are welcome! Feel free to ask another question about the Mkb-route.",
    abused=(
        "That does not help us along. Do you have a question about the Mkb-route in het hbo? "
        "Then I will gladly look it up."
    ),
    vague="I do not know what your question is about. Name the subject, and I will look it up.",
    dated="Please note: the documents are older. With the sources you see of when they are.",
    of_year="{line}, from {year}:",
    beside="Also on this subject:",
    read_on="Read on under “{heading}” [{number}].",
    uncovered="The documents say nothing about this part of your question: {part}",
    uncovered_part="The documents say nothing about a part of your question.",
    foreign_frame="The documents are in Dutch. They say:",
    missing={
        "money": "an amount",
        "percentage": "a percentage",
        "age": "an age",
        "duration": "a duration",
        "time": "a time",
        "count": "a number",
        "date": "a date or year",
        "address": "an address",
        "phone": "a phone number",
        "email": "an e-mail address",
        "website": "a website",
    },
)


def wording(language: Language) -> Wording:
    """The words for a language."""
    return _ENGLISH if language == "en" else _DUTCH
