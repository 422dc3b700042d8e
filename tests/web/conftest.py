"""Pure fakes of the two Protocols. What a question says decides what comes out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from fastapi.testclient import TestClient

from corpus.errors import BadInputError, NotReadyError
from corpus.originals import Original
from corpus.readings import Reading, UnknownDocumentError
from corpus.settings import Settings
from corpus.types import (
    Answer,
    Audience,
    Citation,
    Document,
    Hit,
    Metadata,
    Outcome,
    Passage,
    Query,
    Spoken,
    Statement,
    Status,
    Version,
)
from ingest.page_pictures import Sheet
from tests.read_once import read_once
from web.app import create_app
from web.source_view import Sources

BESIDE = "Ook over dit onderwerp:"

TEXT = """Leren op de werkplek

Voor een goede leerwerkplek is dit nodig:
- een taak die past bij de opleiding;
- een begeleider met tijd;
- een plan voor het eerste jaar.

De begeleider krijgt een training van één dag. Tekens als < en & horen er ook bij.
"""


def document(
    document_id: str = "werkplek",
    *,
    title: str = "Leren op de werkplek",
    state: str = "published",
    url: str | None = "https://voorbeeld.nl/werkplek",
    published: str | None = "2022-07-21",
    publisher: str = "Voorbeeldschool",
) -> Document:
    metadata = Metadata(title, "handreiking", ("bedrijf",), publisher, url, published)
    return Document(
        id=document_id,
        metadata=metadata,
        version_id=f"{document_id}-v1",
        state=state,  # type: ignore[arg-type]
        draft_version_id=None,
        passages=1,
    )


@dataclass
class FakeLibrary:
    """Holds two published documents, of which one has neither page nor address."""

    held: Sequence[Document] = (document(), document("brochure", title="Over de route", url=None))
    edition: int | None = 7
    texts: dict[str, str] = field(default_factory=lambda: {"werkplek": TEXT, "brochure": "Kort."})

    def documents(self) -> Sequence[Document]:
        return self.held

    def text(self, document_id: str) -> str:
        if document_id not in self.texts:
            raise BadInputError(f"Document '{document_id}' bestaat niet.")
        return self.texts[document_id]

    def current_edition(self) -> int | None:
        return self.edition


@dataclass
class FakeSources:
    """The documents of a `FakeLibrary` as the pages of documents read them: one version each,
    without originals."""

    library: FakeLibrary

    def find(self, document_id: str, version_id: str = "") -> Reading:
        held = {d.id: d for d in self.library.held if d.state == "published"}
        if document_id not in held:
            raise UnknownDocumentError(f"Document '{document_id}' bestaat niet.")
        found = held[document_id]
        version = Version(
            id=found.version_id,
            document_id=document_id,
            fingerprint="",
            metadata=found.metadata,
            source_name="bron.md",
            text=self.library.texts[document_id],
            page_starts=(),
            passages=(),
        )
        return Reading(version, version_id in ("", found.version_id), found.version_id)

    def get(self, version_id: str) -> Original | None:
        return None

    def read(self, original: Original) -> bytes:
        raise AssertionError("there are no originals")

    def sheets(self, original: Original, numbers: Sequence[int], width: int) -> list[Sheet]:
        raise AssertionError("there is nothing to draw")

    def picture(self, original: Original, number: int, width: int) -> bytes:
        raise AssertionError("there is nothing to draw")


def sources_of(library: FakeLibrary) -> Sources:
    """What the pages of documents are made with."""
    fake = FakeSources(library)
    return Sources(reader=fake, keeper=fake, drawer=fake)


@dataclass
class Asked:
    question: str
    audience: Audience | None
    history: tuple[str, ...]
    thread: str


@dataclass
class FakeAnswering:
    """Words in the question choose the outcome: ``stuk``, ``onklaar``, ``deels``, ``niets``,
    ``weer``; anything else is answered, with ``naast`` also by what only bears on it."""

    title: str = "Leren op de werkplek"
    url: str | None = "https://voorbeeld.nl/werkplek"
    engine: str = "extractive"
    asked: list[Asked] = field(default_factory=list)

    def answer(
        self, question: str, *, audience: Audience | None = None, history: Sequence[str] = ()
    ) -> Outcome:
        thread = threading.current_thread().name
        self.asked.append(Asked(question, audience, tuple(history), thread))
        if not question.strip():
            raise BadInputError("De vraag is leeg. Typ een vraag.")
        if "onklaar" in question:
            raise NotReadyError("Er is nog geen editie gepubliceerd.")
        if "stuk" in question:
            raise ZeroDivisionError("geheim detail")
        return self._outcome(question.strip(), audience, history)

    def stream(
        self, question: str, *, audience: Audience | None = None, history: Sequence[str] = ()
    ) -> Iterator[Spoken | Outcome]:
        """Every statement with the citation of its own, then the outcome."""
        outcome = self.answer(question, audience=audience, history=history)
        above = dict(outcome.headings)
        told = zip(outcome.answer.statements, outcome.answer.citations, strict=True)
        for place, (statement, citation) in enumerate(told):
            yield Spoken(statement, (citation,), above.get(place, ""))
        yield outcome

    def _outcome(self, question: str, audience: Audience | None, history: Sequence[str]) -> Outcome:
        status = status_for(question)
        understood = f"{question} ({history[-1]})" if history else question
        found = status in ("answered", "partial")
        statements = self._statements() if found else ()
        answer = Answer(
            status=status,
            question=understood,
            language="nl",
            engine=self.engine,
            edition=7,
            text=" ".join(statement.text for statement in statements) or "Daar staat niets over.",
            statements=statements,
            citations=self._citations() if found else (),
            uncovered=(question,) if status in ("partial", "not_found") else (),
            suggestions=("Wie geeft de training?", "Hoeveel tijd kost begeleiden?"),
            trace_id="spoor-1",
        )
        query = Query(question, understood, "nl", audience, "open")
        headings = ((3, BESIDE),) if "naast" in question else ()
        found_near = tuple(hits(self.title, 5))
        return Outcome(answer, query, found_near, "omdat", 1.0, headings=headings)

    def _statements(self) -> tuple[Statement, ...]:
        return (
            Statement(text=quote_of(0), citations=(1,), kind="lead"),
            Statement(text=quote_of(1), citations=(2,), kind="item"),
            Statement(text=quote_of(2), citations=(3,), kind="item"),
            Statement(text=quote_of(3), citations=(4,), kind="sentence"),
        )

    def _citations(self) -> tuple[Citation, ...]:
        return tuple(
            Citation(
                number=number,
                document_id="brochure" if number == 4 else "werkplek",
                version_id="brochure-v1" if number == 4 else "werkplek-v1",
                title="Over de route" if number == 4 else self.title,
                section="" if number == 4 else "Aan de slag > Werkplek",
                page=None if number == 4 else 3,
                start=TEXT.index(quote_of(number - 1)),
                end=TEXT.index(quote_of(number - 1)) + len(quote_of(number - 1)),
                quote=quote_of(number - 1),
                url=None if number == 4 else self.url,
                published="2022-07-21",
            )
            for number in (1, 2, 3, 4)
        )


def quote_of(index: int) -> str:
    return (
        "Voor een goede leerwerkplek is dit nodig:",
        "een taak die past bij de opleiding;",
        "een begeleider met tijd;",
        "De begeleider krijgt een training van één dag.",
    )[index]


def status_for(question: str) -> Status:
    words: dict[str, Status] = {"deels": "partial", "niets": "not_found", "weer": "out_of_scope"}
    return next((status for word, status in words.items() if word in question), "answered")


def hits(title: str, count: int) -> list[Hit]:
    start = TEXT.index("De begeleider")
    passage = Passage(
        id="p1",
        version_id="werkplek-v1",
        ordinal=0,
        start=start,
        end=len(TEXT) - 1,
        text=TEXT[start:-1],
        kind="text",
        section=("Aan de slag", "Begeleiding"),
        page=3,
        sentences=(),
    )
    metadata = Metadata(title, "handreiking", ("bedrijf",))
    return [Hit(passage, "werkplek", metadata, 1.0 - n / 10, {}) for n in range(count)]


@pytest.fixture(scope="module", autouse=True)
def files_read_once() -> Iterator[None]:
    """Most tests make an application of their own: half of that was compiling the templates."""
    with read_once():
        yield


@pytest.fixture
def answering() -> FakeAnswering:
    return FakeAnswering()


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def client(answering: FakeAnswering, library: FakeLibrary) -> TestClient:
    """A client of the application; the test may still change both fakes."""
    settings = Settings(max_question_chars=300)
    return TestClient(create_app(answering, library, settings, sources=sources_of(library)))


@pytest.fixture
def make_document() -> Callable[..., Document]:
    return document
