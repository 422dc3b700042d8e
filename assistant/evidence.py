"""Scores the sentences of the passages found: which of them answer the question?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.diversity import diverse
from assistant.fits import is_strict
from assistant.held import holder
from assistant.orders import is_order
from assistant.retrieve import Retrieved
from assistant.sentence_form import (
    answers_form,
    asked_form,
    heading_likeness,
    marks,
)
from assistant.special import lead_text, only_asks, special
from assistant.terms import AskedTerm, asked_terms
from corpus.dutch import DutchAnalyser
from corpus.embedding_text import list_hint
from corpus.glossary import Lexicon
from corpus.index import EditionIndex
from corpus.registry import Registry
from corpus.types import AnswerType, Evidence, Hit, Query, Sentence, Vectors

_PART_MATCH = 0.8  # a compound met by all of its parts
_MEANING_MATCH = 0.7  # another word for it, by the glossary
_KEPT = 20_000  # vectors in memory, some 30 MB
_NONE: frozenset[str] = frozenset()
_CONTEXT_MATCH = 0.5  # a term that stands in the heading or the introducing sentence only


@dataclass(frozen=True, slots=True)
class EvidenceWeights:
    """What makes a sentence an answer."""

    semantic: float = 0.6
    coverage: float = 3.5
    passage: float = 0.5
    fits: float = 1.6
    may_fit: float = 0.5
    """The same where a sentence without it may answer, too: who, how."""
    heading: float = 1.5
    """For standing under a heading that asks what the question asks."""
    is_a: float = 1.0
    """For a sentence that says what something is, when that is asked."""
    in_list: float = 0.8
    """For a list's lead or item, when the question asks for a list."""
    steps: float = 0.4
    """The same when it asks how: practical steps mostly stand in a list."""
    leading: float = 0.2
    """For a sentence that introduces a list: it brings more than itself."""
    named: float = 0.8
    """For a list that the question names by its form ("criteria", "tips", "varianten")."""
    defines: float = 0.3
    """For a sentence that says what something is, when that is asked."""
    quoted: float = -1.0
    """For someone's words: they illustrate more often than they answer."""
    leaning: float = -0.1
    """For a sentence that leans on the one before it."""
    form: float = 0.5
    """For a word that decides, a reason or a role, when the question's form asks for it."""
    research: float = -0.4
    """For a sentence about how something was found out."""
    names: float = 3.0
    """For the names in a sentence or in its list, when names are asked for."""
    side: float = 1.5
    """For speaking of the side of things that is asked for: nadelen."""
    opposite: float = -2.5
    """For speaking of the opposite only: voordelen."""
    passages: int = 8
    """Passages whose sentences are looked at."""


class EvidenceSelector:
    """Scores sentences by meaning, by the question's words, and by what they hold."""

    def __init__(
        self,
        registry: Registry,
        analyser: DutchAnalyser,
        glossary: Lexicon,
        model_id: str,
        weights: EvidenceWeights | None = None,
    ) -> None:
        self._registry = registry
        self._analyser = analyser
        self._glossary = glossary
        self._model_id = model_id
        self._weights = weights or EvidenceWeights()
        self._vectors: dict[str, Vectors] = {}

    def select(self, query: Query, retrieved: Retrieved) -> list[Evidence]:
        """Every sentence of the best passages as Evidence, best first."""
        hits = self.read(retrieved.hits)
        pairs = [(s, hit) for hit in hits for s in hit.passage.sentences if not is_order(s.text)]
        if not pairs:
            return []
        terms = asked_terms(query.text, self._analyser, self._glossary, query.language)
        wishes = special(query, retrieved.index.lexical, self._analyser)
        rare = retrieved.index.lexical.idf
        asked = [(t, rare(t.stem)) for t in terms if t.word and not only_asks(query, t.word)]
        held = holder(query, terms, self._analyser)
        vectors = self._vectors_of([s.id for s, _ in pairs], retrieved.index)
        semantic = _cosines(retrieved.vector, [s for s, _ in pairs], vectors)
        spread, mean = float(semantic.std()) or 1.0, float(semantic.mean())
        best_hit, w, form = hits[0].score, self._weights, asked_form(query)
        sides = {"asked": w.side, "opposite": w.opposite, "neither": 0.0}
        evidence = []
        for (sentence, hit), cosine in zip(pairs, semantic, strict=True):
            covered = self._coverage(asked, sentence, hit)
            named = wishes.named(sentence, hit)
            holds = held(sentence) and (named > 0 or wishes.names is None)
            score = (
                w.semantic * (float(cosine) - mean) / spread
                + w.coverage * covered
                + w.passage * (hit.score - best_hit)
                + (w.fits if is_strict(query.asks) else w.may_fit) * holds
                + self._form(query, form, sentence, hit, asked)
                + w.names * named
                + sides[wishes.speaks(sentence, hit)]
            )
            evidence.append(Evidence(sentence, hit, score, float(cosine), covered, holds))
        evidence.sort(key=lambda e: (-e.score, e.sentence.id))
        return evidence

    def read(self, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The hits whose sentences are looked at, the best first."""
        places = self._weights.passages
        return diverse(hits, places, self._analyser.term_set)[:places]

    def _vectors_of(self, ids: Sequence[str], index: EditionIndex) -> Mapping[str, Vectors]:
        """Vectors by sentence id: of the index where it has them in files, else of the database,
        from memory where they were read before: they never change."""
        at_hand = index.vectors.at_hand("sentences", ids)
        if len(at_hand) == len(ids):
            return at_hand
        if len(self._vectors) > _KEPT:
            self._vectors = {}
        kept = self._vectors  # another thread may put a new one in its place meanwhile
        missing = [i for i in ids if i not in kept]
        if missing:
            kept.update(self._registry.vectors.of_sentences(self._model_id, missing))
        return {i: kept[i] for i in ids}

    def _form(
        self,
        query: Query,
        asks: AnswerType,
        sentence: Sentence,
        hit: Hit,
        asked: Sequence[tuple[AskedTerm, float]],
    ) -> float:
        """What the form of a sentence adds, when the form of the question is ``asks``."""
        w, shows = self._weights, marks(sentence.text)
        in_list = sentence.kind in ("lead", "item", "row")
        listed = in_list and asks == "list"
        hint = self._analyser.term_set(list_hint(hit.passage)) if listed else _NONE
        return (
            w.in_list * listed
            + w.steps * (in_list and asks == "how")
            + w.leading * (sentence.kind == "lead")
            + w.defines * (asks == "definition" and shows.defines)
            + w.named * any(term.stem in hint for term, _ in asked)
            + w.quoted * (sentence.kind == "quote")
            + w.leaning * shows.leans_back
            + w.is_a * (asks == "definition" and shows.is_a)
            + w.heading * heading_likeness(query.text, "".join(hit.passage.section[-1:]))
            + w.form * answers_form(query.text, asks, sentence.text)
            + w.research * shows.of_research
        )

    def _coverage(
        self, asked: Sequence[tuple[AskedTerm, float]], sentence: Sentence, hit: Hit
    ) -> float:
        """Share of the asked terms, weighed by rarity, that the sentence or its context meets."""
        total = sum(idf for _, idf in asked)
        if not total:
            return 0.0
        own = self._analyser.term_set(sentence.text)
        lead = lead_text(sentence, hit)
        around = (hit.metadata.title, *hit.passage.section, lead)
        context = self._analyser.term_set("\n".join(around))
        if sentence.kind in ("lead", "item", "row"):
            own |= self._analyser.term_set(list_hint(hit.passage))
        return sum(idf * _match(term, own, context) for term, idf in asked) / total


def _match(term: AskedTerm, own: frozenset[str], context: frozenset[str]) -> float:
    if term.stem in own:
        return 1.0
    if term.parts and all(part in own for part in term.parts):
        return _PART_MATCH
    if any(meaning in own for meaning in term.meanings):
        return _MEANING_MATCH
    if term.stem in context or (term.parts and all(part in context for part in term.parts)):
        return _CONTEXT_MATCH
    if any(meaning in context for meaning in term.meanings):
        return _CONTEXT_MATCH * _MEANING_MATCH
    return 0.0


def _cosines(
    question: Vectors, sentences: Sequence[Sentence], vectors: Mapping[str, Vectors]
) -> Vectors:
    """Cosine of each sentence with the question, shape (n,)."""
    matrix = np.stack([vectors[s.id] for s in sentences])
    cosines: Vectors = matrix @ question
    return cosines
