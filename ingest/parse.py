"""All that reading finds in a document, before it is made into a version.

It goes from the process that reads to the one that stores, as JSON: `packed` here, and
`ingest.unpack` there. Nothing is imported here that takes long: that process is started anew for
every batch of documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from ingest.blocks import PageMarks
from ingest.clean import clean
from ingest.layout import Layout, lay_out
from ingest.loaded import Loaded
from ingest.source import PartialMetadata
from ingest.split import Draft, split
from ingest.structure import structure


@dataclass(frozen=True, slots=True)
class Parsed:
    """The canonical text, the passages in it, and what the document says of itself."""

    text: str
    page_starts: PageMarks
    """(offset, page number) in rising order; empty when the source has no pages."""
    drafts: tuple[Draft, ...]
    title: str | None
    front: PartialMetadata
    front_id: str | None
    warnings: tuple[str, ...]


def parse(loaded: Loaded, title: str | None) -> Parsed:
    """What ``loaded`` holds; ``title`` is the given one, if any. Pure."""
    structured = structure(clean(loaded), title)
    return gather(loaded, structured.title, lay_out(structured.blocks))


def gather(loaded: Loaded, title: str | None, layout: Layout) -> Parsed:
    """The last of the steps of `parse`: ``layout`` cut into passages, with what is known."""
    return Parsed(
        text=layout.text,
        page_starts=layout.pages,
        drafts=tuple(split(layout)),
        title=title,
        front=loaded.front,
        front_id=loaded.front_id,
        warnings=loaded.read.warnings,
    )


def packed(parsed: Parsed) -> Mapping[str, Any]:
    """``parsed`` as JSON values."""
    values: Mapping[str, Any] = _plain(parsed)
    return values


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
