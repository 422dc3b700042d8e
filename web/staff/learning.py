"""The pages on which staff learn from what readers ask."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.templating import Jinja2Templates

from web.staff.desk import Desk
from web.staff.figures import build_figures
from web.staff.gap_cases import build_gap_cases
from web.staff.gaps import build_gaps
from web.staff.glossary import build_glossary
from web.staff.jobs import JobRunner
from web.staff.questions import build_questions
from web.staff.trial import build_trial


def build_learning(desk: Desk, runner: JobRunner, templates: Jinja2Templates) -> APIRouter:
    """The routes of those pages together."""
    router = APIRouter()
    router.include_router(build_gaps(desk, runner, templates))
    router.include_router(build_gap_cases(desk, templates))
    router.include_router(build_glossary(desk, templates))
    router.include_router(build_trial(desk, templates))
    router.include_router(build_figures(desk, templates))
    router.include_router(build_questions(desk, templates))
    return router
