"""What a question asks the number of: "hoeveel studenten met een vast contract"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.figures import head, number
from assistant.terms import AskedTerm
from corpus.dutch import DutchAnalyser, fold

_HOW_MANY = re.compile(r"\b(?:hoeveel|how many|(?:het )?aantal|number of)\s+")
_UP_TO_VERB = 3
_GENERIC = frozenset(
    """totaal nu inmiddels momenteel ongeveer precies bestaan bestaat programma landelijk landelijke
    doen deelnemen deel totale huidige nederland mkb hbo exist there total currently now many
    aantal
    """.split()  # noqa: SIM905 - a word list reads better as text
)
"""Words of a question that do not narrow down what is counted."""
_SAME_THING = (("rout", "routes", "pilo"),)
"""Stems of words by which the documents mean the same: a pilot is a route on trial."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a question asks the number of."""

    heads: tuple[str, ...]
    """Stems of the word for it."""
    narrowed: tuple[AskedTerm, ...]
    """The words that narrow it down: "met een vast contract"."""


def counted_in(text: str, asked: Sequence[AskedTerm], analyser: DutchAnalyser) -> Counted | None:
    """What ``text`` asks the number of; None when it asks for no number of things."""
    clause = next((c for c in re.split(r"[,;.?!]", fold(text)) if _HOW_MANY.search(c)), "")
    found = _HOW_MANY.search(clause)
    if found is None:
        return None
    terms = {term.word: term for term in asked if term.word}
    behind = clause[found.end() :].split()[:_UP_TO_VERB]
    nouns = [w for w in behind if w in terms]
    noun = next((w for w in nouns if w.endswith(("en", "s"))), nouns[0] if nouns else "")
    if not noun:
        return None
    term = terms[noun]
    stem = head(noun, analyser)
    same = next((family for family in _SAME_THING if stem in family), ())
    heads = tuple(dict.fromkeys((stem, *same, *(term.meanings if len(term.meanings) == 1 else ()))))
    inside = set(analyser.words(clause)) - {noun}
    narrowed = tuple(
        t for w, t in terms.items() if w in inside and w not in _GENERIC and number(w) is None
    )
    return Counted(heads, narrowed)
