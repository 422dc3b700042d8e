"""A sentence with what it leans on: nothing is quoted of which a reader cannot tell the subject."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.composing.lists import LISTED, joined, lead_of, line_up_to
from assistant.composing.told import Told, count_words
from assistant.sentence_form import is_torn, leans, only_adds
from corpus.dutch import fold
from corpus.types import Evidence, Passage, Sentence, StatementKind

_MOST = 2
"""Sentences that one may bring before itself."""
_POINTS_AT = re.compile(r"(?:dit|dat|deze|die) (\w{4,})")
_LONG_ITEM = 45
"""Words up to which a list item is told with what its last sentence leans on."""


def with_context(evidence: Evidence, question: str = "") -> list[Told] | None:
    """The sentence behind what introduces it, or behind the sentences that it leans on. "Dat
    onderzoek …" leans on nothing when ``question`` is about the research.

    None when it leans on more than that, or on what is not in its passage.
    """
    passage, sentence = evidence.hit.passage, evidence.sentence
    lead = lead_of(passage, sentence)
    if sentence.kind in LISTED and leans(sentence.text):
        sentence = joined(passage, line_up_to(passage, sentence))
        if count_words(sentence) > _LONG_ITEM:
            return None
    if lead is not None:
        kind: StatementKind = "sentence" if sentence.kind == "quote" else "item"
        return [Told(lead, evidence, "lead"), Told(sentence, evidence, kind)]
    chain = [sentence] if _asked_about(sentence.text, question) else _chain(passage, sentence)
    return None if chain is None else [Told(s, evidence, "sentence") for s in chain]


def _chain(passage: Passage, sentence: Sentence) -> list[Sentence] | None:
    chain = [sentence]
    while _leans(chain[0]):
        before = _before(passage, chain[0])
        if before is None or _is_apart(before, chain[0]) or len(chain) > _MOST:
            return chain if only_adds(chain[0].text) else None
        chain.insert(0, before)
    return chain


def _asked_about(text: str, question: str) -> bool:
    """Whether a sentence opens by pointing at the thing that the question is about."""
    named = _pointed_at(text)
    return bool(named) and any(word.startswith(named) for word in fold(question).split())


@lru_cache(maxsize=20_000)  # the same sentences come by with every question about their subject
def _pointed_at(text: str) -> str:
    """The thing that a sentence opens by pointing at; empty when it points at none."""
    found = _POINTS_AT.match(fold(text))
    return found.group(1) if found else ""


def _is_apart(before: Sentence, sentence: Sentence) -> bool:
    """Whether nothing can lean on ``before``: the end of a torn line, or of a list."""
    return is_torn(before.text) or (before.kind in LISTED and sentence.kind not in LISTED)


def _leans(sentence: Sentence) -> bool:
    # Someone's words need the line that says whose they are.
    return leans(sentence.text) or sentence.kind == "quote"


def _before(passage: Passage, sentence: Sentence) -> Sentence | None:
    earlier = [s for s in passage.sentences if s.end <= sentence.start and s.kind != "lead"]
    return earlier[-1] if earlier else None
