"""The list of documents, the page of each, and what staff do there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from corpus.duplicates import said_in
from corpus.errors import BadInputError
from corpus.staff import Session
from corpus.types import Metadata
from ingest.intake import given_values
from web.staff.desk import Desk
from web.staff.document_work import address, origin_of_document
from web.staff.fields import SentForm, as_metadata, as_values, filled, read_form
from web.staff.jobs import JobRunner, to_job
from web.staff.receive import DOCUMENTS
from web.staff.session import Staff, StaffForm
from web.staff.shelf import FILTERS, STATES, Wish, chosen, of_kind
from web.staff.standing import TWIN_KINDS, Standing

COLUMNS = (
    ("titel", "Titel"),
    ("soort", "Soort"),
    ("datum", "Datum"),
    ("stand", "Stand"),
    ("passages", "Passages"),
    ("letop", "Let op"),
    ("geciteerd", "Geciteerd"),
)
"""What the list shows and can be sorted by."""

WITHDRAWN = (
    "'{id}' is ingetrokken. Voeg het opnieuw toe als je het weer wilt gebruiken: "
    "dan staat het klaar als concept."
)


def build_documents(desk: Desk, runner: JobRunner, templates: Jinja2Templates) -> APIRouter:
    """Routes under ``/beheer/documenten``, without the preview."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    standing = Standing(desk)
    templates.env.globals.update(
        document_states=STATES, twin_kinds=TWIN_KINDS, list_link=list_link, said_in=said_in
    )

    @router.get(DOCUMENTS)
    def list_documents(
        request: Request,
        session: Staff,
        zoek: str = "",
        staat: str = "",
        soort: str = "",
        sorteer: str = "titel",
        af: str = "",
    ) -> Response:
        """Every document, searched and sorted."""
        rows = standing.rows()
        wish = Wish(zoek, staat, soort, sorteer, bool(af))
        context = {
            "session": session,
            "rows": chosen(rows, wish),
            "total": len(rows),
            "drafts": sum(row.draft_version_id is not None for row in rows),
            "wish": wish,
            "columns": COLUMNS,
            "filters": FILTERS,
            "kinds": of_kind(rows),
        }
        return templates.TemplateResponse(request, "beheer/documents.html", context)

    @router.get(f"{DOCUMENTS}/{{document_id}}")
    def show(request: Request, session: Staff, document_id: str) -> Response:
        """All that is known of one document."""
        context = {"session": session, **standing.facts(document_id)}
        return templates.TemplateResponse(request, "beheer/document.html", context)

    @router.post(f"{DOCUMENTS}/{{document_id}}/ophalen")
    def refresh(session: StaffForm, document_id: str) -> Response:
        """Look at the page on the web once more."""
        _check_refreshable(desk, standing, document_id)
        title = f"Opnieuw ophalen: {document_id}"
        params = {"document": document_id}
        return to_job(runner.start("refresh", title, session.account.name, params))

    @router.post(f"{DOCUMENTS}/{{document_id}}/concept/weg")
    def discard(session: StaffForm, document_id: str) -> Response:
        """Throw the draft away."""
        standing.row(document_id)
        desk.revisions.discard(document_id, session.account.name)
        left = any(row.id == document_id for row in standing.rows())
        return RedirectResponse(address(document_id) if left else DOCUMENTS, status_code=303)

    return router


def build_fields(desk: Desk, runner: JobRunner, templates: Jinja2Templates) -> APIRouter:
    """Routes that change what is known of a document besides its text."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    standing = Standing(desk)

    def page(
        request: Request,
        session: Session,
        document_id: str,
        values: Mapping[str, Any],
        error: str = "",
    ) -> Response:
        context = {
            "session": session,
            "row": standing.row(document_id),
            "values": values,
            "error": error,
            "document_ids": sorted(d for d in _ids(desk) if d != document_id),
        }
        status = 400 if error else 200
        return templates.TemplateResponse(
            request, "beheer/document_fields.html", context, status_code=status
        )

    @router.get(f"{DOCUMENTS}/{{document_id}}/gegevens")
    def ask(request: Request, session: Staff, document_id: str) -> Response:
        """The form with what is known now."""
        _, metadata = _latest(desk, standing, document_id)
        return page(request, session, document_id, filled(metadata, document_id))

    @router.post(f"{DOCUMENTS}/{{document_id}}/gegevens")
    def change(request: Request, session: StaffForm, document_id: str, form: SentForm) -> Response:
        """Make a draft with what was filled in."""
        version_id, _ = _latest(desk, standing, document_id)
        try:
            fields = read_form(form)
            as_metadata(fields)
        except BadInputError as error:
            return page(request, session, document_id, as_values(form), str(error))
        who, title = session.account.name, f"Gegevens aanpassen: {document_id}"
        given = given_values(fields)
        params = {"document": document_id, "version": version_id, "fields": given}
        return to_job(runner.start("metadata", title, who, params))

    return router


def list_link(wish: Wish, sort: str) -> str:
    """The list sorted by ``sort``; the other way round when it is so already."""
    falling = not wish.falling if wish.sort == sort else sort in ("passages", "letop", "geciteerd")
    wanted = {
        "zoek": wish.text,
        "staat": wish.state,
        "soort": wish.kind,
        "sorteer": sort,
        "af": "1" if falling else "",
    }
    return f"{DOCUMENTS}?{urlencode({name: value for name, value in wanted.items() if value})}"


def _ids(desk: Desk) -> list[str]:
    return list(desk.registry.latest_versions())


def _latest(desk: Desk, standing: Standing, document_id: str) -> tuple[str, Metadata]:
    """The draft of a document, or else what readers see: what a change goes on from.

    Raises HTTPException 404, and BadInputError for a document that is withdrawn.
    """
    row = standing.row(document_id)
    if row.state == "withdrawn":
        raise BadInputError(WITHDRAWN.format(id=document_id))
    version_id = row.draft_version_id or row.version_id
    return version_id, desk.registry.metadata([version_id])[version_id][1]


def _check_refreshable(desk: Desk, standing: Standing, document_id: str) -> None:
    """Raises HTTPException 404, or BadInputError when there is no page to look at."""
    if standing.row(document_id).state == "withdrawn":
        raise BadInputError(WITHDRAWN.format(id=document_id))
    origin_of_document(desk, document_id)
