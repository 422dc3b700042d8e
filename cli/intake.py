"""What `routewijzer ingest` takes in, from files, by a manifest or from the web, and what is kept
of where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cli import given
from cli.parts import Parts
from corpus.errors import BadInputError
from corpus.index import Progress
from corpus.origins import Origin
from ingest.arrive.fetched import Fetched, NotModified
from ingest.arrive.files import collect
from ingest.arrive.manifest import read_manifest
from ingest.fields import Fields
from ingest.pipeline import Ingested
from ingest.source import Source


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
class Intake:
    """Sources, what is to be said about them, and the page that they came from, if any."""

    sources: Sequence[Source]
    notes: Sequence[str] = ()
    page: Page | None = None


def gather(
    parts: Parts, paths: Sequence[Path], manifest: Path | None, fields: Fields, report: Progress
) -> Intake:
    """The sources that the options of `ingest` name. Without files, a url is where to fetch.

    Raises BadInputError when the options do not go together or a source cannot be had.
    """
    if manifest is not None and paths:
        raise BadInputError("Geef bestanden óf een --manifest, niet allebei.")
    if manifest is not None:
        if fields != Fields():
            raise BadInputError(
                "Bij --manifest horen titel, soort en andere gegevens in het manifest zelf."
            )
        return Intake(read_manifest(manifest, parts.settings))
    if paths:
        found = collect(paths, fields.metadata(), parts.settings, fields.id)
        return Intake(found.sources, found.notes)
    if fields.url is None:
        raise BadInputError("Noem een bestand of map, of geef een --manifest of --url.")
    return _from_web(parts, fields.url, fields, report)


def keep_origins(parts: Parts, intake: Intake, items: Sequence[Ingested]) -> None:
    """Note where the documents came from, after they are stored.

    A document that now comes from a file has no address to look at any more.
    """
    if intake.page is not None:
        parts.origins.put(origin_of(intake.page, items[0].document_id))
    else:
        parts.origins.forget([i.document_id for i in items if i.result != "unchanged"])


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


def log(parts: Parts, items: Sequence[Ingested]) -> None:
    """Note in the audit log what came in; publishing and the like are logged where they happen."""
    added = [i.document_id for i in items if i.result == "new"]
    replaced = [i.document_id for i in items if i.result in ("new version", "again")]
    if added or replaced:
        parts.ledger.log(given.who(), "ingest", {"added": added, "replaced": replaced})


def _from_web(parts: Parts, url: str, fields: Fields, report: Progress) -> Intake:
    got = parts.fetcher.fetch(url)
    if isinstance(got, NotModified):  # only an answer to who says what he has
        raise BadInputError(f"{url} gaf geen pagina. Probeer het later.")
    report("Pagina ophalen", 1, 1)
    page = Page(url, got, fields.model_copy(update={"url": got.url}))
    return Intake([page.source], got.warnings, page)
