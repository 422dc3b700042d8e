"""The long work behind the pages of documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from corpus.errors import BadInputError
from corpus.jobs import Job
from corpus.origins import Origin
from corpus.progress import Progress
from web.staff.desk import Desk
from web.staff.fields import as_metadata
from web.staff.receive import DOCUMENTS, kept_fields, note_stored_before, onward, told

NOT_FROM_WEB = "'{id}' is niet van het web gehaald. Voeg een nieuwe versie toe als bestand."
MOVED_ON = (
    "Het concept van '{id}' dat je wilde aanpassen is er niet meer. Er is niets veranderd. Bekijk "
    "het document opnieuw."
)


def refresh(desk: Desk, job: Job, report: Progress) -> Mapping[str, Any]:
    """Look at the page on the web that a document came from once more."""
    document_id = str(job.params["document"])
    origin = origin_of_document(desk, document_id)
    checked = desk.open_refresher().check(origin, job.who, report)
    note_stored_before(desk, job, [document_id])
    if checked.failed:
        raise BadInputError(checked.message)
    if checked.item is None:
        lines = [f"{origin.url} is niet veranderd."]
        return {"lines": lines, "next": address(document_id), "label": "Terug"}
    notes = [f"Let op: {note}" for note in checked.notes]
    return {"lines": [*told(checked.item), *notes], **onward([document_id])}


def change_metadata(desk: Desk, job: Job, report: Progress) -> Mapping[str, Any]:
    """Make a draft of a version with what was filled in."""
    document_id, version_id = str(job.params["document"]), str(job.params["version"])
    metadata = as_metadata(kept_fields(job.params["fields"]))
    known = version_id in desk.registry.metadata([version_id])
    if not known and not job.again:
        raise BadInputError(MOVED_ON.format(id=document_id))
    # Gone by this job itself: the draft became what readers see, and was thrown away.
    waits = known and desk.revisions.revise(version_id, metadata, job.who, report)
    line = "staat klaar als concept" if waits else "zijn zoals lezers ze al zien"
    return {
        "lines": [f"De gegevens van '{metadata.title}' {line}."],
        "next": address(document_id),
        "label": "Terug naar het document",
    }


def address(document_id: str) -> str:
    """Address of the page of a document."""
    return f"{DOCUMENTS}/{quote(document_id, safe='')}"


def origin_of_document(desk: Desk, document_id: str) -> Origin:
    """Where a document came from. Raises BadInputError when that is not the web."""
    origin = desk.origins.all().get(document_id)
    if origin is None:
        raise BadInputError(NOT_FROM_WEB.format(id=document_id))
    return origin
