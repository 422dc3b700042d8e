"""Someone's words, by their quotation marks."""

from __future__ import annotations

import re

_QUOTED = re.compile(
    r"""(?:[“„"«].{20,}[”"“»]|[‘'].{60,}['’])   # short ones are titles and terms
        [.,]?(?:\s*\([^()]{1,200}\))?\.?""",
    re.VERBOSE | re.DOTALL,
)
_ENDS_INSIDE = re.compile(r"[”»]|['’\"](?=[\s.,;:!?)])")


def is_quotation(text: str) -> bool:
    """Whether ``text`` is wholly the words of someone, perhaps with who said it in brackets."""
    if not _QUOTED.fullmatch(text):
        return False
    inside = re.sub(r"\s*\([^()]*\)\.?$", "", text).rstrip(".,")[1:-1]
    return not (text[0] in "“„«" and _ENDS_INSIDE.search(inside) and "”" in inside)


def opens_quotation(text: str) -> bool:
    """Whether ``text`` opens a quotation that goes on in the next paragraph."""
    return text.startswith(("“", "„", "«")) and not re.search("[”»]", text)


def closes_quotation(text: str) -> bool:
    """Whether ``text`` ends a quotation that was opened in a paragraph before it."""
    return bool(re.search(r"[”»]\.?$", text)) and not re.search("[“„«]", text)
