"""All that reading finds in a document, before it is made into a version.

It goes from the process that reads to the one that stores, as JSON: `packed` and `unpacked`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from ingest.blocks import PageMarks
from ingest.clean import clean
from ingest.fields import Fields
from ingest.layout import Layout, Span, lay_out
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
    values: Mapping[str, Any] = TypeAdapter(Parsed).dump_python(parsed, mode="json")
    return values


def unpacked(values: object, max_chars: int) -> Parsed:
    """What `packed` packed, in a process that may have been taken over.

    Raises ValueError when it is something else: wrong types or metadata, text that cannot be
    stored or has more than ``max_chars`` characters, or a span that is not in it.
    """
    parsed = TypeAdapter(Parsed).validate_python(values)
    if len(parsed.text) > max_chars or any(_is_outside(span, parsed) for span in _spans(parsed)):
        raise ValueError("no text, or another text")
    starts = [at for at, _ in parsed.page_starts]
    if starts != sorted(starts) or not all(0 <= at <= len(parsed.text) for at in starts):
        raise ValueError("pages that are not in the text")
    for said in _said(parsed):
        said.encode("utf-8")  # no lone surrogates: these cannot be stored
    Fields.model_validate({**_given(parsed.front), "id": parsed.front_id})
    return parsed


def _is_outside(span: Span, parsed: Parsed) -> bool:
    start, end = span
    return not 0 <= start <= end <= len(parsed.text)


def _spans(parsed: Parsed) -> Iterator[Span]:
    for draft in parsed.drafts:
        yield draft.start, draft.end
        if draft.lead is not None:
            yield draft.lead
        for said in draft.sentences:
            yield said.start, said.end
            if said.lead is not None:
                yield said.lead


def _said(parsed: Parsed) -> Iterator[str]:
    yield parsed.text
    yield parsed.title or ""
    yield from parsed.warnings
    for draft in parsed.drafts:
        yield from draft.section


def _given(front: PartialMetadata) -> Mapping[str, object]:
    return {name: getattr(front, name) for name in PartialMetadata.__dataclass_fields__}
