"""Looks again at the pages that documents came from; what changed becomes a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from corpus.errors import BadInputError
from corpus.ledger import Ledger
from corpus.origins import Origin, Origins
from corpus.progress import Progress, no_progress
from corpus.registry import Registry
from ingest.arrive.fetched import FetchError, NotModified, Reason, Validators
from ingest.fields import Fields, read_fields
from ingest.fingerprint import fingerprint
from ingest.intake import Page, log_ingested, origin_of
from ingest.pipeline import Ingested, Pipeline
from ingest.source import Source

if TYPE_CHECKING:
    from ingest.arrive.fetch import Fetcher


@dataclass(frozen=True, slots=True)
class Checked:
    """How the page of one document stands."""

    origin: Origin
    result: Literal["unchanged", "changed"] | Reason
    message: str = ""
    """What is wrong with it, in one line."""
    item: Ingested | None = None
    """The new version, when there is one."""
    notes: Sequence[str] = ()

    @property
    def failed(self) -> bool:
        """Whether somebody should look at it."""
        return self.result not in ("unchanged", "changed")


class Refresher:
    """Asks for pages again, each with what was given with it the first time."""

    def __init__(
        self,
        fetcher: Fetcher,
        pipeline: Pipeline,
        registry: Registry,
        ledger: Ledger,
        origins: Origins,
    ) -> None:
        self._fetcher = fetcher
        self._pipeline = pipeline
        self._registry = registry
        self._ledger = ledger
        self._origins = origins

    def check(self, origin: Origin, who: str, progress: Progress = no_progress) -> Checked:
        """Ask for one page; what changed becomes a draft. Whatever is wrong with it is its own:
        it is in the result. Raises BusyError when another process writes."""
        try:
            page = self._page(origin)
            if page is None:
                self._origins.checked(origin.document_id, datetime.now(UTC))
                return Checked(origin, "unchanged")
            (item,) = self._pipeline.ingest([self._source(page, origin)], progress)
        except FetchError as error:
            return Checked(origin, error.reason, str(error))
        except BadInputError as error:
            return Checked(origin, "refused", str(error))
        log_ingested(self._ledger, who, [item])
        # Only now: were this run killed before, the next one would find the change again.
        self._origins.put(origin_of(page, origin.document_id))
        if item.result == "unchanged":
            return Checked(origin, "unchanged")
        return Checked(origin, "changed", item=item, notes=page.fetched.warnings)

    # --- steps -------------------------------------------------------------------------------

    def _page(self, origin: Origin) -> Page | None:
        """The page with what was given with it, or None when it has not changed."""
        known = Validators(origin.etag, origin.last_modified)
        got = self._fetcher.fetch(origin.url, known)
        if isinstance(got, NotModified):
            return None
        fields = read_fields(Fields, origin.given, f"Gegevens van {origin.document_id}")
        return Page(origin.url, got, fields)

    def _source(self, page: Page, origin: Origin) -> Source:
        """The page as it was read before, when nothing of it changed. Else with the id of its
        document, for the page may have another title now."""
        source = page.source
        mark = fingerprint(source)
        document_id, _ = self._registry.read_before([mark]).get(mark, ("", ""))
        if document_id == origin.document_id:
            return source
        return replace(source, document_id=origin.document_id)
