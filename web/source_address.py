"""Addresses of the page of a document, and what they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from web.language import page_link
from web.source_layout import Span


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of the page says."""

    document_id: str
    version_id: str = ""
    span: Span = (0, 0)
    others: tuple[Span, ...] = ()
    typed: str = ""
    """What the reader looks for."""
    hit: int = 1
    """Which of the places found, counted from 1."""
    page: int | None = None
    as_text: bool = False


def path_of(document_id: str) -> str:
    """Path of the page of a document."""
    return f"/bron/{quote(document_id, safe='')}"


def address_of(asked: Asked, version_id: str, changes: Mapping[str, str | int]) -> str:
    """Address of the page that shows what is ``asked``, with other fields in ``changes``."""
    fields: dict[str, str | int] = {"versie": version_id}
    if asked.typed:
        fields |= {"zoek": asked.typed, "treffer": asked.hit}
    elif asked.span[1]:
        fields |= {"start": asked.span[0], "end": asked.span[1]}
    if asked.page is not None:
        fields["pagina"] = asked.page
    if asked.as_text:
        fields["weergave"] = "tekst"
    pairs = [(name, value) for name, value in {**fields, **changes}.items() if value != ""]
    if not asked.typed:
        pairs += [("ook", f"{start}-{end}") for start, end in asked.others]
    path = page_link(path_of(asked.document_id))
    return f"{path}{'&' if '?' in path else '?'}{urlencode(pairs)}"
