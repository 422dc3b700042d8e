"""Reads the passages of the published edition before anyone asks for them.

What is read of a passage for every question that finds it takes a millisecond or so the first
time; with thousands of passages most questions find some that nobody asked for yet.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from assistant.evidence import EvidenceSelector
from corpus.library import Library
from corpus.types import Hit

_MOST = 15_000
"""Passages: no more than library and selector keep, with room for those of a next edition."""
_TOGETHER = 20
"""Passages that are fetched in one go."""
_REST = 0.002
"""Seconds of rest behind each: who asks meanwhile must not wait."""


def read_ahead(
    library: Library, selector: EvidenceSelector, rest: Callable[[float], None] = time.sleep
) -> None:
    """Read up to 15,000 passages. Raises NotReadyError when there is no edition, VectorsAwayError
    when its ids cannot be had."""
    ids = sorted(library.open_edition().vectors.ids("passages"))[:_MOST]
    for at in range(0, len(ids), _TOGETHER):
        for passage, document_id, metadata in library.passages(ids[at : at + _TOGETHER]):
            selector.ahead(Hit(passage, document_id, metadata, 0.0, {}))
            rest(_REST)
