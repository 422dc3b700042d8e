"""Staging, publishing, withdrawing and rolling back: readers always see one whole edition.

An edition is a numbered set of versions with an index of its own. Publishing is one row in SQL,
written after the index is whole on disk. A crash at any moment leaves the last one answering.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from corpus.errors import BadInputError, NotReadyError
from corpus.index import Base, IndexBuilder, Progress
from corpus.ledger import Ledger
from corpus.lock import WriteLock
from corpus.registry import Registry
from corpus.succession import give_way, made_way_for
from corpus.types import Metadata

_REMOVING = ".removing"
_KEEP_PUBLISHED = 3  # indexes kept: the current one, and what slow readers may still have open


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


def no_progress(_step: str, _done: int, _total: int) -> None:
    """For callers that show no progress."""


class Editions:
    """Every change to what readers see goes through here."""

    def __init__(
        self,
        registry: Registry,
        ledger: Ledger,
        builder: IndexBuilder,
        lock: WriteLock,
        data_dir: Path,
        model_id: str,
    ) -> None:
        self._registry = registry
        self._ledger = ledger
        self._builder = builder
        self._lock = lock
        self._folder = data_dir / "editions"
        self._model_id = model_id

    def index_folder(self, number: int) -> Path:
        """Where the index of an edition lies."""
        return self._folder / f"{number:06d}"

    def staged(self) -> int | None:
        """Number of the staged edition, or None."""
        found = [e.number for e in self._ledger.editions() if e.state == "staged"]
        return found[0] if found else None

    def difference(self) -> Change:
        """What the staged edition changes; nothing when none is staged."""
        number = self.staged()
        if number is None:
            return Change(edition=0)
        current, members = self._current_members(), self._ledger.members(number)
        _, left = self._with_drafts(current)
        return _difference(current, members, [d for d in left if d not in members], number)

    def leftovers(self) -> list[Path]:
        """Folders that belong to no edition: what a killed process left, until the next change."""
        editions = [e for e in self._ledger.editions() if e.state != "building"]
        known = {self.index_folder(e.number).name for e in editions}
        if not self._folder.is_dir():
            return []
        return sorted(f for f in self._folder.iterdir() if f.name not in known)

    def stage(self, who: str, progress: Progress = no_progress) -> Change:
        """Build an edition of what is published with every draft in it; readers do not see it.

        Raises BadInputError when documents replace each other.
        """
        with self._lock.held():
            current = self._current_members()
            members, left = self._with_drafts(current)
            change = _difference(current, members, left)
            if change.nothing:
                self._settle(left)
                return change
            number = self._staged_with(members)
            if number is None:
                number = self._build(members, progress)
                self._ledger.set_staged(number, who, {"documents": len(members)})
            return _difference(current, members, left, number)

    def publish(self, who: str, progress: Progress = no_progress) -> Change:
        """Publish everything that waits as a draft. Nothing happens when nothing waits."""
        with self._lock.held():
            change = self.stage(who, progress)
            if not change.nothing:
                self._publish(change, who, "publish")
            return change

    def withdraw(
        self, document_ids: Sequence[str], who: str, progress: Progress = no_progress
    ) -> Change:
        """Publish an edition without these documents; they come back only when put in again."""
        with self._lock.held():
            current = self._current_members()
            unknown = [d for d in document_ids if d not in current]
            if unknown:
                raise BadInputError(
                    f"Niet gepubliceerd: {', '.join(unknown)}. "
                    "Kijk met `routewijzer corpus list` welke documenten er zijn."
                )
            members = {d: v for d, v in current.items() if d not in document_ids}
            number = self._build(members, progress)
            not_back = self._made_way_for(document_ids, current)
            change = replace(_difference(current, members, (), number), not_back=not_back)
            self._publish(change, who, "withdraw", withdraw=document_ids)
            return change

    def rollback(self, number: int, who: str, progress: Progress = no_progress) -> Change:
        """Publish the versions of an earlier edition again, without what was withdrawn since."""
        with self._lock.held():
            edition = self._ledger.edition(number)
            if edition is None or edition.state != "published":
                raise BadInputError(
                    f"Editie {number} is nooit gepubliceerd. "
                    "Kijk met `routewijzer corpus history` welke edities er zijn."
                )
            withdrawn = self._registry.withdrawn()
            current = self._current_members()
            earlier = self._ledger.members(number)
            members = {d: v for d, v in earlier.items() if d not in withdrawn}
            change = _difference(current, members, ())
            if not change.nothing:
                change = _difference(current, members, (), self._build(members, progress))
                self._publish(change, who, "rollback", detail={"to": number})
            return change

    def reindex(self, who: str, progress: Progress = no_progress) -> Change:
        """Publish the same versions with an index made anew, for the model in the settings."""
        with self._lock.held():
            current = self._current_members()
            number = self._build(current, progress, fresh=True)
            change = Change(edition=number)
            self._publish(change, who, "reindex", detail={"model": self._model_id})
            return change

    # --- steps -------------------------------------------------------------------------------

    def _current_members(self) -> dict[str, str]:
        current = self._ledger.current()
        return self._ledger.members(current) if current is not None else {}

    def _staged_with(self, members: Mapping[str, str]) -> int | None:
        """The staged edition when it holds exactly these: what was judged is what is published."""
        number = self.staged()
        if number is None or not self.index_folder(number).is_dir():
            return None
        edition = self._ledger.edition(number)
        same = edition is not None and edition.model_id == self._model_id
        return number if same and self._ledger.members(number) == members else None

    def _with_drafts(self, current: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
        """What is published with the drafts in it, and the documents that make way in there."""
        waiting = {**current, **self._registry.drafts()}
        left = give_way(waiting, waiting, self._metadata(waiting), date.today())
        return {d: v for d, v in waiting.items() if d not in left}, left

    def _made_way_for(
        self, document_ids: Sequence[str], current: Mapping[str, str]
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

    def _build(self, members: Mapping[str, str], progress: Progress, fresh: bool = False) -> int:
        if not members:
            raise BadInputError("Zo blijft er geen enkel document over; er is niets veranderd.")
        base = None if fresh else self._base()
        self._clear_leftovers()
        number = self._ledger.begin_edition(members.values(), self._model_id)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._builder.build(self.index_folder(number), sorted(members.values()), base, progress)
        return number

    def _base(self) -> Base | None:
        """The current edition's index, when it can be built upon."""
        current = self._ledger.current()
        if current is None or not self.index_folder(current).is_dir():
            return None
        edition = self._ledger.edition(current)
        if edition is not None and edition.model_id != self._model_id:
            raise NotReadyError(
                f"De index is gemaakt met model {edition.model_id}, maar de instellingen vragen "
                f"{self._model_id}. Maak hem opnieuw met: routewijzer corpus reindex"
            )
        members = self._ledger.members(current)
        return Base(self.index_folder(current), frozenset(members.values()))

    def _publish(
        self,
        change: Change,
        who: str,
        action: str,
        detail: dict[str, object] | None = None,
        withdraw: Sequence[str] = (),
    ) -> None:
        difference = {
            "added": change.added,
            "replaced": change.replaced,
            "removed": change.removed,
            "gave_way": change.gave_way,
            "stays_out": change.stays_out,
        }
        self._ledger.publish(
            change.edition,
            who,
            action,
            {**difference, **(detail or {})},
            withdraw=withdraw,
            settled=(*change.gave_way, *change.stays_out),
        )
        self._clear_leftovers()

    def _settle(self, left: Sequence[str]) -> None:
        """Nothing waits: no draft of what is published already or makes way for what is, no
        stale staged edition."""
        current = self._ledger.current()
        if current is not None:
            self._ledger.clear_drafts(current, left)
        self._clear_leftovers()

    def _clear_leftovers(self) -> None:
        """Remove what no reader needs: editions that were never published, old indexes."""
        editions = self._ledger.editions()
        self._ledger.drop_editions([e.number for e in editions if e.state != "published"])
        published = [e.number for e in editions if e.state == "published"]
        keep = {self.index_folder(n).name for n in published[:_KEEP_PUBLISHED]}
        current = self._ledger.current()
        if current is not None:
            keep.add(self.index_folder(current).name)
        if self._folder.is_dir():
            for folder in self._folder.iterdir():
                if folder.name not in keep:
                    # Under another name first: half a folder must not look like an edition.
                    doomed = folder.rename(folder.with_name(f"{_REMOVING}{folder.name}"))
                    shutil.rmtree(doomed)


def _difference(
    before: Mapping[str, str], after: Mapping[str, str], left: Sequence[str], number: int = 0
) -> Change:
    return Change(
        edition=number,
        added=tuple(sorted(d for d in after if d not in before)),
        replaced=tuple(sorted(d for d in after if d in before and after[d] != before[d])),
        removed=tuple(sorted(d for d in before if d not in after and d not in left)),
        gave_way=tuple(sorted(d for d in left if d in before)),
        stays_out=tuple(sorted(d for d in left if d not in before)),
    )
