"""What a source was read from: equal fingerprints mean that there is nothing to read again.

Apart from the reader, so that a run in which nothing changed need not load it.
"""

from __future__ import annotations

import hashlib

from ingest.source import Source

READER_RELEASE = "3"
"""Raised when the same bytes are read differently, so that documents are read again."""


def fingerprint(source: Source) -> str:
    """SHA-256 (hex) of the bytes, what was given with them, and ``READER_RELEASE``."""
    digest = hashlib.sha256(source.data)
    given = (source.name, source.metadata, source.document_id, READER_RELEASE)
    digest.update(repr(given).encode("utf-8"))
    if source.metadata.downloadable is not None:  # else as it was before there was such a field
        digest.update(f"downloadable={source.metadata.downloadable}".encode())
    return digest.hexdigest()
