"""Changes to a document that need no reading: other metadata, or a draft that is thrown away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.editions import Editions
from corpus.embedding import embed_versions
from corpus.errors import BadInputError
from corpus.ledger import Ledger
from corpus.lock import WriteLock
from corpus.originals import Originals
from corpus.origins import Origins
from corpus.progress import Progress
from corpus.records import Records
from corpus.registry import Registry
from corpus.succession import successors
from corpus.types import Embedder, Metadata, Passage, Version
from ingest.describe import version_key
from ingest.fields import Fields
from ingest.fingerprint import READER_RELEASE


class Revisions:
    """Makes and throws away drafts without a file. Each public method is done whole or not at
    all, and is noted in the audit log."""

    def __init__(
        self,
        registry: Registry,
        ledger: Ledger,
        editions: Callable[[], Editions],
        lock: WriteLock,
        originals: Originals,
        origins: Origins,
        open_embedder: Callable[[], Embedder],
        forget_pictures: Callable[[Sequence[str]], None],
    ) -> None:
        """``forget_pictures`` is told the hashes of originals that are gone."""
        self._registry = registry
        self._ledger = ledger
        self._editions = editions
        self._lock = lock
        self._originals = originals
        self._origins = origins
        self._records = Records(registry.engine)
        self._open_embedder = open_embedder
        self._forget_pictures = forget_pictures

    def revise(self, version_id: str, metadata: Metadata, who: str, progress: Progress) -> bool:
        """Make a draft with the text of a stored version and other ``metadata``; False when that
        is what readers see already, so that nothing waits.

        Raises BadInputError when documents would replace each other, BusyError when another
        process writes.
        """
        version = self._registry.version(version_id)
        made = with_metadata(version, metadata)
        with self._lock.held():
            self._refuse_circles(made)
            embed_versions([made], self._registry, self._open_embedder(), progress)
            self._registry.store_draft(made)
            self._originals.share(version.id, made.id)
            self._keep_origin(made)
            waits = made.id not in self._published().values()
            if not waits:  # back to what it was
                self._discard(made.document_id)
            changed = {"replaced": [made.document_id]}
            self._ledger.log(who, "metadata", changed)
        return waits

    def discard(self, document_id: str, who: str) -> None:
        """Throw the draft of a document away, with every version that no edition ever held.

        Raises BadInputError when there is no draft, BusyError when another process writes.
        """
        with self._lock.held():
            if document_id not in self._registry.drafts():
                raise BadInputError(f"Van '{document_id}' is er geen concept (meer).")
            self._discard(document_id)
            self._ledger.log(who, "drop draft", {"discarded": [document_id]})

    # --- steps -------------------------------------------------------------------------------

    def _published(self) -> dict[str, str]:
        """Version id per document id of what readers see."""
        current = self._ledger.current()
        return self._ledger.members(current) if current is not None else {}

    def _discard(self, document_id: str) -> None:
        editions = self._editions()
        staged = editions.staged()
        if staged is not None:
            coming = self._ledger.members(staged).get(document_id)
            if coming != self._published().get(document_id):
                editions.unstage()
        hashes = self._records.discard(document_id)
        self._originals.remove(hashes)
        self._forget_pictures(hashes)

    def _refuse_circles(self, made: Version) -> None:
        latest, drafts = self._registry.latest_versions(), self._registry.drafts()
        there = {**latest, **self._published(), **drafts}
        metadata = dict(self._registry.metadata(list(there.values())).values())
        successors(made.document_id, {**metadata, made.document_id: made.metadata})

    def _keep_origin(self, made: Version) -> None:
        """A page from the web is read again with what staff said of it last."""
        origin = self._origins.all().get(made.document_id)
        if origin is not None:
            fields = given_fields(made.metadata, made.document_id)
            given = fields.model_dump(mode="json", exclude_none=True)
            self._origins.put(replace(origin, given=given))


def with_metadata(version: Version, metadata: Metadata) -> Version:
    """The same text with other metadata, as reading it anew would give it.

    The fingerprint stays: the same file put in once more changes nothing of it.
    """
    made_id = version_key(
        version.document_id, metadata, version.text, version.page_starts, READER_RELEASE
    )
    passages = tuple(_moved(passage, made_id) for passage in version.passages)
    return replace(version, id=made_id, metadata=metadata, passages=passages)


def given_fields(metadata: Metadata, document_id: str) -> Fields:
    """Metadata of a document as somebody would give it."""
    return Fields(
        id=document_id,
        title=metadata.title,
        kind=metadata.kind,
        audiences=metadata.audiences,
        publisher=metadata.publisher or None,
        url=metadata.url,
        published=metadata.published,
        valid_from=metadata.valid_from,
        valid_until=metadata.valid_until,
        summary_of=metadata.summary_of or None,
        replaced_by=metadata.replaced_by,
        downloadable=metadata.downloadable or None,
    )


def _moved(passage: Passage, version_id: str) -> Passage:
    """The passage under the ids of another version."""
    passage_id = f"{version_id}:{passage.ordinal}"
    sentences = tuple(
        replace(sentence, id=f"{passage_id}:{number}")
        for number, sentence in enumerate(passage.sentences)
    )
    return replace(passage, id=passage_id, version_id=version_id, sentences=sentences)
