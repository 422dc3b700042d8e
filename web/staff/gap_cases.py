"""Makes a question for evaluation of what a reader asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from corpus.errors import BadInputError, NotReadyError
from corpus.questions_log import KeptQuestion
from corpus.staff import Session
from eval.gap_cases import answerable, keep_case, refusal
from eval.gaps import Gap
from eval.own_set import case_id
from eval.questions import Question
from eval.shelf import EditionShelf
from web.staff.desk import Desk
from web.staff.gap_work import BOARD, group_address
from web.staff.gaps import find_gap
from web.staff.picking import Place, find_gold, find_places, lines_of
from web.staff.question_words import REASONS
from web.staff.session import Staff, StaffForm

CASE = f"{BOARD}/{{number:int}}/toets/{{question_id:int}}"


@dataclass(frozen=True, slots=True)
class Given:
    """What staff filled in."""

    text: str
    facts: str = ""
    sentences: list[str] = field(default_factory=list)
    why: str = ""
    """The reason to refuse; empty when the documents answer the question."""


def build_gap_cases(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """Routes of that page."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    def page(
        request: Request,
        session: Session,
        gap: Gap,
        kept: KeptQuestion,
        given: Given,
        words: str = "",
        error: str = "",
    ) -> Response:
        places, problem = _places(desk, words or kept.text)
        context = {
            "session": session,
            "gap": gap,
            "kept": kept,
            "given": given,
            "words": words or kept.text,
            "places": places,
            "problem": problem,
            "made": case_id(kept) in gap.cases,
            "reasons": REASONS,
            "error": error,
        }
        status = 400 if error else 200
        return templates.TemplateResponse(
            request, "beheer/gap_case.html", context, status_code=status
        )

    @router.get(CASE)
    def show(
        request: Request, session: Staff, number: int, question_id: int, zoek: str = ""
    ) -> Response:
        """Choose what would be right: an answer from a place in the documents, or none."""
        gap = find_gap(desk, number)
        kept = _find_question(gap, question_id)
        return page(request, session, gap, kept, Given(kept.text), zoek)

    @router.post(CASE)
    def make(
        request: Request,
        session: StaffForm,
        number: int,
        question_id: int,
        vraag: Annotated[str, Form(max_length=2_000)] = "",
        feiten: Annotated[str, Form(max_length=2_000)] = "",
        zin: Annotated[list[str] | None, Form()] = None,
        reden: Annotated[str, Form()] = "",
        zoek: Annotated[str, Form(max_length=2_000)] = "",
    ) -> Response:
        """Put it in the set of this installation."""
        gap = find_gap(desk, number)
        kept = _find_question(gap, question_id)
        given = Given(" ".join(vraag.split()), feiten, zin or [], reden)
        try:
            _keep(desk, gap, kept, given)
        except BadInputError as error:
            return page(request, session, gap, kept, given, zoek, str(error))
        desk.ledger.log(session.account.name, "gap case", {"group": number, "case": case_id(kept)})
        return RedirectResponse(group_address(number, "toets"), status_code=303)

    return router


# --- steps -----------------------------------------------------------------------------------


def _find_question(gap: Gap, question_id: int) -> KeptQuestion:
    found = next((q for q in gap.questions if q.id == question_id), None)
    if found is None:
        raise HTTPException(404, "Deze vraag is er niet (meer). Ga terug naar de groep.")
    return found


def _places(desk: Desk, words: str) -> tuple[tuple[Place, ...], str]:
    """Where an answer may stand, or why nothing can be chosen."""
    try:
        return find_places(words, desk.assistant), ""
    except (NotReadyError, BadInputError) as error:
        return (), str(error)


def _keep(desk: Desk, gap: Gap, kept: KeptQuestion, given: Given) -> None:
    if case_id(kept) in gap.cases:
        raise BadInputError("Van deze vraag is al een toetsvraag gemaakt. Kies een andere vraag.")
    versions = EditionShelf(desk.registry, desk.ledger).open().versions
    case: Question
    if given.why:
        case = refusal(kept, given.text, given.why)
    else:
        facts = lines_of(given.facts)
        if not given.sentences or not any(f.strip(" |") for f in facts):
            raise BadInputError(
                "Kies de zin waarin het antwoord staat, en schrijf wat een goed antwoord noemt."
            )
        case = answerable(kept, given.text, find_gold(given.sentences, versions), facts)
    keep_case(kept, case, versions, desk.gap_groups, desk.settings.data_dir)
