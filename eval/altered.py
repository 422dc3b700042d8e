"""Corpora with something taken out of what is indexed, published by the production code in a
folder of their own. Nothing that readers use is touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus.database import open_database
from corpus.dutch import DutchAnalyser
from corpus.editions import Editions
from corpus.embedding import embed_versions
from corpus.embedding_text import passage_text, sentence_text
from corpus.index import IndexBuilder
from corpus.ledger import Ledger
from corpus.library import Library
from corpus.lock import WriteLock
from corpus.progress import Progress
from corpus.registry import Registry
from corpus.tokens import TokenEmbedder, Tokens, token_embedder
from corpus.types import Embedder, Passage, Sentence, Unit, Vectors, Version

_WHO = "eval retrieval"
_LOCK_SECONDS = 10.0


class WholeWords(DutchAnalyser):
    """The production analyser without the parts of compounds."""

    def split_compound(self, word: str) -> tuple[str, ...]:
        """Nothing: every word is whole."""
        return ()

    def forms(self, word: str) -> tuple[str, tuple[str, ...]]:
        """Stem of a folded word; of a hyphenated one also the stems of its pieces."""
        whole, parts = super().forms(word)
        return whole, parts if not word.isalnum() else ()


class BareWords(DutchAnalyser):
    """The production analyser without stems."""

    def stem(self, word: str) -> str:
        """The word itself."""
        return word


class RememberingEmbedder:
    """An embedder that embeds no text twice."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.model_id = embedder.model_id
        self.dimension = embedder.dimension
        self._queries: dict[str, Vectors] = {}
        self._passages: dict[str, Vectors] = {}
        self._tokens_from = token_embedder(embedder)
        self._query_tokens: dict[str, Tokens] = {}
        self._passage_tokens: dict[str, Tokens] = {}

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, dimension)."""
        for text in dict.fromkeys(t for t in texts if t not in self._queries):
            # One by one, as readers ask: in a batch the last digits differ.
            self._queries[text] = self._embedder.embed_queries([text])[0]
        return np.stack([self._queries[text] for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (n, dimension)."""
        new = list(dict.fromkeys(t for t in texts if t not in self._passages))
        if new:
            self._passages.update(zip(new, self._embedder.embed_passages(new), strict=True))
        return np.stack([self._passages[text] for text in texts])

    @property
    def token_space(self) -> str | None:
        """That of the embedder, which may give no tokens."""
        return self._tokens_from.token_space if self._tokens_from is not None else None

    def embed_query_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """Vectors of questions, shape (n, dimension), and the tokens of each."""
        source = self._token_source()
        for text in dict.fromkeys(t for t in texts if t not in self._query_tokens):
            vectors, tokens = source.embed_query_tokens([text])
            self._queries[text], self._query_tokens[text] = vectors[0], tokens[0]
        return self.embed_queries(texts), [self._query_tokens[text] for text in texts]

    def embed_passage_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """Vectors of passages, shape (n, dimension), and the tokens of each."""
        source = self._token_source()
        new = list(dict.fromkeys(t for t in texts if t not in self._passage_tokens))
        if new:
            vectors, tokens = source.embed_passage_tokens(new)
            self._passages.update(zip(new, vectors, strict=True))
            self._passage_tokens.update(zip(new, tokens, strict=True))
        return self.embed_passages(texts), [self._passage_tokens[text] for text in texts]

    def _token_source(self) -> TokenEmbedder:
        if self._tokens_from is None:
            raise ValueError("this embedder gives no tokens")
        return self._tokens_from

    def remember(self, registry: Registry, versions: Iterable[Version]) -> None:
        """Take over the vectors that ``registry`` has of these versions."""
        for version in versions:
            for unit, texts in _embedded(version).items():
                ids, vectors = registry.vectors.of_version(unit, self.model_id, version.id)
                for key, vector in zip(ids, vectors, strict=True):
                    self._passages[texts[key]] = vector


def without_headings(version: Version) -> Version:
    """A version whose passages stand under no heading."""
    return replace(version, passages=tuple(replace(p, section=()) for p in version.passages))


def without_leads(version: Version) -> Version:
    """A version whose lists stand apart from the sentence that introduces them."""
    return replace(version, passages=tuple(map(_without_lead, version.passages)))


def publish_altered(
    folder: Path,
    versions: Sequence[Version],
    analyser: DutchAnalyser,
    embedder: Embedder,
    progress: Progress,
) -> Library:
    """Publish ``versions`` as the only edition in ``folder``, and open it."""
    registry = Registry(open_database(folder))
    ledger = Ledger(registry.engine)
    embed_versions(versions, registry, embedder, progress)
    for version in versions:
        registry.store_draft(version)
    editions = Editions(
        registry=registry,
        ledger=ledger,
        builder=IndexBuilder(registry, analyser, embedder.model_id),
        lock=WriteLock(folder, _LOCK_SECONDS),
        data_dir=folder,
        model_id=embedder.model_id,
    )
    editions.publish(_WHO, progress)
    return Library(registry, ledger, folder / "editions", embedder.model_id)


# --- steps -----------------------------------------------------------------------------------


def _without_lead(passage: Passage) -> Passage:
    sentences = tuple(map(_without_introduction, passage.sentences))
    return replace(passage, lead="", sentences=sentences)


def _without_introduction(sentence: Sentence) -> Sentence:
    kind = "sentence" if sentence.kind == "lead" else sentence.kind
    return replace(sentence, kind=kind, lead=None)


def _embedded(version: Version) -> dict[Unit, dict[str, str]]:
    """The text that is embedded for each passage and sentence id."""
    return {
        "passages": {p.id: passage_text(version, p) for p in version.passages},
        "sentences": {
            s.id: sentence_text(version, p, s) for p in version.passages for s in p.sentences
        },
    }
