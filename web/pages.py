"""The pages for people. They work without JavaScript; ``static/app.js`` makes them smoother."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Query, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from corpus.errors import RoutewijzerError
from corpus.settings import Settings
from web.api import NOT_READY, published, published_text
from web.ports import Answering, Library, Recorder
from web.present import present
from web.problems import status_of
from web.source_text import paragraphs
from web.wording import EXAMPLES, audience_of

Offset = Annotated[int, Query(ge=0)]


def build_pages(
    answering: Answering,
    library: Library,
    settings: Settings,
    templates: Jinja2Templates,
    recorder: Recorder | None = None,
) -> APIRouter:
    """Routes for the page itself, the documents behind the citations, and the API guide."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/")
    def home(
        request: Request, later: BackgroundTasks, vraag: str | None = None, doelgroep: str = ""
    ) -> Response:
        """Show the form, and the answer when the address holds a question."""
        documents = published(library)
        context: dict[str, Any] = {
            "question": vraag or "",
            "choice": doelgroep,
            "examples": EXAMPLES,
            "documents": documents,
            "max_chars": settings.max_question_chars,
            "notice": "" if library.current_edition() is not None else NOT_READY,
            "error": "",
            "view": None,
            "kept_days": recorder.days if recorder is not None else 0,
        }
        status = 200
        if vraag is not None:
            try:
                outcome = answering.answer(vraag, audience=audience_of(doelgroep))
                context["view"] = present(outcome, vraag, documents)
                if recorder is not None:
                    later.add_task(recorder.answered, outcome)
            except RoutewijzerError as error:
                status = status_of(error)
                context["error"] = str(error)
        return templates.TemplateResponse(request, "home.html", context, status_code=status)

    @router.get("/bron/{document_id}")
    def source(
        request: Request, document_id: str, start: Offset = 0, end: Offset = 0, versie: str = ""
    ) -> Response:
        """Show the text of a document with the cited span marked."""
        document, text = published_text(library, document_id)
        # Offsets count in one version: in another one they would mark the wrong words.
        replaced = versie not in ("", document.version_id)
        context = {
            "document": document,
            "replaced": replaced,
            "paragraphs": paragraphs(text, 0, 0) if replaced else paragraphs(text, start, end),
        }
        return templates.TemplateResponse(request, "source.html", context)

    @router.get("/docs")
    def docs(request: Request) -> Response:
        """Explain the HTTP interface, without the scripts of another host."""
        return templates.TemplateResponse(request, "docs.html", {})

    return router
