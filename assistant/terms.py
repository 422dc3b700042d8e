"""The content words of a question, with what the glossary knows for them."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.dutch import DutchAnalyser
from corpus.glossary import Glossary


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
    meaning: float = 0.4


def asked_terms(text: str, analyser: DutchAnalyser, glossary: Glossary) -> tuple[AskedTerm, ...]:
    """The content words of ``text``, each once, in order; phrases of the glossary come last."""
    found: dict[str, AskedTerm] = {}
    for word in analyser.words(text):
        stem, parts = analyser.forms(word)
        found.setdefault(stem, AskedTerm(word, stem, tuple(parts), glossary.meanings(stem)))
    for meaning in glossary.in_phrases(text):
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
