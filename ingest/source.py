"""What comes in: the bytes of one document and what is already known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.types import Audience, Kind


@dataclass(frozen=True, slots=True)
class PartialMetadata:
    """The fields of ``corpus.types.Metadata`` as far as someone gave them; None is "not given"."""

    title: str | None = None
    kind: Kind | None = None
    audiences: tuple[Audience, ...] | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    summary_of: tuple[str, ...] | None = None
    replaced_by: str | None = None
    downloadable: bool | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Source:
    """One document before it is read.

    ``name`` is the file name, for messages. ``metadata`` is what the manifest or the command
    line says and goes before what the document says of itself. ``document_id`` is the id that
    was given, or None when the document or its title decides.
    """

    name: str
    data: bytes = field(repr=False)
    metadata: PartialMetadata
    document_id: str | None = None
