"""Last step: what the document is, what is doubtful about it, and the finished version."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter
from pathlib import PurePath

from corpus.errors import BadInputError
from corpus.types import Metadata, Passage, Sentence, Version
from ingest.blocks import PageMarks
from ingest.fields import AUDIENCES, check_validity, document_id
from ingest.fingerprint import fingerprint
from ingest.parse import Parsed
from ingest.source import PartialMetadata, Source
from ingest.split import Draft

_LITTLE_TEXT = 200
_MOJIBAKE = ("Ã©", "Ã«", "â€", "Ã¯", "Ã¨", "Ã¶")


def describe(source: Source, parsed: Parsed, release: str) -> Version:
    """The version, with ids, final metadata and warnings. BadInputError when nothing is left."""
    if not any(draft.sentences for draft in parsed.drafts):
        raise BadInputError(f"{source.name} bevat geen lopende tekst, alleen koppen of opmaak.")
    metadata = final_metadata(source, parsed.front, parsed.title)
    own_id = source.document_id or parsed.front_id or document_id(metadata.title)
    if not own_id:
        raise BadInputError(
            f"{source.name}: van de titel '{metadata.title}' is geen id te maken. Geef een id op."
        )
    version_id = version_key(own_id, metadata, parsed.text, parsed.page_starts, release)
    passages = tuple(
        _passage(draft, ordinal, version_id, parsed) for ordinal, draft in enumerate(parsed.drafts)
    )
    return Version(
        id=version_id,
        document_id=own_id,
        fingerprint=fingerprint(source),
        metadata=metadata,
        source_name=source.name,
        text=parsed.text,
        page_starts=parsed.page_starts,
        passages=passages,
        warnings=(*parsed.warnings, *_warnings(parsed.text, passages)),
    )


def final_metadata(source: Source, front: PartialMetadata, title: str | None) -> Metadata:
    """Given goes before front matter, front matter before what the text says, that before
    defaults. BadInputError when the two together make a validity that ends before it starts."""
    fields = {}
    for name in PartialMetadata.__dataclass_fields__:
        given = getattr(source.metadata, name)
        value = given if given is not None else getattr(front, name)
        if value is not None:
            fields[name] = value
    stem = PurePath(source.name).stem
    defaults = Metadata(title=title or stem, kind="programmapagina", audiences=AUDIENCES)
    metadata = replace(defaults, **fields)
    check_validity(metadata.valid_from, metadata.valid_until, source.name)
    return metadata


def version_key(own_id: str, metadata: Metadata, text: str, pages: PageMarks, release: str) -> str:
    """The id of the version of document ``own_id`` with this metadata, text and page starts."""
    hashed = repr((own_id, metadata, text, pages, release))
    if metadata.downloadable:  # else the id is as it was before there was such a field
        hashed += "downloadable"
    return hashlib.sha256(hashed.encode("utf-8")).hexdigest()[:16]


def page_of(offset: int, pages: PageMarks) -> int | None:
    """The page on which the character at ``offset`` of the canonical text stands."""
    at = bisect_right(pages, offset, key=itemgetter(0))
    return pages[at - 1][1] if at else None


def _passage(draft: Draft, ordinal: int, version_id: str, parsed: Parsed) -> Passage:
    text = parsed.text
    passage_id = f"{version_id}:{ordinal}"
    sentences = tuple(
        Sentence(
            id=f"{passage_id}:{number}",
            start=said.start,
            end=said.end,
            text=text[said.start : said.end],
            kind=said.kind,
            page=page_of(said.start, parsed.page_starts),
            lead=said.lead,
        )
        for number, said in enumerate(draft.sentences)
    )
    return Passage(
        id=passage_id,
        version_id=version_id,
        ordinal=ordinal,
        start=draft.start,
        end=draft.end,
        text=text[draft.start : draft.end],
        kind=draft.kind,
        section=draft.section,
        page=page_of(draft.start, parsed.page_starts),
        sentences=sentences,
        lead=text[draft.lead[0] : draft.lead[1]] if draft.lead else "",
    )


def _warnings(text: str, passages: Sequence[Passage]) -> list[str]:
    warnings = []
    if len(text) < _LITTLE_TEXT:
        warnings.append(
            f"Weinig tekst: {len(text)} tekens. Controleer of het document compleet is."
        )
    elif len(passages) == 1:
        warnings.append("De tekst is één passage: er zijn geen koppen gevonden.")
    odd = text.count("\ufffd") + sum(text.count(sign) for sign in _MOJIBAKE)
    if odd:
        warnings.append(f"{odd} tekens zijn onleesbaar of verminkt. Controleer de bron.")
    if all(passage.kind == "reference" for passage in passages):
        warnings.append(
            "Alle tekst is colofon, inhoud of literatuur: er is niets om mee te antwoorden."
        )
    return warnings
