"""The question sets: look through them, try a question, and keep questions of one's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from corpus.errors import BadInputError
from corpus.staff import Session
from corpus.types import Audience
from eval.lint import lint
from eval.own_set import add_case, drop_cases, own_set_path, staff_case
from eval.questions import Question
from eval.shelf import EditionShelf
from web.staff.desk import Desk
from web.staff.picking import find_gold, find_places, lines_of
from web.staff.question_shelf import (
    OWN,
    Filter,
    all_sets,
    chosen,
    find_question,
    find_set,
    gold_texts,
    new_name,
    sentences_of,
    tried,
)
from web.staff.question_words import KINDS, REASONS
from web.staff.session import Staff, StaffForm

PAGE = "/beheer/vragenset"
FORM = f"{PAGE}/vraag"
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
_DONE = {"bewaard": "De vraag is bewaard.", "weg": "De vraag is uit de set gehaald."}
_LONG = 2_000


@dataclass(frozen=True, slots=True)
class Given:
    """What staff filled in. An empty ``name`` is a new question."""

    name: str = ""
    text: str = ""
    audience: str = ""
    language: str = "nl"
    facts: str = ""
    sentences: list[str] = field(default_factory=list)
    why: str = ""


def given_question(
    id_: Annotated[str, Form(alias="id", max_length=64)] = "",
    vraag: Annotated[str, Form(max_length=_LONG)] = "",
    doelgroep: Annotated[str, Form()] = "",
    taal: Annotated[str, Form()] = "nl",
    feiten: Annotated[str, Form(max_length=_LONG)] = "",
    zin: Annotated[list[str] | None, Form()] = None,
    reden: Annotated[str, Form()] = "",
) -> Given:
    """What came in with the form of a question."""
    language = "en" if taal == "en" else "nl"
    return Given(id_, " ".join(vraag.split()), doelgroep, language, feiten, zin or [], reden)


def build_questions(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """Routes of the sets and of the questions of staff."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    _add_list(router, desk, templates)
    _add_form(router, desk, templates)
    _add_removing(router, desk)
    return router


def _add_list(router: APIRouter, desk: Desk, templates: Jinja2Templates) -> None:
    @router.get(PAGE)
    def show(
        request: Request,
        session: Staff,
        naam: str = OWN,
        soort: str = "",
        antwoord: str = "",
        zoek: str = "",
        laatste: str = "",
        klaar: str = "",
    ) -> Response:
        """The questions of a set."""
        sets = all_sets(desk)
        shown = find_set(desk, naam)
        wanted = Filter(
            soort if soort in KINDS else "",
            antwoord if antwoord in ("ja", "nee") else "",
            zoek,
            laatste == "ja",
        )
        context = {
            "session": session,
            "sets": [s.set for s in sets],
            "shown": shown.set,
            "is_own": shown.set.name == OWN,
            "questions": chosen(shown, wanted),
            "hidden": sum(q.part == "final" for q in shown.questions),
            "all": len(shown.questions),
            "wanted": wanted,
            "kinds": KINDS,
            "reasons": REASONS,
            "done": _DONE.get(klaar, ""),
        }
        return templates.TemplateResponse(request, "beheer/questions.html", context)

    @router.get(f"{PAGE}/proef")
    def try_one(
        request: Request, session: Staff, naam: str, nummer: str, laatste: str = ""
    ) -> Response:
        """One question: where its answer stands, and how the published edition does on it."""
        shown = find_set(desk, naam)
        question = find_question(shown, nummer, laatste == "ja")
        versions = EditionShelf(desk.registry, desk.ledger).open().versions
        texts = {d: v.text for d, v in versions.items()}
        faults = [f for f in lint(shown, texts) if f.startswith(f"{question.id}: ")]
        context = {
            "session": session,
            "shown": shown.set,
            "is_own": naam == OWN,
            "question": question,
            "gold": gold_texts(question.gold, versions),
            "faults": faults,
            "judged": tried(desk, question, naam),
            "kinds": KINDS,
            "reasons": REASONS,
        }
        return templates.TemplateResponse(request, "beheer/question.html", context)


def _add_form(router: APIRouter, desk: Desk, templates: Jinja2Templates) -> None:
    def page(
        request: Request, session: Session, given: Given, words: str, error: str = ""
    ) -> Response:
        places = find_places(words, desk.assistant) if words.strip() else ()
        versions = EditionShelf(desk.registry, desk.ledger).open().versions
        known = {s.id: s for v in versions.values() for p in v.passages for s in p.sentences}
        listed = {s.id for place in places for s in place.sentences}
        context = {
            "session": session,
            "given": given,
            "words": words,
            "places": places,
            "kept": [known[i] for i in given.sentences if i in known and i not in listed],
            "audiences": AUDIENCES,
            "reasons": REASONS,
            "error": error,
        }
        status = 400 if error else 200
        return templates.TemplateResponse(
            request, "beheer/question_form.html", context, status_code=status
        )

    @router.get(FORM)
    def show(request: Request, session: Staff, nummer: str = "") -> Response:
        """The form of a question of one's own, or of a new one."""
        if not nummer:
            return page(request, session, Given(), "")
        question = find_question(find_set(desk, OWN), nummer, final=True)
        return page(request, session, _given(desk, question), question.question)

    @router.post(f"{FORM}/zoek")
    def search(
        request: Request,
        session: StaffForm,
        given: Annotated[Given, Depends(given_question)],
        zoek: Annotated[str, Form(max_length=_LONG)] = "",
    ) -> Response:
        """Look for the place of the answer; what was filled in stays."""
        return page(request, session, given, zoek or given.text)

    @router.post(FORM)
    def save(
        request: Request,
        session: StaffForm,
        given: Annotated[Given, Depends(given_question)],
        zoek: Annotated[str, Form(max_length=_LONG)] = "",
    ) -> Response:
        """Keep the question in the own set."""
        try:
            name = _keep(desk, given)
        except BadInputError as error:
            return page(request, session, given, zoek or given.text, str(error))
        desk.ledger.log(session.account.name, "case change", {"case": name})
        return RedirectResponse(f"{PAGE}?klaar=bewaard", status_code=303)


def _add_removing(router: APIRouter, desk: Desk) -> None:
    @router.post(f"{FORM}/weg")
    def remove(session: StaffForm, nummer: Annotated[str, Form()]) -> Response:
        """Take a question out of the own set."""
        find_question(find_set(desk, OWN), nummer, final=True)
        drop_cases(own_set_path(desk.settings.data_dir), {nummer})
        desk.ledger.log(session.account.name, "case remove", {"case": nummer})
        return RedirectResponse(f"{PAGE}?klaar=weg", status_code=303)


# --- steps -----------------------------------------------------------------------------------


def _given(desk: Desk, question: Question) -> Given:
    versions = EditionShelf(desk.registry, desk.ledger).open().versions
    return Given(
        name=question.id,
        text=question.question,
        audience=question.audience or "",
        language=question.language,
        facts="\n".join("|".join(fact.any) for fact in question.facts),
        sentences=sentences_of(question.gold, versions),
        why=question.unanswerable or "",
    )


def _keep(desk: Desk, given: Given) -> str:
    """Put the question in the set; its id. Raises BadInputError when it is not sound."""
    own = find_set(desk, OWN)
    name = given.name or new_name(own)
    if given.name:
        find_question(own, given.name, final=True)
    versions = EditionShelf(desk.registry, desk.ledger).open().versions
    facts = [fact for fact in lines_of(given.facts) if fact.strip(" |")]
    why = next((reason for reason in REASONS if reason == given.why), None)
    if why is None and not (given.sentences and facts):
        raise BadInputError(
            "Kies de zin waarin het antwoord staat, en schrijf wat een goed antwoord noemt. "
            "Of zeg waarom de vraag geen antwoord hoort te krijgen."
        )
    case = staff_case(
        name,
        given.text,
        audience=next((a for a in AUDIENCES if a == given.audience), None),
        language="en" if given.language == "en" else "nl",
        gold=() if why else find_gold(given.sentences, versions),
        facts=() if why else facts,
        why=why,
    )
    texts = {d: v.text for d, v in versions.items()}
    path = own_set_path(desk.settings.data_dir)
    add_case(path, case, texts, instead=bool(given.name))
    return name
