"""What is embedded: the words themselves, behind the names of the things around them.

A heading often holds the only mention of what its text is about, and a list item means little
without the sentence that introduces it.
"""

from __future__ import annotations

import hashlib
import re

from corpus.types import Passage, Sentence, Version

# A list says by its form what it is; people ask for it by that name ("criteria", "varianten"),
# which its own words often do not hold.
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"\b(als|mits|wanneer|indien)\s*:$|\b(criteria|voorwaarden|eisen)\b[^.]*:$"),
        "criteria, voorwaarden, eisen",
    ),
    (re.compile(r"\b(als volgt uitzien|varianten|vormen)\b"), "varianten, vormen, mogelijkheden"),
    (
        re.compile(r"\b(denk (bijvoorbeeld )?aan|manieren|mogelijkheden)\b"),
        "manieren, mogelijkheden",
    ),
    (re.compile(r"\b(personen|leden|bestaat uit)\b"), "leden, namen, wie"),
    (re.compile(r"\b(redenen|argumenten|motieven|waarom)\b"), "redenen, voordelen"),
    (re.compile(r"\b(adviezen|tips|aandachtspunten|aanbevelingen)\b"), "tips, adviezen, stappen"),
    (re.compile(r"\b(doel|beoogt|ambitie)\w*\b"), "doelen, ambities"),
)


def list_hint(passage: Passage) -> str:
    """What people call a list of this form; empty for other passages."""
    leads = [s.text for s in passage.sentences if s.kind == "lead"]
    said = " ".join((passage.lead, *leads)).lower()
    return "; ".join(names for form, names in _FORMS if form.search(said))


def passage_text(version: Version, passage: Passage) -> str:
    """Title, headings and introducing sentence, then the passage."""
    head = " > ".join((version.metadata.title, *passage.section))
    return "\n".join(
        part for part in (head, list_hint(passage), passage.lead, passage.text) if part
    )


def sentence_text(version: Version, passage: Passage, sentence: Sentence) -> str:
    """The innermost heading and the introducing sentence, then the sentence."""
    head = passage.section[-1] if passage.section else version.metadata.title
    lead = version.text[slice(*sentence.lead)] if sentence.lead else ""
    return "\n".join(part for part in (head, lead, sentence.text) if part)


def vector_key(text: str) -> str:
    """Key under which the vector of ``text`` is kept: equal text is embedded once."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
