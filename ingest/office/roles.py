"""What a paragraph is, by the name of its style in Word or LibreOffice, English or Dutch."""

from __future__ import annotations

import re
from typing import Literal

Role = Literal["body", "heading", "title", "quote", "caption", "contents"]

_HEADING = re.compile(r"(?:heading|kop|kopje|überschrift|titre)[ _-]?([1-9])\b")
_SUBHEADING = re.compile(r"(?:tussenkop|subkop|subheading)(?:je)?\b")
_SUBHEADING_LEVEL = 3
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        "contents",
        re.compile(
            r"(?:toc|inhopg|inhoudsopgave|contents|index)(?: heading)? ?\d?"
            r"|kop ?van ?inhoudsopgave|table of figures|lijst met afbeeldingen"
        ),
    ),
    ("title", re.compile(r"(?:document|hoofd)? ?tit(?:le|el)")),
    ("quote", re.compile(r"block text|(?:.*\W)?(?:block)?(?:quote|citaat|quotation)s?(?:\W.*)?")),
    ("caption", re.compile(r"(?:.*\W)?(?:caption|bijschrift|onderschrift)(?:\W.*)?")),
)


def role_of(name: str) -> tuple[Role, int]:
    """The role of a style called ``name`` (in small letters), and of a heading its level."""
    role = next((role for role, pattern in _ROLES if pattern.fullmatch(name)), None)
    if role is not None:
        return role, 0
    heading = _HEADING.match(name)
    if heading:
        return "heading", int(heading.group(1))
    return ("heading", _SUBHEADING_LEVEL) if _SUBHEADING.match(name) else ("body", 0)
