"""The arms of the search: passages near the question, sentences near it, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assistant.fusion import RetrievalWeights
from corpus.index import EditionIndex
from corpus.library import Library
from corpus.types import Metadata, Vectors

Scores = dict[str, dict[str, float]]
"""Raw scores per arm and passage id."""

_FURTHER = 4
"""Times as many candidates are looked at when too few of them count today."""
_SENTENCES = 5
"""Times as many sentences are looked for as passages."""
_KEPT = 20_000  # versions, some 2 MB


class Arms:
    """Asks each arm for its best. Safe for several threads."""

    def __init__(self, library: Library, weights: RetrievalWeights) -> None:
        """An arm that weighs nothing is not asked."""
        self._library = library
        self._weights = weights
        self._undated: set[str] = set()

    def find(
        self, vector: Vectors, terms: Mapping[str, float], index: EditionIndex
    ) -> tuple[list[str], Scores]:
        """Ids of what counts today, and its scores per arm; further down where much is past.

        ``vector`` is the question's, shape (dimension,), ``terms`` its stems with their weights.
        """
        pool, today = self._weights.pool, date.today()
        while True:
            arms = self._search(vector, terms, index, pool)
            ids = sorted(set().union(*arms.values()))
            past = self._past({_version(p) for p in ids}, today)
            valid = [p for p in ids if _version(p) not in past] if past else ids
            enough = len(valid) == len(ids) or len(valid) >= self._weights.pool
            if enough or pool >= index.vectors.count("sentences"):
                return valid, _only(arms, set(valid)) if past else arms
            pool *= _FURTHER

    def _past(self, version_ids: set[str], today: date) -> set[str]:
        """Those that do not count today. Versions never change: of most it is known that they
        always count."""
        undated = self._undated  # another thread may put a new one in its place meanwhile
        found = self._library.metadata(version_ids - undated)
        dated = {v: m for v, (_, m) in found.items() if m.valid_from or m.valid_until}
        if len(undated) > _KEPT:
            undated = self._undated = set()
        undated.update(found.keys() - dated.keys())
        return {version_id for version_id, m in dated.items() if not _is_valid(m, today)}

    def _search(
        self, vector: Vectors, terms: Mapping[str, float], index: EditionIndex, pool: int
    ) -> Scores:
        w = self._weights
        arms: Scores = {}
        if w.dense:
            arms["dense"] = index.vectors.search("passages", vector, pool)
        if w.sentence:
            sentences = index.vectors.search("sentences", vector, _SENTENCES * pool)
            arms["sentence"] = _best_per_passage(sentences)
        if w.lexical:
            arms["lexical"] = index.lexical.search(terms, pool)
        return arms


def _best_per_passage(sentences: Mapping[str, float]) -> dict[str, float]:
    """A passage is as near as its nearest sentence; a sentence id is passage id + ":n". The nearest
    come first."""
    best: dict[str, float] = {}
    for sentence_id, score in sentences.items():
        passage_id = sentence_id.rpartition(":")[0]
        if passage_id not in best:
            best[passage_id] = score
    return best


def _version(passage_id: str) -> str:
    return passage_id.partition(":")[0]


def _only(arms: Scores, ids: set[str]) -> Scores:
    """The scores of the passages in ``ids``: what is past its date must not make us sure."""
    return {arm: {p: s for p, s in scores.items() if p in ids} for arm, scores in arms.items()}


def _is_valid(metadata: Metadata, today: date) -> bool:
    """Whether a document may be cited today: it has begun to count, and has not ended."""
    begun = metadata.valid_from is None or metadata.valid_from <= today
    return begun and (metadata.valid_until is None or today <= metadata.valid_until)
