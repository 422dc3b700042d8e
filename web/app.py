"""Puts the web application together."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from corpus.settings import Settings
from web.api import build_api
from web.check import Checklist, build_check
from web.conversation import build_conversation
from web.feedback import build_feedback
from web.guard import Guard
from web.pages import build_pages
from web.ports import Answering, Library, Recorder
from web.problems import Problems
from web.rendering import HERE, build_templates


def create_app(
    answering: Answering,
    library: Library,
    settings: Settings,
    recorder: Recorder | None = None,
    checklist: Checklist | None = None,
) -> FastAPI:
    """The application that answers with ``answering`` and shows the documents of ``library``.

    ``recorder`` keeps questions without a good answer; without one nothing is kept.
    ``checklist`` knows the criteria to go through; without one there is no page for that.

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
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_middleware(GZipMiddleware)
    app.add_middleware(Guard, error_page=problems.unexpected)  # added last: outermost
    return app
