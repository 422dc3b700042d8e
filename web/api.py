"""The HTTP interface for programs."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Header
from fastapi.responses import PlainTextResponse, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from corpus.errors import BadInputError
from corpus.types import Answer, Audience, Document, Kind
from web.events import event_stream
from web.ports import Answering, Library, Recorder
from web.problems import Problem
from web.streaming import event_response, recorded, started

MAX_HISTORY = 20
NOT_READY = "Er is nog geen editie gepubliceerd. Publiceer eerst documenten."
UNKNOWN_DOCUMENT = "Dit document is er niet, of het is niet meer gepubliceerd."

_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {
        "model": Problem,
        "description": "The question is empty or too long, or the body cannot be read",
    },
    413: {"model": Problem, "description": "The body is larger than 64 kB"},
    422: {"model": Problem, "description": "A field is missing or wrong"},
    429: {"model": Problem, "description": "Too many questions; see Retry-After"},
    503: {"model": Problem, "description": "No edition yet, too busy, or it took too long"},
}
_STREAM = {
    "description": "The answer, as JSON or as server-sent events",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}
_PROBLEM = {"application/json": {"schema": Problem.model_json_schema()}}
# Not by ``model``: that would say that the problem comes as plain text, too.
_UNKNOWN: dict[int | str, dict[str, Any]] = {
    404: {"description": "No such document", "content": _PROBLEM}
}


def _sound(text: str) -> str:
    text.encode()  # JSON can hold half a surrogate pair, which no answer could give back
    return text


Text = Annotated[str, AfterValidator(_sound)]


class ChatRequest(BaseModel):
    """A question, with the earlier questions of the same conversation, oldest first."""

    model_config = ConfigDict(extra="forbid")

    question: Text = Field(examples=["Wat is de Mkb-route?"])
    audience: Audience | None = Field(default=None, examples=["bedrijf"])
    history: list[Text] = Field(
        default_factory=list, max_length=MAX_HISTORY, examples=[["Wat kost een student?"]]
    )


class DocumentSummary(BaseModel):
    """A published document, as the list of documents gives it."""

    id: str
    title: str
    kind: Kind
    version_id: str
    audiences: tuple[Audience, ...]
    publisher: str
    published: str | None
    url: str | None


def published(library: Library) -> list[Document]:
    """The documents that readers may see."""
    return [document for document in library.documents() if document.state == "published"]


def published_text(library: Library, document_id: str) -> tuple[Document, str]:
    """A published document and its canonical text. Raises HTTPException 404 when unknown."""
    for document in published(library):
        if document.id == document_id:
            try:
                return document, library.text(document_id)
            except BadInputError as error:  # withdrawn between the two calls
                raise HTTPException(404, UNKNOWN_DOCUMENT) from error
    raise HTTPException(404, UNKNOWN_DOCUMENT)


def build_api(
    answering: Answering, library: Library, recorder: Recorder | None = None
) -> APIRouter:
    """Routes under ``/api``. Endpoints are sync: answering is CPU work."""
    router = APIRouter()

    @router.post("/api/chat", response_model=Answer, responses={200: _STREAM, **_ERRORS})
    def chat(
        body: ChatRequest, later: BackgroundTasks, accept: Annotated[str, Header()] = ""
    ) -> Response | Answer:
        """Answer a question."""
        asked: dict[str, Any] = {"audience": body.audience, "history": body.history}
        if "text/event-stream" in accept:
            pieces = started(answering.stream(body.question, **asked))
            return event_response(event_stream(recorded(pieces, recorder)))
        outcome = answering.answer(body.question, **asked)
        if recorder is not None:
            later.add_task(recorder.answered, outcome)  # no reader waits for it
        return outcome.answer

    @router.get("/api/documents")
    def documents() -> list[DocumentSummary]:
        """List the published documents."""
        return [_summary(document) for document in published(library)]

    @router.get(
        "/api/documents/{document_id}/text",
        response_class=PlainTextResponse,
        responses=_UNKNOWN,
    )
    def text(document_id: str) -> str:
        """Give the canonical text, in which the offsets of citations count."""
        return published_text(library, document_id)[1]

    return router


def _summary(document: Document) -> DocumentSummary:
    metadata = document.metadata
    return DocumentSummary(
        id=document.id,
        title=metadata.title,
        kind=metadata.kind,
        version_id=document.version_id,
        audiences=metadata.audiences,
        publisher=metadata.publisher,
        published=metadata.published,
        url=metadata.url,
    )
