"""A BEIR collection through the production search: the same reader, vectors, arms and fusion."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.editions import Editions
from corpus.embedding import embed_versions
from corpus.errors import BadInputError
from corpus.index import Progress
from corpus.registry import Registry
from corpus.settings import Settings
from corpus.types import Embedder, Hit, Metadata, Passage, Sentence, Version
from eval.beir import Collection, Entry, Rankings
from ingest.reader import READER_RELEASE, read_source
from ingest.source import PartialMetadata, Source

_WHO = "eval beir"


def collection_key(collection: Collection, model_id: str) -> str:
    """Name of the data folder of a collection: another text, reader or model is another folder."""
    digest = hashlib.sha256(f"{READER_RELEASE}\0{model_id}".encode())
    for entry in collection.documents:
        digest.update(repr((entry.id, entry.title, entry.text)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:12]


def publish_collection(
    collection: Collection,
    registry: Registry,
    editions: Editions,
    embedder: Embedder,
    settings: Settings,
    progress: Progress,
) -> None:
    """Read, embed and publish every document, in one edition. What was embedded in an earlier
    run, also one that was killed, is not embedded again."""
    versions = []
    for done, entry in enumerate(collection.documents, start=1):
        versions.append(read_entry(entry, settings))
        progress("Documenten lezen", done, len(collection.documents))
    embed_versions(versions, registry, embedder, progress)
    for done, version in enumerate(versions, start=1):
        registry.store_draft(version)
        progress("Documenten bewaren", done, len(versions))
    editions.publish(_WHO, progress)


def read_entry(entry: Entry, settings: Settings) -> Version:
    """A document as the production reader reads it; whole, when that finds nothing to search.

    A line of a few words looks like a heading or a credit to the reader. In a collection it is
    what must be found.
    """
    source = Source(
        name=f"{entry.id}.txt",
        data=(entry.text or entry.title).encode("utf-8", "replace"),
        metadata=PartialMetadata(title=entry.title),
        document_id=entry.id,
    )
    try:
        version = read_source(source, settings)
    except BadInputError:
        return _whole(entry)
    if all(passage.kind == "reference" for passage in version.passages):
        return _whole(entry)
    # The reader gives a document without a title one of its own: here that would be noise.
    return replace(version, metadata=replace(version.metadata, title=entry.title))


def search_collection(
    collection: Collection,
    search: Callable[[str], Sequence[Hit]],
    k: int,
    max_question_chars: int,
    progress: Progress,
) -> Rankings:
    """The best ``k`` documents for each question; a document scores as its best passage.

    ``search`` gives passages, best first. A question that is too long is cut.
    """
    rankings = {}
    for done, (key, text) in enumerate(collection.queries.items(), start=1):
        best: dict[str, float] = {}
        for hit in search(text[:max_question_chars]):
            best.setdefault(hit.document_id, hit.score)
        rankings[key] = list(best.items())[:k]
        progress("Zoeken", done, len(collection.queries))
    return rankings


# --- steps -----------------------------------------------------------------------------------


def _whole(entry: Entry) -> Version:
    text = entry.text or entry.title
    hashed = repr((entry.id, entry.title, text, "whole"))
    version_id = hashlib.sha256(hashed.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    passage_id = f"{version_id}:0"
    sentence = Sentence(f"{passage_id}:0", 0, len(text), text, "sentence", None)
    return Version(
        id=version_id,
        document_id=entry.id,
        fingerprint=version_id,
        metadata=Metadata(title=entry.title, kind="programmapagina", audiences=("beleid",)),
        source_name=entry.id,
        text=text,
        page_starts=(),
        passages=(
            Passage(
                passage_id, version_id, 0, 0, len(text), text, "text", (), None, (sentence,)
            ),
        ),
    )
