"""Lays an outcome out for a reader: blocks of text, sources by document, nearest passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote, urlencode

from corpus.types import Answer, Choice, Citation, Document, Frozen, Outcome, Statement
from web.language import page_link

NEAREST_SHOWN = 3
ALSO_MARKED = 20
"""Other spans of the answer that a link to a source names at most."""

BlockKind = Literal["paragraph", "list"]


class Nearest(Frozen):
    """A passage that comes near the question but does not answer it."""

    document_id: str
    version_id: str
    title: str
    section: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph (one statement), or one list (its items)."""

    kind: BlockKind
    statements: tuple[Statement, ...]
    heading: str = ""
    """The line above it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document with the citations that come from it."""

    title: str
    publisher: str
    published: str | None
    url: str | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What the template of an answer needs."""

    answer: Answer
    typed: str
    understood: str | None
    """The standalone question, when it differs from what was typed."""
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...]
    nearest: tuple[Nearest, ...]
    asks_back: str = ""
    choices: tuple[Choice, ...] = ()
    contact: tuple[Citation, ...] = ()
    closing: tuple[str, ...] = ()
    """Lines at the end of an answer that has statements."""

    @property
    def uncovered(self) -> tuple[str, ...]:
        """The parts without an answer. Where nothing was found that is the question itself, which
        stands above it already."""
        return self.answer.uncovered if self.answer.statements else ()

    @property
    def cited(self) -> Mapping[int, Citation]:
        """The citations by their number."""
        return {citation.number: citation for citation in self.answer.citations}


@dataclass(frozen=True, slots=True)
class Around:
    """What the page around an answer knows, and the answer itself does not."""

    choice: str = ""
    """The radio button that the question was asked with."""
    earlier: tuple[str, ...] = ()
    """The questions before it, oldest first."""
    home: str = "/"
    """Path of the page to ask on."""
    site: str = ""
    """Where the site stands, as ``https://naam.nl``: for what is read elsewhere."""
    mail_to: str = ""
    """Address of the programme; empty when it is not known."""
    kept_days: int = 0
    shared_days: int = 0
    shared: bool = False
    """Whether this is an answer that was shared, not one that was just given."""


def present(outcome: Outcome, typed: str, documents: Sequence[Document]) -> AnswerView:
    """Lay out ``outcome`` for the question that was ``typed``."""
    answer = outcome.answer
    typed = " ".join(typed.split())
    return AnswerView(
        answer=answer,
        typed=typed,
        understood=answer.question if answer.question != typed else None,
        blocks=blocks(answer.statements, outcome.headings),
        sources=sources(answer.citations, documents),
        nearest=nearest(outcome),
        asks_back=outcome.asks_back,
        choices=outcome.choices,
        contact=outcome.contact,
        closing=outcome.closing if answer.statements else (),
    )


def blocks(
    statements: Sequence[Statement], headings: Iterable[tuple[int, str]] = ()
) -> tuple[Block, ...]:
    """Items that follow each other become one list; every other statement is a paragraph.

    ``headings`` holds (place of a statement, line above it); a list ends where one stands.
    """
    above = dict(headings)
    found: list[Block] = []
    for place, statement in enumerate(statements):
        goes_on = found and found[-1].kind == "list" and place not in above
        if statement.kind == "item" and goes_on:
            found[-1] = replace(found[-1], statements=(*found[-1].statements, statement))
        else:
            kind: BlockKind = "list" if statement.kind == "item" else "paragraph"
            found.append(Block(kind, (statement,), above.get(place, "")))
    return tuple(found)


def sources(citations: Sequence[Citation], documents: Sequence[Document]) -> tuple[Source, ...]:
    """Citations gathered by document, in the order in which the documents are first cited."""
    publishers = {document.id: document.metadata.publisher for document in documents}
    gathered: dict[str, list[Citation]] = {}
    for citation in citations:
        gathered.setdefault(citation.document_id, []).append(citation)
    return tuple(
        Source(
            title=cited[0].title,
            publisher=publishers.get(document_id, ""),
            published=cited[0].published,
            url=cited[0].url,
            citations=tuple(cited),
        )
        for document_id, cited in gathered.items()
    )


def nearest(outcome: Outcome) -> tuple[Nearest, ...]:
    """The best passages when nothing was found; empty for every other status."""
    if outcome.answer.status != "not_found":
        return ()
    return tuple(
        Nearest(
            document_id=hit.document_id,
            version_id=hit.passage.version_id,
            title=hit.metadata.title,
            section=hit.passage.section_path,
            text=hit.passage.text,
            start=hit.passage.start,
            end=hit.passage.end,
        )
        for hit in outcome.hits[:NEAREST_SHOWN]
    )


def source_link(place: Citation | Nearest, others: Iterable[Citation] = ()) -> str:
    """Address of the page that shows ``place`` marked in its document, and beside it those of
    ``others`` that stand in the same version.

    It names the version, since offsets count in that version only.
    """
    span = {"versie": place.version_id, "start": place.start, "end": place.end}
    also = [
        ("ook", f"{other.start}-{other.end}")
        for other in others
        if other.version_id == place.version_id and other.start != place.start
    ]
    fields = [*span.items(), *also[:ALSO_MARKED]]
    path = page_link(f"/bron/{quote(place.document_id, safe='')}")
    return f"{path}{'&' if '?' in path else '?'}{urlencode(fields)}#citaat"


def question_link(question: str, choice: str = "", home: str = "/") -> str:
    """Address of the answer to ``question``, asked with the radio button ``choice``."""
    return f"{page_link(home, vraag=question, doelgroep=choice or None)}#a0"
