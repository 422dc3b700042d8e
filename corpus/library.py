"""What readers read: the published edition, its documents and passages."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from corpus.errors import BadInputError, NotReadyError
from corpus.index import EditionIndex
from corpus.ledger import Ledger
from corpus.registry import Registry
from corpus.twins import Twin, Twins, TwinTable
from corpus.types import Document, Metadata, Passage
from corpus.vector_home import Home

_CACHED_PASSAGES = 20_000  # some 60 MB
_CACHED_VERSIONS = 20_000  # some 20 MB
_NOTHING_PUBLISHED = (
    "Er is nog geen editie gepubliceerd. Zet eerst documenten klaar met: "
    "routewijzer ingest BESTAND --publish"
)


class Library:
    """Opens the edition that readers see, and follows when another one is published.

    Safe for use by several threads; another process may publish at any time.
    """

    def __init__(
        self,
        registry: Registry,
        ledger: Ledger,
        editions_folder: Path,
        model_id: str,
        home: Home | None = None,
    ) -> None:
        """``home`` keeps the vectors; by default they are files."""
        self.registry = registry
        self._ledger = ledger
        self._folder = editions_folder
        self._model_id = model_id
        self._home = home
        self._twins = Twins(registry.engine)
        self._twin_table: tuple[int, TwinTable] | None = None
        self._opened: EditionIndex | None = None
        self._opening = threading.Lock()
        self._metadata: dict[str, tuple[str, Metadata]] = {}
        # Versions never change, so what is read of them may be kept.
        self._passages: dict[str, Passage] = {}

    def current_edition(self) -> int | None:
        """Number of the edition that readers see, or None before the first."""
        return self._ledger.current()

    def open_edition(self, number: int | None = None) -> EditionIndex:
        """The index of an edition, by default the published one.

        Raises NotReadyError when there is none, or when it was made with another model.
        """
        wanted = number if number is not None else self._ledger.current()
        if wanted is None:
            raise NotReadyError(_NOTHING_PUBLISHED)
        opened = self._opened
        if opened is not None and opened.number == wanted:
            return opened
        with self._opening:
            if self._opened is None or self._opened.number != wanted:
                self._opened = self._open(wanted)
            return self._opened

    def passages(self, ids: Sequence[str]) -> list[tuple[Passage, str, Metadata]]:
        """(passage, document id, metadata) for each id, in the order asked."""
        if len(self._passages) > _CACHED_PASSAGES:
            self._passages = {}
        cache = self._passages  # another thread may put a new one in its place meanwhile
        missing = [i for i in ids if i not in cache]
        if missing:
            cache.update(self.registry.passages(missing))
        found = [cache[i] for i in ids]
        versions = self.metadata({p.version_id for p in found})
        return [(p, *versions[p.version_id]) for p in found]

    def metadata(self, version_ids: Collection[str]) -> Mapping[str, tuple[str, Metadata]]:
        """(document id, metadata) per version."""
        return self._read_metadata(version_ids)

    def twins_of(
        self, passage_ids: Sequence[str], edition: int | None = None
    ) -> dict[str, tuple[Twin, ...]]:
        """The passages of an edition (by default the published one) that say the same as each of
        these, the most alike first. Passages without any are left out. A twin may stand in a
        document that is past its date.

        Raises NotReadyError when there is no edition.
        """
        number = edition if edition is not None else self._ledger.current()
        if number is None:
            raise NotReadyError(_NOTHING_PUBLISHED)
        return self._twins.twins_of(passage_ids, number)

    def twin_table(self, edition: int) -> TwinTable:
        """All that says the same within an edition: read once, for as long as it is asked for."""
        kept = self._twin_table
        if kept is None or kept[0] != edition:
            # Two threads may both read it: that is a little work twice, and no harm.
            kept = self._twin_table = (edition, self._twins.table(edition))
        return kept[1]

    def documents(self) -> list[Document]:
        """Every document that is published, waits as a draft or was withdrawn, by id."""
        current = self._ledger.current()
        published = self._ledger.members(current) if current is not None else {}
        drafts = self.registry.drafts()
        withdrawn = self.registry.withdrawn()
        latest = self.registry.latest_versions()
        shown = {
            d: published.get(d) or drafts.get(d) or latest[d]
            for d in sorted(latest)
            if d in published or d in drafts or d in withdrawn
        }
        counts = self.registry.counts("passages", list(shown.values()))
        metadata = self._read_metadata(list(shown.values()))
        return [
            Document(
                id=d,
                metadata=metadata[version_id][1],
                version_id=version_id,
                state="published" if d in published else "draft" if d in drafts else "withdrawn",
                draft_version_id=drafts.get(d),
                passages=counts[version_id],
            )
            for d, version_id in shown.items()
        ]

    def version_id(self, document_id: str) -> str:
        """The version that readers see of a document, else its draft.

        Raises BadInputError when there is no such document.
        """
        for document in self.documents():
            if document.id == document_id:
                return document.version_id
        if document_id in self.registry.latest_versions():
            raise BadInputError(
                f"Document '{document_id}' staat buiten de editie: het heeft plaatsgemaakt voor "
                "een ander document, of kwam niet mee bij het terugzetten van een editie. "
                "Lees het opnieuw in om het te zien."
            )
        raise BadInputError(
            f"Er is geen document met id '{document_id}'. "
            "Kijk met `routewijzer corpus list` welke er zijn."
        )

    def text(self, document_id: str) -> str:
        """Canonical text of a document; raises BadInputError when there is none."""
        return self.registry.text(self.version_id(document_id))

    # --- steps -------------------------------------------------------------------------------

    def _open(self, number: int) -> EditionIndex:
        edition = self._ledger.edition(number)
        if edition is None:
            raise BadInputError(f"Editie {number} bestaat niet.")
        if edition.model_id != self._model_id:
            raise NotReadyError(
                f"Editie {number} is gemaakt met model {edition.model_id}, maar de instellingen "
                f"vragen {self._model_id}. Vectoren van twee modellen gaan niet samen. "
                "Maak de index opnieuw met: routewijzer corpus reindex"
            )
        return EditionIndex(number, self._folder / f"{number:06d}", self._home)

    def _read_metadata(self, version_ids: Collection[str]) -> dict[str, tuple[str, Metadata]]:
        """(document id, metadata) per version id; all that is missing is read at once."""
        if len(self._metadata) > _CACHED_VERSIONS:
            self._metadata = {}
        cache = self._metadata
        if missing := [v for v in version_ids if v not in cache]:
            cache.update(self.registry.metadata(missing))
        return {v: cache[v] for v in version_ids}
