"""Staging, publishing, withdrawing and rolling back: readers always see one whole edition.

An edition is a numbered set of versions with an index of its own. Publishing is one row in SQL,
written after the index is whole on disk. A crash at any moment leaves the last one answering.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.database import DISK_ERRORS
from corpus.errors import BadInputError, NotReadyError
from corpus.index import Base, IndexBuilder
from corpus.ledger import Ledger
from corpus.lock import WriteLock
from corpus.plans import Change, Plan, Plans
from corpus.progress import Progress, no_progress
from corpus.registry import Registry
from corpus.vector_home import Home

log = logging.getLogger(__name__)

_REMOVING = ".removing"
_KEEP_PUBLISHED = 3  # indexes kept: the current one, and what slow readers may still have open


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
        self._ledger = ledger
        self._plans = Plans(registry, ledger)
        self._builder = builder
        self._lock = lock
        self._folder = data_dir / "editions"
        self._model_id = model_id

    @property
    def home(self) -> Home:
        """Where the vectors of new indexes are kept."""
        return self._builder.home

    def index_folder(self, number: int) -> Path:
        """Where the index of an edition lies."""
        return self._folder / f"{number:06d}"

    def staged(self) -> int | None:
        """Number of the staged edition, or None."""
        found = [e.number for e in self._ledger.editions() if e.state == "staged"]
        return found[0] if found else None

    def unstage(self) -> None:
        """Forget the staged edition, if any: a draft that it holds is no draft any more."""
        with self._lock.held():
            self._clear_leftovers()

    def difference(self) -> Change:
        """What the staged edition changes; nothing when none is staged."""
        number = self.staged()
        return self._plans.staged(number) if number is not None else Change(edition=0)

    def waiting(self) -> Change:
        """What publishing now would change. Raises BadInputError when documents replace each
        other."""
        return self._plans.publication().change

    def up_to_date(self, number: int) -> bool:
        """Whether edition ``number`` is staged and holds exactly what would be published now."""
        return self._staged_with(self._plans.publication().members) == number

    def after_withdrawal(self, document_ids: Sequence[str]) -> Change:
        """What withdrawing these would change. Raises BadInputError when one is not published."""
        return self._plans.withdrawal(document_ids).change

    def after_rollback(self, number: int) -> Change:
        """What rolling back to edition ``number`` would change. Raises BadInputError when readers
        never saw it."""
        return self._plans.rollback(number).change

    def leftovers(self) -> list[Path]:
        """Folders that belong to no edition: what a killed process left, until the next change."""
        editions = [e for e in self._ledger.editions() if e.state != "building"]
        known = {self.index_folder(e.number).name for e in editions}
        if not self._folder.is_dir():
            return []
        return sorted(f for f in self._folder.iterdir() if f.name not in known)

    def strays(self) -> list[str]:
        """The same on the server that keeps the vectors, by name. Raises NotReadyError when it
        cannot be reached."""
        return self.home.strays(self._folder)

    def clear_strays(self) -> list[str]:
        """Remove those; for who holds the lock. Raises NotReadyError likewise."""
        return self.home.clear(self._folder)

    def stage(self, who: str, progress: Progress = no_progress) -> Change:
        """Build an edition of what is published with every draft in it; readers do not see it.

        Raises BadInputError when documents replace each other.
        """
        with self._lock.held():
            plan = self._plans.publication()
            if plan.change.nothing:
                self._settle((*plan.change.gave_way, *plan.change.stays_out))
                return plan.change
            number = self._staged_with(plan.members)
            if number is None:
                number = self._build(plan.members, progress)
                with self._whole_or_gone(number):
                    self._ledger.set_staged(number, who, {"documents": len(plan.members)})
            return plan.numbered(number)

    def discard(self, who: str) -> None:
        """Forget the staged edition. The drafts go on waiting."""
        with self._lock.held():
            number = self.staged()
            if number is not None:
                self._clear_leftovers()
                self._ledger.log(who, "discard", {"edition": number})

    def publish(
        self,
        who: str,
        progress: Progress = no_progress,
        only: int | None = None,
        detail: Mapping[str, object] | None = None,
    ) -> Change:
        """Publish everything that waits as a draft. Nothing happens when nothing waits.

        With ``only``, just the staged edition of that number, as it was judged; raises
        NotReadyError when something else waits by now. ``detail`` goes into the audit log.
        """
        with self._lock.held():
            if only is not None and not self.up_to_date(only):
                raise NotReadyError(
                    f"Editie {only} is niet meer wat er wacht: er is intussen iets veranderd. "
                    "Zet de documenten opnieuw klaar."
                )
            change = self.stage(who, progress)
            if not change.nothing:
                self._publish(change, who, "publish", detail)
            return change

    def withdraw(
        self, document_ids: Sequence[str], who: str, progress: Progress = no_progress
    ) -> Change:
        """Publish an edition without these documents; they come back only when put in again."""
        with self._lock.held():
            plan = self._plans.withdrawal(document_ids)
            change = self._built(plan, progress)
            self._publish(change, who, "withdraw", withdraw=document_ids)
            return change

    def rollback(self, number: int, who: str, progress: Progress = no_progress) -> Change:
        """Publish the versions of an earlier edition again, without what was withdrawn since."""
        with self._lock.held():
            plan = self._plans.rollback(number)
            if plan.change.nothing:
                return plan.change
            change = self._built(plan, progress)
            self._publish(change, who, "rollback", {"to": number})
            return change

    def reindex(self, who: str, progress: Progress = no_progress) -> Change:
        """Publish the same versions with an index made anew, for the model in the settings."""
        with self._lock.held():
            number = self._build(self._plans.current(), progress, fresh=True)
            change = Change(edition=number)
            self._publish(change, who, "reindex", detail={"model": self._model_id})
            return change

    # --- steps -------------------------------------------------------------------------------

    def _staged_with(self, members: Mapping[str, str]) -> int | None:
        """The staged edition when it holds exactly these: what was judged is what is published."""
        number = self.staged()
        if number is None or not self.index_folder(number).is_dir():
            return None
        edition = self._ledger.edition(number)
        same = edition is not None and edition.model_id == self._model_id
        return number if same and self._ledger.members(number) == members else None

    def _built(self, plan: Plan, progress: Progress) -> Change:
        return plan.numbered(self._build(plan.members, progress))

    def _build(self, members: Mapping[str, str], progress: Progress, fresh: bool = False) -> int:
        if not members:
            raise BadInputError("Zo blijft er geen enkel document over; er is niets veranderd.")
        base = None if fresh else self._base()
        self._clear_leftovers()
        number = self._ledger.begin_edition(members.values(), self._model_id)
        with self._whole_or_gone(number):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._builder.build(self.index_folder(number), sorted(members.values()), base, progress)
        return number

    @contextmanager
    def _whole_or_gone(self, number: int) -> Iterator[None]:
        """Around a step towards edition ``number``: when it fails, on a full disk for one, what was
        made of it goes at once. What was staged already stays."""
        try:
            yield
        except BaseException:
            try:
                edition = self._ledger.edition(number)
                if edition is not None and edition.state == "building":
                    self._clear_leftovers()
            except DISK_ERRORS as error:
                # What went wrong first is what the reader must hear; the next change tidies up.
                log.warning(
                    "Edition %s was not finished, and is not cleared yet: %s", number, error
                )
            raise

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
        detail: Mapping[str, object] | None = None,
        withdraw: Sequence[str] = (),
    ) -> None:
        difference = {
            "added": change.added,
            "replaced": change.replaced,
            "removed": change.removed,
            "gave_way": change.gave_way,
            "stays_out": change.stays_out,
        }
        with self._whole_or_gone(change.edition):
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
        try:
            self.clear_strays()
        except NotReadyError as error:
            # Nothing that readers see hangs on it, and the next change tries again.
            log.warning("Vectors of indexes that are gone stay on the server: %s", error)
