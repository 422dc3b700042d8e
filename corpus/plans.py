"""What the next edition would hold, and what that changes for readers. Nothing is written here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.errors import BadInputError
from corpus.ledger import Ledger
from corpus.registry import Registry
from corpus.succession import give_way, made_way_for
from corpus.types import Metadata


@dataclass(frozen=True, slots=True)
class Change:
    """What an edition changes against the one before: document ids."""

    edition: int
    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    gave_way: tuple[str, ...] = ()
    """What left because what follows it is in now: its sources, or its successor."""
    stays_out: tuple[str, ...] = ()
    """Drafts that do not come in for the same reason."""
    not_back: tuple[str, ...] = ()
    """What made way for a document that is withdrawn, and does not come back by itself."""

    @property
    def nothing(self) -> bool:
        """Whether readers would see no difference."""
        return not (self.added or self.replaced or self.removed or self.gave_way)


@dataclass(frozen=True, slots=True)
class Plan:
    """The version per document id of an edition that is not built yet, and what it changes."""

    members: Mapping[str, str]
    change: Change

    def numbered(self, number: int) -> Change:
        """The change, once the edition is there."""
        return replace(self.change, edition=number)


class Plans:
    """Works out what publishing, withdrawing or rolling back would do."""

    def __init__(self, registry: Registry, ledger: Ledger) -> None:
        self._registry = registry
        self._ledger = ledger

    def current(self) -> dict[str, str]:
        """Version id per document id of what readers see."""
        current = self._ledger.current()
        return self._ledger.members(current) if current is not None else {}

    def publication(self) -> Plan:
        """What is published with every draft in it. Raises BadInputError when documents replace
        each other."""
        current = self.current()
        members, left = self._with_drafts(current)
        return Plan(members, difference(current, members, left))

    def withdrawal(self, document_ids: Collection[str]) -> Plan:
        """What is published without these. Raises BadInputError when one is not published."""
        current = self.current()
        if unknown := [d for d in document_ids if d not in current]:
            raise BadInputError(
                f"Niet gepubliceerd: {', '.join(unknown)}. "
                "Kijk met `routewijzer corpus list` welke documenten er zijn."
            )
        members = {d: v for d, v in current.items() if d not in document_ids}
        not_back = self._made_way_for(document_ids, current)
        return Plan(members, replace(difference(current, members), not_back=not_back))

    def rollback(self, number: int) -> Plan:
        """What an earlier edition held, without what was withdrawn since. Raises BadInputError
        when readers never saw it."""
        edition = self._ledger.edition(number)
        if edition is None or edition.state != "published":
            raise BadInputError(
                f"Editie {number} is nooit gepubliceerd. "
                "Kijk met `routewijzer corpus history` welke edities er zijn."
            )
        withdrawn = self._registry.withdrawn()
        current = self.current()
        earlier = self._ledger.members(number)
        members = {d: v for d, v in earlier.items() if d not in withdrawn}
        return Plan(members, difference(current, members))

    def staged(self, number: int) -> Change:
        """What a staged edition changes."""
        current, members = self.current(), self._ledger.members(number)
        _, left = self._with_drafts(current)
        return difference(current, members, [d for d in left if d not in members], number)

    # --- steps -------------------------------------------------------------------------------

    def _with_drafts(self, current: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
        """What is published with the drafts in it, and the documents that make way in there."""
        waiting = {**current, **self._registry.drafts()}
        left = give_way(waiting, waiting, self._metadata(waiting), date.today())
        return {d: v for d, v in waiting.items() if d not in left}, left

    def _made_way_for(
        self, document_ids: Collection[str], current: Mapping[str, str]
    ) -> tuple[str, ...]:
        """Documents outside that made way for these, and were not withdrawn themselves."""
        inside = {*current, *self._registry.drafts(), *self._registry.withdrawn()}
        found = made_way_for(document_ids, self._metadata(current))
        return tuple(d for d in found if d not in inside)

    def _metadata(self, members: Mapping[str, str]) -> dict[str, Metadata]:
        """Metadata of every document that bears on others, by its id: as in ``members``, of
        others the newest."""
        found = self._registry.bearing_metadata()
        if not found:
            return {}
        versions = {*{**self._registry.latest_versions(), **members}.values()}
        return dict(found[v] for v in found if v in versions)


def difference(
    before: Mapping[str, str],
    after: Mapping[str, str],
    left: Sequence[str] = (),
    number: int = 0,
) -> Change:
    """What changes between two sets of versions by document id. Those in ``left`` made way, or do
    not come in, because what follows them is there."""
    return Change(
        edition=number,
        added=tuple(sorted(d for d in after if d not in before)),
        replaced=tuple(sorted(d for d in after if d in before and after[d] != before[d])),
        removed=tuple(sorted(d for d in before if d not in after and d not in left)),
        gave_way=tuple(sorted(d for d in left if d in before)),
        stays_out=tuple(sorted(d for d in left if d not in before)),
    )
