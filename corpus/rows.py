"""Between the values of `corpus.types` and the rows of `corpus.schema`, both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from corpus.embedding_text import passage_text, sentence_text, vector_key
from corpus.types import Metadata, Passage, Sentence, Version


def version_row(version: Version, now: datetime) -> Mapping[str, Any]:
    """Values for the version table."""
    return {
        "id": version.id,
        "document_id": version.document_id,
        "fingerprint": version.fingerprint,
        "metadata": metadata_row(version.metadata),
        "source_name": version.source_name,
        "text": version.text,
        "page_starts": [list(pair) for pair in version.page_starts],
        "warnings": list(version.warnings),
        "created_at": now,
    }


def passage_row(version: Version, passage: Passage) -> Mapping[str, Any]:
    """Values for the passage table."""
    return {
        "id": passage.id,
        "version_id": version.id,
        "ordinal": passage.ordinal,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "kind": passage.kind,
        "section": list(passage.section),
        "page": passage.page,
        "lead": passage.lead,
        "vector_key": vector_key(passage_text(version, passage)),
    }


def sentence_rows(version: Version, passage: Passage) -> Iterator[Mapping[str, Any]]:
    """Values for the sentence table, in order."""
    for ordinal, sentence in enumerate(passage.sentences):
        lead_start, lead_end = sentence.lead or (None, None)
        yield {
            "id": sentence.id,
            "passage_id": passage.id,
            "version_id": version.id,
            "ordinal": ordinal,
            "start": sentence.start,
            "end": sentence.end,
            "text": sentence.text,
            "kind": sentence.kind,
            "page": sentence.page,
            "lead_start": lead_start,
            "lead_end": lead_end,
            "vector_key": vector_key(sentence_text(version, passage, sentence)),
        }


def sentence_from(row: Row[Any]) -> Sentence:
    """The sentence of a row."""
    lead = (row.lead_start, row.lead_end) if row.lead_start is not None else None
    return Sentence(row.id, row.start, row.end, row.text, row.kind, row.page, lead)


def passage_from(row: Row[Any], sentences: tuple[Sentence, ...]) -> Passage:
    """The passage of a row, with its sentences."""
    return Passage(
        id=row.id,
        version_id=row.version_id,
        ordinal=row.ordinal,
        start=row.start,
        end=row.end,
        text=row.text,
        kind=row.kind,
        section=tuple(row.section),
        page=row.page,
        sentences=sentences,
        lead=row.lead,
    )


def metadata_row(metadata: Metadata) -> Mapping[str, Any]:
    """Metadata as the JSON column holds it; ``downloadable`` only where it is so."""

    def iso(day: date | None) -> str | None:
        return day.isoformat() if day else None

    return {
        "title": metadata.title,
        "kind": metadata.kind,
        "audiences": list(metadata.audiences),
        "publisher": metadata.publisher,
        "url": metadata.url,
        "published": metadata.published,
        "valid_from": iso(metadata.valid_from),
        "valid_until": iso(metadata.valid_until),
        "summary_of": list(metadata.summary_of),
        "replaced_by": metadata.replaced_by,
        **({"downloadable": True} if metadata.downloadable else {}),
    }


def metadata_from(row: Mapping[str, Any]) -> Metadata:
    """The metadata of a version's JSON column."""

    def day(value: str | None) -> date | None:
        return date.fromisoformat(value) if value else None

    return Metadata(
        title=row["title"],
        kind=row["kind"],
        audiences=tuple(row["audiences"]),
        publisher=row["publisher"],
        url=row["url"],
        published=row["published"],
        valid_from=day(row["valid_from"]),
        valid_until=day(row["valid_until"]),
        summary_of=tuple(row["summary_of"]),
        replaced_by=row.get("replaced_by"),  # rows of earlier releases have none
        downloadable=row.get("downloadable", False),
    )
