"""Finds passages that say the same: word for word, nearly so, or in other words.

Only what is new in an edition is compared with the rest. What was found is kept for the contents
(`corpus.twins`), so it still holds when documents leave and come back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from corpus.dutch import DutchAnalyser
from corpus.lexical import LexicalIndex
from corpus.registry import Registry
from corpus.shingles import (
    ManyRuns,
    join_runs,
    key_of,
    likeness,
    near_pairs,
    numbers,
    numbers_clash,
    runs,
    words,
)
from corpus.twins import Content, Likeness, Twins
from corpus.types import Passage, Vectors
from corpus.vectors import VectorIndex

if TYPE_CHECKING:
    from corpus.progress import Progress

_NEIGHBOURS = 10
"""Nearest passages by vector that may say the same in other words."""
_ALIKE = 0.40
"""Weighted share of terms from which two neighbours do. Calibrated by eye: of the pairs from here
on, nine in ten say the same or one says what the other does and more; below .36 half only share
their subject. The cosine of their vectors tells these apart less well than the terms do."""
_FEWEST_SHARED = 9
"""Terms in common below which no two texts that we read said the same: short ones share a few
rare terms by their subject alone."""
_HOPELESS = 0.25
"""Share of terms, not weighted, below which no pair came near ``_ALIKE``."""
_BATCH = 200  # passages per look in the index


@dataclass(frozen=True, slots=True)
class _Said:
    """What one passage says, for comparing."""

    passage_id: str
    version_id: str
    ordinal: int
    key: str
    terms: frozenset[str]
    numbers: frozenset[str]


class DuplicateFinder:
    """Looks for passages that say the same while an edition is being built."""

    def __init__(
        self, registry: Registry, twins: Twins, analyser: DutchAnalyser, model_id: str
    ) -> None:
        self._registry = registry
        self._twins = twins
        self._analyser = analyser
        self._model_id = model_id

    def find(
        self,
        vectors: VectorIndex,
        lexical: LexicalIndex,
        wanted: frozenset[str],
        settled: frozenset[str],
        progress: Progress,
    ) -> None:
        """Compare the versions in ``wanted`` that are not ``settled`` with all of ``wanted``.

        ``vectors`` and ``lexical`` hold exactly the passages of ``wanted``. ``settled`` are the
        versions of an edition that was compared before. Everything is kept at once, at the end.
        """
        fresh = sorted(wanted - settled if self._twins.any_known() else wanted)
        contents: dict[str, Content] = {}
        keys: dict[str, str] = {}
        for passages in self._registry.passages_of(fresh):
            for passage in passages:
                if passage.kind != "reference":
                    body = said_in(passage)
                    spoken = words(body)
                    keys[passage.id] = key = key_of(spoken)
                    contents.setdefault(key, Content(runs(spoken), numbers(body, spoken)))
        if not keys:
            return
        known_keys, known = self._twins.runs()
        old = set(known_keys)
        new = {key: content for key, content in contents.items() if key not in old}
        near = list(_near(known_keys, known, new))
        alike = self._alike(fresh, len(keys), vectors, lexical, progress)
        # Near before alike: of a pair that is both, the first is kept.
        self._twins.store(new, keys, [*near, *alike])

    # --- the same in other words ---------------------------------------------------------------

    def _alike(
        self,
        version_ids: Sequence[str],
        total: int,
        vectors: VectorIndex,
        lexical: LexicalIndex,
        progress: Progress,
    ) -> list[Likeness]:
        found: dict[tuple[str, str], Likeness] = {}
        said: dict[str, _Said] = {}
        weight = lru_cache(maxsize=None)(lexical.idf)
        done = 0
        for neighbours in self._neighbourhoods(version_ids, vectors):
            if len(said) > 50 * _BATCH * _NEIGHBOURS:
                said = {}
            ids = {i for passage_id, near in neighbours for i in (passage_id, *near)}
            said.update(self._read(sorted(ids - said.keys())))
            for passage_id, near in neighbours:
                one = said[passage_id]
                for other in (said[i] for i in near if i != passage_id):
                    pair = min(one.key, other.key), max(one.key, other.key)
                    if pair not in found and _may_be_alike(one, other):
                        share = likeness(one.terms, other.terms, weight)
                        if share >= _ALIKE:
                            found[pair] = Likeness(*pair, "alike", share)
            done += len(neighbours)
            progress("Dubbele passages zoeken", done, total)
        return list(found.values())

    def _neighbourhoods(
        self, version_ids: Sequence[str], vectors: VectorIndex
    ) -> Iterator[list[tuple[str, list[str]]]]:
        """Batches of (passage id, ids of the passages nearest to it, itself among them)."""
        ids: list[str] = []
        parts: list[Vectors] = []
        for place, version_id in enumerate(version_ids, start=1):
            more, part = self._registry.vectors.of_version("passages", self._model_id, version_id)
            if more:
                ids += more
                parts.append(part)
            if ids and (len(ids) >= _BATCH or place == len(version_ids)):
                near = vectors.neighbours("passages", np.concatenate(parts), _NEIGHBOURS + 1)
                yield list(zip(ids, near, strict=True))
                ids, parts = [], []

    def _read(self, passage_ids: Sequence[str]) -> dict[str, _Said]:
        return {i: self._said(p) for i, p in self._registry.passages(passage_ids).items()}

    def _said(self, passage: Passage) -> _Said:
        body = said_in(passage)
        spoken = words(body)
        return _Said(
            passage_id=passage.id,
            version_id=passage.version_id,
            ordinal=passage.ordinal,
            key=key_of(spoken),
            terms=frozenset(self._analyser.terms(body)),
            numbers=numbers(body, spoken),
        )


def said_in(passage: Passage) -> str:
    """What a passage says: its sentences, without the headings above them."""
    return " ".join(sentence.text for sentence in passage.sentences)


def _near(
    known_keys: Sequence[str], known: ManyRuns, new: Mapping[str, Content]
) -> Iterator[Likeness]:
    keys = [*known_keys, *new]
    for one, other, share in near_pairs(known, join_runs([c.runs for c in new.values()])):
        yield Likeness(keys[one], keys[other], "near", share)


def _may_be_alike(one: _Said, other: _Said) -> bool:
    """Whether two neighbours are worth weighing their terms."""
    if one.key == other.key:
        return False
    if one.version_id == other.version_id and abs(one.ordinal - other.ordinal) <= 1:
        return False  # a text that goes on, goes on about the same
    shared = len(one.terms & other.terms)
    total = len(one.terms) + len(other.terms)
    if shared < _FEWEST_SHARED or 2 * shared < _HOPELESS * total:
        return False
    return not numbers_clash(one.numbers, other.numbers)
