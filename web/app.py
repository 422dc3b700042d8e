"""Puts the web application together."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Scope

from corpus.settings import Settings
from web.api import build_api
from web.check import Checklist, build_check
from web.conversation import build_conversation
from web.feedback import build_feedback
from web.guard import MAX_BODY_BYTES, BodyLimit, Guard
from web.language import Languages, load_tongues
from web.origin import OwnOrigin
from web.pages import build_pages
from web.ports import Answering, Library, Recorder
from web.problems import Problems
from web.rendering import HERE, build_templates
from web.staff.desk import Desk
from web.staff.jobs import JobRunner
from web.staff.rendering import add_staff_words
from web.staff.routes import build_staff
from web.staff.session import UPLOADS, StaffGate


def create_app(
    answering: Answering,
    library: Library,
    settings: Settings,
    recorder: Recorder | None = None,
    checklist: Checklist | None = None,
    desk: Desk | None = None,
) -> FastAPI:
    """The application that answers with ``answering`` and shows the documents of ``library``.

    ``recorder`` keeps questions without a good answer; without one nothing is kept.
    ``checklist`` knows the criteria to go through; without one there is no page for that.
    ``desk`` holds what staff work with; without one there are no pages for staff.

    Nothing global is touched: two applications in one process do not know of each other.
    """
    templates = build_templates()
    templates.env.globals["has_check"] = checklist is not None
    problems = Problems(templates)
    app = FastAPI(
        title="Routewijzer",
        summary="Beantwoordt vragen over de Mkb-route in het hbo uit de eigen documenten.",
        docs_url=None,  # FastAPI's own page loads scripts from another host
        redoc_url=None,
    )
    problems.install(app)
    app.include_router(build_api(answering, library, recorder))
    app.include_router(build_pages(answering, library, settings, templates, recorder))
    app.include_router(build_conversation(answering, library, templates, recorder))
    app.include_router(build_feedback(library, recorder, settings, templates))
    if checklist is not None:
        app.include_router(build_check(checklist, templates))
    if desk is not None:
        add_staff_words(templates.env)
        app.include_router(build_staff(desk, JobRunner(desk.jobs), templates))
        app.add_middleware(StaffGate, sessions=desk.sessions)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_middleware(OwnOrigin, problems=problems)
    app.add_middleware(GZipMiddleware)
    app.add_middleware(Guard, error_page=problems.unexpected, body_limit=body_limit(settings))
    # Added last: outermost, so that the page for an unexpected error knows the language, too.
    app.add_middleware(Languages, tongues=load_tongues())
    return app


def body_limit(settings: Settings) -> BodyLimit:
    """How much may be sent: files by staff, questions by everyone else."""
    files = (settings.max_zip_mb + 1) * 1_000_000

    def limit(scope: Scope) -> int:
        return files if scope["path"].startswith(UPLOADS) else MAX_BODY_BYTES

    return limit
