"""Gives every passage and sentence its vector, once per model and text."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.embedding_text import passage_text, sentence_text, vector_key
from corpus.index import Progress
from corpus.registry import Registry
from corpus.types import Embedder, Version

_BATCH = 64  # texts per commit: what a killed run loses at most


def embed_versions(
    versions: Iterable[Version], registry: Registry, embedder: Embedder, progress: Progress
) -> int:
    """Embed what has no vector of this model yet and keep it; returns how many texts that were.

    Vectors are kept per batch, so a run that is killed goes on where it was.
    """
    texts: dict[str, str] = {}
    for version in versions:
        for passage in version.passages:
            if passage.kind == "reference":
                continue
            wanted = [passage_text(version, passage)]
            wanted += [sentence_text(version, passage, s) for s in passage.sentences]
            texts.update((vector_key(text), text) for text in wanted)
    missing = sorted(registry.missing_vectors(embedder.model_id, list(texts)))
    # Equal lengths together: a batch takes as long as its longest text.
    missing.sort(key=lambda key: len(texts[key]))
    for at in range(0, len(missing), _BATCH):
        keys = missing[at : at + _BATCH]
        vectors = embedder.embed_passages([texts[key] for key in keys])
        registry.put_vectors(embedder.model_id, keys, vectors)
        progress("Betekenis bepalen", at + len(keys), len(missing))
    return len(missing)
