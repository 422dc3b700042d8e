"""The board of questions without a good answer: who does what about which."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from corpus.errors import NotReadyError
from corpus.gap_groups import GapState
from corpus.questions_log import today
from eval.gap_report import STATES
from eval.gaps import Gap, Nearest, gaps, nearest, waiting
from web.staff.desk import Desk
from web.staff.gap_board import board, how, owners, read_filter, wordings
from web.staff.gap_work import BOARD, UNKNOWN, gap_of, group_address
from web.staff.jobs import JobRunner, to_job
from web.staff.session import Staff, StaffForm

MAX_LINE, MAX_NOTE = 200, 4_000
_DONE = {
    "bewaard": "De groep is bewaard.",
    "toets": "De toetsvraag staat in de eigen vragenset.",
    "gewist": "De vraag is voorgoed gewist.",
    "niets": "Er is geen bewaarde vraag met dit kenmerk. Er is niets gewist.",
}


def find_gap(desk: Desk, number: int) -> Gap:
    """A group by its number. Raises HTTPException 404."""
    found = gap_of(desk, number)
    if found is None:
        raise HTTPException(404, UNKNOWN)
    return found


def build_gaps(desk: Desk, runner: JobRunner, templates: Jinja2Templates) -> APIRouter:
    """Routes of the board, of a group on it, and of what staff do about it."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    _add_board(router, desk, templates)
    _add_group(router, desk, templates)
    _add_work(router, desk, runner)
    _add_forgetting(router, desk)
    return router


# --- pages -----------------------------------------------------------------------------------


def _add_board(router: APIRouter, desk: Desk, templates: Jinja2Templates) -> None:
    @router.get(BOARD)
    def show(
        request: Request,
        session: Staff,
        stand: str = "",
        wie: str = "",
        zoek: str = "",
        volgorde: str = "",
        klaar: str = "",
    ) -> Response:
        """All groups that the filter lets through."""
        found = gaps(desk.questions, desk.gap_groups)
        wanted = read_filter(stand, wie, zoek, volgorde)
        context = {
            "session": session,
            "rows": board(found, wanted, today()),
            "total": len(found),
            "solved": sum(g.state == "solved" for g in found),
            "waiting": waiting(desk.questions),
            "days": desk.questions.days,
            "wanted": wanted,
            "owners": sorted({g.owner for g in found if g.owner}),
            "states": STATES,
            "done": _DONE.get(klaar, ""),
        }
        return templates.TemplateResponse(request, "beheer/gaps.html", context)


def _add_group(router: APIRouter, desk: Desk, templates: Jinja2Templates) -> None:
    @router.get(f"{BOARD}/{{number:int}}")
    def show(request: Request, session: Staff, number: int, klaar: str = "") -> Response:
        """One group: its questions, what comes near, and what is being done."""
        gap = find_gap(desk, number)
        near, unready = _nearest(desk, gap)
        context = {
            "session": session,
            "gap": gap,
            "own_title": next(g.title for g in desk.gap_groups.groups() if g.id == number),
            "wordings": wordings(gap),
            "nearest": near,
            "unready": unready,
            "how": how,
            "owners": owners([gap], (a.name for a in desk.accounts.all() if not a.disabled)),
            "states": STATES,
            "done": _DONE.get(klaar, ""),
        }
        return templates.TemplateResponse(request, "beheer/gap.html", context)

    @router.post(f"{BOARD}/{{number:int}}")
    def change(
        session: StaffForm,
        number: int,
        stand: Annotated[GapState, Form()],
        titel: Annotated[str, Form(max_length=MAX_LINE)] = "",
        eigenaar: Annotated[str, Form(max_length=MAX_LINE)] = "",
        notitie: Annotated[str, Form(max_length=MAX_NOTE)] = "",
    ) -> Response:
        """Say who takes a group on, how it stands, and what is being done."""
        find_gap(desk, number)
        desk.gap_groups.change(
            number,
            owner=" ".join(eigenaar.split()),
            state=stand,
            title=" ".join(titel.split()),
            note=notitie.strip(),
        )
        desk.ledger.log(session.account.name, "gap change", {"group": number, "state": stand})
        return RedirectResponse(group_address(number, "bewaard"), status_code=303)


def _nearest(desk: Desk, gap: Gap) -> tuple[tuple[Nearest, ...], str]:
    """The passages nearest to a group, or why there are none."""
    try:
        return nearest(gap, desk.assistant), ""
    except NotReadyError as error:
        return (), str(error)


# --- work ------------------------------------------------------------------------------------


def _add_work(router: APIRouter, desk: Desk, runner: JobRunner) -> None:
    @router.post(f"{BOARD}/indelen")
    def sort(session: StaffForm) -> Response:
        """Give new questions a group."""
        who = session.account.name
        return to_job(runner.start("gaps-sort", "Nieuwe vragen indelen", who, {}))

    @router.post(f"{BOARD}/controle")
    def check(session: StaffForm) -> Response:
        """Ask the questions of all solved groups again."""
        who = session.account.name
        return to_job(runner.start("gaps-check", "Opgeloste vragen nagaan", who, {}))

    @router.post(f"{BOARD}/{{number:int}}/opnieuw")
    def ask(session: StaffForm, number: int) -> Response:
        """Ask the questions of one group again."""
        find_gap(desk, number)
        who, params = session.account.name, {"group": number}
        return to_job(runner.start("gaps-ask", "Vragen opnieuw stellen", who, params))


# --- privacy ---------------------------------------------------------------------------------


def _add_forgetting(router: APIRouter, desk: Desk) -> None:
    @router.post(f"{BOARD}/{{number:int}}/vergeet")
    def forget(session: StaffForm, number: int, vraag: Annotated[int, Form()]) -> Response:
        """Erase a question for good, every time that it was asked in these words."""
        questions = find_gap(desk, number).questions
        text = next((q.text for q in questions if q.id == vraag), None)
        if text is None:
            gone = "Deze vraag hoort niet (meer) bij de groep. Ververs de pagina."
            raise HTTPException(404, gone)
        erased = sum(desk.questions.forget(str(q.id)) for q in questions if q.text == text)
        desk.ledger.log(session.account.name, "gap forget", {"group": number, "count": erased})
        left = any(g.id == number for g in gaps(desk.questions, desk.gap_groups))
        address = group_address(number, "gewist") if left else f"{BOARD}?klaar=gewist"
        return RedirectResponse(address, status_code=303)

    @router.post(f"{BOARD}/vergeet")
    def forget_answer(
        session: StaffForm, kenmerk: Annotated[str, Form(min_length=1, max_length=64)]
    ) -> Response:
        """Erase the question of an answer, by the reference that its reader saw."""
        # As a reference and nothing else: a number would erase somebody else's question.
        known = kenmerk.strip()
        erased = 0 if known.isdigit() and len(known) < 12 else desk.questions.forget(known)
        if erased:
            desk.ledger.log(session.account.name, "gap forget", {})
        return RedirectResponse(f"{BOARD}?klaar={'gewist' if erased else 'niets'}", status_code=303)
