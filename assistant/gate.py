"""Decides whether the evidence answers the question: with a reason, not with one threshold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.kinds import STRICT, Kind, holds, kind_of, own_text
from assistant.orders import is_order
from assistant.retrieve import Retrieved
from assistant.signals import SignalReader, Signals
from assistant.special import Special, special
from assistant.subjects import Subjects
from corpus.dutch import DutchAnalyser, fold
from corpus.embedding_text import list_hint
from corpus.types import Evidence, Query, Status

_GREETING = re.compile(
    r"^(hoi|hallo|hey|hai|dag|goede ?(morgen|middag|avond)|goedemorgen|goedemiddag|hello|hi"
    r"|bedankt|dank (je|u)( wel)?|dankjewel|dankuwel|thanks|thank you|top|oke?)[\s!.,]*$"
)
_ABUSE = re.compile(
    r"\b(?:klootza\w+|lul|eikel|kut\w*|hoer\w*|sukkel\w*|mongool|debiel\w*|idioot|trut|godverdomme"
    r"|kanker\w*|tering\w*|tyfus\w*|rot ?op|fuck\w*|shit|asshole|bitch|bastard|stupid bot|idiot"
    r"|moron|stomme? (?:bot|computer|ding|chatbot|robot)|domme (?:bot|computer|chatbot|robot))\b"
)
_CODE = re.compile(
    r"^select (?:\*|[\w.]+(?: ?, ?[\w.]+)*) from \w+ ?(?:;|$|where\b|order\b|limit\b|union\b)"
    r"|\b(?:drop|truncate|alter) table \w+ ?(?:;|$)|^(?:insert into|delete from|update) \w+.*;"
    r"|\bunion (?:all )?select\b|<(?:script|img|svg|iframe)\b|\{\{.*\}\}"
)
"""A statement in SQL, markup or a template, as who tries a page out types it."""
_WHAT_COSTS = re.compile(r"^(?:en )?wat (?:kost|kosten)\b(?!.*\bper\b)")
_COSTS = re.compile(r"\bkost(?:en)?\b|\bbetaal|\bbetalen\b")
_PAYS = re.compile(
    r"\bkosten (?:maken|verbonden)\b|\bbekostig|\b(?:bedrijven|bedrijf|werkgevers?) betaal"
    r"|\bbetaald? door\b|\bbetaalt\b|\bbetalen\b"
)
_SAID = 0.7
"""Coverage from which a sentence speaks of what the question asks about."""
_WORD = re.compile(r"[^\W\d_]{2}")
_TODAY = re.compile(
    r"\bdit (?:jaar|schooljaar|studiejaar|moment)\b|\bmomenteel\b|\bhuidige?\b|\bvandaag\b"
    r"|\btegenwoordig\b|\binmiddels\b|\bthis (?:school )?year\b|\bcurrent(?:ly)?\b|\bnowadays\b"
    r"|\bat the moment\b|\bright now\b|\bas of today\b"
    r"|\bhoeveel .{0,60}\bnu\b|\bnu .{0,30}hoeveel\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PASSAGES = 4
"""Hits whose sentences count."""
_LOOKED_AT = 3
_FIRST = 5
"""Sentences of which one speaks of the side that is asked for."""
_SUBJECT_MET = 0.15
"""Coverage below which a refused question is about something else."""
_ELSEWHERE = 0.02
"""`Side.elsewhere` above which a question is about something else, where no evidence fits."""
_SURER = 0.01
"""How much higher that lies for each point that the evidence fits better."""
_NEARER = 0.02
"""What the nearest such question must be nearer than the best sentence: documents on a subject
that the examples do not know bring sentences that are as near."""


@dataclass(frozen=True, slots=True)
class GateSettings:
    """Logistic regression on the signals, fitted by `python -m eval.calibrate` on the parts of the
    question sets that are meant for tuning. ``bar`` is the lowest sum that is answered."""

    covered: float = 1.99
    meaning: float = 14.08
    names: float = -1.06
    words: float = 0.77
    unknown: float = -1.07
    lead: float = 0.76
    offset: float = -12.66
    bar: float = 0.0

    def sum(self, signals: Signals) -> float:
        """Weighted sum of the signals; the higher, the surer."""
        return (
            self.covered * signals.covered
            + self.meaning * signals.meaning
            + self.names * signals.names
            + self.words * signals.words
            + self.unknown * signals.unknown
            + self.lead * signals.lead
            + self.offset
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """The status, why, and what the answer must say about it."""

    status: Status
    reason: str
    greeting: bool = False
    abuse: bool = False
    """Whether it swears at the assistant, with no question that is answered."""
    vague: bool = False
    """Whether it says nothing of what it is about: "is dat veel?"."""
    lacks_kind: bool = False
    """Whether what is missing is the kind of thing asked for, not its subject."""
    missing: Kind | None = None
    """That kind."""
    dated: str | None = None
    """The newest year of the evidence, when the question asks how things are now and that year is
    past: the answer must say of when it is."""


class Gate:
    """Decides by rules where a rule is sure, and by the sum of signals where none is."""

    def __init__(
        self,
        analyser: DutchAnalyser,
        settings: GateSettings | None = None,
        today: Callable[[], date] = date.today,
        subjects: Subjects | None = None,
    ) -> None:
        """Without ``subjects`` no question is refused for being about something else."""
        self._subjects = subjects
        self._analyser = analyser
        self._reader = SignalReader(analyser)
        self._settings = settings or GateSettings()
        self._today = today

    def decide(self, query: Query, retrieved: Retrieved, ranked: Sequence[Evidence]) -> Decision:
        """Whether ``ranked`` evidence (best first) answers ``query``."""
        near = _near(retrieved, ranked)
        return (
            _no_question(query)
            or self._says_nothing(query)
            or self._about_something_else(query, retrieved, near)
            or _nothing_there(query, retrieved, near)
            or _not_that_kind(query, near)
            or _says_the_opposite(special(query, retrieved.index.lexical, self._analyser), ranked)
            or self._weighed(query, retrieved, near)
        )

    def signals(self, query: Query, retrieved: Retrieved, ranked: Sequence[Evidence]) -> Signals:
        """What is weighed when no rule decides; ``ranked`` holds at least one."""
        return self._reader.read(query, retrieved, _near(retrieved, ranked))

    def _says_nothing(self, query: Query) -> Decision | None:
        if self._analyser.words(query.text):
            return None
        return Decision("not_found", "it does not say what it is about", vague=True)

    def _about_something_else(
        self, query: Query, retrieved: Retrieved, ranked: Sequence[Evidence]
    ) -> Decision | None:
        if self._subjects is None:
            return None
        side = self._subjects.side(retrieved.vector)
        if side.elsewhere <= _ELSEWHERE:
            return None
        if ranked:
            signals = self._reader.read(query, retrieved, ranked)
            bar = _ELSEWHERE + _SURER * self._settings.sum(signals)
            if side.elsewhere <= bar or side.nearest <= signals.meaning + _NEARER:
                return None
        abuse = _ABUSE.search(fold(query.original)) is not None
        told = f"nearer to questions about something else, by {side.elsewhere:.3f}"
        return Decision("out_of_scope", told, abuse=abuse)

    def _weighed(self, query: Query, retrieved: Retrieved, ranked: Sequence[Evidence]) -> Decision:
        signals = self._reader.read(query, retrieved, ranked)
        total = self._settings.sum(signals)
        told = f"sum {total:.2f} of {signals}"
        abuse = _ABUSE.search(fold(query.original)) is not None
        if total >= self._settings.bar:
            return Decision("answered", told, dated=self._dated(query, ranked))
        if abuse or (signals.covered < _SUBJECT_MET and signals.unknown):
            return Decision("out_of_scope", told, abuse=abuse)
        return Decision("not_found", told)

    def _dated(self, query: Query, ranked: Sequence[Evidence]) -> str | None:
        """The newest year of the evidence, when now is asked and that is past."""
        now = str(self._today().year)
        if not _TODAY.search(fold(query.text)) and now not in query.years:
            return None
        newest = max((_newest_year(e) for e in ranked[:_LOOKED_AT]), default="")
        return newest if newest and newest < now else None


# --- rules: a decision where one is sure, else None ---------------------------------------------


def _no_question(query: Query) -> Decision | None:
    # As it was typed: "Bedankt!" is no follow-up to complete with the question before it.
    typed = fold(query.original).strip()
    if _GREETING.match(typed):
        return Decision("out_of_scope", "a greeting", greeting=True)
    if is_order(query.original):
        return Decision("out_of_scope", "an order to the assistant, not a question")
    if _CODE.search(" ".join(typed.split())):
        return Decision("out_of_scope", "code, not a question")
    if not _WORD.search(query.text):
        return Decision("out_of_scope", "no words in it")
    return None


def _nothing_there(
    query: Query, retrieved: Retrieved, ranked: Sequence[Evidence]
) -> Decision | None:
    if not ranked:
        return Decision("not_found", "nothing found")
    if retrieved.unknown == 1.0 and query.language == "nl":
        abuse = _ABUSE.search(fold(query.original)) is not None
        status: Status = "out_of_scope" if abuse else "not_found"
        return Decision(status, "none of its words stand in the documents", abuse=abuse)
    if query.years and not _year_met(query, ranked[:_LOOKED_AT]):
        return Decision("not_found", f"no evidence for {', '.join(query.years)}")
    return None


def _not_that_kind(query: Query, ranked: Sequence[Evidence]) -> Decision | None:
    kind = kind_of(query)
    if kind == "money" and _asks_for_what(query) and _tells_costs(ranked):
        return None
    if kind in STRICT and not any(holds(kind, e.sentence.text) for e in ranked):
        return Decision("not_found", f"no {kind} in the evidence", lacks_kind=True, missing=kind)
    return None


def _says_the_opposite(wishes: Special, ranked: Sequence[Evidence]) -> Decision | None:
    """Whether the question asks for one side of things ("nadelen"), and what is found first does
    not speak of it: mostly it says why things are good."""
    if wishes.side is None:
        return None
    first = [wishes.speaks(e.sentence, e.hit) for e in ranked[:_FIRST]]
    if first[0] == "asked" or (first[0] == "neither" and "asked" in first):
        return None
    return Decision("not_found", f"the evidence speaks of another side: {', '.join(first)}")


def _asks_for_what(query: Query) -> bool:
    """Whether "wat kost" may be answered by what is paid for, and not by an amount alone."""
    return _WHAT_COSTS.search(fold(own_text(query))) is not None


def _tells_costs(ranked: Sequence[Evidence]) -> bool:
    """Whether a list of what costs money was found, or what comes first says who pays for what."""
    if any(_lists_costs(e) for e in ranked):
        return True
    return any(
        e.coverage >= _SAID and _PAYS.search(fold(e.sentence.text)) for e in ranked[:_LOOKED_AT]
    )


def _lists_costs(evidence: Evidence) -> bool:
    """Whether a sentence belongs to a list of what costs money, by its heading or lead."""
    if evidence.sentence.kind not in ("lead", "item", "row"):
        return False
    passage = evidence.hit.passage
    return _COSTS.search(fold("\n".join((*passage.section[-1:], list_hint(passage))))) is not None


def _near(retrieved: Retrieved, ranked: Sequence[Evidence]) -> Sequence[Evidence]:
    """The evidence from the best hits: among many sentences one always meets a few words."""
    best = {hit.passage.id for hit in retrieved.hits[:_PASSAGES]}
    return [e for e in ranked if e.hit.passage.id in best] or ranked


def _year_met(query: Query, evidence: Sequence[Evidence]) -> bool:
    """Whether a document of that year, or a passage that names it, is among the evidence."""
    for e in evidence:
        said = f"{e.hit.passage.text} {e.hit.metadata.published or ''} {e.hit.metadata.title}"
        if all(year in said for year in query.years):
            return True
    return False


def _newest_year(evidence: Evidence) -> str:
    """The newest year that a sentence, or else its document, is of; empty when neither says."""
    years = _YEAR.findall(evidence.sentence.text)
    return max(years, default="") or (evidence.hit.metadata.published or "")[:4]
