"""A permalink to an answer: it shows what was answered, from the edition of that day."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from corpus.shared_answers import SharedAnswer
from corpus.types import Audience, Document, Outcome, Statement
from web.api import MAX_HISTORY
from web.feedback import TRACE
from web.language import N_, page_link, written_date
from web.ports import Answering, Library, SharedStore
from web.present import AnswerView, Around, blocks, sources
from web.wording import audience_of, beside_language, choice_of

MAX_RECENT = 500
GONE = N_(
    "Dit gedeelde antwoord is er niet meer. Een gedeeld antwoord blijft een beperkte tijd staan."
)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was just given, and what was typed for it."""

    outcome: Outcome
    typed: str


class RecentAnswers:
    """The last answers of this process, by trace id: only what was really answered is shared.

    Bounded, and gone with the process. Several threads may use it.
    """

    def __init__(self, size: int = MAX_RECENT) -> None:
        self._size = size
        self._given: OrderedDict[str, Given] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, outcome: Outcome, typed: str) -> None:
        """Remember an answer; the oldest makes room for it."""
        with self._lock:
            self._given[outcome.answer.trace_id] = Given(outcome, typed)
            while len(self._given) > self._size:
                self._given.popitem(last=False)

    def get(self, trace_id: str) -> Given | None:
        """The answer with that trace id, when it is still there."""
        with self._lock:
            return self._given.get(trace_id)


@dataclass(frozen=True, slots=True)
class SharedView:
    """What the page of a shared answer needs."""

    view: AnswerView
    shared: SharedAnswer
    withdrawn: bool
    """Whether part of it is left out, because its document was withdrawn since."""
    newer: bool
    """Whether another edition was published since."""


def shared_view(
    shared: SharedAnswer, documents: Sequence[Document], edition: int | None
) -> SharedView:
    """Lay a shared answer out. What cites a document that was withdrawn since, or is not known
    any more, is left out: nothing of it is shown again."""
    withdrawn = {c.document_id for c in shared.answer.citations} & _withdrawn(shared, documents)
    answer = shared.answer
    gone = {c.number for c in answer.citations if c.document_id in withdrawn}
    kept = [s for s in answer.statements if gone.isdisjoint(s.citations)]
    still_cited = {number for said in kept for number in said.citations}
    citations = tuple(c for c in answer.citations if c.number in still_cited)
    shown = answer.model_copy(update={"statements": tuple(kept), "citations": citations})
    if withdrawn:
        shown = shown.model_copy(update={"text": ""})  # it holds the quotes, too
    view = AnswerView(
        answer=shown,
        typed=shared.asked,
        understood=answer.question if answer.question != shared.asked else None,
        blocks=blocks(kept, shared.headings if not withdrawn else _beside_line(shared, kept)),
        sources=sources(citations, documents),
        nearest=(),
        closing=() if withdrawn else shared.closing,
    )
    return SharedView(view, shared, bool(withdrawn), newer=edition != answer.edition)


def _beside_line(shared: SharedAnswer, kept: Sequence[Statement]) -> list[tuple[int, str]]:
    """The line that what follows only bears on the subject, above the first of that in ``kept``.
    Other lines name documents: they may be of what was withdrawn."""
    for place, line in shared.headings:
        before = [said for said in shared.answer.statements[:place] if said in kept]
        if beside_language(line) and len(before) < len(kept):
            return [(len(before), line)]
    return []


def _withdrawn(shared: SharedAnswer, documents: Collection[Document]) -> set[str]:
    standing = {document.id for document in documents if document.state != "withdrawn"}
    return {c.document_id for c in shared.answer.citations if c.document_id not in standing}


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    audience: Audience | None
    earlier: tuple[str, ...]
    trace_id: str


class Sharing:
    """Shares what was answered: from what was just given, else by answering once more."""

    def __init__(self, answering: Answering, store: SharedStore, recent: RecentAnswers) -> None:
        self._answering = answering
        self._store = store
        self._recent = recent

    def share(self, asked: _Asked) -> str:
        """Keep the answer; its id comes back. Raises BadInputError or BusyError."""
        given = self._recent.get(asked.trace_id)
        if given is None:
            outcome = self._answering.answer(
                asked.question, audience=asked.audience, history=asked.earlier
            )
            given = Given(outcome, asked.question)
        return self._store.put(given.outcome, given.typed)


def build_sharing(
    answering: Answering,
    library: Library,
    store: SharedStore,
    recent: RecentAnswers,
    templates: Jinja2Templates,
) -> APIRouter:
    """Routes to share an answer and to read a shared one."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    sharing = Sharing(answering, store, recent)

    @router.post("/deel")
    def share(
        request: Request,
        vraag: Annotated[str, Form()],
        kenmerk: Annotated[str, Form(pattern=TRACE)],
        doelgroep: Annotated[str, Form()] = "",
        eerder: Annotated[tuple[str, ...], Form(max_length=MAX_HISTORY)] = (),
    ) -> Response:
        """Keep an answer, and lead to it: by a redirect for a form, as JSON for the script."""
        asked = _Asked(vraag, audience_of(doelgroep), eerder, kenmerk)
        path = f"/antwoord/{sharing.share(asked)}"
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse({"path": path}, status_code=201)
        return RedirectResponse(page_link(path, nieuw=1), status_code=303)

    @router.get("/antwoord/{shared_id}")
    def shared(request: Request, shared_id: str, nieuw: bool = False) -> Response:
        """Show an answer as it was given."""
        found = store.get(shared_id)
        if found is None:
            raise HTTPException(404, GONE)
        shown = shared_view(found, library.documents(), library.current_edition())
        choice = choice_of(found.audience)
        around = Around(choice=choice, site=site_of(request), shared=True)
        context = {
            "page": shown,
            "around": around,
            "given_on": written_date(found.given_on),
            "until": written_date(found.expires_on),
            "address": f"{around.site}/antwoord/{found.id}",
            "is_new": nieuw,
        }
        return templates.TemplateResponse(request, "shared.html", context)

    return router


def site_of(request: Request) -> str:
    """Where this site stands, without a slash at the end, as the reader's browser knows it."""
    return str(request.base_url).rstrip("/")
