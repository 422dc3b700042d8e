"""Compares the published edition's index, rows and files: `routewijzer corpus verify`."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.editions import Editions
from corpus.ledger import Ledger
from corpus.library import Library
from corpus.registry import Registry
from corpus.types import UNITS, Passage, Sentence, Version


def find_faults(
    registry: Registry, ledger: Ledger, library: Library, editions: Editions
) -> list[str]:
    """What is wrong, one Dutch line each; empty when all is well."""
    current = ledger.current()
    left = [f"Achtergebleven map: {p}" for p in editions.leftovers()]
    if current is None:
        return left
    members = ledger.members(current)
    versions = [registry.version(v) for v in members.values()]
    faults = [fault for version in versions for fault in _span_faults(version)]
    index = library.open_edition(current)
    for unit in UNITS:
        faults += _compare(unit, _searched_ids(versions, unit), index.vectors.ids(unit))
    passages = len(_searched_ids(versions, "passages"))
    if len(index.lexical) != passages:
        faults.append(f"De woordindex telt {len(index.lexical)} passages, SQL {passages}.")
    return faults + left


def _searched_ids(versions: list[Version], unit: str) -> set[str]:
    passages = [p for v in versions for p in v.passages if p.kind != "reference"]
    if unit == "passages":
        return {p.id for p in passages}
    return {s.id for p in passages for s in p.sentences}


def _span_faults(version: Version) -> Iterator[str]:
    for passage in version.passages:
        parts: list[Passage | Sentence] = [passage, *passage.sentences]
        for part in parts:
            if version.text[part.start : part.end] != part.text:
                yield f"{part.id} is niet de tekst op {part.start}-{part.end}."


def _compare(unit: str, expected: set[str], found: set[str]) -> list[str]:
    faults = []
    if missing := expected - found:
        faults.append(f"In de index ontbreken {len(missing)} {unit}, zoals {min(missing)}.")
    if extra := found - expected:
        faults.append(f"In de index staan {len(extra)} {unit} te veel, zoals {min(extra)}.")
    return faults
