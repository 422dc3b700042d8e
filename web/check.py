"""The criteria of the documents as a list to go through. It gives no verdict and keeps nothing:
what a reader marks stands in the form alone."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.datastructures import UploadFile

from assistant.criteria import CriteriaList, Criterion, Place
from corpus.types import Audience
from web.language import N_, page_link
from web.present import question_link

MARKS = (
    ("ja", N_("voldoet")),
    ("nee", N_("voldoet niet")),
    ("weet-niet", N_("weet ik niet")),
)
"""Value and label of each mark that a reader can give."""
FOR: dict[str, tuple[Audience, str]] = {
    "bedrijf": ("bedrijf", N_("een bedrijf")),
    "hogeschool": ("hogeschool", N_("een hogeschool")),
}
"""Audience and label per value of ``voor`` in the address."""
_LONGEST = 240
"""Characters of a criterion in a question about it."""
_NOT_MARKS = frozenset(("voor",))


class Checklist(Protocol):
    """Knows the criteria that the published documents name: ``assistant.criteria.Checklists``."""

    def criteria(self, audience: Audience) -> Sequence[CriteriaList]:
        """The lists of criteria for an audience; empty when the documents name none."""


@dataclass(frozen=True, slots=True)
class Source:
    """One place that says a criterion."""

    title: str
    section: str
    page: int | None
    published: str | None
    quote: str
    link: str


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion as the page shows it."""

    number: int
    key: str
    text: str
    mark: str
    """What the reader marked; empty when nothing."""
    ask: str
    """Address of the answer to a question about it."""
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One list of a document, with the sentence that introduces it."""

    lead: Source | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """How much was marked; no verdict."""

    total: int
    marked: int
    counts: tuple[tuple[str, tuple[Item, ...]], ...]
    """The criteria per label, in the order of ``MARKS``; what is not marked comes last."""
    changed: bool
    """Whether something was marked that is no longer there: the documents were renewed."""


async def marks_in(request: Request) -> dict[str, str]:
    """What a form holds, by name; what is not text is left out."""
    async with request.form() as form:
        return {name: value for name, value in form.items() if not isinstance(value, UploadFile)}


def build_check(checklist: Checklist, templates: Jinja2Templates) -> APIRouter:
    """Routes for the page to go through the criteria."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    def page(request: Request, choice: str, marks: Mapping[str, str], *, done: bool) -> Response:
        shown = groups(checklist, choice, marks)
        context = {
            "choice": choice if choice in FOR else "",
            "who": FOR,
            "marks": MARKS,
            "groups": shown,
            "overview": overview(shown, marks) if done and shown else None,
        }
        return templates.TemplateResponse(request, "check.html", context)

    @router.get("/check")
    def empty(request: Request, voor: str = "") -> Response:
        """Show the criteria, nothing marked; without an audience, ask for it."""
        return page(request, voor, {}, done=False)

    @router.post("/check")
    def marked(request: Request, marks: Annotated[dict[str, str], Depends(marks_in)]) -> Response:
        """Show what was marked, above the same list. Nothing is kept."""
        return page(request, marks.get("voor", ""), marks, done=True)

    return router


def groups(checklist: Checklist, choice: str, marks: Mapping[str, str]) -> tuple[Group, ...]:
    """The lists for ``choice`` with what is marked; none when it is no known audience."""
    if choice not in FOR:
        return ()
    shown = []
    number = 0
    for one in checklist.criteria(FOR[choice][0]):
        items = []
        for criterion in one.criteria:
            number += 1
            items.append(_item(number, criterion, choice, marks))
        shown.append(Group(source(one.lead) if one.lead is not None else None, tuple(items)))
    return tuple(shown)


def overview(shown: Sequence[Group], marks: Mapping[str, str]) -> Overview:
    """Counts of what was marked in ``shown``."""
    items = [item for group in shown for item in group.items]
    labelled = (*MARKS, ("", N_("niet ingevuld")))
    keys = {item.key for item in items} | _NOT_MARKS
    return Overview(
        total=len(items),
        marked=sum(bool(item.mark) for item in items),
        counts=tuple(
            (label, tuple(item for item in items if item.mark == value))
            for value, label in labelled
        ),
        changed=not keys.issuperset(marks),
    )


def source(place: Place) -> Source:
    """How a place is cited, with the address that shows it marked in its document."""
    sentence, hit = place.sentence, place.hit
    path = f"/bron/{quote(hit.document_id, safe='')}"
    version, start, end = hit.passage.version_id, sentence.start, sentence.end
    return Source(
        title=hit.metadata.title,
        section=hit.passage.section_path,
        page=sentence.page,
        published=hit.metadata.published,
        quote=sentence.text,
        link=f"{page_link(path, versie=version, start=start, end=end)}#citaat",
    )


def _item(number: int, criterion: Criterion, choice: str, marks: Mapping[str, str]) -> Item:
    given = marks.get(criterion.key, "")
    about = textwrap.shorten(criterion.text.rstrip(" ;,."), _LONGEST, placeholder="")
    return Item(
        number=number,
        key=criterion.key,
        text=criterion.text,
        mark=given if given in {value for value, _ in MARKS} else "",
        ask=question_link(f"Wat zeggen de documenten over: {about}?", choice),
        sources=tuple(source(place) for place in (criterion.place, *criterion.also)),
    )
