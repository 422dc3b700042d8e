"""Gives every passage and sentence its vector, once per model and text; and the tokens of every
passage theirs, where the model gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus.embedding_text import passage_text, sentence_text, vector_key
from corpus.progress import Progress
from corpus.registry import Registry
from corpus.token_vectors import TokenVectors, open_token_vectors
from corpus.tokens import token_embedder
from corpus.types import Embedder, Version

_BATCH = 64  # texts per commit: what a killed run loses at most


def embed_versions(
    versions: Iterable[Version], registry: Registry, embedder: Embedder, progress: Progress
) -> int:
    """Embed what has no vector of this model yet and keep it; returns how many texts that were.

    Vectors are kept per batch, so a run that is killed goes on where it was.
    """
    passages, sentences = _texts(versions)
    texts = sentences | passages
    store = open_token_vectors(registry.engine, embedder)
    missing = registry.vectors.missing(embedder.model_id, list(texts))
    bare = registry.vectors.missing(store.key, list(passages)) if store is not None else set()
    batches = [(keys, store) for keys in _batches(texts, bare)]
    batches += [(keys, None) for keys in _batches(texts, missing - bare)]
    done, total = 0, len(missing | bare)
    for keys, kept_in in batches:
        _embed(keys, [texts[key] for key in keys], registry, embedder, kept_in)
        done += len(keys)
        progress("Betekenis bepalen", done, total)
    return total


def _texts(versions: Iterable[Version]) -> tuple[dict[str, str], dict[str, str]]:
    """What is embedded of passages and of sentences, by key."""
    passages: dict[str, str] = {}
    sentences: dict[str, str] = {}
    for version in versions:
        for passage in version.passages:
            if passage.kind == "reference":
                continue
            whole = passage_text(version, passage)
            passages[vector_key(whole)] = whole
            parts = [sentence_text(version, passage, s) for s in passage.sentences]
            sentences.update((vector_key(part), part) for part in parts)
    return passages, sentences


def _batches(texts: Mapping[str, str], keys: Iterable[str]) -> Iterator[list[str]]:
    # Equal lengths together: a batch takes as long as its longest text.
    order = sorted(keys, key=lambda key: (len(texts[key]), key))
    for at in range(0, len(order), _BATCH):
        yield order[at : at + _BATCH]


def _embed(
    keys: Sequence[str],
    texts: Sequence[str],
    registry: Registry,
    embedder: Embedder,
    store: TokenVectors | None,
) -> None:
    """Embed texts and keep their vectors; their tokens too, where there is a store for them."""
    with_tokens = token_embedder(embedder)
    if store is None or with_tokens is None:
        vectors = embedder.embed_passages(texts)
    else:
        vectors, tokens = with_tokens.embed_passage_tokens(texts)
        store.put(keys, tokens)
    registry.vectors.put(embedder.model_id, keys, vectors)
