"""`routewijzer corpus refresh`: looks at the pages that documents came from, and stages changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import typer

from cli import intake, output, views
from cli.given import who
from cli.parts import Parts, open_parts
from cli.progress import progress
from corpus.editions import Change, no_progress
from corpus.errors import BadInputError
from corpus.index import Progress
from corpus.origins import Origin
from ingest.arrive.fetched import FetchError, NotModified, Reason, Validators
from ingest.fields import Fields, read_fields
from ingest.fingerprint import fingerprint
from ingest.pipeline import Ingested
from ingest.source import Source


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


def refresh(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID", help="Alleen deze documenten.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
) -> None:
    """Kijk of pagina's van het web veranderd zijn en zet een editie klaar; exitcode 1 als er een
    niet te lezen is."""
    parts = open_parts()
    origins = _origins(parts, ids or [])
    with progress() as report:
        checked = []
        for number, origin in enumerate(origins, start=1):
            checked.append(_check(parts, origin))
            report("Pagina's nakijken", number, len(origins))
        change = _stage(parts, origins, report)
    if json_:
        output.as_json(_values(checked, change))
    else:
        _show(checked, change)
    if any(c.failed for c in checked):
        raise typer.Exit(1)


# --- steps -----------------------------------------------------------------------------------


def _origins(parts: Parts, ids: Sequence[str]) -> list[Origin]:
    """The pages to look at: those that are named, or all. Withdrawn documents stay away."""
    known = parts.origins.all()
    withdrawn = parts.registry.withdrawn()
    if not ids:
        stored = parts.registry.latest_versions().keys()
        return [o for d, o in known.items() if d in stored and d not in withdrawn]
    for document_id in ids:
        parts.catalogue.version_id(document_id)  # says so when there is no such document
        if document_id in withdrawn:
            raise BadInputError(
                f"'{document_id}' is ingetrokken en wordt niet vernieuwd. Opnieuw inlezen kan met: "
                "routewijzer ingest --url ADRES"
            )
        if document_id not in known:
            raise BadInputError(
                f"'{document_id}' is niet van het web gehaald. Dat kan met: "
                f"routewijzer ingest --url ADRES --id {document_id}"
            )
    return [known[document_id] for document_id in dict.fromkeys(ids)]


def _check(parts: Parts, origin: Origin) -> Checked:
    """Ask for one page; what changed becomes a draft. Whatever is wrong with it is its own."""
    try:
        page = _page(parts, origin)
        if page is None:
            parts.origins.checked(origin.document_id, datetime.now(UTC))
            return Checked(origin, "unchanged")
        (item,) = parts.pipeline.ingest([_source(parts, page, origin)], no_progress)
    except FetchError as error:
        return Checked(origin, error.reason, str(error))
    except BadInputError as error:
        return Checked(origin, "refused", str(error))
    intake.log(parts, [item])
    # Only now: were this run killed before, the next one would find the change again.
    parts.origins.put(intake.origin_of(page, origin.document_id))
    if item.result == "unchanged":
        return Checked(origin, "unchanged")
    return Checked(origin, "changed", item=item, notes=page.fetched.warnings)


def _page(parts: Parts, origin: Origin) -> intake.Page | None:
    """The page with what was given with it the first time, or None when it has not changed."""
    got = parts.fetcher.fetch(origin.url, Validators(origin.etag, origin.last_modified))
    if isinstance(got, NotModified):
        return None
    fields = read_fields(Fields, origin.given, f"Gegevens van {origin.document_id}")
    return intake.Page(origin.url, got, fields)


def _source(parts: Parts, page: intake.Page, origin: Origin) -> Source:
    """The page as it was read before, when nothing of it changed. Else with the id of its document,
    for the page may have another title now."""
    source = page.source
    mark = fingerprint(source)
    document_id, _ = parts.registry.read_before([mark]).get(mark, ("", ""))
    if document_id == origin.document_id:
        return source
    return replace(source, document_id=origin.document_id)


def _stage(parts: Parts, origins: Sequence[Origin], report: Progress) -> Change | None:
    """Stage when one of these has a draft, also one of an earlier run that was broken off."""
    drafts = parts.registry.drafts()
    if not any(origin.document_id in drafts for origin in origins):
        return None
    change = parts.editions.stage(who(), report)
    return None if change.nothing else change


def _show(checked: Sequence[Checked], change: Change | None) -> None:
    if not checked:
        output.say("Er zijn geen documenten van het web. Haal er een met: routewijzer ingest --url")
    for one in checked:
        if one.item is not None:
            output.ingested([one.item])
        else:
            output.say(f"{one.origin.document_id}: {one.message or 'ongewijzigd'}")
        for note in one.notes:
            output.say(f"  let op: {note}")
    if change is not None:
        output.change(change, "staat klaar")
        output.say("Wat het met de antwoorden doet: routewijzer corpus diff")


def _values(checked: Sequence[Checked], change: Change | None) -> Mapping[str, Any]:
    return {
        "documents": [
            {
                "id": one.origin.document_id,
                "url": one.origin.url,
                "result": one.result,
                "message": one.message,
                "version_id": one.item.version_id if one.item else None,
            }
            for one in checked
        ],
        "staged": views.change_row(change, change.edition) if change else None,
    }
