"""All pages for staff together."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.templating import Jinja2Templates

from web.staff.desk import Desk
from web.staff.document_pages import build_document_pages
from web.staff.edition_pages import build_editions
from web.staff.jobs import JobRunner, build_jobs
from web.staff.learning import build_learning
from web.staff.sign_in import build_overview, build_sign_in
from web.staff.tokens import build_tokens


def build_staff(desk: Desk, runner: JobRunner, templates: Jinja2Templates) -> APIRouter:
    """The routes under ``/beheer``; long work goes to ``runner``."""
    router = APIRouter()
    router.include_router(build_sign_in(desk, templates))
    router.include_router(build_overview(desk, templates))
    router.include_router(build_tokens(desk, templates))
    router.include_router(build_jobs(desk, templates))
    router.include_router(build_learning(desk, runner, templates))
    router.include_router(build_editions(desk, runner, templates))
    router.include_router(build_document_pages(desk, runner, templates))
    return router
