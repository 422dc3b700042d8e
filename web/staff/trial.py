"""Asks a question as staff, and shows why the answer is what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from assistant.terms import asked_terms
from assistant.trace import Role, Trace, trace_of
from assistant.trace_labels import explained
from assistant.trace_signals import Weighing, weighings
from corpus.errors import BadInputError, NotReadyError
from corpus.types import Audience, Outcome
from web.staff.desk import Desk
from web.staff.session import Staff

ROLES: dict[Role, str] = {
    "cited": "aangehaald",
    "read": "gelezen, niet aangehaald",
    "outside": "niet gelezen",
}
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
_OPEN = 5
"""Best hits that are shown with all their reasons, as are those that are cited."""


@dataclass(frozen=True, slots=True)
class Tried:
    """An answer with what led to it."""

    outcome: Outcome
    trace: Trace
    weighings: tuple[Weighing, ...]

    @property
    def rules(self) -> list[str]:
        """What rules decided, in words: of the question or of parts of it."""
        reasons = self.outcome.reason.split("; ")
        return [explained(reason) for reason in reasons if not weighings(reason)]

    @property
    def most(self) -> float:
        """The points that one reason of a hit gave at most: as wide as a bar becomes."""
        points = [abs(r.points) for hit in self.trace.hits for r in hit.reasons]
        return max(points, default=0.0) or 1.0

    @property
    def most_weighed(self) -> float:
        """The same for the signals of the decision."""
        points = [abs(s.points) for w in self.weighings for s in w.signals]
        return max(points, default=0.0) or 1.0


def build_trial(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """Routes of that page."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/beheer/zoekproef")
    def show(
        request: Request, session: Staff, vraag: str = "", ervoor: str = "", doelgroep: str = ""
    ) -> Response:
        """The form, and the trace of the question in it. Nothing is counted or kept."""
        tried, error = None, ""
        audience = next((a for a in AUDIENCES if a == doelgroep), None)
        if vraag.strip():
            try:
                tried = _try(desk, vraag, ervoor, audience)
            except (BadInputError, NotReadyError) as problem:
                error = str(problem)
        context = {
            "session": session,
            "question": vraag,
            "before": ervoor,
            "audience": audience or "",
            "tried": tried,
            "error": error,
            "roles": ROLES,
            "open": _OPEN,
            "audiences": AUDIENCES,
            "comma": comma,
        }
        status = 400 if error else 200
        return templates.TemplateResponse(request, "beheer/trial.html", context, status_code=status)

    return router


def comma(number: float, decimals: int = 2) -> str:
    """A number with a decimal comma."""
    rounded = round(number, decimals) + 0.0  # no minus before a zero
    return f"{rounded:.{decimals}f}".replace(".", ",").replace("-", "−")


def _try(desk: Desk, question: str, before: str, audience: Audience | None) -> Tried:
    history = [before] if before.strip() else []
    outcome = desk.assistant.answer(question, audience=audience, history=history)
    query = outcome.query
    asked = asked_terms(query.text, desk.analyser, desk.glossary, query.language)
    trace = trace_of(outcome, asked=asked, read=outcome.read, steps=outcome.steps)
    return Tried(outcome, trace, tuple(weighings(outcome.reason)))
