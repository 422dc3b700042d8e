"""Other documents that say the same: one statement, two citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from assistant.composing.lists import LISTED, lead_of, lines_of
from assistant.composing.told import Told, count_words
from assistant.fits import NUMBER_WORD
from assistant.fold import unfolded
from corpus.dutch import DutchAnalyser
from corpus.types import Evidence, Hit, Passage, Sentence

_SAME = 0.8
"""Share of terms that two sentences have in common when they say the same."""
_REPEATED = 0.85
"""Share of a sentence's terms in another one from which it adds nothing to it."""
_HINGES = re.compile(
    rf"\d+(?:[.,]\d+)*|\b(?:{NUMBER_WORD}|geen|niets?|niemand|nooit|zonder|altijd|vaak|soms|alleen"
    r"|mag|mogen|moet|moeten|kan|kunnen|hoeft|hoeven|not?|never|may|must|should|can|only)\b",
    re.IGNORECASE,
)
"""One such word more or less, and a sentence says something else."""
_LENGTHS_ALIKE = 0.6
"""Share of the longer one's characters below which two sentences hardly ever say the same."""
_SPELLED_ALIKE = 0.5
"""The same of words, as spelled."""
_SELF_STANDING = 8
"""Words from which a sentence says by itself what it is about."""


def same_words(one: str, other: str, analyser: DutchAnalyser) -> bool:
    """Whether two sentences say the same in (nearly) the same words, with the same numbers."""
    a, b = analyser.term_set(one), analyser.term_set(other)
    if not a or not b:
        return one == other
    if min(len(a), len(b)) < _SAME * max(len(a), len(b)):
        return False  # most pairs: no need to look at the terms
    return len(a & b) >= _SAME * len(a | b) and _hinges(one) == _hinges(other)


def is_told(
    sentence: Sentence, told: Sequence[Told], analyser: DutchAnalyser, terms: frozenset[str]
) -> bool:
    """Whether a statement says this already, alone or with more to it; ``terms`` are those of all
    that is ``told``."""
    new = analyser.term_set(sentence.text)
    if new and len(new & terms) < _SAME * len(new):
        return False  # most sentences: no need to look at each statement
    return any(_adds_nothing(sentence.text, t.sentence.text, analyser) for t in told)


def with_other_sources(
    told: Sequence[Told], hits: Sequence[Hit], analyser: DutchAnalyser
) -> list[Told]:
    """Bind the same words in another document to the statement: one statement, two citations."""
    places = [(s, h) for h in unfolded(hits) for s in _quotable(h.passage)]
    result = []
    for t, alike in zip(told, _spelled_alike(told, places), strict=True):
        also: dict[str, Evidence] = {}
        for sentence, hit in alike:
            elsewhere = hit.document_id not in (t.evidence.hit.document_id, *also)
            if elsewhere and _says_the_same(t, sentence, hit, analyser):
                also[hit.document_id] = replace(t.evidence, sentence=sentence, hit=hit)
        result.append(replace(t, also=tuple(also.values())) if also or t.also else t)
    return result


# --- steps -----------------------------------------------------------------------------------


def _adds_nothing(text: str, told: str, analyser: DutchAnalyser) -> bool:
    new, known = analyser.term_set(text), analyser.term_set(told)
    if not new or not known:
        return text == told
    fewest = _SAME * len(new)
    if len(known) < fewest or len(new & known) < fewest:
        return False  # most pairs: neither the same nor repeated
    if same_words(text, told, analyser):
        return True
    return len(new & known) >= _REPEATED * len(new) and _hinges(text) <= _hinges(told)


def _spelled_alike(
    told: Sequence[Told], places: Sequence[tuple[Sentence, Hit]]
) -> list[list[tuple[Sentence, Hit]]]:
    """For each statement the sentences of other documents, of hundreds, that are spelled much like
    it. Most are told apart by their lengths and by bits for their words: a bit that the other one
    has not is of a word that it has not."""
    mine = [_signed(t.sentence.text) for t in told]
    theirs = [_signed(sentence.text) for sentence, _ in places]
    if not mine or not theirs:
        return [[] for _ in told]
    length, words, bits = np.array(mine, np.uint64).T[:, :, None]
    lengths, others, marks = np.array(theirs, np.uint64).T
    shared = np.minimum(
        words - np.bitwise_count(bits & ~marks), others - np.bitwise_count(marks & ~bits)
    )
    near = (
        (lengths >= _LENGTHS_ALIKE * length)
        & (_LENGTHS_ALIKE * lengths <= length)
        & (shared >= _SPELLED_ALIKE * np.maximum(words, others))
    )
    found: list[list[tuple[Sentence, Hit]]] = [[] for _ in told]
    for at, place in zip(*(axis.tolist() for axis in np.nonzero(near)), strict=True):
        if _is_elsewhere_alike(told[at], *places[place]):
            found[at].append(places[place])
    return found


def _is_elsewhere_alike(told: Told, sentence: Sentence, hit: Hit) -> bool:
    if hit.document_id == told.evidence.hit.document_id:
        return False
    mine, other = _spelled(told.sentence.text), _spelled(sentence.text)
    return len(mine & other) >= _SPELLED_ALIKE * max(len(mine), len(other))


def _quotable(passage: Passage) -> list[Sentence]:
    """Sentences and whole items: what a statement can be."""
    items = [s for s in passage.sentences if s.kind in LISTED]
    if not items:
        return list(passage.sentences)
    whole = lines_of(passage, items) if len(items) > 1 else []
    known = {(s.start, s.end) for s in items}
    return [*passage.sentences, *(s for s in whole if (s.start, s.end) not in known)]


def _says_the_same(told: Told, sentence: Sentence, hit: Hit, analyser: DutchAnalyser) -> bool:
    """Whether the words of ``sentence`` are those of a statement, and mean the same there."""
    if not same_words(told.sentence.text, sentence.text, analyser):
        return False
    folded = any(hit.passage.id == other.passage.id for other in told.evidence.hit.also)
    if folded or count_words(sentence) >= _SELF_STANDING:
        return True
    # "Een laptop." may stand in any list, and "Ja, dat mag." under any heading.
    here = told.evidence.hit.passage
    if not same_words(_lead_text(here, told.sentence), _lead_text(hit.passage, sentence), analyser):
        return False
    return sentence.lead is not None or here.section[-1:] == hit.passage.section[-1:]


def _lead_text(passage: Passage, sentence: Sentence) -> str:
    """The words that introduce the list of a sentence; empty outside of one."""
    lead = lead_of(passage, sentence)
    return lead.text if lead else ""


# The same sentences come by with every question about their subject.


@lru_cache(maxsize=20_000)
def _signed(text: str) -> tuple[int, int, int]:
    """Characters, different words, and of each of these one of 64 bits."""
    words = _spelled(text)
    bits = 0
    for word in words:
        bits |= 1 << (hash(word) & 63)
    return len(text), len(words), bits


@lru_cache(maxsize=20_000)
def _spelled(text: str) -> frozenset[str]:
    """The words of a text as they are spelled, small ones too."""
    return frozenset(text.lower().split())


@lru_cache(maxsize=20_000)
def _hinges(text: str) -> frozenset[str]:
    return frozenset(found.lower() for found in _HINGES.findall(text))
