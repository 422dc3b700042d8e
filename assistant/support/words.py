"""Words of statements and quotes, with the clauses that they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.dutch import fold
from corpus.types import Language

_PIECE = re.compile(r"\w+(?:[-'’.,&/@_+]\w+)*|[^\w\s]")
_SIGNS = {"%": "procent", "€": "euro"}
_BREAKS = frozenset(".;:!?()")
_JOINS = frozenset(
    """dat that maar want omdat doordat zodat terwijl hoewel tenzij waardoor waarbij daarna ook dus
    but because so while although unless whereas therefore also which who die waarvan""".split()  # noqa: SIM905
)
_ENGLISH = frozenset(
    """a about also among an and any are as at be been between both but by can could did do does
    each enough every few for from get had has have he her his how if into it its less many may
    might more most much must my need never no not of on only one or other our should since some
    than that the their them there these they this those three to two under until up us
    usually we were what when where which while who why will with without would year
    years you your""".split()  # noqa: SIM905
)
_DUTCH = frozenset(
    """aan al als altijd bij dan dat de den deze die dit door doe een en er ervoor gaat geen haar
    heb hebben heeft het hij hoe hoeveel hun ik je kan kun kunnen maar mag met mijn moet moeten na
    naar niet nog nu of om onder onze ook over per te tot twee uit van vaak veel voor waar waren wat
    we wel welke werd wie wij word worden wordt zelf ze zich zij zijn zo zonder""".split()  # noqa: SIM905
)
_AND = frozenset(("en", "and"))
_ENDS = frozenset(".!?:;\"“”'‘’«»(")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text."""

    text: str
    """As written."""
    folded: str
    at: int
    """Its place among the words of the text, from 0."""
    clause: int
    """Number of the clause that it stands in, from 0."""
    opens: bool
    """Whether a sentence begins with it, where a capital says nothing."""
    before: str = ""
    """Punctuation between the word before it and this one."""


def read_words(text: str) -> tuple[Word, ...]:
    """The words of ``text`` in order. A clause ends at a full stop, colon or semicolon, at a
    comma, and before a word that joins two clauses."""
    words: list[Word] = []
    clause, opens, before, size = 0, True, "", 0
    for found in _PIECE.finditer(text):
        piece = found.group()
        if not piece[0].isalnum() and piece[0] not in "_%€":
            before += piece
            opens = opens or piece in _ENDS
            continue
        folded = _SIGNS.get(piece) or fold(piece)
        if size and (_BREAKS & set(before) or "," in before or folded in _JOINS):
            clause, size = clause + 1, 0
        words.append(Word(piece, folded, len(words), clause, opens, before))
        size += 1
        opens, before = False, ""
    return tuple(words)


def text_language(text: str) -> Language:
    """``en`` only when English function words outnumber Dutch ones."""
    found = re.findall(r"[a-z]+", fold(text))
    english, dutch = (sum(w in words for w in found) for words in (_ENGLISH, _DUTCH))
    return "en" if english > dutch else "nl"


def halves(words: Sequence[Word]) -> dict[int, int]:
    """Number of the part that each place stands in: clauses, cut at each "en" as well."""
    found: dict[int, int] = {}
    part, clause = 0, 0
    for word in words:
        if word.clause != clause or word.folded in _AND:
            part, clause = part + 1, word.clause
        found[word.at] = part
    return found
