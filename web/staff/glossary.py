"""The glossary editor: what people say and the documents' words for it, tried before it counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from assistant.try_words import unknown_words
from corpus.errors import BadInputError, NotReadyError
from corpus.glossary_lines import read_lines, with_line, without_line
from corpus.glossary_shelf import release
from corpus.staff import Session
from web.staff.desk import Desk
from web.staff.glossary_form import BRIEF, KINDS, SHOWN, Given, find_lines, read_form, read_kind
from web.staff.glossary_try import trial
from web.staff.session import PublisherForm, Staff, StaffForm

PAGE = "/beheer/woordenlijst"
LINE = f"{PAGE}/regel"
_DONE = {
    "bewaard": "De regel is bewaard en telt vanaf nu mee.",
    "weg": "De regel is weggehaald.",
    "terug": "De eerdere woordenlijst telt weer.",
}
_LONG = 8_000


def given_line(
    soort: Annotated[str, Form()] = "say",
    zegt: Annotated[str, Form(max_length=_LONG)] = "",
    betekent: Annotated[str, Form(max_length=_LONG)] = "",
    versie: Annotated[str, Form()] = "",
    nr: Annotated[str, Form()] = "",
    vraag: Annotated[str, Form(max_length=_LONG)] = "",
) -> Given:
    """What came in with the form of a line."""
    place = int(nr) if nr.isascii() and nr.isdigit() else None
    return Given(place, versie, read_kind(soort), zegt, betekent, " ".join(vraag.split()))


GivenLine = Annotated[Given, Depends(given_line)]


def build_glossary(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """Routes of the editor."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    _add_list(router, desk, templates)
    _add_line(router, desk, templates)
    _add_restoring(router, desk)
    return router


# --- the list --------------------------------------------------------------------------------


def _add_list(router: APIRouter, desk: Desk, templates: Jinja2Templates) -> None:
    @router.get(PAGE)
    def show(
        request: Request,
        session: Staff,
        zoek: str = "",
        soort: str = "",
        vanaf: int = 0,
        klaar: str = "",
    ) -> Response:
        """The lines, as far as they are looked for."""
        text = desk.glossary_shelf.text()
        lines = read_lines(text)
        kind = soort if soort in KINDS else ""
        found = find_lines(lines, zoek, kind)
        start = min(max(vanaf, 0), max(len(found) - 1, 0)) // SHOWN * SHOWN
        context = {
            "session": session,
            "found": found[start : start + SHOWN],
            "total": len(found),
            "start": start,
            "page_size": SHOWN,
            "all": len(lines),
            "words": zoek,
            "kind": kind,
            "kinds": KINDS,
            "brief": BRIEF,
            "is_own": desk.glossary_shelf.is_own,
            "earlier": desk.glossary_shelf.earlier()[:20],
            "release": release(text),
            "done": _DONE.get(klaar, ""),
        }
        return templates.TemplateResponse(request, "beheer/glossary.html", context)


# --- one line --------------------------------------------------------------------------------


def _add_line(router: APIRouter, desk: Desk, templates: Jinja2Templates) -> None:
    def page(
        request: Request, session: Session, given: Given, error: str = "", tried: bool = False
    ) -> Response:
        context: dict[str, object] = {
            "session": session,
            "given": given,
            "kinds": KINDS,
            "error": error,
            "trial": None,
            "unknown": [],
        }
        if tried:
            try:
                context |= _tried(desk, given)
            except (BadInputError, NotReadyError) as problem:
                context["error"] = str(problem)
        status = 400 if context["error"] else 200
        return templates.TemplateResponse(
            request, "beheer/glossary_line.html", context, status_code=status
        )

    @router.get(LINE)
    def show(
        request: Request,
        session: Staff,
        nr: int | None = None,
        soort: str = "say",
        vraag: str = "",
    ) -> Response:
        """The form of a line, or of a new one."""
        return page(request, session, _open(desk, nr, soort, vraag[:_LONG]))

    @router.post(f"{LINE}/proef")
    def try_it(request: Request, session: StaffForm, given: GivenLine) -> Response:
        """What the change would do to a question; nothing is saved."""
        return page(request, session, given, tried=True)

    @router.post(f"{LINE}/bewaar")
    def save(request: Request, session: PublisherForm, given: GivenLine) -> Response:
        """Let the change count."""
        try:
            line = read_form(given)
            text = with_line(_edited(desk, given), line, given.place)
            desk.glossary_shelf.replace(text, given.seen, desk.analyser)
        except BadInputError as error:
            return page(request, session, given, str(error))
        detail = {"kind": line.kind, "said": list(line.said), "means": list(line.means)}
        desk.ledger.log(session.account.name, "glossary change", detail)
        return RedirectResponse(f"{PAGE}?klaar=bewaard", status_code=303)

    @router.post(f"{LINE}/weg")
    def remove(request: Request, session: PublisherForm, given: GivenLine) -> Response:
        """Take the line away."""
        try:
            text = without_line(_edited(desk, given), -1 if given.place is None else given.place)
            desk.glossary_shelf.replace(text, given.seen, desk.analyser)
        except BadInputError as error:
            return page(request, session, given, str(error))
        desk.ledger.log(session.account.name, "glossary change", {"removed": given.said.split()})
        return RedirectResponse(f"{PAGE}?klaar=weg", status_code=303)


def _open(desk: Desk, place: int | None, kind: str, question: str) -> Given:
    text = desk.glossary_shelf.text()
    empty = Given(place, release(text), read_kind(kind), "", "", question)
    if place is None:
        return empty
    lines = read_lines(text)
    if not 0 <= place < len(lines):
        raise BadInputError("Deze regel staat niet (meer) in de woordenlijst. Zoek hem opnieuw op.")
    line = lines[place]
    said, means = "\n".join(line.said), "\n".join(line.means)
    return replace(empty, kind=line.kind, said=said, means=means)


def _edited(desk: Desk, given: Given) -> str:
    """The text that counts now; the place in a form is of no use when it is another one."""
    text = desk.glossary_shelf.text()
    if release(text) != given.seen:
        raise BadInputError(
            "Iemand anders heeft de woordenlijst intussen veranderd. "
            "Zoek de regel opnieuw op en verander hem dan."
        )
    return text


def _tried(desk: Desk, given: Given) -> dict[str, object]:
    """What is to be seen of a change that is not saved."""
    line = read_form(given)
    changed = desk.glossary_shelf.try_out(
        with_line(_edited(desk, given), line, given.place), desk.analyser
    )
    meant = line.said if line.kind == "same" else line.means
    return {
        "trial": trial(given.question, changed, desk),
        "unknown": unknown_words(meant, desk.library, desk.analyser),
    }


# --- earlier ones ----------------------------------------------------------------------------


def _add_restoring(router: APIRouter, desk: Desk) -> None:
    @router.post(f"{PAGE}/terugzetten")
    def restore(
        session: PublisherForm, naam: Annotated[str, Form()], versie: Annotated[str, Form()]
    ) -> Response:
        """Let an earlier glossary count again."""
        text = desk.glossary_shelf.earlier_text(naam)
        desk.glossary_shelf.replace(text, versie, desk.analyser)
        desk.ledger.log(session.account.name, "glossary restore", {"file": naam})
        return RedirectResponse(f"{PAGE}?klaar=terug", status_code=303)
