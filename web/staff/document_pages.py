"""The pages about documents together: the list, each document, what was read, and adding more."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.templating import Jinja2Templates

from web.staff.desk import Desk
from web.staff.documents import build_documents, build_fields
from web.staff.fields import add_field_words
from web.staff.jobs import JobRunner
from web.staff.preview import build_preview
from web.staff.upload import build_upload


def build_document_pages(desk: Desk, runner: JobRunner, templates: Jinja2Templates) -> APIRouter:
    """Routes under ``/beheer/documenten`` and ``/beheer/toevoegen``."""
    add_field_words(templates.env)
    router = APIRouter()
    router.include_router(build_documents(desk, runner, templates))
    router.include_router(build_fields(desk, runner, templates))
    router.include_router(build_preview(desk, templates))
    router.include_router(build_upload(desk, runner, templates))
    return router
