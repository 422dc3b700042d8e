"""A document comes in: read it, give it its vectors, keep it as a draft. Read `ingest` first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.embedding import embed_versions
from corpus.errors import BadInputError
from corpus.ledger import Ledger
from corpus.lock import WriteLock
from corpus.originals import Originals
from corpus.progress import Progress
from corpus.registry import Registry
from corpus.settings import Settings
from corpus.succession import give_way, successors
from corpus.types import Embedder, Metadata, Version
from ingest.fingerprint import fingerprint
from ingest.originals import keep_original
from ingest.source import Source

Reader = Callable[[Sequence[Source], Settings, Progress], Iterator[Version]]
"""Gives the version of each source, in their order. Raises BadInputError for one that cannot be
read."""
Result = Literal["new", "new version", "unchanged", "again"]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one source."""

    name: str
    document_id: str
    version_id: str
    result: Result
    passages: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """A source that was read before, word for word."""

    source: Source
    document_id: str
    version_id: str


@dataclass(frozen=True, slots=True)
class _Standing:
    """How documents stand before this run: version id per document id."""

    drafts: Mapping[str, str]
    published: Mapping[str, str]
    latest: Mapping[str, str]
    made_way: frozenset[str]
    """Documents that would stay out: what follows them is published."""

    def in_use(self, document_id: str, version_id: str) -> bool:
        """Whether this version is where it should be: it is the draft, or is published with no
        other draft waiting, or has made way."""
        waiting = self.drafts.get(document_id)
        if waiting is None and document_id in self.made_way:
            return version_id == self.latest[document_id]
        return version_id == (waiting or self.published.get(document_id))

    def is_known(self, document_id: str) -> bool:
        """Whether a document is published, or will be."""
        return document_id in self.published or document_id in self.drafts


class Pipeline:
    """Brings sources into the corpus as drafts."""

    def __init__(
        self,
        registry: Registry,
        ledger: Ledger,
        lock: WriteLock,
        open_embedder: Callable[[], Embedder],
        settings: Settings,
        read: Reader,
    ) -> None:
        self._registry = registry
        self._ledger = ledger
        self._lock = lock
        self._open_embedder = open_embedder
        self._settings = settings
        self._read_sources = read
        self._originals = Originals(registry.engine, settings.data_dir)

    def ingest(
        self,
        sources: Sequence[Source],
        progress: Progress,
        earlier: Mapping[str, str] | None = None,
    ) -> list[Ingested]:
        """Store each source as the draft of its document; what did not change stays as it is.

        Everything is read before anything is stored, so one bad file changes nothing. ``earlier``
        are document ids that other sources of the same upload got, with their names. Raises
        BadInputError for a source that cannot be read, BusyError when another process writes.
        """
        known, fresh = self._sort_out(sources)
        versions = self._read(fresh, progress)
        _refuse_twins(versions, known, earlier or {})
        self._refuse_circles(versions, known)
        with self._lock.held():
            if versions:
                # Opened only when there is something to embed: it takes seconds to load.
                embed_versions(
                    [v for _, v in versions], self._registry, self._open_embedder(), progress
                )
            # Read once: no document comes twice in one run.
            standing = self._standing()
            counts = self._registry.counts("passages", [k.version_id for k in known])
            kept = [self._keep(k, standing, counts[k.version_id]) for k in known]
            self._keep_originals(known)
            coming = {v.document_id for _, v in versions} | {k.document_id for k in known}
            return kept + [self._store(s, version, standing, coming) for s, version in versions]

    # --- steps -------------------------------------------------------------------------------

    def _sort_out(self, sources: Sequence[Source]) -> tuple[list[_Known], list[Source]]:
        """What was read before, and what must be read."""
        known, fresh = [], []
        fingerprints = [fingerprint(source) for source in sources]
        before = self._registry.read_before(fingerprints)
        for source, own in zip(sources, fingerprints, strict=True):
            found = before.get(own)
            if found is None:
                fresh.append(source)
            else:
                known.append(_Known(source, *found))
        return known, fresh

    def _read(self, sources: Sequence[Source], progress: Progress) -> list[tuple[Source, Version]]:
        if not sources:
            return []
        versions: list[tuple[Source, Version]] = []
        for version in self._read_sources(sources, self._settings, progress):
            versions.append((sources[len(versions)], version))
            progress("Documenten lezen", len(versions), len(sources))
        return versions

    def _standing(self) -> _Standing:
        current = self._ledger.current()
        drafts = self._registry.drafts()
        published = self._ledger.members(current) if current is not None else {}
        latest = self._registry.latest_versions()
        outside = latest.keys() - published.keys() - drafts.keys() - self._registry.withdrawn()
        metadata = self._metadata({**latest, **published})
        made_way = give_way(outside, published, metadata, date.today())
        return _Standing(drafts, published, latest, frozenset(made_way))

    def _metadata(self, versions: Mapping[str, str]) -> dict[str, Metadata]:
        """Metadata by document id, of version ids by document id."""
        return dict(self._registry.metadata(list(versions.values())).values())

    def _refuse_circles(
        self, versions: Sequence[tuple[Source, Version]], known: Sequence[_Known]
    ) -> None:
        """BadInputError when what comes in and what is there would replace each other."""
        coming = {v.document_id: v.metadata for _, v in versions}
        coming |= self._metadata({k.document_id: k.version_id for k in known})
        if not any(m.replaced_by for m in coming.values()):
            return  # the usual case: no need to look at every document
        current = self._ledger.current()
        published = self._ledger.members(current) if current is not None else {}
        there = {**self._registry.latest_versions(), **published, **self._registry.drafts()}
        metadata = {**self._metadata(there), **coming}
        for document_id in coming:
            successors(document_id, metadata)

    def _store(
        self, source: Source, version: Version, standing: _Standing, coming: Collection[str]
    ) -> Ingested:
        result: Result = "new version" if version.document_id in standing.latest else "new"
        if standing.in_use(version.document_id, version.id):
            result = "unchanged"
            self._registry.set_fingerprint(version.id, version.fingerprint)
        else:
            self._registry.store_draft(version)
        keep_original(self._originals, version.id, source)
        return Ingested(
            name=source.name,
            document_id=version.document_id,
            version_id=version.id,
            result=result,
            passages=sum(p.kind != "reference" for p in version.passages),
            warnings=(*version.warnings, *_successor_warning(version, standing, coming)),
        )

    def _keep_originals(self, known: Sequence[_Known]) -> None:
        """Of what was read before originals were kept, or in a run that was killed."""
        missing = self._originals.missing({k.version_id for k in known})
        for one in known:
            if one.version_id in missing:
                keep_original(self._originals, one.version_id, one.source)

    def _keep(self, known: _Known, standing: _Standing, passages: int) -> Ingested:
        """Leave what is in use as it is; put an earlier version or a withdrawn one back."""
        result: Result = "unchanged"
        if not standing.in_use(known.document_id, known.version_id):
            self._registry.redraft(known.version_id)
            result = "again"
        return Ingested(
            name=known.source.name,
            document_id=known.document_id,
            version_id=known.version_id,
            result=result,
            passages=passages,
            warnings=(),
        )


def _successor_warning(
    version: Version, standing: _Standing, coming: Collection[str]
) -> Iterator[str]:
    successor = version.metadata.replaced_by
    if successor is not None and successor not in coming and not standing.is_known(successor):
        yield (
            f"De opvolger '{successor}' is er niet. Dit document blijft in gebruik tot die "
            "gepubliceerd wordt. Controleer het id."
        )


def _refuse_twins(
    versions: Sequence[tuple[Source, Version]],
    known: Sequence[_Known],
    earlier: Mapping[str, str],
) -> None:
    names = dict(earlier)
    pairs = [(k.document_id, k.source.name) for k in known]
    pairs += [(version.document_id, source.name) for source, version in versions]
    for document_id, name in pairs:
        if document_id in names:
            raise BadInputError(
                f"{name} en {names[document_id]} krijgen allebei het id '{document_id}'. "
                "Geef ze elk een eigen titel of een eigen `id`; er is niets opgeslagen."
            )
        names[document_id] = name
