"""The pages that tell what this is: about Routewijzer, its documents, and accessibility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from corpus.settings import Settings
from corpus.types import Document, Kind
from web.answer_text import mail_address
from web.api import published
from web.language import N_
from web.ports import Library, Recorder

KINDS: dict[Kind, str] = {
    "handreiking": N_("Handreikingen"),
    "programmapagina": N_("Pagina’s van het programma"),
    "routepagina": N_("Pagina’s over routes"),
    "onderzoek": N_("Onderzoek"),
    "brochure": N_("Brochures"),
    "magazine": N_("Magazines"),
}
"""Heading per kind of document, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of one kind."""

    heading: str
    documents: tuple[Document, ...]


def shelves(documents: Sequence[Document]) -> tuple[Shelf, ...]:
    """Documents by kind, the newest first; kinds without any are left out."""
    newest = sorted(documents, key=lambda d: d.metadata.published or "", reverse=True)
    return tuple(
        Shelf(heading, tuple(held))
        for kind, heading in KINDS.items()
        if (held := [d for d in newest if d.metadata.kind == kind])
    )


def build_about(
    library: Library,
    settings: Settings,
    templates: Jinja2Templates,
    recorder: Recorder | None = None,
    shared_days: int = 0,
) -> APIRouter:
    """Routes for these pages."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    responsible = {
        "owner": _filled_in(settings.owner),
        "contact": _filled_in(settings.contact),
        "mail_to": mail_address(settings.contact),
    }

    @router.get("/over")
    def about(request: Request) -> Response:
        """Tell what this is, what it is not, and what it keeps."""
        context = responsible | {
            "kept_days": recorder.days if recorder is not None else 0,
            "shared_days": shared_days,
            "count": len(published(library)),
            "edition": library.current_edition(),
            "model": settings.llm_model is not None,
        }
        return templates.TemplateResponse(request, "about.html", context)

    @router.get("/documenten")
    def documents(request: Request) -> Response:
        """List the documents that answers come from."""
        context = {"shelves": shelves(published(library)), "edition": library.current_edition()}
        return templates.TemplateResponse(request, "documents.html", context)

    @router.get("/toegankelijkheid")
    def accessibility(request: Request) -> Response:
        """Tell how accessible the pages are, and where to say that one is not."""
        return templates.TemplateResponse(request, "accessibility.html", responsible)

    return router


def _filled_in(setting: str) -> str:
    """A setting that has a value; empty as long as it says that it is still to be filled in."""
    return "" if setting.startswith("[") else setting
