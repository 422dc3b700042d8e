"""Reads what was sent, or a page from the web: what cannot be read is told, the rest goes on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import BadInputError, RoutewijzerError
from corpus.jobs import Job, Jobs
from corpus.ledger import Acts
from corpus.progress import Progress
from corpus.records import Records
from corpus.settings import Settings
from ingest.arrive.files import collect_bytes
from ingest.arrive.manifest import is_manifest
from ingest.fields import Fields, read_fields
from ingest.intake import Intake, Taken, from_web
from ingest.pipeline import Ingested, Result
from web.staff.desk import Desk
from web.staff.spool import Kept, Spool

RESULTS: Mapping[Result, str] = {
    "new": "nieuw",
    "new version": "nieuwe versie",
    "unchanged": "ongewijzigd, zo was het er al",
    "again": "stond er al eens zo, en staat weer klaar",
}
DOCUMENTS = "/beheer/documenten"
INGEST = "ingest"
_LOOK_BACK = 400  # jobs in which others of the same pile are looked for


def ingest(desk: Desk, job: Job, report: Progress) -> Mapping[str, Any]:
    """Read the files that lie in the spool for this job."""
    params = job.params
    files = Spool(desk.settings.data_dir).find(params["load"], params["names"])
    pile = str(params["pile"])
    order = Order(files, kept_fields(params["fields"]), job.who, _earlier(desk.jobs, pile))
    result = Receiver(desk.intake, desk.settings).read(order, report)
    note_stored_before(desk, job, result["documents"])
    return {**result, "pile": pile}


def fetch(desk: Desk, job: Job, report: Progress) -> Mapping[str, Any]:
    """Read a page from the web."""
    fields = kept_fields(job.params["fields"])
    taken = from_web(desk.open_fetcher(), str(job.params["address"]), fields, report)
    items = desk.intake.take(taken, job.who, report)
    note_stored_before(desk, job, [i.document_id for i in items])
    lines = [line for item in items for line in told(item)]
    notes = [f"Let op: {note}" for note in taken.notes]
    return {"lines": lines + notes, **onward([i.document_id for i in items])}


def note_stored_before(desk: Desk, job: Job, document_ids: Collection[str]) -> None:
    """Note in the audit log what a process stored for this job before it was killed, for it may
    not have come to that itself."""
    if not job.again:
        return
    acts = desk.ledger.history(None, Acts(job.who, ("ingest",), since=job.created_at))
    noted = {d for act in acts for what in ("added", "replaced") for d in act.detail.get(what, ())}
    records = Records(desk.registry.engine)
    left: dict[str, list[str]] = {"added": [], "replaced": []}
    for document_id in sorted(set(document_ids) - noted):
        versions = records.versions(document_id)
        if versions and versions[0].created_at >= job.created_at:
            left["added" if len(versions) == 1 else "replaced"].append(document_id)
    if any(left.values()):
        desk.ledger.log(job.who, "ingest", left)


def kept_fields(values: Mapping[str, Any]) -> Fields:
    """Metadata out of the params of a job; `ingest.intake.given_values` put them there."""
    return read_fields(Fields, values, "Gegevens")


@dataclass(frozen=True, slots=True)
class Order:
    """What to read, and how."""

    files: Sequence[Kept]
    fields: Fields
    """What holds for every file that does not say it itself."""
    who: str
    earlier: Mapping[str, str] = field(default_factory=dict)
    """Document ids that other files of the same pile got already, with the names of those."""


class Receiver:
    """Reads orders."""

    def __init__(self, intake: Intake, settings: Settings) -> None:
        self._intake = intake
        self._settings = settings

    def read(self, order: Order, progress: Progress) -> Mapping[str, Any]:
        """The result of a job: a line for each document and each file that could not be read.

        A single file that cannot be read raises what is wrong with it, as a RoutewijzerError.
        """
        piles = _piles(order.files)
        _refuse_one_title(piles, order.fields)
        lines: list[str] = []
        ids = dict(order.earlier)
        failed = 0
        for pile in piles:
            try:
                items, notes = self._take(pile, order, ids, _named(pile, piles, progress))
            except RoutewijzerError as error:
                if len(piles) == 1:
                    raise
                failed += 1
                lines.append(f"Niet gelukt: {error}")
                continue
            ids.update((item.document_id, item.name) for item in items)
            lines += [line for item in items for line in told(item)]
            lines += [f"Let op: {note}" for note in notes]
        if failed == len(piles):
            raise BadInputError(" ".join(lines))
        mine = {i: name for i, name in ids.items() if i not in order.earlier}
        return {"lines": lines, "documents": mine, **onward(list(mine))}

    def _take(
        self, pile: Sequence[Kept], order: Order, ids: Mapping[str, str], progress: Progress
    ) -> tuple[list[Ingested], Sequence[str]]:
        files = {kept.name: kept.path.read_bytes() for kept in pile}
        fields = order.fields
        found = collect_bytes(files, fields.metadata(), self._settings, fields.id)
        taken = Taken(found.sources, found.notes)
        return self._intake.take(taken, order.who, progress, ids), found.notes


def told(item: Ingested) -> list[str]:
    """What became of one document, in lines."""
    count = f"{item.passages} passages" if item.passages != 1 else "1 passage"
    first = f"{item.name}: {RESULTS[item.result]}, {count}."
    return [first, *(f"Let op: {warning}" for warning in item.warnings)]


def onward(document_ids: Sequence[str]) -> Mapping[str, str]:
    """Where the page of the job leads to."""
    if len(document_ids) == 1:
        return {
            "next": f"{DOCUMENTS}/{document_ids[0]}/inlezing",
            "label": "Bekijk wat er is gelezen",
        }
    return {"next": f"{DOCUMENTS}?staat=draft", "label": "Naar de concepten"}


def _earlier(jobs: Jobs, pile: str) -> dict[str, str]:
    """Document ids that other files of the same pile got, each with the name of its file."""
    found: dict[str, str] = {}
    for job in jobs.recent(_LOOK_BACK) if pile else ():
        if job.kind == INGEST and job.result.get("pile") == pile:
            found.update(job.result.get("documents", {}))
    return found


def _piles(files: Sequence[Kept]) -> list[Sequence[Kept]]:
    """Each file by itself, or all together when one of them is a manifest."""
    if any(is_manifest(kept.name) for kept in files):
        names = [kept.name for kept in files]
        double = next((name for name in names if names.count(name) > 1), None)
        if double is not None:
            raise BadInputError(f"'{double}' is twee keer gekozen. Kies elk bestand één keer.")
        return [files]
    return [(kept,) for kept in files]


def _refuse_one_title(piles: Sequence[Sequence[Kept]], fields: Fields) -> None:
    if len(piles) > 1 and (fields.title is not None or fields.id is not None):
        raise BadInputError(
            f"Een titel of id past bij één bestand, maar je koos er {len(piles)}. "
            "Laat titel en id leeg; je kunt ze daarna per document aanpassen."
        )


def _named(pile: Sequence[Kept], piles: Sequence[Sequence[Kept]], progress: Progress) -> Progress:
    """Progress that says which of several files it is about."""
    if len(piles) == 1:
        return progress
    name = pile[0].name

    def report(step: str, done: int, total: int) -> None:
        progress(f"{name}: {step}", done, total)

    return report
