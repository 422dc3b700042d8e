"""What is taken in, from files or from the web, and what is noted of it: who, and from where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from corpus.errors import BadInputError
from corpus.ledger import Ledger
from corpus.origins import Origin, Origins
from corpus.progress import Progress
from ingest.arrive.fetched import Fetched, NotModified
from ingest.fields import Fields
from ingest.pipeline import Ingested, Pipeline
from ingest.source import Source

if TYPE_CHECKING:
    from ingest.arrive.fetch import Fetcher  # most runs fetch nothing


@dataclass(frozen=True, slots=True)
class Page:
    """A page from the web, with the address that was asked for and the metadata given with it."""

    url: str
    fetched: Fetched
    fields: Fields

    @property
    def source(self) -> Source:
        """What is read of it."""
        fields = self.fields
        return Source(self.fetched.name, self.fetched.data, fields.metadata(), fields.id)


@dataclass(frozen=True, slots=True)
class Taken:
    """Sources, what is to be said about them, and the page that they came from, if any."""

    sources: Sequence[Source]
    notes: Sequence[str] = ()
    page: Page | None = None


class Intake:
    """Takes sources into the corpus, and notes who did it and where they came from."""

    def __init__(self, pipeline: Pipeline, ledger: Ledger, origins: Origins) -> None:
        self._pipeline = pipeline
        self._ledger = ledger
        self._origins = origins

    def take(
        self,
        taken: Taken,
        who: str,
        progress: Progress,
        earlier: Mapping[str, str] | None = None,
    ) -> list[Ingested]:
        """What became of each source. All or nothing; ``earlier`` and errors are those of
        ``Pipeline.ingest``.

        A document that now comes from a file has no address to look at any more.
        """
        items = self._pipeline.ingest(taken.sources, progress, earlier)
        if taken.page is not None:
            self._origins.put(origin_of(taken.page, items[0].document_id))
        else:
            self._origins.forget([i.document_id for i in items if i.result != "unchanged"])
        log_ingested(self._ledger, who, items)
        return items


def from_web(fetcher: Fetcher, url: str, fields: Fields, progress: Progress) -> Taken:
    """The page at ``url``, with what staff say of it. Raises FetchError or BadInputError."""
    got = fetcher.fetch(url)
    if isinstance(got, NotModified):  # only an answer to who says what he has
        raise BadInputError(f"{url} gaf geen pagina. Probeer het later.")
    progress("Pagina ophalen", 1, 1)
    page = Page(url, got, fields.model_copy(update={"url": got.url}))
    return Taken([page.source], got.warnings, page)


def origin_of(page: Page, document_id: str) -> Origin:
    """What is kept of where a page came from."""
    known = page.fetched.validators
    return Origin(
        document_id=document_id,
        url=page.url,
        etag=known.etag,
        last_modified=known.last_modified,
        given=given_values(page.fields),
        checked_at=datetime.now(UTC),
    )


def given_values(fields: Fields) -> Mapping[str, Any]:
    """Metadata as JSON values; ``Fields`` reads it back the same."""
    return fields.model_dump(mode="json", exclude_none=True)


def log_ingested(ledger: Ledger, who: str, items: Sequence[Ingested]) -> None:
    """Note in the audit log what came in; publishing and the like are logged where they happen."""
    added = [i.document_id for i in items if i.result == "new"]
    replaced = [i.document_id for i in items if i.result in ("new version", "again")]
    if added or replaced:
        ledger.log(who, "ingest", {"added": added, "replaced": replaced})
