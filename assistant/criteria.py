"""The criteria that the documents name for a company or a school: every list of them, as it stands.

Nothing is judged here. Each criterion is a span of a document, to be cited; the same criterion in
several documents is one, with all its sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.composing.lists import lines_of
from assistant.composing.sources import same_words
from assistant.next_questions import addressed
from assistant.per_edition import PerEdition
from corpus.dutch import DutchAnalyser
from corpus.library import Library
from corpus.types import Audience, Hit, Sentence

_NAMES = re.compile(
    r"\b(?:criteria|eisen|vereisten?|voorwaarden|minimaal|kenmerken van (?:een|de|goede))\b"
    r"|\bmoet(?:en)?\b[^.:]*\b(?:voldoen|hebben|kunnen|zijn|regelen)\b|\bvoldoet aan\b"
    r"|\bvoldoen aan\b"
    r"|\b(?:is|zijn|kan|kunnen|mag|mogen)\b[^:]*\b(?:als|mits|indien|wanneer):$",
    re.IGNORECASE,
)
"""What the introducing sentence, or the heading, of a list of criteria says."""
_OTHERWISE = re.compile(
    r"\b(?:had|hadden|vonden|noemden|gaven|geen (?:bedragen|eisen|criteria|voorwaarden)"
    r"|geldbronnen|toewijzingscriteria)\b|\benquête|\bvragenlijst",
    re.IGNORECASE,
)
"""What was found of others is no criterion."""
_SUMMARY = re.compile(r"\bsamenvatting\b|\bin het kort\b", re.IGNORECASE)
_FEWEST = 2
"""Items of a list."""


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a document: ``hit`` says which document, section and date."""

    sentence: Sentence
    hit: Hit


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion, word for word, with the other places that say it."""

    key: str
    """Names it in a form; the same for as long as its document does not change."""
    place: Place
    also: tuple[Place, ...] = ()

    @property
    def text(self) -> str:
        """The words of the document."""
        return " ".join(self.place.sentence.text.split())


@dataclass(frozen=True, slots=True)
class CriteriaList:
    """A list of criteria behind the sentence that introduces it."""

    lead: Place | None
    """None when only the heading introduces it."""
    criteria: tuple[Criterion, ...]
    """Not empty."""


class Checklists:
    """The criteria of an edition per audience, collected once. Several threads may use it."""

    def __init__(self, library: Library, analyser: DutchAnalyser) -> None:
        self._hits = PerEdition(library, _candidates)
        self._analyser = analyser

    def criteria(self, audience: Audience) -> tuple[CriteriaList, ...]:
        """The lists of criteria for ``audience`` in the published edition, summaries last."""
        hits = self._hits.get() or []
        return collect(hits, audience, self._analyser)


def collect(
    hits: Iterable[Hit], audience: Audience, analyser: DutchAnalyser
) -> tuple[CriteriaList, ...]:
    """The lists of criteria for ``audience`` in ``hits``: originals first, newest first, and
    summaries last; every criterion once."""
    found = [one for hit in hits if _is_for(hit, audience) for one in _lists(hit)]
    found.sort(key=lambda one: _newest(one.criteria[0].place.hit), reverse=True)
    found.sort(key=lambda one: _is_summary(one.criteria[0].place.hit))
    kept: list[CriteriaList] = []
    for one in found:
        fresh = tuple(c for c in one.criteria if not _taken_in(c, kept, analyser))
        if fresh:
            kept.append(replace(one, criteria=fresh))
    return tuple(kept)


# --- steps -----------------------------------------------------------------------------------


def _candidates(hits: Iterable[Hit]) -> list[Hit]:
    return [hit for hit in hits if any(True for _ in _lists(hit))]


def _lists(hit: Hit) -> Iterator[CriteriaList]:
    """The lists in a passage that are introduced as criteria."""
    passage = hit.passage
    if passage.kind == "reference":
        return
    spans = dict.fromkeys(s.lead for s in passage.sentences if s.kind == "item" and s.lead)
    for span in spans:
        lead = next((s for s in passage.sentences if (s.start, s.end) == span), None)
        said = lead.text if lead is not None else passage.lead
        heading = passage.section[-1] if passage.section else ""
        if not _are_criteria(said, heading):
            continue
        items = [s for s in passage.sentences if s.lead == span and s.kind == "item"]
        criteria = tuple(
            Criterion(f"{passage.id}:{item.start - passage.start}", Place(item, hit))
            for item in lines_of(passage, items)
        )
        if len(criteria) >= _FEWEST:
            yield CriteriaList(Place(lead, hit) if lead is not None else None, criteria)


def _are_criteria(lead: str, heading: str) -> bool:
    """Whether the lead says so, or the heading where the lead does not say otherwise."""
    said = " ".join(lead.split())
    if _OTHERWISE.search(said):
        return False
    return _NAMES.search(said) is not None or _NAMES.search(heading) is not None


def _is_for(hit: Hit, audience: Audience) -> bool:
    named = addressed("\n".join((hit.metadata.title, *hit.passage.section)))
    if named:
        return audience in named
    return not hit.metadata.audiences or audience in hit.metadata.audiences


def _newest(hit: Hit) -> str:
    return hit.metadata.published or ""


def _is_summary(hit: Hit) -> bool:
    """Whether a document, or this part of it, tells over what stands elsewhere."""
    in_part = _SUMMARY.search(" ".join(hit.passage.section)) is not None
    return bool(hit.metadata.summary_of) or in_part


def _taken_in(criterion: Criterion, kept: list[CriteriaList], analyser: DutchAnalyser) -> bool:
    """Add ``criterion`` as a source to one of ``kept`` that says the same, if there is one. What a
    document says twice (in its summary as well) is one source."""
    for at, one in enumerate(kept):
        for n, known in enumerate(one.criteria):
            if not same_words(known.text, criterion.text, analyser):
                continue
            sources = {place.hit.document_id for place in (known.place, *known.also)}
            if criterion.place.hit.document_id not in sources:
                more = replace(known, also=(*known.also, criterion.place))
                criteria = (*one.criteria[:n], more, *one.criteria[n + 1 :])
                kept[at] = replace(one, criteria=criteria)
            return True
    return False
