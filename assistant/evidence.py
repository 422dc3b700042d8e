"""Scores the sentences of the passages found: which of them answer the question?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.answer_shapes import shape_points, shapes_of
from assistant.digest import Digests, SentenceDigest
from assistant.diversity import diverse
from assistant.fits import is_strict
from assistant.held import holder
from assistant.kinds import own_text
from assistant.retrieve import Retrieved
from assistant.sentence_form import asked_form, heading_likeness, share_shown, wanted_marks
from assistant.special import only_asks, special
from assistant.terms import AskedTerm, asked_terms
from corpus.dutch import DutchAnalyser
from corpus.glossary import Lexicon
from corpus.index import EditionIndex
from corpus.registry import Registry
from corpus.types import Evidence, Hit, Query, Sentence, Vectors

_PART_MATCH = 0.8  # a compound met by all of its parts
_MEANING_MATCH = 0.7  # another word for it, by the glossary
_KEPT = 20_000  # vectors in memory, some 30 MB
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
        self._digests = Digests(analyser)
        self._vectors: dict[str, Vectors] = {}

    def select(self, query: Query, retrieved: Retrieved) -> list[Evidence]:
        """Every sentence of the best passages as Evidence, best first."""
        hits = self.read(retrieved.hits)
        found = [(d, hit) for hit in hits for d in self._digests.of(hit).sentences]
        if not found:
            return []
        asked = self._asked(query, retrieved)
        form = self._form(query, hits, asked)
        held = holder(query, asked.terms, self._analyser)
        sentences = [digest.sentence for digest, _ in found]
        vectors = self._vectors_of([s.id for s in sentences], retrieved.index)
        semantic = _cosines(retrieved.vector, sentences, vectors)
        spread, mean = float(semantic.std()) or 1.0, float(semantic.mean())
        best_hit, w = hits[0].score, self._weights
        fits = w.fits if is_strict(query.asks) else w.may_fit
        wishes = special(query, retrieved.index.lexical, self._analyser)
        shapes = shapes_of(own_text(query))
        sides = {"asked": w.side, "opposite": w.opposite, "neither": 0.0}
        evidence = []
        for (digest, hit), cosine in zip(found, semantic.tolist(), strict=True):
            covered = asked.coverage(digest)
            named = wishes.named(digest.sentence, hit)
            holds = held(digest.sentence) and (named > 0 or wishes.names is None)
            score = (
                w.semantic * (cosine - mean) / spread
                + w.coverage * covered
                + w.passage * (hit.score - best_hit)
                + fits * holds
                + form(digest, hit)
                + w.names * named
                + sides[wishes.speaks(digest.sentence, hit)]
                + shape_points(
                    shapes,
                    digest.sentence,
                    hit.passage,
                    covered if asked.total else 1.0,
                    digest.forms,
                )
            )
            evidence.append(Evidence(digest.sentence, hit, score, cosine, covered, holds))
        evidence.sort(key=lambda e: (-e.score, e.sentence.id))
        return evidence

    def read(self, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The hits whose sentences are looked at, the best first."""
        places = self._weights.passages
        return diverse(hits, places, lambda hit: self._digests.of(hit).terms)[:places]

    def ahead(self, hit: Hit) -> None:
        """Read a passage before anyone asks for it: its score does not matter."""
        self._digests.ahead(hit)

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

    def _asked(self, query: Query, retrieved: Retrieved) -> _Asked:
        terms = asked_terms(query.text, self._analyser, self._glossary, query.language)
        rare = retrieved.index.lexical.idf
        weighed = [(t, rare(t.stem)) for t in terms if t.word and not only_asks(query, t.word)]
        return _Asked(
            terms=terms,
            weighed=weighed,
            total=sum(idf for _, idf in weighed),
            met_by=frozenset(stem for t, _ in weighed for stem in (t.stem, *t.parts, *t.meanings)),
        )

    def _form(
        self, query: Query, hits: Sequence[Hit], asked: _Asked
    ) -> Callable[[SentenceDigest, Hit], float]:
        """What the form of a sentence adds, given the form of the question."""
        w, asks = self._weights, asked_form(query)
        wanted = wanted_marks(query.text, asks)
        stems = {term.stem for term, _ in asked.weighed}
        digests = {hit.passage.id: self._digests.of(hit) for hit in hits}
        headings = {
            passage_id: w.heading * heading_likeness(query.text, digest.heading)
            for passage_id, digest in digests.items()
        }

        is_list, is_how, is_definition = (asks == a for a in ("list", "how", "definition"))

        def points(digest: SentenceDigest, hit: Hit) -> float:
            kind, shows = digest.sentence.kind, digest.shows
            listed = digest.in_list and is_list
            return (
                w.in_list * listed
                + w.steps * (digest.in_list and is_how)
                + w.leading * (kind == "lead")
                + w.defines * (is_definition and shows.defines)
                + w.named * (listed and not stems.isdisjoint(digests[hit.passage.id].hint))
                + w.quoted * (kind == "quote")
                + w.leaning * shows.leans_back
                + w.is_a * (is_definition and shows.is_a)
                + headings[hit.passage.id]
                + (w.form * share_shown(wanted, shows) if wanted else 0.0)
                + w.research * shows.of_research
            )

        return points


@dataclass(frozen=True, slots=True)
class _Asked:
    """The words of a question."""

    terms: Sequence[AskedTerm]
    weighed: Sequence[tuple[AskedTerm, float]]
    """Those that it holds itself, each with its rarity."""
    total: float
    """The sum of these."""
    met_by: frozenset[str]
    """The stems by which any of them is met, in whole or in part."""
    around: dict[frozenset[str], tuple[float, ...]] = field(default_factory=dict)
    """What the context of sentences meets of each of these: most sentences share theirs."""

    def coverage(self, digest: SentenceDigest) -> float:
        """Share of the asked terms, weighed by rarity, that a sentence or its context meets."""
        if not self.total:
            return 0.0
        own, around = digest.own, self._around(digest.context)
        if self.met_by.isdisjoint(own):
            return sum(around) / self.total
        met = 0.0
        for (term, idf), beside in zip(self.weighed, around, strict=True):
            if term.stem in own:
                met += idf
            elif term.parts and own.issuperset(term.parts):
                met += idf * _PART_MATCH
            elif term.meanings and not own.isdisjoint(term.meanings):
                met += idf * _MEANING_MATCH
            else:
                met += beside
        return met / self.total

    def _around(self, context: frozenset[str]) -> tuple[float, ...]:
        known = self.around.get(context)
        if known is None:
            if self.met_by.isdisjoint(context):
                known = (0.0,) * len(self.weighed)
            else:
                known = tuple(idf * _beside(term, context) for term, idf in self.weighed)
            self.around[context] = known
        return known


def _beside(term: AskedTerm, context: frozenset[str]) -> float:
    """How far the context of a sentence meets a term."""
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
