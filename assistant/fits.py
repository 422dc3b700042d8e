"""What can be told of a sentence by its form: whether it holds what is asked, and stands alone."""

from __future__ import annotations

import re

from corpus.types import AnswerType

NUMBER_WORD = (
    r"[eé]én|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|vijftien|twintig|dertig|veertig"
    r"|vijftig|honderd|duizend|helft|kwart|driekwart|derde|tientallen|veertigtal|tiental|meeste"
)
"""Alternatives for a regular expression."""
_HOLDS: dict[AnswerType, re.Pattern[str]] = {
    "money": re.compile(r"€\s?\d|\d[\d.,]*\s?euro\b|\beuro \d", re.IGNORECASE),
    "number": re.compile(rf"\d|\b(?:{NUMBER_WORD})\b", re.IGNORECASE),
    "date": re.compile(
        r"\b(?:19|20)\d{2}\b|\b(?:januari|februari|maart|april|mei|juni|juli|augustus|september"
        r"|oktober|november|december|zomer|najaar|voorjaar|winter)\b"
        r"|(?:eerste|tweede) jaar|jaar \d",
        re.IGNORECASE,
    ),
    "phone": re.compile(r"(?<!\d)(?:\+31|0)[ -]?\d(?:[ -]?\d){7,8}(?!\d)"),
    "email": re.compile(r"\S@\S+\.\w"),
    "website": re.compile(r"\bwww\.|https?://|\b\w+\.nl\b"),
    "place": re.compile(r"\b\d{4}\s?[A-Z]{2}\b|\bstraat\b|\bweg \d|\bplein\b"),
    # A name inside a sentence: two words with a capital, or one behind a small word.
    "person": re.compile(
        r"[A-Z][\w.’'-]+ (?:(?:van|de|der|den|v\.) ?)*[A-Z][\w-]+"
        r"|\b\w*(?:begeleiders?|leiders?|co[oö]rdinator(?:en)?|werkgevers?|bedrijf|bedrijven"
        r"|hogeschool|hogescholen|docent(?:en)?|studenten?|branches?|verenigingen?|ministeries?"
        r"|team|directeur(?:en)?|medewerkers?|organisaties?)\b"
    ),
}
_STRICT: frozenset[AnswerType] = frozenset(
    {"phone", "email", "website", "money", "number", "date", "place"}
)
_DEFINES = re.compile(
    r"^(?:(?:een|de|het) )?[\w‘’'-]+(?: [\w‘’'-]+){0,4}(?: \([^)]*\))?"
    r" (?:is|zijn|betreft|betekent|bestaat uit|staat voor)\b",
    re.IGNORECASE,
)
_LEANS_BACK = re.compile(
    r"^[‘'“\"(]?(?:dit|dat|deze|die|hij|zij|ze|het gaat|daar\w*|hier\w*|zo\b|zulke|dus|maar|en"
    r"|of|ook|tevens|dan|bijvoorbeeld|verder|bovendien|enerzijds|anderzijds|vervolgens|insteek"
    r"|een andere|op die manier|op deze manier)\b",
    re.IGNORECASE,
)


def defines(text: str) -> bool:
    """Whether a sentence opens by saying what something is ("Een Ad is …", "RAAK (…) is …")."""
    return _DEFINES.search(text) is not None


def leans_back(text: str) -> bool:
    """Whether a sentence leans on the one before it ("Dit betekent …", "Daarbij …")."""
    return _LEANS_BACK.search(text) is not None


def fits(kind: AnswerType, text: str) -> bool:
    """True when ``text`` holds what ``kind`` asks for, or ``kind`` asks for nothing special."""
    pattern = _HOLDS.get(kind)
    return pattern is None or pattern.search(text) is not None


def is_strict(kind: AnswerType) -> bool:
    """Whether a text without such a thing cannot answer: no amount, no answer to "hoeveel"."""
    return kind in _STRICT
