"""What a question asks for, finer than AnswerType, and whether a sentence holds such a thing.

"Hoeveel" may ask for an amount, a share, an age or how long something takes; a sentence with any
number in it does not answer all of these.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from assistant.fits import NUMBER_WORD
from assistant.understanding.asks import answer_type
from corpus.dutch import fold
from corpus.types import AnswerType, Query

Kind = Literal[
    "money",
    "percentage",
    "age",
    "duration",
    "time",
    "count",
    "date",
    "phone",
    "email",
    "website",
    "address",
    "place",
    "name",
    "who",
    "reason",
    "definition",
    "list",
    "how",
    "yesno",
    "open",
]

# First match counts; each pattern works on the folded question without its topic.
_ASKED: dict[Kind, re.Pattern[str]] = {
    "percentage": re.compile(r"percentage|hoeveel procent|\bpercent\b|\bwelk deel\b"),
    "age": re.compile(r"\bhoe oud\b|\bhow old\b|\bleeftijd"),
    "time": re.compile(r"\bhoe laat\b|\bwhat time\b|\bopeningstijd"),
    "money": re.compile(
        r"\b(?:hoogte|bedrag)\b|\buurloon\b|\bminimumloon|\bvergoeding per\b"
        r"|\bhoeveel (?:geld|subsidie|salaris|loon|euro|collegegeld)|\bhow much (?:money|is the)"
        r"|\b(?:wat|hoeveel) (?:kost(?:te|en)?|verdien\w*|betaal\w*)\b|\bwelk bedrag|\bprijs\b"
        r"|\bwat is (?:het|de|zijn|hun) (?:\w*loon|salaris|kosten|prijs|tarief)\b"
    ),
    "duration": re.compile(
        r"\bhoe ?lang\b|\bhow long\b|\bhoeveel (?:jaar|jaren|maand|maanden|week|weken|dag|dagen"
        r"|uur|uren|tijd)\b|\bhow (?:many|much) (?:years?|months?|weeks?|days?|hours?|time)\b"
        r"|\baantal (?:jaar|jaren|maanden|weken|dagen|uur|uren)\b"
    ),
    "count": re.compile(r"\bhoeveel\b|\bhow many\b|\baantal(?:len)?\b|\bnumber of\b"),
    "date": re.compile(
        r"\b(?:tot|vanaf|sinds|per) wanneer\b|\btot welk\w* (?:jaar|datum)|\bdatum\b|\bdeadline\b"
        r"|\bsluitingsdatum|\bstartdatum"
    ),
    "address": re.compile(r"\b(?:bezoek|post)?adres\b|\baddress\b|\bpostcode\b|\bwelke straat\b"),
    "name": re.compile(
        r"\bnaam van\b|\bnamen van\b|\bhoe heet(?:en|te)?\b|\bname of\b|\bwho is the\b"
        r"|\bwie is (?:de|het|onze|jullie)\b|\bwelke? (?:kamerlid|persoon|directeur|docent)\b"
    ),
    "place": re.compile(
        r"^(?:en )?waar (?:is|was|zit|zitten|wordt|werd|ligt|vindt)\b(?!.*\b(?:goed|voor|mee|toe)$)"
        r"|\bin welke (?:stad|plaats|regio|provincie)\b|^where (?:is|was|are|were|does)\b"
    ),
    "reason": re.compile(r"\bwaarom\b|\bhoezo\b|\bhoe komt het\b|\bwhy\b|\bom welke reden"),
}
_OF_TYPE: dict[AnswerType, Kind] = {
    "money": "money",
    "number": "count",
    "date": "date",
    "phone": "phone",
    "email": "email",
    "website": "website",
    "place": "address",
    "person": "who",
    "definition": "definition",
    "list": "list",
    "how": "how",
    "yesno": "yesno",
    "open": "open",
}
_SPAN = r"(?:jaar|jaren|maand|maanden|week|weken|dag|dagen|uur|uren|minuten|semesters?|kwartaal)"
_COUNT = rf"(?:\d+(?:[.,]\d+)?|{NUMBER_WORD}|halve|half|anderhalf|enkele|paar)"
_HELD: dict[Kind, re.Pattern[str]] = {
    "money": re.compile(r"€\s?\d|\d[\d.,]*\s?(?:miljoen |miljard )?euro\b|\beuro \d", re.I),
    "percentage": re.compile(
        r"\d\s?%|\d procent|\b(?:helft|kwart|derde|driekwart|merendeel)\b|\b\w+ op de \w+\b", re.I
    ),
    "age": re.compile(rf"\b{_COUNT} jaar\b|leeftijd|\d jarige", re.I),
    "duration": re.compile(
        rf"\b{_COUNT}(?:[- ](?:tot|a|à|of)[- ]{_COUNT})?[- ]{_SPAN}\b|\w+jarig|\bhalfjaar\b"
        r"|\b(?:sinds|vanaf|in) (?:\w+ )?(?:19|20)\d\d\b",
        re.I,
    ),
    "time": re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2} uur\b", re.I),
    "count": re.compile(rf"\d|\b(?:{NUMBER_WORD})\b", re.I),
    "date": re.compile(
        r"\b(?:19|20)\d{2}\b|\b(?:januari|februari|maart|april|mei|juni|juli|augustus|september"
        r"|oktober|november|december|zomer|najaar|voorjaar|winter)\b"
        r"|\b(?:eerste|tweede|derde|vierde|laatste) (?:jaar|studiejaar|semester)\b|\bjaar \d"
        r"|\b(?:tentamen|toets|examen)\w*",
        re.I,
    ),
    "phone": re.compile(r"(?<!\d)(?:\+31|0)[ -]?\d(?:[ -]?\d){7,8}(?!\d)"),
    "email": re.compile(r"\S@\S+\.\w"),
    "website": re.compile(r"\bwww\.|https?://|\b\w+\.nl\b"),
    "address": re.compile(
        r"\b\d{4}\s?[A-Z]{2}\b|\b[A-Z]\w+(?:straat|weg|laan|plein|kade|gracht|dijk) \d"
    ),
    "place": re.compile(r"\b(?:in|te|bij|aan|op|naar|uit) (?:de |het )?[A-Z]\w+"),
    # Two words with a capital, with or without a small word between them.
    "name": re.compile(r"[A-Z][\w.’'-]+ (?:(?:van|de|der|den|v\.) ?)*[A-Z][\w-]+"),
    "reason": re.compile(
        r"\b(?:omdat|doordat|want|vanwege|daardoor|zodat|dankzij|namelijk|reden\w*|wegens|immers"
        r"|hierdoor|waardoor|daarom|komt door|zorgt)\b",
        re.I,
    ),
}
STRICT: frozenset[Kind] = frozenset(
    {
        "money",
        "percentage",
        "age",
        "duration",
        "time",
        "count",
        "date",
        "phone",
        "email",
        "website",
        "address",
    }
)
"""Kinds without which a text cannot answer: no amount, no answer to what something costs."""
_TOPIC = re.compile(r" \(over: .*$", re.DOTALL)


def own_text(query: Query) -> str:
    """What is asked, without the topic of the questions before it."""
    return _TOPIC.sub("", query.text)


def kind_of(query: Query) -> Kind:
    """What kind of thing would answer the question; that of its topic counts for a fragment."""
    return _kind_of(query.parts[0] if query.parts else query.text, query.asks)


@lru_cache(maxsize=200)  # asked at every step of an answer
def _kind_of(question: str, asks: AnswerType) -> Kind:
    own = fold(_TOPIC.sub("", question))
    for kind, pattern in _ASKED.items():
        if pattern.search(own):
            return kind
    asked = answer_type(own)
    return _OF_TYPE[asked if asked != "open" else asks]


def holds(kind: Kind, text: str) -> bool:
    """True when ``text`` holds such a thing, or when the kind asks for nothing special."""
    pattern = _HELD.get(kind)
    return pattern is None or pattern.search(text) is not None
