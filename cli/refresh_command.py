"""`routewijzer corpus refresh`: looks at the pages that documents came from, and stages changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from cli import output, views
from cli.given import who
from cli.parts import Parts, open_parts
from cli.progress import progress
from corpus.errors import BadInputError
from corpus.origins import Origin
from corpus.plans import Change
from corpus.progress import Progress
from ingest.refresh import Checked


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
    refresher = parts.open_refresher()
    with progress() as report:
        checked = []
        for number, origin in enumerate(origins, start=1):
            checked.append(refresher.check(origin, who()))
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
