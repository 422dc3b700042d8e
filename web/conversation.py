"""Answers for the conversation on the page: the same markup as the page itself, piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel, ConfigDict, Field

from corpus.types import Citation, Outcome, Spoken
from web.api import MAX_HISTORY, Text, published
from web.pages import EMBEDDED, HomePage
from web.ports import Answering, Library, Recorder
from web.present import Around, present
from web.sharing import RecentAnswers
from web.streaming import event_response, recorded, started
from web.wording import audience_of, known_choice


class Turn(BaseModel):
    """A question of a conversation, with the earlier ones, oldest first."""

    model_config = ConfigDict(extra="forbid")

    vraag: Text
    doelgroep: str = ""
    eerder: Annotated[list[Text], Field(default_factory=list, max_length=MAX_HISTORY)]
    nummer: Annotated[int, Field(ge=0, le=100_000)] = 0
    """Place of the answer on the page."""
    venster: bool = False
    """Whether the page stands in a window on another site."""


class Conversation:
    """Writes the pieces of an answer as events with markup in them."""

    def __init__(
        self, library: Library, templates: Jinja2Templates, home: HomePage, recent: RecentAnswers
    ) -> None:
        self._library = library
        self._home = home
        self._recent = recent
        self._said = templates.get_template("statement.html")
        self._line = templates.get_template("line_above.html")
        self._whole = templates.get_template("fragment.html")

    def around(self, request: Request, turn: Turn, outcome: Outcome) -> Around:
        """What the page around this answer knows."""
        return replace(
            self._home.around(request, outcome),
            choice=known_choice(turn.doelgroep),
            earlier=tuple(turn.eerder),
            home=EMBEDDED if turn.venster else "/",
        )

    def events(
        self, request: Request, turn: Turn, pieces: Iterable[Spoken | Outcome]
    ) -> Iterator[bytes]:
        """``statement`` events with ``item`` (whether it belongs to a list), ``html``, and the line
        above it in ``above``; then one ``answer`` with the ``question`` as understood, and ``html``
        for the whole."""
        place = f"a{turn.nummer}"
        cited: dict[int, Citation] = {}
        for piece in pieces:
            if isinstance(piece, Spoken):
                cited |= {citation.number: citation for citation in piece.citations}
                html = self._said.render(id=place, said=piece.statement, cited=cited)
                above = self._line.render(heading=piece.heading) if piece.heading else ""
                item = piece.statement.kind == "item"
                yield _event("statement", item=item, html=html, above=above)
            else:
                self._recent.add(piece, turn.vraag)
                view = present(piece, turn.vraag, published(self._library))
                html = self._whole.render(
                    id=place, view=view, around=self.around(request, turn, piece)
                )
                yield _event("answer", question=piece.answer.question, html=html)


def build_conversation(
    answering: Answering, conversation: Conversation, recorder: Recorder | None = None
) -> APIRouter:
    """The route behind the form, for a page with JavaScript."""
    router = APIRouter(include_in_schema=False)

    @router.post("/gesprek")
    def say(request: Request, turn: Turn) -> StreamingResponse:
        """Answer a question as events. Endpoints are sync: answering is CPU work."""
        pieces = answering.stream(
            turn.vraag, audience=audience_of(turn.doelgroep), history=turn.eerder
        )
        given = recorded(started(pieces), recorder)
        return event_response(conversation.events(request, turn, given))

    return router


def _event(name: str, **data: object) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))
