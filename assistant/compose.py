"""The extractive answer: which sentences, in which order. Read `compose` from top to bottom.

A list is given whole, behind the sentence that introduces it. A sentence that leans on what is
not quoted brings the sentence that it leans on, or is left out. When several passages may hold
the answer, the best sentence of each comes before a second sentence of the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.composing.leaning import with_context
from assistant.composing.lists import best_rows, counts, whole_list
from assistant.composing.places import ListPlace, beside_last, insert, list_of, place
from assistant.composing.so_far import SoFar, so_far
from assistant.composing.sources import is_told, same_words, with_other_sources
from assistant.composing.told import Told, words_in
from assistant.fits import is_strict
from assistant.sentence_form import (
    asked_form,
    is_no_statement,
    says_what_it_is,
    stands_alone,
    wants_reason,
)
from corpus.dutch import DutchAnalyser
from corpus.types import AnswerType, Evidence, Hit, Query, Sentence

__all__ = ["ComposeSettings", "Told", "compose", "same_words"]

_IN_LIST = frozenset({"lead", "item", "row"})
_WHOLE_LIST = frozenset({"list", "how", "open", "definition", "person", "yesno"})


@dataclass(frozen=True, slots=True)
class Reach:
    """How far below the best a sentence may score, in points of ``Evidence.score``."""

    margin: float
    wider: float
    """The same while there are fewer than ``short`` words."""
    short: int
    fresh: float
    """Points for the best sentence of a passage: the answer may stand in another one."""


@dataclass(frozen=True, slots=True)
class ComposeSettings:
    """How much is told. Margins are in points of ``Evidence.score``."""

    words: int = 90
    """What people read."""
    sentences: int = 6
    """Times that something is added to what the answer starts with, and that itself."""
    passages: int = 4
    """Passages of which something is told."""
    answers: Reach = Reach(margin=1.2, wider=2.0, short=40, fresh=0.5)
    """For what is told as the answer."""
    beside: Reach = Reach(margin=2.0, wider=3.5, short=65, fresh=1.0)
    """For what is told behind it, as bearing on the same subject."""
    short_list: int = 70
    """Words up to which a list is told whole when only one of its items was found."""
    rest_of_list: int = 70
    """Words up to which a list is told whole of which several items are told."""
    near_list: float = 1.0
    """How far below the best a list may score that answers a question for a list."""
    near_definition: float = 1.5
    """How far below the best a sentence may score that says what something is."""
    strict: float = 2.5
    """How far below the best a sentence may score that holds the amount or date asked for."""
    readable: float = 2.0
    """How far below the best a sentence may score to start with that leans on nothing unseen."""
    alone: float = 0.5
    """How much an item must score above the others of its list to be told without them."""
    alone_of_few: float = 1.5
    """The same of a list that is short enough to be told whole."""
    beside_list: float = 0.5
    """How far below the best a sentence may score beside a whole list that was asked for."""


def compose(
    query: Query,
    ranked: Sequence[Evidence],
    analyser: DutchAnalyser,
    found: Sequence[Hit] = (),
    settings: ComposeSettings | None = None,
) -> list[Told]:
    """What to tell, in order, from evidence that is ranked best first.

    The same words in ``found`` (best first), or in what is folded into one of these or into the
    evidence, are bound to a statement as other sources of it: one for each other document.
    """
    if not ranked:
        return []
    by_id = {e.hit.passage.id: e.hit for e in ranked} | {h.passage.id: h for h in found}
    hits = list(by_id.values())
    usable = [e for e in ranked if not is_no_statement(e.sentence)] or list(ranked)
    limits = settings or ComposeSettings()
    composer = _Composer(query, asked_form(query), usable, hits, analyser, limits)
    return with_other_sources(composer.compose(), hits, analyser)


@dataclass(slots=True)
class _Composer:
    """One answer being made."""

    query: Query
    asks: AnswerType
    """What kind of answer is asked for, by the form of the question too."""
    ranked: Sequence[Evidence]
    hits: Sequence[Hit]
    analyser: DutchAnalyser
    settings: ComposeSettings
    told: list[Told] = field(default_factory=list)
    added: int = 0
    _counted: tuple[Sequence[Told], SoFar] | None = None

    def compose(self) -> list[Told]:
        self.told = self._opening()
        self.added = 1
        self._add(self.settings.answers)
        answer = self._completed()
        self._add(self.settings.beside)
        return beside_last(answer, self._completed())

    # --- steps -------------------------------------------------------------------------------

    def _opening(self) -> list[Told]:
        """What the answer starts with: a whole list, or the best sentence."""
        best = self._first()
        told = self._whole(best) if best.sentence.kind in _IN_LIST else []
        return told or self._with_context(best) or [Told(best.sentence, best, "sentence")]

    def _first(self) -> Evidence:
        """The sentence to start with: one that holds what is asked, a list for a list."""
        best, limits = self.ranked[0], self.settings
        if is_strict(self.asks):
            near = (e for e in self.ranked if e.score >= best.score - limits.strict)
            best = next((e for e in near if e.fits), best)
        if self.asks == "definition":
            near = (e for e in self.ranked if e.score >= best.score - limits.near_definition)
            known = best.coverage
            best = next((e for e in near if e.coverage >= known and _defines(e)), best)
        if self.asks in ("list", "how"):
            near = (e for e in self.ranked if e.score >= best.score - limits.near_list)
            best = next((e for e in near if e.fits and e.sentence.kind in _IN_LIST), best)
        if self._with_context(best) or (
            best.sentence.kind == "lead" and whole_list(best, self.hits)
        ):
            return best
        near = (e for e in self.ranked if e.score >= best.score - limits.readable)
        return next((e for e in near if self._with_context(e)), best)

    def _whole(self, best: Evidence) -> list[Told]:
        """The list of ``best``, when the whole of it answers; empty when one item does."""
        if best.sentence.kind == "row" and self.asks != "list":
            return best_rows(best, self.ranked, self.hits)
        whole = whole_list(best, self.hits)
        if not whole or best.sentence.kind == "lead" or self._is_asked(whole):
            return whole
        short = words_in(whole) <= self.settings.short_list and self.asks in _WHOLE_LIST
        ahead = self._ahead(best)
        if short and (ahead is None or ahead < self.settings.alone_of_few):
            return whole
        if not counts(whole):
            return []
        item = [Told(best.sentence, best, "sentence")]
        stands_out = ahead is None or ahead >= self.settings.alone
        return item if stands_out and stands_alone(best.sentence.text) else whole

    def _is_asked(self, whole: Sequence[Told]) -> bool:
        """Whether a question wants all of a list: what it asks for is a list, or the reasons."""
        if self.asks == "list":
            return True
        lead = whole[0].sentence.text
        return wants_reason(self.query.text) and wants_reason(lead)

    def _ahead(self, best: Evidence) -> float | None:
        """How much one item of a list scores above the others; None when no other was found."""
        others = [
            e.score
            for e in self.ranked
            if e.sentence.lead == best.sentence.lead
            and e.hit.passage.version_id == best.hit.passage.version_id
            and e.sentence.id != best.sentence.id
        ]
        return best.score - max(others) if others else None

    def _candidates(self, reach: Reach) -> list[tuple[float, Evidence]]:
        """What may be added with its points, best first: the best of a passage counts for more.
        What no limit would let in is left out: that is most of it."""
        furthest = max(reach.margin, reach.wider, self.settings.beside_list)
        lowest = self.ranked[0].score - furthest
        seen: set[str] = set()
        rated = []
        for evidence in self.ranked:
            passage_id = evidence.hit.passage.id
            points = evidence.score if passage_id in seen else evidence.score + reach.fresh
            seen.add(passage_id)
            if points >= lowest:
                rated.append((points, evidence))
        return sorted(rated, key=lambda pair: -pair[0])

    def _add(self, reach: Reach) -> None:
        """Add what scores nearly as well, up to the length that people read."""
        lowest = self.ranked[0].score - reach.margin
        by_points = self.asks not in ("list", "how")
        for points, evidence in self._candidates(reach):
            so_far = self._so_far()
            long = by_points and so_far.words >= reach.short
            if self.added >= self.settings.sentences or (long and points < lowest):
                return
            known = evidence.hit.passage.id in so_far.passages
            room = known or len(so_far.passages) < self.settings.passages
            if room and self._earns(points, evidence, reach):
                self._add_one(evidence)

    def _earns(self, points: float, evidence: Evidence, reach: Reach) -> bool:
        """Whether a sentence answers nearly as well as what is told: better one sentence that
        answers than three of which two are beside the point."""
        s, top = self.settings, self.ranked[0].score
        so_far = self._so_far()
        if self.asks in ("list", "how") and so_far.whole_lists:
            return evidence.score >= top - s.beside_list
        elsewhere = evidence.hit.passage.id not in so_far.passages
        if is_strict(self.asks) and elsewhere and not evidence.fits:
            return False  # what holds no such figure bears on it only beside one
        if self.asks == "list" and self.told[0].evidence.fits and not evidence.fits:
            return False  # names are asked for, and it holds none
        margin = reach.wider if so_far.words < reach.short else reach.margin
        return points >= top - margin

    def _add_one(self, evidence: Evidence) -> None:
        if (evidence.hit.passage.id, evidence.sentence.lead) in self._so_far().whole_lists:
            return  # told, or left out on purpose
        if evidence.sentence.kind == "lead" or self._says(evidence.sentence):
            return
        more = [t for t in self._with_context(evidence) or () if not self._is_told(t)]
        if more and counts(more):
            more = self._item_or_list(evidence)
        if more and self._so_far().words + words_in(more) <= self.settings.words:
            self.told = insert(self.told, more)
            self.added += 1

    def _with_context(self, evidence: Evidence) -> list[Told] | None:
        return with_context(evidence, self.query.text)

    def _item_or_list(self, evidence: Evidence) -> list[Told]:
        """An item whose lead says how many there are comes alone, or with all the others."""
        if stands_alone(evidence.sentence.text):
            return [Told(evidence.sentence, evidence, "sentence")]
        return whole_list(evidence, self.hits)

    def _completed(self) -> list[Told]:
        """The same, with the rest of each list of which several items are told: who reads two
        costs of six takes them for all."""
        told, done = self.told, set()
        for one in self.told:
            its_list = list_of(one)
            if one.kind != "item" or its_list is None or its_list in done:
                continue
            done.add(its_list)
            told = self._with_whole(told, one, its_list)
        return told

    def _with_whole(self, told: list[Told], one: Told, its_list: ListPlace) -> list[Told]:
        """``told`` with the whole list of ``one``, when much of it is told and it is not long."""
        there = [t for t in told if t.kind == "item" and list_of(t) == its_list]
        if len(there) < 2 or one.sentence.kind == "row":
            return told
        whole = whole_list(one.evidence, self.hits)
        rest = [t for t in whole if t.kind == "item"]
        if len(rest) <= len(there) or words_in(rest) > self.settings.rest_of_list:
            return told
        starts = {t.sentence.start for t in rest}
        if not starts.issuperset(t.sentence.start for t in there):
            return told  # parts of long items were told: a joined one would say them twice
        at = told.index(there[0])
        return [*told[:at], *rest, *(t for t in told[at:] if t not in there)]

    def _is_told(self, one: Told) -> bool:
        # Another list may have a lead in the same words: its items go behind their own.
        if one.kind == "lead":
            return place(one) in {place(t) for t in self.told}
        return self._says(one.sentence)

    def _says(self, sentence: Sentence) -> bool:
        return is_told(sentence, self.told, self.analyser, self._so_far().terms)

    def _so_far(self) -> SoFar:
        """Read once for each list of what is told, which is made anew when something is added."""
        if self._counted is None or self._counted[0] is not self.told:
            self._counted = self.told, so_far(self.told, self.analyser)
        return self._counted[1]


def _defines(evidence: Evidence) -> bool:
    return says_what_it_is(evidence.sentence.text)
