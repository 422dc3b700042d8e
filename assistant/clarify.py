"""A question back, where who asks or what is meant changes the answer.

It never stands in the way of an answer: the choices are offered beside it, as buttons. They stand
alone only where a question is too vague to be answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.next_questions import addressed, next_questions
from assistant.retrieve import Retrieved
from corpus.dutch import DutchAnalyser
from corpus.types import Audience, Choice, Hit, Language, Query

_LOOKED_AT = 6
_NEARLY = 0.6
"""Points between the best for a company and the best for a school that are about equal."""
_NEAR_TOP = 1.0
"""Points below the best hit of all within which both must stand."""
_SURE = 6.0
"""Points from which the best hit is about what was asked at all."""
_FEWEST, _MOST = 2, 4
_SHORT = 3
"""Words of a question that leaves open who asks. Who says more has mostly said it."""
_OWN = frozenset("mkb route routes mkb-route mkb-routes hbo programma".split())  # noqa: SIM905
"""What every question here is about says nothing by itself."""
_SPEAKS_FOR = frozenset(
    """bedrijf bedrijven bedrijfje zaak werkgever werkgevers hogeschool hogescholen school docent
    docenten opleiding opleidingen student studenten company companies employer university
    universities school teacher teachers student students""".split()  # noqa: SIM905
)
"""Who says such a word has said who is meant."""
_WHO: dict[Language, str] = {"nl": "Voor wie vraag je dit?", "en": "Who are you asking for?"}
_WHAT: dict[Language, str] = {"nl": "Wat wil je weten?", "en": "What do you want to know?"}
_LABELS: dict[Language, dict[Audience, str]] = {
    "nl": {"bedrijf": "Voor een bedrijf", "hogeschool": "Voor een hogeschool"},
    "en": {"bedrijf": "For a company", "hogeschool": "For a university"},
}


@dataclass(frozen=True, slots=True)
class Clarification:
    """A question back, with two to four choices; or none of either."""

    question: str = ""
    choices: tuple[Choice, ...] = ()


def clarify(query: Query, retrieved: Retrieved, analyser: DutchAnalyser) -> Clarification:
    """What to ask back about ``query``, given what was found for it. Mostly nothing."""
    hits = retrieved.hits[:_LOOKED_AT]
    if not hits or hits[0].score < _SURE or query.parts:
        return Clarification()
    words = [w for w in analyser.words(query.text) if w not in _OWN]
    if len(words) == 1:
        choices = _about_what(query, hits, words, analyser)
        if choices:
            return Clarification(_WHAT[query.language], choices)
    leaves_open = query.audience is None and len(words) <= _SHORT
    if leaves_open and _SPEAKS_FOR.isdisjoint(words) and _depends_on_who(hits):
        labels = _LABELS[query.language]
        choices = tuple(Choice(label, query.text, who) for who, label in labels.items())
        return Clarification(_WHO[query.language], choices)
    return Clarification()


# --- steps -----------------------------------------------------------------------------------


def _about_what(
    query: Query, hits: Sequence[Hit], words: Sequence[str], analyser: DutchAnalyser
) -> tuple[Choice, ...]:
    """The questions of the sections found that hold the one word that was asked."""
    stems = {analyser.forms(word)[0] for word in words}
    asked = query.text.strip(" ?").lower()
    choices = [
        Choice(question.text, question.text, query.audience)
        for question in next_questions(hits)
        if stems <= set(analyser.terms(question.text))
        and question.text.strip(" ?").lower() != asked
    ]
    return tuple(choices[:_MOST]) if len(choices) >= _FEWEST else ()


def _depends_on_who(hits: Sequence[Hit]) -> bool:
    """Whether the best for a company and the best for a school are others, and about as good."""
    best: dict[Audience, float] = {}
    for hit in hits:
        who = _meant_for(hit)
        if who is not None:
            best.setdefault(who, hit.score)
    if len(best) < len(_LABELS["nl"]):
        return False
    high, low = max(best.values()), min(best.values())
    return high - low <= _NEARLY and hits[0].score - low <= _NEAR_TOP


def _meant_for(hit: Hit) -> Audience | None:
    """Whom a passage is for, when that is a company or a school and not both."""
    named = addressed("\n".join((hit.metadata.title, *hit.passage.section)))
    audiences = named or frozenset(hit.metadata.audiences) - {"beleid"}
    return next(iter(audiences)) if len(audiences) == 1 else None
