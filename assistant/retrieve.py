"""Finds passages: dense on passages, dense on sentences, and Dutch BM25, added up.

Each arm's scores are standardised over what it found before they are added: ranks throw away
how sure an arm is, and raw heights cannot be compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import numpy as np

from assistant.terms import AskedTerm, TermWeights, asked_terms, lexical_query
from corpus.dutch import DutchAnalyser
from corpus.embedding_text import list_hint
from corpus.glossary import Glossary
from corpus.index import EditionIndex
from corpus.lexical import LexicalIndex
from corpus.library import Library
from corpus.types import Embedder, Hit, Metadata, Passage, Query, Vectors

_FURTHER = 4
"""Times as many candidates are looked at when too few of them count today."""
_USUAL_SPREAD = {"dense": 0.010, "sentence": 0.015, "lexical": 1.4}
"""Median standard deviation of each arm's scores over the questions for tuning."""


@dataclass(frozen=True, slots=True)
class RetrievalWeights:
    """How much each arm counts, and how deep it looks."""

    dense: float = 1.1
    sentence: float = 0.6
    lexical: float = 0.6
    met: float = 2.0
    """For the BM25 score as a share of the highest possible one: how sure that arm is."""
    terms: TermWeights = field(default_factory=TermWeights)
    named: float = 3.0
    """For a list that the question names by its form ("criteria", "tips", "varianten")."""
    heading: float = 4.0
    """For a heading that asks the same: its likeness to the question, 0 to 1."""
    audience: float = 0.3
    """Added for a document that is written for the reader: a preference, never a wall."""
    pool: int = 60
    """Passages per arm; the sentence arm looks at five times as many sentences."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a search found, with what later steps need of it."""

    hits: tuple[Hit, ...]
    vector: Vectors
    """The question's, shape (dimension,)."""
    index: EditionIndex
    arms: Mapping[str, Mapping[str, float]]
    """Raw scores per arm and passage id."""
    best_lexical: float
    """The highest BM25 score that any passage could have for the question's words."""
    unknown: float
    """Share (0 to 1) of the question's words that the edition holds in no form."""


class Retriever:
    """Searches one edition."""

    def __init__(
        self,
        library: Library,
        embedder: Embedder,
        analyser: DutchAnalyser,
        glossary: Glossary,
        weights: RetrievalWeights | None = None,
    ) -> None:
        self._library = library
        self._embedder = embedder
        self._analyser = analyser
        self._glossary = glossary
        self._weights = weights or RetrievalWeights()
        # The same headings come by with every question.
        self._stems = lru_cache(maxsize=20_000)(self._read_stems)

    def search(self, query: Query, k: int = 20, edition: int | None = None) -> Retrieved:
        """The best ``k`` passages of an edition (by default the published one), best first."""
        index = self._library.open_edition(edition)
        vector = self._embedder.embed_queries([query.text])[0]
        asked = asked_terms(query.text, self._analyser, self._glossary)
        terms = lexical_query(asked, self._weights.terms)
        arms, found = self._candidates(terms, vector, index)
        best_lexical = index.lexical.highest(terms)
        scores = self._fuse(arms, best_lexical)
        hits = [
            Hit(
                passage=passage,
                document_id=document_id,
                metadata=metadata,
                score=scores[passage.id] + self._preference(query, terms, passage, metadata, index),
                arms={arm: s[passage.id] for arm, s in arms.items() if passage.id in s},
            )
            for passage, document_id, metadata in found
        ]
        hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
        return Retrieved(
            tuple(hits[:k]), vector, index, arms, best_lexical, _unknown(asked, index.lexical)
        )

    def _candidates(
        self, terms: Mapping[str, float], vector: Vectors, index: EditionIndex
    ) -> tuple[dict[str, dict[str, float]], list[tuple[Passage, str, Metadata]]]:
        """What the arms find that counts today, further down where much of it is past."""
        pool, today = self._weights.pool, date.today()
        while True:
            arms = self._search_arms(terms, vector, index, pool)
            ids = list(dict.fromkeys(p for scores in arms.values() for p in scores))
            found = self._library.passages(ids)
            valid = [each for each in found if _is_valid(each[2], today)]
            enough = len(valid) == len(found) or len(valid) >= self._weights.pool
            if enough or pool >= index.vectors.count("sentences"):
                return _only(arms, {passage.id for passage, _, _ in valid}), valid
            pool *= _FURTHER

    def _search_arms(
        self, terms: Mapping[str, float], vector: Vectors, index: EditionIndex, pool: int
    ) -> dict[str, dict[str, float]]:
        w = self._weights
        arms: dict[str, dict[str, float]] = {}
        if w.dense:
            arms["dense"] = index.vectors.search("passages", vector, pool)
        if w.sentence:
            sentences = index.vectors.search("sentences", vector, 5 * pool)
            arms["sentence"] = _best_per_passage(sentences)
        if w.lexical:
            arms["lexical"] = index.lexical.search(terms, pool)
        return arms

    def _fuse(
        self, arms: Mapping[str, Mapping[str, float]], best_lexical: float
    ) -> dict[str, float]:
        """Sum per passage id of what every arm says."""
        total: dict[str, float] = {p: 0.0 for scores in arms.values() for p in scores}
        for arm, scores in arms.items():
            weight: float = getattr(self._weights, arm)
            for passage_id, standard in _standardised(arm, scores, list(total)).items():
                total[passage_id] += weight * standard
        for passage_id, score in arms.get("lexical", {}).items():
            total[passage_id] += self._weights.met * score / best_lexical
        return total

    def _preference(
        self,
        query: Query,
        terms: Mapping[str, float],
        passage: Passage,
        metadata: Metadata,
        index: EditionIndex,
    ) -> float:
        """What a hit gains besides its scores."""
        w = self._weights
        wanted = query.audience is not None and query.audience in metadata.audiences
        gained = w.audience / len(metadata.audiences) if wanted else 0.0
        if query.asks == "list" and self._is_named(terms, passage):
            gained += w.named
        if passage.section:
            gained += w.heading * self._likeness(terms, passage.section[-1], index.lexical)
        return gained

    def _likeness(self, terms: Mapping[str, float], heading: str, lexical: LexicalIndex) -> float:
        """Dice coefficient (Dice 1945) of the words of question and heading, rare words first."""
        asked = {stem for stem, weight in terms.items() if weight == 1.0}
        headed = self._stems(heading)
        together = sum(map(lexical.idf, asked)) + sum(map(lexical.idf, headed))
        return 2 * sum(map(lexical.idf, asked & headed)) / together if together else 0.0

    def _is_named(self, terms: Mapping[str, float], passage: Passage) -> bool:
        """Whether a word of the question itself (weight 1) says what this list is."""
        return any(terms.get(stem) == 1.0 for stem in self._stems(list_hint(passage)))

    def _read_stems(self, text: str) -> frozenset[str]:
        return frozenset(self._analyser.forms(word)[0] for word in self._analyser.words(text))


def _standardised(arm: str, scores: Mapping[str, float], ids: list[str]) -> dict[str, float]:
    """Scores of every id in ``ids`` in standard deviations from their mean."""
    if not scores:
        return {}
    # Without a word in common BM25 is exactly 0; a cosine that was not among the nearest is
    # unknown, but no higher than the lowest that was.
    absent = 0.0 if arm == "lexical" else min(scores.values())
    values = np.array([scores.get(passage_id, absent) for passage_id in ids])
    # An arm whose scores lie closer together than usual is not sure of their order.
    spread = max(float(values.std()), _USUAL_SPREAD[arm])
    mean = float(values.mean())
    return {p: (float(v) - mean) / spread for p, v in zip(ids, values, strict=True)}


def _only(arms: Mapping[str, Mapping[str, float]], ids: set[str]) -> dict[str, dict[str, float]]:
    """The scores of the passages in ``ids``: what is past its date must not make us sure."""
    return {arm: {p: s for p, s in scores.items() if p in ids} for arm, scores in arms.items()}


def _unknown(asked: Sequence[AskedTerm], lexical: LexicalIndex) -> float:
    """Share of the words asked that occur nowhere: not themselves, in parts or in other words."""
    words = [term for term in asked if term.word]
    nowhere = [
        term
        for term in words
        if not any(lexical.knows(stem) for stem in (term.stem, *term.parts, *term.meanings))
    ]
    return len(nowhere) / len(words) if words else 0.0


def _best_per_passage(sentences: Mapping[str, float]) -> dict[str, float]:
    """A passage is as near as its nearest sentence; a sentence id is passage id + ":n"."""
    best: dict[str, float] = {}
    for sentence_id, score in sentences.items():
        passage_id = sentence_id.rsplit(":", 1)[0]
        best[passage_id] = max(score, best.get(passage_id, -1.0))
    return best


def _is_valid(metadata: Metadata, today: date) -> bool:
    """Whether a document may be cited today: it has begun to count, and has not ended."""
    begun = metadata.valid_from is None or metadata.valid_from <= today
    return begun and (metadata.valid_until is None or today <= metadata.valid_until)
