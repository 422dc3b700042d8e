"""The content words of a question, with what the glossary knows for them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.dutch import DutchAnalyser
from corpus.glossary import Lexicon
from corpus.lexical import LexicalIndex
from corpus.types import Language

_MEANT = 2
"""Words per word of the question that its meaning leans to: the file has the best ones first."""


@dataclass(frozen=True, slots=True)
class AskedTerm:
    """One content word: its stem, the stems of its parts, and other words for it."""

    word: str
    stem: str
    parts: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermWeights:
    """What a match counts in the lexical search, against 1 for the word itself."""

    part: float = 0.5
    meaning: float = 0.6


def asked_terms(
    text: str, analyser: DutchAnalyser, glossary: Lexicon, language: Language | None = None
) -> tuple[AskedTerm, ...]:
    """The content words of ``text``, each once, in order, with what the glossary knows for them in
    that language (None is both). What a phrase of the glossary means without holding one of them
    comes last."""
    found: dict[str, AskedTerm] = {}
    for word in analyser.words(text):
        stem, parts = analyser.forms(word)
        meanings = glossary.meanings(stem, language)
        found.setdefault(stem, AskedTerm(word, stem, parts, meanings))
    for phrase in glossary.phrases_in(text, language):
        own = [stem for stem in phrase.stems if stem in found]
        for stem in own:
            meanings = tuple(dict.fromkeys((*phrase.means, *found[stem].meanings)))
            found[stem] = replace(found[stem], meanings=meanings)
        if not own:
            for meaning in phrase.means:
                found.setdefault(meaning, AskedTerm("", meaning))
    return tuple(found.values())


def lexical_query(terms: tuple[AskedTerm, ...], weights: TermWeights) -> dict[str, float]:
    """Weight per stem for the lexical index."""
    query: dict[str, float] = {}

    def add(stem: str, weight: float) -> None:
        query[stem] = max(weight, query.get(stem, 0.0))

    for term in terms:
        add(term.stem, 1.0 if term.word else weights.meaning)
        for part in term.parts:
            add(part, weights.part)
        for meaning in term.meanings:
            add(meaning, weights.meaning)
    return query


def meant(terms: tuple[AskedTerm, ...], glossary: Lexicon) -> tuple[str, ...]:
    """The words that the glossary leads to as its file writes them, each once, in order: the best
    two of each word, and what a phrase means."""
    stems: list[str] = []
    for term in terms:
        stems += term.meanings[:_MEANT] if term.word else (term.stem,)
    return tuple(dict.fromkeys(glossary.written.get(stem, stem) for stem in stems))


def surest_terms(
    terms: tuple[AskedTerm, ...], weights: TermWeights, lexical: LexicalIndex
) -> dict[str, float]:
    """Weight per stem of what a passage would hold that meets every word in the best way.

    A word and its other words are alternatives: a passage that holds one of them meets it. A word
    that the index knows in no form stays, as one that nothing meets.
    """
    surest: dict[str, float] = {}
    for term in terms:
        ways = [(term.stem, 1.0 if term.word else weights.meaning)]
        ways += [(meaning, weights.meaning) for meaning in term.meanings]
        known = [way for way in ways if lexical.knows(way[0])]
        if term.word or known:
            stem, weight = max(known or ways[:1], key=lambda way: way[1] * lexical.idf(way[0]))
            surest[stem] = max(weight, surest.get(stem, 0.0))
    return surest
