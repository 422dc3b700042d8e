"""What is known of a question and its evidence when it is decided whether to answer.

Cosines of the embedding model all lie close together, so their height alone says little. What
counts is how much of the question one sentence meets that also holds the kind of thing asked for,
and how particular the question is: the more names it drops, the less likely it is covered.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.kinds import STRICT, holds, kind_of, own_text
from assistant.retrieve import Retrieved
from corpus.dutch import DutchAnalyser, fold
from corpus.lexical import LexicalIndex
from corpus.types import Evidence, Hit, Query

_READ = 5
"""Hits in which a name is looked up."""
_TENTH = 10
_NO_MEANING = 0.75
"""Below any cosine of the embedding model between two texts in Dutch or English."""
_MOST_NAMES = 3
_COMMON = 1e-4
"""Share of all Dutch text above which a word tells no subject ("alles", "meteen", "echt")."""
_TOKEN = re.compile(r"[a-z0-9]+(?:['’./-][a-z0-9]+)*")
_BEFORE_NOUN = frozenset(
    """een de het mijn ons onze zo'n geen welke welk hoeveel deze die dit dat hun haar zijn jullie
    uw eigen extra mn aan met voor van op naar in bij over uit door per en of zonder tijdens na
    """.split()  # noqa: SIM905 - a word list reads better as text
)
_NO_NOUN = re.compile(
    r"(?:en|de|den|te|ten|isch|ig|lijk)$|^\w{1,7}t$|^(?:ge|be|ver)\w+d$|^(?:er|daar|hier|waar)\w+$"
)
"""Forms of verbs, of adjectives, and "ermee"."""
_WORD = re.compile(r"\w[\w-]+")
_CAPITAL_INSIDE = re.compile(r"(?<![.?!:\n•-] )(?<!^)(?<!\n)\b[A-Z]\w+")
_LOWER = re.compile(r"\b[a-z]\w+")


@dataclass(frozen=True, slots=True)
class Signals:
    """The signals that are weighed; see `assistant.gate.GateSettings`."""

    covered: float
    """Highest coverage of the question's words by a sentence that holds the kind asked for."""
    meaning: float
    """Highest cosine of such a sentence."""
    names: float
    """Named things and figures in the question, at most 3."""
    words: float
    """ln(1 + content words)."""
    unknown: float
    """1 when a Dutch question holds a noun that the edition does not, else 0."""
    lead: float
    """How far the best BM25 score is above the tenth, as a share of it."""


class SignalReader:
    """Reads the signals of a question whose evidence is ranked."""

    def __init__(self, analyser: DutchAnalyser) -> None:
        self._analyser = analyser
        # The same passages come by with every question about their subject.
        self._written = lru_cache(maxsize=2_000)(_written)

    def read(self, query: Query, retrieved: Retrieved, ranked: Sequence[Evidence]) -> Signals:
        """The signals of a question with its evidence, best first (at least one)."""
        kind = kind_of(query)
        holding = [e for e in ranked if holds(kind, e.sentence.text)]
        # Without an amount there is no answer to what something costs, or else what is paid for.
        able = holding if kind in STRICT and holding else ranked
        text = own_text(query)
        words = self._analyser.words(text)
        lexical = sorted(retrieved.arms["lexical"].values(), reverse=True)
        return Signals(
            covered=max((e.coverage for e in able), default=0.0),
            meaning=_highest(e.semantic for e in able),
            names=float(min(_MOST_NAMES, len(self._names(text, retrieved.hits[:_READ])))),
            words=float(np.log1p(len({self._analyser.forms(w)[0] for w in words}))),
            unknown=float(
                query.language == "nl" and self._asks_unknown(text, words, retrieved.index.lexical)
            ),
            lead=(lexical[0] - lexical[:_TENTH][-1]) / lexical[0] if lexical else 0.0,
        )

    # --- steps -------------------------------------------------------------------------------

    def _names(self, text: str, hits: Sequence[Hit]) -> list[str]:
        """Words of ``text`` that name one thing: written with a capital, here or in the hits, or
        with a digit."""
        written = [self._written(hit.passage.text) for hit in hits]

        def named_there(word: str) -> bool:
            capital = any(word in capitals for capitals, _ in written)
            return capital and not any(word in lower for _, lower in written)

        return [
            found.group()
            for found in _WORD.finditer(text)
            if self._analyser.words(found.group())
            and (_is_named(text, found) or named_there(fold(found.group())))
        ]

    def _asks_unknown(self, text: str, words: Collection[str], lexical: LexicalIndex) -> bool:
        """Whether a Dutch text holds what looks like a noun, and stands in no passage.

        What people say in their own words ("meteen", "kwijtraken") is mostly no noun.
        """
        from wordfreq import word_frequency  # most commands ask no question

        tokens = _TOKEN.findall(fold(text))
        for at, word in enumerate(tokens):
            if word not in words or lexical.knows(self._analyser.forms(word)[0]):
                continue
            before = tokens[at - 1] if at else ""
            noun = before in _BEFORE_NOUN or not _NO_NOUN.search(word)
            if noun and word_frequency(word, "nl") < _COMMON:
                return True
        return False


def _written(text: str) -> tuple[set[str], set[str]]:
    """The words of ``text`` that stand with a capital inside a sentence, and those without one."""
    capitals = {fold(word) for word in _CAPITAL_INSIDE.findall(text)}
    return capitals, set(_LOWER.findall(text))


def _is_named(text: str, word: re.Match[str]) -> bool:
    """Whether a word has a digit first, or a capital that is not the start of a sentence."""
    first = word.group()[0]
    if first.isdigit():
        return True
    before = text[: word.start()].rstrip()
    return first.isupper() and bool(before) and before[-1] not in ".?!(:"


def _highest(cosines: Iterable[float]) -> float:
    return max(cosines, default=_NO_MEANING)
