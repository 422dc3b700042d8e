"""Finds passages: dense on passages, dense on sentences, and Dutch BM25, added up; then folded."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Protocol

import numpy as np

from assistant.answer_shapes import is_of_form, shapes_of
from assistant.arms import Arms
from assistant.fold import Folder
from assistant.fusion import Candidates, Points, arm_points, form_points
from assistant.fusion import RetrievalWeights as RetrievalWeights
from assistant.kinds import own_text
from assistant.late_interaction import open_late_interaction
from assistant.meanings import Meanings
from assistant.ranking import Scored, made_hit, scored, together
from assistant.special import only_asks, special
from assistant.terms import AskedTerm, asked_terms, lexical_query, meant, surest_terms
from corpus.dutch import DutchAnalyser
from corpus.embedding_text import list_hint
from corpus.glossary import Lexicon
from corpus.index import EditionIndex
from corpus.lexical import LexicalIndex
from corpus.library import Library
from corpus.tokens import Tokens, token_embedder
from corpus.types import Embedder, Hit, Passage, Query, Reason, Vectors

_KEPT_HINTS = 20_000
_SPARE = 2
"""Times as many hits are made as are asked for: some are folded into others."""


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
    """What a passage would score by BM25 that meets every word of the question in the best way."""
    unknown: float
    """Share (0 to 1) of the question's words that the edition holds in no form."""
    tokens: Tokens | None = None
    """The question's tokens, where the embedder gives them."""
    parts: tuple[Retrieved, ...] = ()
    """What each part of a double question found by itself; empty when it is one question."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question that is searched for: the whole, or a part of a double one."""

    text: str
    vector: Vectors
    sought: Vectors
    """The vector, leaning towards the words that the glossary leads to: what is searched with."""
    words: tuple[AskedTerm, ...]
    terms: Mapping[str, float]
    """Weight per stem for the lexical index."""
    own: frozenset[str]
    """The stems among these that the question itself holds."""
    tokens: Tokens | None


class CloserLook(Protocol):
    """Reads the best hits once more: ``assistant.rerank.HitReranker``."""

    def rerank(self, query: Query, hits: Sequence[Hit]) -> Sequence[Hit]:
        """The same hits, best first by what was found; each with a Reason for it."""


class Retriever:
    """Searches one edition."""

    def __init__(
        self,
        library: Library,
        embedder: Embedder,
        analyser: DutchAnalyser,
        glossary: Lexicon,
        weights: RetrievalWeights | None = None,
        rerankers: Sequence[CloserLook] = (),
    ) -> None:
        self._library = library
        self._embedder = embedder
        self._analyser = analyser
        self._glossary = glossary
        self._weights = weights or RetrievalWeights()
        self._arms = Arms(library, self._weights)
        self._late = open_late_interaction(library.registry, embedder, self._weights.tokens)
        self._token_embedder = token_embedder(embedder) if self._late is not None else None
        self._meanings = Meanings(embedder)
        self._rerankers = rerankers
        self._folder = Folder()
        # The same headings come by with every question.
        self._stems = lru_cache(maxsize=20_000)(self._read_stems)
        self._hints: dict[str, frozenset[str]] = {}

    def search(self, query: Query, k: int = 20, edition: int | None = None) -> Retrieved:
        """The best ``k`` passages of an edition (by default the published one), best first."""
        index = self._library.open_edition(edition)
        asked = self._ask(query)
        found = [self._candidates(each, index, _SPARE * k) for each in asked]
        whole, *parts = (
            self._ranked(query, *each, index, k) for each in zip(asked, found, strict=True)
        )
        hits: Sequence[Hit] = together(whole, parts, self._weights.part)
        for reranker in self._rerankers:
            hits = reranker.rerank(query, hits)
        results = [
            self._retrieved(each, candidates, ranked, index, k)
            for each, candidates, ranked in zip(asked, found, (hits, *parts), strict=True)
        ]
        return replace(results[0], parts=tuple(results[1:]))

    def with_glossary(self, glossary: Lexicon) -> Retriever:
        """The same search with another glossary."""
        other = copy.copy(self)
        other._glossary = glossary
        return other

    # --- steps -------------------------------------------------------------------------------

    def _retrieved(
        self,
        asked: _Asked,
        found: Candidates,
        ranked: Sequence[Hit],
        index: EditionIndex,
        k: int,
    ) -> Retrieved:
        folded = self._folder.fold(ranked, self._library.twin_table(index.number))
        return Retrieved(
            hits=folded[:k],
            vector=asked.vector,
            index=index,
            arms=found.arms,
            best_lexical=found.best_lexical,
            unknown=_unknown(asked.words, index.lexical),
            tokens=asked.tokens,
        )

    def _ask(self, query: Query) -> list[_Asked]:
        """The question, and the parts of a double one: each has passages of its own."""
        texts = (query.text, *query.parts)
        vectors, tokens = self._embed(texts)
        asked = []
        for text, vector, of_text in zip(texts, vectors, tokens, strict=True):
            words = asked_terms(text, self._analyser, self._glossary, query.language)
            words = tuple(term for term in words if not only_asks(query, term.word))
            terms = lexical_query(words, self._weights.terms)
            own = frozenset(stem for stem, weight in terms.items() if weight == 1.0)
            led_to = meant(words, self._glossary)
            sought = self._meanings.lean(vector, led_to, self._weights.meanings)
            asked.append(_Asked(text, vector, sought, words, terms, own, of_text))
        return asked

    def _embed(self, texts: Sequence[str]) -> tuple[Vectors, Sequence[Tokens | None]]:
        if self._token_embedder is None:
            return self._embedder.embed_queries(texts), [None] * len(texts)
        return self._token_embedder.embed_query_tokens(texts)

    def _candidates(self, asked: _Asked, index: EditionIndex, k: int) -> Candidates:
        """The best of what the arms find, at least ``k`` where there are as many."""
        ids, arms = self._arms.find(asked.sought, asked.terms, index)
        best = index.lexical.highest(surest_terms(asked.words, self._weights.terms, index.lexical))
        points = arm_points(ids, arms, best, self._weights)
        total: Points = sum(points.values(), np.zeros(len(ids)))
        kept = np.argsort(-total, kind="stable")[: max(k, self._weights.read)]
        return Candidates(
            passages=tuple(self._library.passages([ids[n] for n in kept])),
            points={name: values[kept] for name, values in points.items()},
            arms=arms,
            best_lexical=best,
        )

    def _ranked(
        self, query: Query, asked: _Asked, found: Candidates, index: EditionIndex, k: int
    ) -> Sequence[Hit]:
        """The best candidates as hits, best first, each with what made its score."""
        points = dict(found.points) | form_points(
            query,
            found,
            self._weights,
            likeness=self._likeness(asked, index.lexical),
            is_named=lambda passage: self._is_named(asked, passage),
            names=self._names(query, index.lexical),
            is_of_form=_of_form(query),
        )
        total: Points = sum(points.values(), np.zeros(len(found.passages)))
        lowered = (-total).tolist()
        ids = [passage.id for passage, _, _ in found.passages]
        best = sorted(range(len(ids)), key=lambda n: (lowered[n], ids[n]))[: _SPARE * k]
        late: Sequence[Reason] = ()
        if self._late is not None and asked.tokens is not None:
            late = self._late.reasons(asked.tokens, [ids[n] for n in best])
        values = {name: each.tolist() for name, each in points.items()}
        ranked = scored(best, values, late)
        if not self._rerankers:  # who reads them once more may put the last one first
            ranked = self._seen(ranked, ids, index, k)
        return [made_hit(found, values, *each) for each in ranked]

    def _seen(
        self, ranked: Sequence[Scored], ids: Sequence[str], index: EditionIndex, k: int
    ) -> list[Scored]:
        """Those of which a hit is made, which takes longer than to rank them: what may be folded,
        and of the rest the best ``k``."""
        twins = self._library.twin_table(index.number)
        linked = [ids[n] in twins for n, _, _ in ranked]
        alone = (n for n, is_linked in enumerate(linked) if not is_linked)
        within = set(islice(alone, k))
        return [each for n, each in enumerate(ranked) if linked[n] or n in within]

    def _likeness(self, asked: _Asked, lexical: LexicalIndex) -> Callable[[str], float]:
        """Dice coefficient (Dice 1945) of the words of question and heading, rare words first."""
        own, idf, stems = asked.own, lexical.idf, self._stems
        of_question = sum(map(idf, own))

        def likeness(heading: str) -> float:
            headed = stems(heading)
            if own.isdisjoint(headed):
                return 0.0
            return 2 * sum(map(idf, own & headed)) / (of_question + sum(map(idf, headed)))

        return likeness

    def _names(self, query: Query, lexical: LexicalIndex) -> Callable[[Passage], float] | None:
        """How well a passage names what is asked for by name; None when nothing is."""
        wishes = special(query, lexical, self._analyser)
        names = wishes.names
        if names is None:
            return None
        return lambda passage: names.share(passage.text, wishes.is_common)

    def _is_named(self, asked: _Asked, passage: Passage) -> bool:
        """Whether a word of the question itself says what this list is."""
        return not asked.own.isdisjoint(self._hinted(passage))

    def _hinted(self, passage: Passage) -> frozenset[str]:
        if len(self._hints) > _KEPT_HINTS:
            self._hints = {}
        known = self._hints  # another thread may put a new one in its place meanwhile
        if passage.id not in known:
            known[passage.id] = self._stems(list_hint(passage))
        return known[passage.id]

    def _read_stems(self, text: str) -> frozenset[str]:
        return frozenset(self._analyser.forms(word)[0] for word in self._analyser.words(text))


def _of_form(query: Query) -> Callable[[Passage], bool] | None:
    """Whether a passage is of the form that is asked for; None when no form is."""
    shapes = [shape for shape in shapes_of(own_text(query)) if shape.lead is not None]
    return (lambda passage: is_of_form(shapes, passage)) if shapes else None


def _unknown(asked: Sequence[AskedTerm], lexical: LexicalIndex) -> float:
    """Share of the words asked that occur nowhere: not themselves, in parts or in other words.
    A number or a letter alone says nothing."""
    words = [term for term in asked if len(term.word) > 1 and not term.word.isdigit()]
    nowhere = [
        term
        for term in words
        if not any(lexical.knows(stem) for stem in (term.stem, *term.parts, *term.meanings))
    ]
    return len(nowhere) / len(words) if words else 0.0
