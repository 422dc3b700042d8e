"""Puts the web application together."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from limits.storage import Storage
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Scope

from corpus.settings import Settings
from web.about import build_about
from web.api import build_api
from web.bearer import TokenGate
from web.check import Checklist, build_check
from web.conversation import Conversation, build_conversation
from web.corpus_api_acts import SUPPLY, build_for_machines
from web.embed import build_embed
from web.feedback import build_feedback
from web.guard import MAX_BODY_BYTES, BodyLimit, Guard
from web.language import Languages, load_tongues
from web.limits.build import add_limits
from web.origin import OwnOrigin
from web.pages import HomePage, build_pages
from web.ports import Answering, Library, Recorder, SharedStore
from web.problems import Problems
from web.rendering import HERE, build_templates
from web.sharing import RecentAnswers, build_sharing
from web.source import build_source
from web.source_view import Sources
from web.staff.desk import Desk
from web.staff.rendering import add_staff_words
from web.staff.routes import build_staff
from web.staff.session import UPLOADS, StaffGate
from web.staff.worker import open_runner
from web.watch.answering import WatchedAnswering
from web.watch.layer import Watch
from web.watch.routes import build_probes
from web.watch.watching import Watching


def create_app(
    answering: Answering,
    library: Library,
    settings: Settings,
    recorder: Recorder | None = None,
    checklist: Checklist | None = None,
    desk: Desk | None = None,
    shared: SharedStore | None = None,
    sources: Sources | None = None,
    watching: Watching | None = None,
    counting: Storage | None = None,
) -> FastAPI:
    """The application that answers with ``answering`` and shows the documents of ``library``.

    ``recorder`` keeps questions without a good answer; without one nothing is kept.
    ``checklist`` knows the criteria to go through; without one there is no page for that.
    ``desk`` holds what staff work with; without one there are no pages for staff.
    ``shared`` keeps answers that readers share; without one nothing can be shared.
    ``sources`` shows the documents behind the citations; without it there are no pages for them.
    ``watching`` holds logs, metrics and traces; without one there are metrics of this process.
    ``counting`` is where requests are counted; without one there are no limits.

    Nothing global is touched: two applications in one process do not know of each other.
    """
    watching = watching or Watching()
    answering = WatchedAnswering(answering, watching.metrics)
    templates = build_templates()
    templates.env.globals["has_check"] = checklist is not None
    problems = Problems(templates)
    runner = open_runner(desk) if desk is not None else None
    app = FastAPI(
        title="Routewijzer",
        summary="Beantwoordt vragen over de Mkb-route in het hbo uit de eigen documenten.",
        docs_url=None,  # FastAPI's own page loads scripts from another host
        redoc_url=None,
        lifespan=runner.serving if runner is not None else None,
    )
    problems.install(app)
    app.include_router(build_api(answering, library, recorder))
    app.include_router(build_probes(library, watching))
    recent, shared_days = RecentAnswers(), shared.days if shared is not None else 0
    home = HomePage(
        answering,
        library,
        settings,
        templates,
        recent=recent,
        recorder=recorder,
        shared_days=shared_days,
    )
    if sources is not None:
        app.include_router(build_source(sources, templates))
    app.include_router(build_pages(home, templates))
    app.include_router(build_embed(home, settings))
    conversation = Conversation(library, templates, home, recent)
    app.include_router(build_conversation(answering, conversation, recorder))
    app.include_router(build_about(library, settings, templates, recorder, shared_days))
    if shared is not None:
        app.include_router(build_sharing(answering, library, shared, recent, templates))
    app.include_router(build_feedback(library, recorder, settings, templates))
    if checklist is not None:
        app.include_router(build_check(checklist, templates))
    if desk is not None and runner is not None:
        add_staff_words(templates.env)
        app.include_router(build_staff(desk, runner, templates))
        app.include_router(build_for_machines(desk, runner))
        app.add_middleware(StaffGate, sessions=desk.sessions)
        app.add_middleware(TokenGate, tokens=desk.api_tokens, problems=problems)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    if counting is not None:
        add_limits(app, settings, counting, watching.metrics, problems)
    app.add_middleware(OwnOrigin, problems=problems)
    app.add_middleware(GZipMiddleware)
    app.add_middleware(
        Guard,
        error_page=problems.unexpected,
        body_limit=body_limit(settings),
        known=problems.known,
    )
    # Outside the guard, so that the page for an unexpected error knows the language, too.
    app.add_middleware(Languages, tongues=load_tongues())
    # Around all else: it times the whole, and gives the trace id.
    app.add_middleware(Watch, watching=watching)
    return app


def body_limit(settings: Settings) -> BodyLimit:
    """How much may be sent: files by staff, questions by everyone else."""
    files = (settings.max_zip_mb + 1) * 1_000_000

    def limit(scope: Scope) -> int:
        path = scope["path"]
        return files if path.startswith(UPLOADS) or path == SUPPLY else MAX_BODY_BYTES

    return limit
