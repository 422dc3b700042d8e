"""Keeps the file that a version was read from, with the name of what it is."""

from __future__ import annotations

from corpus.originals import Original, Originals
from ingest.arrive.formats import Form, sniff
from ingest.source import Source

_OPEN_XML = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES: dict[Form, str] = {
    "markdown": "text/markdown",
    "plain": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": f"{_OPEN_XML}.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pptx": f"{_OPEN_XML}.presentationml.presentation",
    "zip": "application/zip",
}


def keep_original(originals: Originals, version_id: str, source: Source) -> Original:
    """Keep the bytes of ``source`` as the original of a stored version. Its media type is that
    of what it holds, whatever its name says."""
    form = sniff(source.name, source.data).form
    return originals.put(version_id, source.name, source.data, MEDIA_TYPES[form])
