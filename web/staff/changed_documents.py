"""The documents that an edition changes, as rows to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.plans import Change
from corpus.registry import Registry
from web.staff.edition_work import CHANGES


@dataclass(frozen=True, slots=True)
class Row:
    """One document that changes. A version is None where there is none on that side."""

    document_id: str
    title: str
    what: str
    """Name of the field of the change that it is in."""
    label: str
    before: str | None
    after: str | None


def rows(
    change: Change,
    registry: Registry,
    before: Mapping[str, str],
    after: Mapping[str, str],
) -> tuple[Row, ...]:
    """A row for each document in ``change``; ``before`` and ``after`` hold the version per id.

    What is in neither is shown by its newest version.
    """
    named = [(d, what, label) for what, label in CHANGES for d in getattr(change, what)]
    versions = {**registry.latest_versions(), **before, **after} if named else {}
    wanted = {versions[d] for d, _, _ in named if d in versions}
    titles = {d: m.title for d, m in registry.metadata(sorted(wanted)).values()}
    return tuple(
        Row(d, titles.get(d, d), what, label, before.get(d), after.get(d))
        for d, what, label in named
    )
