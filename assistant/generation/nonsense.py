"""Sees what is true of its quotes and yet says nothing, as small models write it."""

from __future__ import annotations

import re
from collections import Counter

from assistant.fits import NUMBER_WORD
from corpus.dutch import fold
from corpus.types import Query

_FEWEST_WORDS = 3
_WORD = re.compile(r"\w+")
_TELLING = re.compile(rf"\w{{4,}}|\d+|\b(?:{NUMBER_WORD})\b")
_SAME_START = 6
"""Letters after which two words count as one: "student" and "studenten"."""
_SHORT = 20
"""Words. In a longer sentence three words in a row may come back once: one in thirty does in the
documents, and one in a thousand of the shorter ones."""


def nonsense(text: str, query: Query) -> str | None:
    """Why ``text`` tells nothing, or None: it is no sentence, a question, goes round in circles,
    or only gives back the words of the question."""
    if len(text.split()) < _FEWEST_WORDS:
        return "is no sentence"
    if text.endswith(":"):
        return "only introduces what follows"
    if "?" in text:
        return "is a question"
    if _circles(text):
        return "goes round in circles"
    # "Yes, a student may …" does give back the question, and answers it.
    if query.asks != "yesno" and _telling(text) <= _telling(query.text):
        return "only repeats the question"
    return None


def _circles(text: str) -> bool:
    words = _WORD.findall(fold(text))
    again = max(Counter(zip(words, words[1:], words[2:], strict=False)).values(), default=0)
    return again >= (2 if len(words) < _SHORT else 3)


def _telling(text: str) -> set[str]:
    return {word[:_SAME_START] for word in _TELLING.findall(fold(text))}
