"""What readers think of an answer: by program, and by a form that needs no JavaScript."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from assistant.understand import language_of
from corpus.settings import Settings
from web.api import Text
from web.ports import Library, Recorder
from web.problems import Problem

MAX_WORD = 200
TRACE = r"^[0-9A-Za-z-]{1,64}$"


class Feedback(BaseModel):
    """A reader's opinion of one answer. ``question`` comes along with a "no" to an answer that
    was given: such a question is not kept otherwise."""

    model_config = ConfigDict(extra="forbid")

    trace_id: str = Field(pattern=TRACE, examples=["4bf92f3577b34da6a3ce929d0e0e4736"])
    helpful: StrictBool
    question: Text = ""
    word: Text = Field(default="", max_length=MAX_WORD)


class Noted(BaseModel):
    """Whether anything was kept; it is not when the settings say to keep nothing."""

    kept: bool


def build_feedback(
    library: Library, recorder: Recorder | None, settings: Settings, templates: Jinja2Templates
) -> APIRouter:
    """Routes that take what a reader thinks of an answer."""
    router = APIRouter()

    def note(given: Feedback) -> bool:
        if recorder is None or recorder.days == 0:
            return False
        question = given.question[: settings.max_question_chars]
        return recorder.feedback(
            given.trace_id,
            given.helpful,
            library.current_edition() or 0,
            question=question,
            language=language_of(question),
            word=given.word,
        )

    @router.post(
        "/api/feedback", responses={status: {"model": Problem} for status in (400, 422, 429)}
    )
    def feedback(body: Feedback) -> Noted:
        """Say whether an answer helped."""
        return Noted(kept=note(body))

    @router.post("/mening", response_class=HTMLResponse, include_in_schema=False)
    def opinion(
        request: Request,
        kenmerk: Annotated[str, Form(pattern=TRACE)],
        nuttig: Annotated[str, Form(pattern="^(ja|nee)$")],
        vraag: Annotated[str, Form()] = "",
        woord: Annotated[str, Form(max_length=MAX_WORD)] = "",
    ) -> Response:
        """Thank for the opinion; after a "no", ask what was missing."""
        given = Feedback(trace_id=kenmerk, helpful=nuttig == "ja", question=vraag, word=woord)
        context = {
            "kept": note(given),
            "ask_more": nuttig == "nee" and not woord.strip(),
            "trace_id": kenmerk,
            "question": vraag,
            "max_word": MAX_WORD,
        }
        return templates.TemplateResponse(request, "feedback.html", context)

    return router
