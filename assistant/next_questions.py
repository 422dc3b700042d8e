"""Questions that a document answers itself: its headings, and its lists under their own lead.

A heading that is a question stays as it is. From any other heading or lead a question is made
only by a form that is sure to be good Dutch; most give none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.types import Audience, Hit, Passage

_LONGEST = 110
"""Characters of a question that fits on a button."""
_NUMBERED = re.compile(r"^\s*(?:\d+(?:\.\d+)*\.?|[a-z]\))\s+")
_QUESTION = re.compile(
    r"^(?:wat|wie|waar\w*|wanneer|hoe\w*|welke?|is|zijn|kan|kun|kunnen|mag|mogen|moet|moeten|heb"
    r"|heeft|met wie|voor wie|aan welke|zouden|krijg\w*|bestaat)\b[^?]{8,}\?$",
    re.IGNORECASE,
)
_LEANS = re.compile(r"\b(?:dit|dat|deze|hier\w*|daar\w*|zo['’]n|bovenstaande|onderstaande)\b", re.I)
_NOT_OURS = re.compile(rf"\d|{_LEANS.pattern}", re.I)
"""What a question of our own making does not hold: a figure would be told without its source."""
_SMALL_WORD = r"(?:de|het|een|ons|onze|je)"
_HEADINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^tips (voor|bij) (.+)$", re.I), r"Welke tips zijn er \1 \2?"),
    (
        re.compile(r"^(criteria|eisen|voorwaarden|kenmerken) (voor|van|aan) (.+)$", re.I),
        r"Wat zijn de \1 \2 \3?",
    ),
    (
        re.compile(rf"^(?:dit is )?((?:{_SMALL_WORD} )(?:\w*team|raad van \w+|bestuur))$", re.I),
        r"Wie zitten er in \1?",
    ),
    (re.compile(r"^dit zijn (de .+)$", re.I), r"Wat zijn \1?"),
    (re.compile(r"^in contact komen met (.+)$", re.I), r"Hoe kom je in contact met \1?"),
    (re.compile(r"^werven van (.+)$", re.I), r"Hoe werf je \1?"),
    (re.compile(r"^begeleiden van (.+)$", re.I), r"Hoe begeleid je \1?"),
    (re.compile(r"^vinden van (.+)$", re.I), r"Hoe vind je \1?"),
    (re.compile(r"^(?:opzetten|opzet) van (een .+)$", re.I), r"Hoe zet je \1 op?"),
    (re.compile(r"^inrichten van (een .+)$", re.I), r"Hoe richt je \1 in?"),
    (
        re.compile(r"^tevredenheid (?:van )?(bedrijven|studenten|docenten)$", re.I),
        r"Hoe tevreden zijn \1?",
    ),
)
_LEADS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"^((?:een|de|het) [\w-]+) kan (.+ zijn) als:$", re.I),
        r"Wanneer kan \1 \2?",
    ),
    (
        re.compile(r"^((?:een|de|het) [^,:]{3,50}?) kan er als volgt uitzien:$", re.I),
        r"Hoe kan \1 eruitzien?",
    ),
    (
        re.compile(r"^((?:een|de|het) [^,:]{3,50}?) (biedt|doet|levert|vraagt|kost):$", re.I),
        r"Wat \2 \1?",
    ),
    (
        re.compile(
            r"^((?:het|de) (?:\w*team|raad van \w+|bestuur)[^,:]{0,50}?) bestaat uit(?: de volgende"
            r" personen)?:$",
            re.I,
        ),
        r"Wie zitten er in \1?",
    ),
    (
        re.compile(r"\bredenen (?:naar voren )?(waarom [^,.:]{10,70})[.:]", re.I),
        r"Wat zijn de redenen \1?",
    ),
    (
        re.compile(r"^er zijn (?:diverse|verschillende) (\w+) (om [^.:]{10,80})[.:]", re.I),
        r"Welke \1 zijn er \2?",
    ),
    (
        re.compile(r"\bzijn er (?:diverse|verschillende) (groepen (?:van )?\w+) die\b", re.I),
        r"Welke \1 zijn er?",
    ),
    (
        re.compile(r"\bzijn de volgende (\w+) (betrokken bij [^:]{5,60}):$", re.I),
        r"Welke \1 zijn \2?",
    ),
    (
        re.compile(
            r"^(tijdens [^,:]{5,60}) staat een aantal (thema['’]s|onderwerpen) centraal:$", re.I
        ),
        r"Welke \2 staan centraal \1?",
    ),
    (re.compile(r"^((?:het|de) [^,:]{3,60}?) beoogt\b", re.I), r"Wat beoogt \1?"),
)
_FOR: dict[Audience, re.Pattern[str]] = {
    "bedrijf": re.compile(
        r"\b(?:voor|als|je|een) (?:\w+ )?(?:bedrijf|bedrijven|werkgevers?)\b", re.I
    ),
    "hogeschool": re.compile(
        r"\b(?:voor|als|je|een) (?:\w+ )?(?:hogeschool|hogescholen|docenten|route-coördinator)\b",
        re.I,
    ),
}
"""How a title, a heading or a question names whom it is for."""


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """A question, and the passage that is to answer it."""

    text: str
    hit: Hit
    """Without its text and sentences: nearly every passage has a question, and they are kept."""
    is_heading: bool
    """Whether it stands in the document as it is."""

    @property
    def place(self) -> tuple[str, tuple[str, ...]]:
        """Version and section: every passage under one heading answers it."""
        return self.hit.passage.version_id, self.hit.passage.section


def next_questions(hits: Iterable[Hit]) -> list[NextQuestion]:
    """The questions of passages (in the order of their documents), each once."""
    found: dict[str, NextQuestion] = {}
    for hit in hits:
        if hit.passage.kind == "reference":
            continue
        for text in _of_passage(hit.passage):
            is_heading = text == _plain(hit.passage.section[-1]) if hit.passage.section else False
            found.setdefault(text.lower(), NextQuestion(text, _place_of(hit), is_heading))
    return list(found.values())


def _place_of(hit: Hit) -> Hit:
    return replace(hit, passage=replace(hit.passage, text="", sentences=()))


def suits(question: NextQuestion, audience: Audience | None) -> bool:
    """Whether a question is one for an audience: its document is, and it names no other."""
    if audience is None:
        return True
    audiences = question.hit.metadata.audiences
    if audiences and audience not in audiences:
        return False
    said = (question.hit.metadata.title, *question.hit.passage.section, question.text)
    named = addressed("\n".join(said))
    return not named or audience in named or audience not in _FOR


def addressed(text: str) -> frozenset[Audience]:
    """Whom a title, a heading or a question says that it is for: "tips voor je bedrijf"."""
    return frozenset(one for one, words in _FOR.items() if words.search(text))


def as_question(heading: str) -> str:
    """The question that a heading is, or gives; empty when there is none."""
    plain = _plain(heading)
    if _QUESTION.match(plain):
        return "" if _LEANS.search(plain) or len(plain) > _LONGEST else plain
    return _made(plain, _HEADINGS)


# --- steps -----------------------------------------------------------------------------------


def _plain(heading: str) -> str:
    return " ".join(_NUMBERED.sub("", heading).split())


def _of_passage(passage: Passage) -> Iterator[str]:
    heading = as_question(passage.section[-1]) if passage.section else ""
    if heading:
        yield heading
        return  # what introduces its list answers that question, too
    for sentence in passage.sentences:
        made = _made(" ".join(sentence.text.split()), _LEADS) if sentence.kind == "lead" else ""
        if made:
            yield made


def _made(text: str, forms: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, question in forms:
        found = pattern.search(text)
        if found:
            lowered = [_lowered(group) for group in found.groups()]
            made = question
            for place, group in enumerate(lowered, start=1):
                made = made.replace(f"\\{place}", group)
            return "" if _NOT_OURS.search(made) or len(made) > _LONGEST else made
    return ""


def _lowered(words: str) -> str:
    """A small word that opened a sentence does not open the question."""
    first, _, rest = words.partition(" ")
    if re.fullmatch(_SMALL_WORD, first, re.I) or (first.isalpha() and first[1:].islower()):
        return f"{first.lower()} {rest}".strip()
    return words
