"""A made-up corpus of any size, for the speed of search: it says nothing about its quality.

Texts are sentences of the starter pages in which every third word is another Dutch word, as rare
as words are in Dutch (wordfreq). Tokens of passages are those of starter texts, drawn at random.
Vectors are those of the starter texts, two by two mixed and
moved, for there is no time to embed half a million texts; how they are spread around a question
is measured beside that of real ones.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, islice

import numpy as np
import wordfreq

from corpus.duplicates import said_in
from corpus.embedding_text import passage_text, sentence_text, vector_key
from corpus.registry import Registry
from corpus.settings import Settings
from corpus.shingles import key_of, numbers, runs, words
from corpus.token_vectors import open_token_vectors
from corpus.tokens import Tokens, token_embedder
from corpus.twins import Content, Twins
from corpus.types import Embedder, Metadata, Passage, Sentence, Vectors, Version
from eval.bench.pages import STARTER
from ingest.arrive.files import collect_sources
from ingest.reader import read_source
from ingest.source import PartialMetadata

PASSAGES, SENTENCES = 8, 4
"""In a document, and in a passage."""
_WORDS = 50_000
_MOVED = 0.55
"""How far a vector is moved, against the spread of real ones: so the nearest of 1,500 made-up
vectors lie as far from a question as the nearest of 1,500 real ones."""
_BATCH = 500  # documents per batch of vectors
_TOKENS = 1.6
"""Tokens per word."""
_TOKEN_TEXTS = 100  # of the starter pages, from which tokens are drawn


class MadeUp:
    """Documents and vectors, the same ones every time."""

    def __init__(self, settings: Settings, embedder: Embedder) -> None:
        self._settings = settings
        self._embedder = embedder
        self._dice = random.Random(5)  # noqa: S311 - text, not secrets
        self._noise = np.random.default_rng(5)

    @cached_property
    def real(self) -> Vectors:
        """Vectors of real texts: half of the passages and sentences of the starter pages."""
        texts = {text for version in self._starter for text in _texts(version)}
        return self._embedder.embed_passages(sorted(texts, key=len)[::2])

    def vectors(self, count: int) -> Vectors:
        """Made-up vectors, shape (count, dimension)."""
        one, other = (self.real[self._noise.integers(0, len(self.real), count)] for _ in "ab")
        share = self._noise.uniform(0.5, 1, (count, 1))
        drawn = self._noise.standard_normal((count, len(self._spread)))
        moved = share * one + (1 - share) * other + _MOVED * drawn @ self._spread
        unit: Vectors = moved / np.linalg.norm(moved, axis=1, keepdims=True)
        return unit.astype(np.float32)

    def keep_tokens(self, versions: Sequence[Version], registry: Registry) -> None:
        """Keep tokens of the passages of these versions, where the embedder gives them."""
        kept = open_token_vectors(registry.engine, self._embedder)
        if kept is None:
            return
        texts = {passage_text(v, p): p.text for v in versions for p in v.passages}
        sizes = [int(_TOKENS * len(text.split())) for text in texts.values()]
        drawn = [self._tokens[self._noise.integers(0, len(self._tokens), n)] for n in sizes]
        weights = np.ones(0, np.float32)  # only those of a question are looked at
        kept.put([vector_key(text) for text in texts], [Tokens(each, weights) for each in drawn])

    def version(self, number: int) -> Version:
        """One document."""
        version_id = hashlib.sha256(f"document {number}".encode()).hexdigest()[:16]
        parts = [[self._sentence() for _ in range(SENTENCES)] for _ in range(PASSAGES)]
        texts = [" ".join(part) for part in parts]
        starts = accumulate((len(text) + 2 for text in texts), initial=0)
        return Version(
            id=version_id,
            document_id=f"document-{number:06d}",
            fingerprint=version_id,
            metadata=Metadata(self._sentence()[:60], "programmapagina", ("bedrijf",)),
            source_name=f"document-{number:06d}.md",
            text="\n\n".join(texts),
            page_starts=(),
            passages=tuple(
                _passage(version_id, n, start, part, self._sentence()[:50])
                for n, (start, part) in enumerate(zip(starts, parts, strict=False))
            ),
        )

    @cached_property
    def _spread(self) -> Vectors:
        """The directions in which real vectors differ, each as long as they differ in it."""
        values, axes = np.linalg.eigh(np.cov(self.real.T))
        spread: Vectors = np.sqrt(np.maximum(values, 0))[:, None] * axes.T
        return spread

    @cached_property
    def _tokens(self) -> Vectors:
        """Vectors of tokens of real texts, shape (n, dimension)."""
        embedder = token_embedder(self._embedder)
        if embedder is None:
            raise ValueError("this embedder gives no tokens")
        texts = [passage_text(v, passage) for v in self._starter for passage in v.passages]
        _, tokens = embedder.embed_passage_tokens(texts[:_TOKEN_TEXTS])
        return np.concatenate([each.vectors for each in tokens])

    @cached_property
    def _starter(self) -> list[Version]:
        sources = collect_sources([STARTER], PartialMetadata(), self._settings)
        return [read_source(source, self._settings) for source in sources]

    @cached_property
    def _sentences(self) -> list[list[str]]:
        texts = (s.text for v in self._starter for p in v.passages for s in p.sentences)
        return [found for text in texts if len(found := text.rstrip(".").split()) >= 6]

    @cached_property
    def _dutch(self) -> tuple[list[str], list[float]]:
        found = wordfreq.top_n_list("nl", _WORDS)
        return found, list(accumulate(wordfreq.word_frequency(word, "nl") for word in found))

    def _sentence(self) -> str:
        found, weights = self._dutch
        spoken = list(self._dice.choice(self._sentences))
        places = range(self._dice.randrange(3), len(spoken), 3)
        for place, word in zip(
            places, self._dice.choices(found, cum_weights=weights, k=len(places)), strict=True
        ):
            spoken[place] = word
        return " ".join(spoken).capitalize() + "."


def store(
    made: MadeUp, first: int, count: int, registry: Registry, model_id: str, compared: bool
) -> None:
    """Store documents as drafts with their vectors; when ``compared``, also what they say, as if
    they had been compared with each other before."""
    numbers_left = iter(range(first, first + count))
    twins = Twins(registry.engine)
    while batch := [made.version(n) for n in islice(numbers_left, _BATCH)]:
        keys = [vector_key(text) for version in batch for text in _texts(version)]
        registry.vectors.put(model_id, keys, made.vectors(len(keys)))
        made.keep_tokens(batch, registry)
        for version in batch:
            registry.store_draft(version)
        if compared:
            _store_contents(batch, twins)


def _store_contents(versions: Sequence[Version], twins: Twins) -> None:
    contents, keys = {}, {}
    for passage in (p for v in versions for p in v.passages):
        body = said_in(passage)
        spoken = words(body)
        keys[passage.id] = key = key_of(spoken)
        contents[key] = Content(runs(spoken), numbers(body, spoken))
    twins.store(contents, keys, [])


def _texts(version: Version) -> Iterator[str]:
    for passage in version.passages:
        yield passage_text(version, passage)
        yield from (sentence_text(version, passage, s) for s in passage.sentences)


def _passage(
    version_id: str, ordinal: int, start: int, sentences: Sequence[str], heading: str
) -> Passage:
    passage_id = f"{version_id}:{ordinal}"
    starts = list(accumulate((len(text) + 1 for text in sentences), initial=start))
    text = " ".join(sentences)
    return Passage(
        id=passage_id,
        version_id=version_id,
        ordinal=ordinal,
        start=start,
        end=start + len(text),
        text=text,
        kind="text",
        section=(heading,),
        page=None,
        sentences=tuple(
            Sentence(f"{passage_id}:{n}", at, at + len(one), one, "sentence", None)
            for n, (at, one) in enumerate(zip(starts, sentences, strict=False))
        ),
    )
