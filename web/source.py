"""The documents behind the citations: the passage in its place, and the original."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Header, Path, Query, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from corpus.errors import BadInputError
from corpus.originals import Original
from corpus.readings import Reading, UnknownDocumentError, WithdrawnError
from corpus.types import Kind
from ingest.page_pictures import PDF, RELEASE
from web.language import N_, gettext
from web.source_address import Asked
from web.source_pages import LARGE, WIDTH
from web.source_view import Sources, view

KINDS: dict[Kind, str] = {
    "handreiking": N_("handreiking"),
    "programmapagina": N_("programmapagina"),
    "routepagina": N_("routepagina"),
    "onderzoek": N_("onderzoek"),
    "brochure": N_("brochure"),
    "magazine": N_("magazine"),
}
"""What readers call each kind of document."""

NO_PAGE = N_("Deze bladzijde is er niet als plaatje.")
NO_DOWNLOAD = N_("Dit bestand is hier niet te downloaden.")
WITHDRAWN = N_("Dit document is ingetrokken. We laten het niet meer zien.")
UNKNOWN = N_("Dit document is er niet, of het is niet gepubliceerd.")

_MOST_TYPED = 100
_MOST_OTHERS = 50
_FAR = 1_000_000_000
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_YEAR = "private, max-age=31536000, immutable"
_CLOSED = "sandbox; default-src 'none'"
"""Policy for files of others: whatever they are, nothing in them is run here."""

Offset = Annotated[int, Query(ge=0, le=_FAR)]
Number = Annotated[int, Path(ge=1, le=100_000)]


def build_source(sources: Sources, templates: Jinja2Templates) -> APIRouter:
    """Routes for the page of a document, pictures of its pages and its original."""
    router = APIRouter(include_in_schema=False)

    @router.get("/bron/{document_id}", response_class=HTMLResponse)
    def source(
        request: Request,
        document_id: str,
        versie: str = "",
        start: Offset = 0,
        end: Offset = 0,
        ook: Annotated[list[str] | None, Query()] = None,
        zoek: str = "",
        treffer: Annotated[int, Query(ge=1, le=_FAR)] = 1,
        pagina: Annotated[int | None, Query(ge=1, le=100_000)] = None,
        weergave: str = "",
    ) -> Response:
        """Show a document with the words of an answer, or what is looked for, marked."""
        asked = Asked(
            document_id=document_id,
            version_id=versie,
            span=(start, end),
            others=_spans(ook or ()),
            typed=" ".join(zoek.split())[:_MOST_TYPED],
            hit=treffer,
            page=pagina,
            as_text=weergave == "tekst",
        )
        try:
            shown = view(asked, sources, date.today())
        except (UnknownDocumentError, WithdrawnError) as problem:
            raise _gone(problem) from problem
        context = {"view": shown, "kinds": KINDS}
        return templates.TemplateResponse(request, "source.html", context)

    @router.get("/bron/{document_id}/pagina/{number}.png")
    def page_picture(
        document_id: str,
        number: Number,
        versie: str = "",
        groot: str = "",
        if_none_match: Annotated[str, Header()] = "",
    ) -> Response:
        """Give a page of a PDF as a picture."""
        original = _original(sources, document_id, versie)[1]
        if original is None or original.media_type != PDF:
            raise HTTPException(404, gettext(NO_PAGE))
        width = LARGE if groot else WIDTH
        tag = f'"{original.sha256[:32]}-{number}-{width}-{RELEASE}"'
        # With the version in its address a picture never changes.
        headers = {"ETag": tag, "Cache-Control": _YEAR if versie else "private, no-cache"}
        if tag in if_none_match:
            return Response(status_code=304, headers=headers)
        try:
            picture = sources.drawer.picture(original, number, width)
        except BadInputError as problem:
            raise HTTPException(404, gettext(NO_PAGE)) from problem
        return Response(picture, media_type="image/png", headers=headers)

    @router.get("/bron/{document_id}/origineel")
    def download(document_id: str, versie: str = "") -> Response:
        """Give the file itself, where its publisher allows that."""
        reading, original = _original(sources, document_id, versie)
        if original is None or not reading.version.metadata.downloadable:
            raise HTTPException(403, gettext(NO_DOWNLOAD))
        name = quote(original.name, safe="")
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Content-Security-Policy": _CLOSED,
            "X-Content-Type-Options": "nosniff",
        }
        data = sources.keeper.read(original)
        return Response(data, media_type=original.media_type, headers=headers)

    return router


def _original(
    sources: Sources, document_id: str, version_id: str
) -> tuple[Reading, Original | None]:
    """A version that readers may read, with its original. Raises HTTPException 404 or 410."""
    try:
        reading = sources.reader.find(document_id, version_id)
    except (UnknownDocumentError, WithdrawnError) as problem:
        raise _gone(problem) from problem
    if not reading.is_asked:  # another version is another file
        raise HTTPException(404, gettext(NO_PAGE))
    return reading, sources.keeper.get(reading.version.id)


def _gone(problem: UnknownDocumentError | WithdrawnError) -> HTTPException:
    if isinstance(problem, WithdrawnError):
        return HTTPException(410, gettext(WITHDRAWN))
    return HTTPException(404, gettext(UNKNOWN))


def _spans(written: tuple[str, ...] | list[str]) -> tuple[tuple[int, int], ...]:
    """Spans written as "12-34"; what is written otherwise is left out."""
    found = (_SPAN.fullmatch(each) for each in written[:_MOST_OTHERS])
    return tuple((int(span[1]), int(span[2])) for span in found if span)
