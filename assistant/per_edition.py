"""What is worked out once for an edition, and again when another one is published."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import Generic, TypeVar

from corpus.library import Library
from corpus.types import Hit, Metadata

T = TypeVar("T")

_AT_ONCE = 20
"""Documents whose passages are in memory together: all of a large corpus take tens of megabytes."""


class PerEdition(Generic[T]):
    """Keeps what ``make`` makes of every passage that readers see. Several threads may use it.

    ``make`` gets the passages one by one, as hits without a score, documents in order of their
    ids, passages in the order of their document. It is called again on another day: documents
    begin and end.
    """

    def __init__(self, library: Library, make: Callable[[Iterator[Hit]], T]) -> None:
        self._library = library
        self._make = make
        self._kept: tuple[int, date, T] | None = None
        self._making = threading.Lock()

    def get(self, wait: bool = True) -> T | None:
        """What was made for the published edition; None when there is no edition, and, without
        ``wait``, while another thread is making it: that takes seconds for a large corpus."""
        number, today = self._library.current_edition(), date.today()
        if number is None:
            return None
        kept = self._kept
        if kept is not None and kept[:2] == (number, today):
            return kept[2]
        if not self._making.acquire(blocking=wait):
            return None
        try:
            kept = self._kept
            if kept is None or kept[:2] != (number, today):
                made = self._make(published_hits(self._library, today))
                kept = self._kept = (number, today, made)
            return kept[2]
        finally:
            self._making.release()


def published_hits(library: Library, today: date) -> Iterator[Hit]:
    """Every passage of the published documents that count on ``today``, as a hit without a
    score. What is for reference only (contents, literature) comes along."""
    documents = [
        d for d in library.documents() if d.state == "published" and counts(d.metadata, today)
    ]
    for at in range(0, len(documents), _AT_ONCE):
        some = documents[at : at + _AT_ONCE]
        # Read before any is given: no connection waits for what is made of them.
        passages = list(library.registry.passages_of([d.version_id for d in some]))
        for document, of_document in zip(some, passages, strict=True):
            for passage in of_document:
                yield Hit(passage, document.id, document.metadata, 0.0, {})


def counts(metadata: Metadata, today: date) -> bool:
    """Whether a document may be cited on a day: it has begun to count, and has not ended."""
    begun = metadata.valid_from is None or metadata.valid_from <= today
    return begun and (metadata.valid_until is None or today <= metadata.valid_until)
