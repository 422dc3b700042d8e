"""Adding documents: from files, or from the web."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.routing import APIRoute
from fastapi.templating import Jinja2Templates
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from corpus.errors import BadInputError, RoutewijzerError
from corpus.records import Records
from corpus.staff import Session
from ingest.arrive.disk import SUPPORTED
from web.problems import status_of
from web.staff.desk import Desk
from web.staff.fields import SentForm, as_values, checked_address, filled, read_form
from web.staff.jobs import JobRunner, job_address, to_job
from web.staff.sending import start_address, start_files
from web.staff.session import UPLOADS, Staff, StaffForm
from web.staff.spool import Spool

_PILE = re.compile(r"[0-9a-f]{32}")
_NOTHING = "Kies eerst een of meer bestanden, of vul een webadres in."
_BOTH = "Kies bestanden óf een webadres, niet allebei tegelijk."


class _UploadRoute(APIRoute):
    """Says what is wrong as JSON to the page's own script, and what is too large in own words."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler with that around it."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await handler(request)
            except HTTPException as error:
                detail = _too_large(request) if error.status_code == 413 else error.detail
                if _wants_json(request):
                    return JSONResponse({"error": detail}, error.status_code)
                raise HTTPException(error.status_code, detail) from None
            except RoutewijzerError as error:
                if _wants_json(request):
                    return JSONResponse({"error": str(error)}, status_of(error))
                raise

        return handle


class _Uploads:
    """What the routes do."""

    def __init__(self, desk: Desk, runner: JobRunner, templates: Jinja2Templates) -> None:
        self._desk = desk
        self._runner = runner
        self._templates = templates
        Spool(desk.settings.data_dir).clean(desk.jobs)

    def known(self, document_id: str) -> Mapping[str, Any]:
        """What the form is filled with: what is known of a document, or nothing."""
        versions = Records(self._desk.registry.engine).versions(document_id)
        return filled(versions[0].metadata if versions else None, document_id)

    def page(
        self, request: Request, session: Session, values: Mapping[str, Any], error: str = ""
    ) -> Response:
        """The form."""
        settings = self._desk.settings
        context = {
            "session": session,
            "values": values,
            "error": error,
            "pile": uuid.uuid4().hex,
            "suffixes": SUPPORTED,
            "max_mb": settings.max_file_mb,
            "max_zip_mb": settings.max_zip_mb,
            "document_ids": sorted(self._desk.registry.latest_versions()),
        }
        status = 400 if error else 200
        return self._templates.TemplateResponse(
            request, "beheer/upload.html", context, status_code=status
        )

    def start(self, form: FormData, who: str) -> str:
        """Begin to read what was sent; the id of the job. Raises BadInputError."""
        files = [f for f in form.getlist("bestanden") if isinstance(f, UploadFile) and f.filename]
        address = form.get("adres")
        address = address.strip() if isinstance(address, str) else ""
        if not files and not address:
            raise BadInputError(_NOTHING)
        if files and address:
            raise BadInputError(_BOTH)
        fields = read_form(form)
        if address:
            return start_address(self._runner, checked_address(address), fields, who)
        sent = [(file.filename or "", file.file) for file in files]
        return start_files(self._desk, self._runner, sent, fields, who, _pile(form))


def build_upload(desk: Desk, runner: JobRunner, templates: Jinja2Templates) -> APIRouter:
    """The routes of ``/beheer/toevoegen``. Removes what a killed process left there."""
    router = APIRouter(
        include_in_schema=False, default_response_class=HTMLResponse, route_class=_UploadRoute
    )
    uploads = _Uploads(desk, runner, templates)

    @router.get(UPLOADS)
    def choose(request: Request, session: Staff, document: str = "") -> Response:
        """Ask for files or an address. With ``document``, for a new version of that."""
        return uploads.page(request, session, uploads.known(document))

    @router.post(UPLOADS)
    def take(request: Request, session: StaffForm, form: SentForm) -> Response:
        """Keep what was sent and begin to read it."""
        try:
            job_id = uploads.start(form, session.account.name)
        except BadInputError as error:
            if _wants_json(request):
                raise
            return uploads.page(request, session, as_values(form), str(error))
        if _wants_json(request):
            return JSONResponse({"address": job_address(job_id)}, 202)
        return to_job(job_id)

    return router


def _pile(form: FormData) -> str:
    sent = form.get("stapel")
    return sent if isinstance(sent, str) and _PILE.fullmatch(sent) else ""


def _wants_json(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


def _too_large(request: Request) -> str:
    sent = request.headers.get("content-length", "")
    size = f" ({int(sent) / 1_000_000:.0f} MB)" if sent.isdecimal() else ""
    return (
        f"Dit is samen te groot om in één keer te sturen{size}. Er is niets ingelezen; "
        "stuur de bestanden in kleinere groepen."
    )
