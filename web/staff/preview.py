"""What was read of a document, passage by passage, beside the pages that it was read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from corpus.records import VersionRecord
from corpus.types import Passage, Version
from ingest.page_pictures import PDF, PagePictures
from web.staff.comparison import compare
from web.staff.desk import Desk
from web.staff.receive import DOCUMENTS
from web.staff.session import Staff
from web.staff.standing import Standing

PER_PAGE = 40
"""Passages on one page: more is slow to look through."""
WIDTH = 800
"""Pixels of a picture of a page."""
PASSAGE_KINDS = {
    "text": "tekst",
    "list": "lijst",
    "table": "tabel",
    "quote": "citaat",
    "reference": "verwijzing, wordt niet doorzocht",
}
SENTENCE_KINDS = {
    "sentence": "zin",
    "lead": "inleiding",
    "item": "punt",
    "row": "rij",
    "quote": "citaat",
}
_NO_VERSION = "Deze versie van '{id}' is er niet (meer). Kijk bij het document welke er zijn."
_NO_PICTURE = "Van deze bladzijde is er geen plaatje."


@dataclass(frozen=True, slots=True)
class Heading:
    """A section in the outline, with the first passage in it."""

    title: str
    depth: int
    """0 for the outermost."""
    ordinal: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Passages that begin on one page; the page is None in what has no pages."""

    page: int | None
    passages: tuple[Passage, ...]


def outline(passages: Sequence[Passage]) -> list[Heading]:
    """Every heading above a passage, once for each place where it begins."""
    found: list[Heading] = []
    above: tuple[str, ...] = ()
    for passage in passages:
        shared = 0
        while above[shared : shared + 1] == passage.section[shared : shared + 1] != ():
            shared += 1
        found += [
            Heading(title, depth, passage.ordinal)
            for depth, title in enumerate(passage.section)
            if depth >= shared
        ]
        above = passage.section
    return found


def sheets(passages: Sequence[Passage]) -> list[Sheet]:
    """The passages by the page that they begin on."""
    grouped = groupby(passages, key=lambda passage: passage.page)
    return [Sheet(page, tuple(found)) for page, found in grouped]


def version_before(
    versions: Sequence[VersionRecord], wanted: VersionRecord, published: str | None
) -> VersionRecord | None:
    """What to compare a version with: what readers see, or else the one before it in time.
    ``versions`` has the newest first."""
    if wanted.id != published:
        shown = next((v for v in versions if v.id == published), None)
        if shown is not None:
            return shown
    return next((v for v in versions[versions.index(wanted) + 1 :]), None)


class _Previews:
    """What the routes look up."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._standing = Standing(desk)
        self._pictures = PagePictures(desk.originals, desk.settings)

    def find(self, document_id: str, version_id: str) -> tuple[Version, Mapping[str, Any]]:
        """The version that is asked for, by default the draft or what readers see, with what
        every page about it shows. Raises HTTPException 404."""
        row = self._standing.row(document_id)
        versions = self._standing.versions(document_id)
        wanted = version_id or row.draft_version_id or row.version_id
        record = next((v for v in versions if v.id == wanted), None)
        if record is None:
            raise HTTPException(404, _NO_VERSION.format(id=document_id))
        published = row.version_id if row.state == "published" else None
        before = version_before(versions, record, published)
        facts = {"row": row, "record": record, "published": published, "before": before}
        return self._desk.registry.version(record.id), facts

    def picture(self, document_id: str, number: int, version_id: str) -> bytes:
        """A page of the file as PNG. Raises HTTPException 404, BadInputError or BusyError."""
        version, _ = self.find(document_id, version_id)
        original = self._desk.originals.get(version.id)
        if original is None or original.media_type != PDF:
            raise HTTPException(404, _NO_PICTURE)
        return self._pictures.picture(original, number, WIDTH)

    def has_pictures(self, version: Version) -> bool:
        """Whether its pages can be shown."""
        original = self._desk.originals.get(version.id)
        return bool(version.page_starts) and original is not None and original.media_type == PDF


def build_preview(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """Routes that show what was read."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    previews = _Previews(desk)
    templates.env.globals.update(passage_kinds=PASSAGE_KINDS, sentence_kinds=SENTENCE_KINDS)

    @router.get(f"{DOCUMENTS}/{{document_id}}/inlezing")
    def show(
        request: Request, session: Staff, document_id: str, versie: str = "", vanaf: int = 0
    ) -> Response:
        """Outline and passages, a number of them at a time."""
        version, facts = previews.find(document_id, versie)
        start = max(0, min(vanaf, len(version.passages) - 1)) // PER_PAGE * PER_PAGE
        shown = version.passages[start : start + PER_PAGE]
        context = {
            "session": session,
            **facts,
            "version": version,
            "outline": outline(version.passages),
            "sheets": sheets(shown),
            "start": start,
            "per_page": PER_PAGE,
            "pictures": previews.has_pictures(version),
        }
        return templates.TemplateResponse(request, "beheer/preview.html", context)

    @router.get(f"{DOCUMENTS}/{{document_id}}/verschil")
    def difference(
        request: Request, session: Staff, document_id: str, versie: str = ""
    ) -> Response:
        """What differs from the version before."""
        version, facts = previews.find(document_id, versie)
        before = facts["before"]
        comparison = None
        if before is not None:
            comparison = compare(desk.registry.version(before.id).passages, version.passages)
        context = {"session": session, **facts, "version": version, "comparison": comparison}
        return templates.TemplateResponse(request, "beheer/difference.html", context)

    @router.get(f"{DOCUMENTS}/{{document_id}}/blad/{{number}}.png")
    def picture(_: Staff, document_id: str, number: int, versie: str = "") -> Response:
        """A page of the file as a picture."""
        return Response(previews.picture(document_id, number, versie), media_type="image/png")

    return router
