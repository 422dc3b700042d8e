"""Which documents make way for others: a summary for its sources, a document for its successor."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from corpus.errors import BadInputError
from corpus.types import Metadata


def give_way(
    candidates: Collection[str],
    present: Collection[str],
    metadata: Mapping[str, Metadata],
    today: date,
) -> tuple[str, ...]:
    """Ids in ``candidates`` that readers no longer need, with the documents that are ``present``.

    ``metadata`` is by id; a document that has none there has no date, source or successor. What
    is replaced counts as there when what follows it is. A document that counts from a later day
    on replaces nothing yet.
    Raises BadInputError when documents replace each other.
    """
    later = {d for d, m in metadata.items() if m.valid_from and m.valid_from > today}
    begun = {d for d in present if d not in later}

    def is_there(document_id: str) -> bool:
        return any(d in begun for d in (document_id, *successors(document_id, metadata)))

    return tuple(
        document_id
        for document_id in candidates
        if any(d in begun for d in successors(document_id, metadata))
        or ((sources := _summary_of(document_id, metadata)) and all(map(is_there, sources)))
    )


def successors(document_id: str, metadata: Mapping[str, Metadata]) -> list[str]:
    """What replaced a document, and what replaced that: the nearest first, known or not.

    Raises BadInputError when the document replaces itself in the end.
    """
    chain: list[str] = []
    following = _replaced_by(document_id, metadata)
    while following is not None and following not in chain:
        if following == document_id:
            raise BadInputError(_circle(document_id, chain))
        chain.append(following)
        following = _replaced_by(following, metadata)
    return chain


def made_way_for(document_ids: Collection[str], metadata: Mapping[str, Metadata]) -> list[str]:
    """Documents in ``metadata`` that name one of these as their source or their successor."""
    return sorted(
        d
        for d, m in metadata.items()
        if m.replaced_by in document_ids or any(s in document_ids for s in m.summary_of)
    )


def _summary_of(document_id: str, metadata: Mapping[str, Metadata]) -> tuple[str, ...]:
    found = metadata.get(document_id)
    return found.summary_of if found else ()


def _replaced_by(document_id: str, metadata: Mapping[str, Metadata]) -> str | None:
    found = metadata.get(document_id)
    return found.replaced_by if found else None


def _circle(document_id: str, chain: list[str]) -> str:
    if not chain:
        return (
            f"'{document_id}' noemt zichzelf als opvolger. "
            "Noem bij 'replaced_by' een ander document, of laat die sleutel weg."
        )
    others = ", ".join(f"'{d}'" for d in chain)
    return (
        f"'{document_id}' is vervangen door {others}, en dat weer door '{document_id}'. "
        "Haal bij een van deze documenten 'replaced_by' weg en lees het opnieuw in."
    )
