"""The page to ask on. It works without JavaScript; ``static/app.js`` makes it smoother."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Query, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel, Field

from corpus.errors import RoutewijzerError
from corpus.settings import Settings
from corpus.types import Document, Outcome
from web.answer_text import mail_address
from web.api import NOT_READY, Text, published
from web.ports import Answering, Library, Recorder
from web.present import Around, present
from web.problems import status_of
from web.sharing import RecentAnswers, site_of
from web.wording import EXAMPLES, audience_of, known_choice

HISTORY = 6
"""Earlier questions that come along with the next one."""
EMBEDDED = "/venster"
"""Path of the same page in a window on another site."""


class Asked(BaseModel):
    """What the address of the page holds."""

    vraag: Text | None = None
    doelgroep: str = ""
    eerder: list[Text] = Field(default_factory=list)
    """The questions before it, oldest first; of more than `HISTORY` the last ones count."""


class HomePage:
    """Shows the form, and an answer when the address holds a question."""

    def __init__(
        self,
        answering: Answering,
        library: Library,
        settings: Settings,
        templates: Jinja2Templates,
        *,
        recent: RecentAnswers,
        recorder: Recorder | None = None,
        shared_days: int = 0,
    ) -> None:
        self._answering = answering
        self._library = library
        self._settings = settings
        self._templates = templates
        self._recent = recent
        self._recorder = recorder
        self._shared_days = shared_days

    def around(self, request: Request, outcome: Outcome | None = None) -> Around:
        """What the page around any answer knows."""
        return Around(
            site=site_of(request),
            mail_to=mail_address(self._settings.contact, outcome),
            kept_days=self._recorder.days if self._recorder is not None else 0,
            shared_days=self._shared_days,
        )

    def show(
        self, request: Request, later: BackgroundTasks, asked: Asked, *, embedded: bool = False
    ) -> Response:
        """The page; ``embedded`` without header and footer, for a window on another site."""
        earlier = tuple(asked.eerder[-HISTORY:])
        documents = published(self._library)
        context = self._context(request, asked, earlier, embedded) | {"count": len(documents)}
        status = 200
        if asked.vraag is not None:
            try:
                outcome = self._answering.answer(
                    asked.vraag, audience=audience_of(asked.doelgroep), history=earlier
                )
            except RoutewijzerError as error:
                status = status_of(error)
                context["error"] = str(error)
            else:
                context |= self._answered(
                    context["around"], request, asked.vraag, outcome, documents
                )
                if self._recorder is not None:
                    later.add_task(self._recorder.answered, outcome)
        return self._templates.TemplateResponse(request, "home.html", context, status_code=status)

    # --- steps -------------------------------------------------------------------------------

    def _context(
        self, request: Request, asked: Asked, earlier: tuple[str, ...], embedded: bool
    ) -> dict[str, Any]:
        home = EMBEDDED if embedded else "/"
        choice = known_choice(asked.doelgroep)
        return {
            "question": asked.vraag or "",
            "around": replace(self.around(request), choice=choice, earlier=earlier, home=home),
            "earlier": earlier,
            "embedded": embedded,
            "examples": EXAMPLES,
            "max_chars": self._settings.max_question_chars,
            "notice": "" if self._library.current_edition() is not None else NOT_READY,
            "error": "",
            "view": None,
        }

    def _answered(
        self,
        around: Around,
        request: Request,
        typed: str,
        outcome: Outcome,
        documents: Sequence[Document],
    ) -> dict[str, Any]:
        self._recent.add(outcome, typed)
        mail_to = self.around(request, outcome).mail_to
        return {
            "view": present(outcome, typed, documents),
            "around": replace(around, mail_to=mail_to),
            "earlier": (*around.earlier, " ".join(typed.split()))[-HISTORY:],
            "question": "",
        }


def build_pages(home: HomePage, templates: Jinja2Templates) -> APIRouter:
    """Routes for the page to ask on and the API guide."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/")
    def ask(request: Request, later: BackgroundTasks, asked: Annotated[Asked, Query()]) -> Response:
        """Show the form, and the answer when the address holds a question."""
        return home.show(request, later, asked)

    @router.get("/docs")
    def docs(request: Request) -> Response:
        """Explain the HTTP interface, without the scripts of another host."""
        return templates.TemplateResponse(request, "docs.html", {})

    return router
