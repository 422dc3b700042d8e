"""The pages about editions together: publishing, withdrawing, looking back and going back."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.templating import Jinja2Templates

from web.staff.audit_log import build_audit_log
from web.staff.desk import Desk
from web.staff.history import build_history, build_rollback
from web.staff.jobs import JobRunner
from web.staff.publishing import build_publishing, build_verdicts
from web.staff.withdrawing import build_withdrawing


def build_editions(desk: Desk, runner: JobRunner, templates: Jinja2Templates) -> APIRouter:
    """Their routes; long work goes to ``runner``."""
    router = APIRouter()
    router.include_router(build_publishing(desk, runner, templates))
    router.include_router(build_verdicts(desk, templates))
    router.include_router(build_withdrawing(desk, runner, templates))
    router.include_router(build_history(desk, templates))
    router.include_router(build_rollback(desk, runner, templates))
    router.include_router(build_audit_log(desk, templates))
    return router
