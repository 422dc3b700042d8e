"""Takes over what the process that reads found in a document, as `ingest.parse` packed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import TypeAdapter

from corpus import types
from ingest.fields import Fields
from ingest.layout import Span
from ingest.parse import Parsed
from ingest.source import PartialMetadata


def unpacked(values: object, max_chars: int) -> Parsed:
    """What `ingest.parse.packed` packed, in a process that may have been taken over.

    Raises ValueError when it is something else: wrong types or metadata, text that cannot be
    stored or has more than ``max_chars`` characters, or a span that is not in it.
    """
    adapter = TypeAdapter(Parsed)
    # What it is made of names these types without importing them, see `ingest.parse`.
    adapter.rebuild(_types_namespace=vars(types))
    parsed = adapter.validate_python(values)
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
