"""A BEIR collection through the production search: the same reader, vectors, arms and fusion."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.retrieve import Retrieved
from corpus.editions import Editions
from corpus.embedding import embed_versions
from corpus.errors import BadInputError
from corpus.index import IndexBuilder
from corpus.ledger import Ledger
from corpus.progress import Progress
from corpus.registry import Registry
from corpus.settings import Settings
from corpus.types import Embedder, Metadata, Passage, Sentence, Unit, Vectors, Version
from eval.beir import Collection, Entry, Rankings
from ingest.reader import read_source
from ingest.source import PartialMetadata, Source

_WHO = "eval beir"
_BATCH = 2_000  # vectors per call: the dense index takes 20 ms for a call with one
_CODE = ("corpus", "ingest")


def collection_key(collection: Collection, model_id: str) -> str:
    """Name of the data folder of a collection: other documents or another model, another folder."""
    digest = hashlib.sha256(model_id.encode())
    for entry in collection.documents:
        digest.update(repr((entry.id, entry.title, entry.text)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:12]


def code_key() -> str:
    """Hash of the code that reads and indexes: an index that older code made measures nothing."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted(p for folder in _CODE for p in (root / folder).rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


class BulkIndexBuilder(IndexBuilder):
    """The production index, made from thousands of small documents at a time."""

    def _vector_rows(
        self, unit: Unit, version_ids: Sequence[str]
    ) -> Iterator[tuple[Sequence[str], Sequence[str], Vectors]]:
        ids: list[str] = []
        owners: list[str] = []
        parts: list[Vectors] = []
        for some_ids, some_owners, vectors in super()._vector_rows(unit, version_ids):
            ids += some_ids
            owners += some_owners
            parts.append(vectors)
            if len(ids) >= _BATCH:
                yield ids, owners, np.concatenate(parts)
                ids, owners, parts = [], [], []
        if ids:
            yield ids, owners, np.concatenate(parts)


def publish_collection(
    collection: Collection,
    registry: Registry,
    ledger: Ledger,
    editions: Editions,
    embedder: Embedder,
    settings: Settings,
    progress: Progress,
) -> None:
    """Read, embed and publish every document, in one edition; nothing when it is there already.

    What was embedded in an earlier run, also one that was killed, is not embedded again.
    """
    code = code_key()
    versions = []
    for done, entry in enumerate(collection.documents, start=1):
        versions.append(_renamed(read_entry(entry, settings), code))
        progress("Documenten lezen", done, len(collection.documents))
    current = ledger.current()
    wanted = {v.document_id: v.id for v in versions}
    if current is not None and ledger.members(current) == wanted:
        return
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
    search: Callable[[str], Retrieved],
    max_question_chars: int,
    progress: Progress,
) -> dict[str, Retrieved]:
    """What the search gives for each question. A question that is too long is cut."""
    found = {}
    for done, (key, text) in enumerate(collection.queries.items(), start=1):
        found[key] = search(text[:max_question_chars])
        progress("Zoeken", done, len(collection.queries))
    return found


def best_documents(found: Mapping[str, Retrieved], k: int) -> Rankings:
    """The best ``k`` documents for each question; a document scores as its best passage.

    A passage that is folded into another comes right behind it: its document was found, too.
    """
    rankings = {}
    for key, retrieved in found.items():
        best: dict[str, float] = {}
        for hit in retrieved.hits:
            for each in (hit, *hit.also):
                best.setdefault(each.document_id, hit.score)
        rankings[key] = list(best.items())[:k]
    return rankings


# --- steps -----------------------------------------------------------------------------------


def _renamed(version: Version, code: str) -> Version:
    """The version with ids of its own for this code: versions that are stored never change."""
    new = hashlib.sha256(f"{version.id}{code}".encode()).hexdigest()[:16]

    def of(old: str) -> str:
        return new + old.removeprefix(version.id)

    passages = tuple(
        replace(
            p,
            id=of(p.id),
            version_id=new,
            sentences=tuple(replace(s, id=of(s.id)) for s in p.sentences),
        )
        for p in version.passages
    )
    return replace(version, id=new, passages=passages)


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
            Passage(passage_id, version_id, 0, 0, len(text), text, "text", (), None, (sentence,)),
        ),
    )
