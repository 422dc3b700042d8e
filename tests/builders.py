"""Small versions with exact spans, and a whole small corpus on disk with a fake embedder."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from corpus.chroma_home import open_home
from corpus.database import open_database
from corpus.dutch import DutchAnalyser
from corpus.editions import Editions
from corpus.embedding import embed_versions
from corpus.index import EditionIndex, IndexBuilder
from corpus.ledger import Ledger
from corpus.library import Library
from corpus.lock import WriteLock
from corpus.progress import Progress, no_progress
from corpus.registry import Registry
from corpus.settings import Settings
from corpus.types import Metadata, Passage, PassageKind, Sentence, Unit, Version
from ingest.pipeline import Pipeline
from ingest.reader import read_source
from ingest.source import PartialMetadata, Source
from tests.fakes import HashEmbedder


def read_here(
    sources: Sequence[Source], settings: Settings, progress: Progress
) -> Iterator[Version]:
    """Reads in this process: most tests are not about the process that reads."""
    return (read_source(source, settings, progress) for source in sources)


def make_version(
    document_id: str,
    paragraphs: Sequence[str],
    *,
    title: str = "",
    summary_of: tuple[str, ...] = (),
    replaced_by: str | None = None,
    valid_from: date | None = None,
    kinds: Mapping[int, PassageKind] | None = None,
) -> Version:
    """A version with one passage per paragraph; a sentence ends at a full stop and a space.

    ``kinds`` names the passages (by place) that are something else than ``text``.
    """
    text = "\n\n".join(paragraphs)
    metadata = Metadata(
        title=title or document_id.capitalize(),
        kind="handreiking",
        audiences=("bedrijf",),
        summary_of=summary_of,
        replaced_by=replaced_by,
        valid_from=valid_from,
    )
    hashed = repr((document_id, metadata, text, kinds))
    version_id = hashlib.sha256(hashed.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    passages = []
    start = 0
    for ordinal, paragraph in enumerate(paragraphs):
        kind: PassageKind = (kinds or {}).get(ordinal, "text")
        passages.append(_passage(version_id, ordinal, start, paragraph, kind))
        start += len(paragraph) + 2
    return Version(
        id=version_id,
        document_id=document_id,
        fingerprint=hashlib.sha256(f"bron van {version_id}".encode()).hexdigest(),
        metadata=metadata,
        source_name=f"{document_id}.md",
        text=text,
        page_starts=(),
        passages=tuple(passages),
    )


def _passage(
    version_id: str, ordinal: int, start: int, paragraph: str, kind: PassageKind
) -> Passage:
    passage_id = f"{version_id}:{ordinal}"
    sentences = tuple(
        Sentence(
            id=f"{passage_id}:{number}",
            start=start + found.start(),
            end=start + found.end(),
            text=found.group(),
            kind="sentence",
            page=None,
        )
        for number, found in enumerate(re.finditer(r"\S.*?(?:\.(?= )|$)", paragraph))
    )
    return Passage(
        id=passage_id,
        version_id=version_id,
        ordinal=ordinal,
        start=start,
        end=start + len(paragraph),
        text=paragraph,
        kind=kind,
        section=("Deel",),
        page=None,
        sentences=sentences,
    )


def make_source(name: str, text: str, **metadata: object) -> Source:
    """A Markdown file as it comes in."""
    return Source(name=name, data=text.encode(), metadata=PartialMetadata(**metadata))  # type: ignore[arg-type]


@dataclass(frozen=True)
class SmallCorpus:
    """All parts of the storage half on one data folder."""

    data_dir: Path
    embedder: HashEmbedder
    registry: Registry
    ledger: Ledger
    lock: WriteLock
    editions: Editions
    library: Library
    pipeline: Pipeline

    def put(self, *versions: Version) -> None:
        """Embed versions and make each the draft of its document."""
        embed_versions(versions, self.registry, self.embedder, no_progress)
        for version in versions:
            self.registry.store_draft(version)

    def publish(self, *versions: Version) -> int:
        """Put versions in and publish; returns the number of the edition that readers see."""
        self.put(*versions)
        self.editions.publish("test")
        current = self.ledger.current()
        assert current is not None
        return current

    def members(self) -> dict[str, str]:
        """Version id per document id of the edition that readers see."""
        current = self.ledger.current()
        return self.ledger.members(current) if current is not None else {}

    def expected_ids(self, unit: Unit, number: int) -> set[str]:
        """What the index of an edition ought to hold, from SQL."""
        versions = [self.registry.version(v) for v in self.ledger.members(number).values()]
        passages = [p for v in versions for p in v.passages if p.kind != "reference"]
        if unit == "passages":
            return {p.id for p in passages}
        return {s.id for p in passages for s in p.sentences}

    def found_ids(self, unit: Unit, index: EditionIndex) -> set[str]:
        """What a search with room for everything brings up."""
        vector = self.embedder.embed_queries(["alles"])[0]
        return set(index.vectors.search(unit, vector, 10_000))


def open_corpus(
    data_dir: Path,
    analyser: DutchAnalyser,
    embedder: HashEmbedder | None = None,
    lock_timeout_s: float = 10.0,
) -> SmallCorpus:
    """The parts as the command line puts them together, with a fake embedder."""
    return corpus_on(open_database(data_dir), data_dir, analyser, embedder, lock_timeout_s)


def corpus_on(
    engine: Engine,
    data_dir: Path,
    analyser: DutchAnalyser,
    embedder: HashEmbedder | None = None,
    lock_timeout_s: float = 10.0,
) -> SmallCorpus:
    """The same on a database that is open already."""
    data_dir.mkdir(parents=True, exist_ok=True)
    embedder = embedder or HashEmbedder()
    registry = Registry(engine)
    ledger = Ledger(registry.engine)
    lock = WriteLock(data_dir, lock_timeout_s)
    settings = Settings(data_dir=data_dir)
    home = open_home(settings)
    builder = IndexBuilder(registry, analyser, embedder.model_id, home)
    return SmallCorpus(
        data_dir=data_dir,
        embedder=embedder,
        registry=registry,
        ledger=ledger,
        lock=lock,
        editions=Editions(registry, ledger, builder, lock, data_dir, embedder.model_id),
        library=Library(registry, ledger, data_dir / "editions", embedder.model_id, home),
        pipeline=Pipeline(registry, ledger, lock, lambda: embedder, settings, read_here),
    )
