"""Promise 1: nothing is shown that its citations do not carry word for word.

Every quote must be the span that it claims to be in the stored text, and every number (in digits
or as a word, with its unit), amount, date, address and name of a scheme in a statement must stand
in a span that the statement cites. Whether the rest of a statement in a model's own words is
carried as well is for `assistant.support.checker`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.orders import is_order
from assistant.support.figures import wrong_number
from assistant.support.words import read_words
from corpus.dutch import fold
from corpus.types import Citation, Statement

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_ADDRESS = re.compile(r"\S+@\S+\.\w+|(?:https?://|www\.)\S+\w")
_NAME = re.compile(r"\b[A-Z]{2,}\w*|\b[A-Z][a-z]+[A-Z]\w*|\b[A-Z]&[A-Z]\b")


def check_citation(citation: Citation, text: str) -> str | None:
    """What is wrong with a citation against its version's canonical text, or None."""
    if not 0 <= citation.start < citation.end <= len(text):
        return f"span {citation.start}-{citation.end} lies outside the text ({len(text)})"
    if text[citation.start : citation.end] != citation.quote:
        return f"quote is not the text at {citation.start}-{citation.end}"
    return None


def check_statement(statement: Statement, citations: Mapping[int, Citation]) -> str | None:
    """What is wrong with a statement against the citations it names, or None."""
    if not statement.citations:
        return "no citation"
    unknown = [n for n in statement.citations if n not in citations]
    if unknown:
        return f"citation {unknown[0]} does not exist"
    quotes = [citations[n].quote for n in statement.citations]
    if any(is_order(text) for text in (statement.text, *quotes)):
        return "an order to an assistant, hidden in a document"
    if _plain(statement.text) in {_plain(quote) for quote in quotes}:
        return None
    return (
        _missing_figure(statement.text, quotes)
        or _missing_name(statement.text, quotes)
        or wrong_number(read_words(statement.text), [read_words(quote) for quote in quotes])
    )


def _missing_figure(text: str, quotes: Sequence[str]) -> str | None:
    stated = set(_FIGURE.findall(text))
    held = {figure for quote in quotes for figure in _FIGURE.findall(quote)}
    missing = sorted(stated - held)
    return f"number {missing[0]} is in no cited span" if missing else None


def _missing_name(text: str, quotes: Sequence[str]) -> str | None:
    held = fold(" ".join(quotes))
    for name in (*_ADDRESS.findall(text), *_NAME.findall(text)):
        before, after = (r"[\w.+-]", r"[\w-]|\.\w") if "@" in name else (r"\w", r"\w")
        if not re.search(rf"(?<!{before}){re.escape(fold(name))}(?!{after})", held):
            return f"'{name}' is in no cited span"
    return None


def _plain(text: str) -> str:
    return " ".join(text.split())
