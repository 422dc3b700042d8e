"""What in a question points back to the questions before it, and how much it says itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understanding.asks import answer_type
from corpus.dutch import DutchAnalyser

_OPENS_ON = re.compile(
    r"^(?:en|maar|ook|dus|of|want|and|but|or|so|what about|how about|wat dacht je van|hoezo"
    r"|idem|ditto|waarom (?:niet|wel)|why not)\b"
)
_FAR = frozenset(
    """daar daarvan daarvoor daarbij daarin daaraan daarmee daarover daarop daaruit daardoor daarna
    daarvandaan ervan erbij ermee eraan erover erop erin eruit zoiets them those that dat die
    it""".split()  # noqa: SIM905
)
"""Points to what was said before, or to the clause before."""
_PEOPLE = frozenset("ze zij hij hem hen hun haar they their he she his her him".split())  # noqa: SIM905
_OWNERS = frozenset("hun haar their his her".split())  # noqa: SIM905
_NEAR = frozenset("dit deze this these dan then diezelfde dezelfde".split())  # noqa: SIM905
_ASKING = frozenset(
    """wie wat waar waarom wanneer hoe hoelang hoeveel welk welke who what where why when how which
    lang vaak long often""".split()  # noqa: SIM905
)
_SMALL = frozenset(
    """al allemaal alleen allebei be been best did don eens ergens geweest gewoon had hadden has
    hebt iemand is just leuk like lot more most nodig not nog ongeveer precies same some then toen
    trouwens vaak werd werden wilde zou""".split()  # noqa: SIM905
)
"""Says nothing by itself, though the search counts it."""
_LINKS = frozenset("sinds volgens tijdens binnen since according".split())  # noqa: SIM905
_BINDS = frozenset("als dat die omdat wanneer terwijl zodat of voordat nadat if when who".split())  # noqa: SIM905
_COMPARES = re.compile(
    r"\w+er dan\b|\b(?:meer|minder|anders|liever|eerder) dan\b|\bals\b|\bdan ook\b"
)
_FEW = 2
_TOKEN = re.compile(r"[a-z0-9]+(?:['’-][a-z0-9]+)*|[,.;:?!()]")


@dataclass(frozen=True, slots=True)
class Signs:
    """What in a question points back, and how much it says itself."""

    words: int
    """Content words."""
    opens_on: bool
    """It goes on where the last one stopped: "En ..."."""
    points_back: bool
    """It holds a word for something that it does not name: "dat", "daarvan", "ze"."""
    hints: bool
    """It holds a word that may point back: "dan", "deze"."""


def is_fragment(folded: str) -> bool:
    """Whether a folded question has no question word or verb of its own: "En bij een bachelor?"."""
    rest = _OPENS_ON.sub("", folded).strip()
    return answer_type(rest) == "open" and not _ASKING & set(_TOKEN.findall(rest))


def signs_in(folded: str, history: Sequence[str], analyser: DutchAnalyser) -> Signs:
    """The signs in a folded question that comes after the questions in ``history``."""
    tokens = _TOKEN.findall(folded)
    empty = _FAR | _PEOPLE | _NEAR | _SMALL
    content = [t not in empty and bool(analyser.words(t)) for t in tokens]
    compares = _COMPARES.search(folded) is not None
    said = {analyser.stem(w) for h in history for w in analyser.words(h)}
    points_back = hints = False
    for at, word in enumerate(tokens):
        if word in _FAR:
            back = _far(tokens, content, at, said, analyser)
        elif word in _PEOPLE:
            back = _people(tokens, content, at)
        else:
            hints |= word in _NEAR and not (word == "dan" and compares)
            continue
        points_back |= back
    return Signs(
        words=sum(content),
        opens_on=_OPENS_ON.match(folded) is not None,
        points_back=points_back,
        hints=hints and not _clause_before(tokens, content, len(tokens) - 1),
    )


def _far(
    tokens: Sequence[str], content: Sequence[bool], at: int, said: set[str], analyser: DutchAnalyser
) -> bool:
    """Whether a "dat" or "daar" stands for something outside the question."""
    if _clause_before(tokens, content, at):
        return False
    if tokens[at] not in ("dat", "die", "that", "those", "it"):
        return True
    rest = _rest_of_clause(tokens, at)
    if tokens[at] == "it":
        return sum(content) <= _FEW  # more, and it is as empty as in "is it possible to ..."
    own = sum(content[at + 1 : at + 1 + len(rest)])
    if rest and content[at + 1] and own > 1:
        # "die bouwopleiding van Avans" names it, "die bedrijven" of the last question does not
        return analyser.stem(rest[0]) in said
    # "studenten die hun begeleider kennen" is about the word before it, "waarom stopt die" not
    after_noun = at > 0 and content[at - 1] and (at < 2 or tokens[at - 2] not in _ASKING)
    return not (after_noun and own)


def _people(tokens: Sequence[str], content: Sequence[bool], at: int) -> bool:
    """Whether a "ze" or "hun" stands for someone outside the question."""
    if _clause_before(tokens, content, at):
        return False
    before = sum(content[:at])
    if (at and tokens[at - 1] in _BINDS) or tokens[at] in _OWNERS:
        return before == 0
    # A verb stands directly before its subject: "hoeveel routes verwachten ze".
    return before - bool(at and content[at - 1]) <= 1


def _clause_before(tokens: Sequence[str], content: Sequence[bool], at: int) -> bool:
    """Whether a clause that says something ends before the place ``at``."""
    # "tripartiet wat is dat" has no comma, but two clauses all the same.
    marks = (i for i in range(at) if tokens[i] in ",.;:?!" or tokens[i] in _ASKING)
    ends = [i for i in marks if i < len(tokens) - 1]
    return bool(ends) and any(content[i] and tokens[i] not in _LINKS for i in range(ends[-1]))


def _rest_of_clause(tokens: Sequence[str], at: int) -> Sequence[str]:
    end = at + 1
    while end < len(tokens) and tokens[end] not in ",.;:?!()":
        end += 1
    return tokens[at + 1 : end]
