"""What moves between the steps: plain, frozen values, and the Protocols where parts plug in.

Offsets are character positions in the canonical text of one version, end exclusive, so that
``version.text[start:end]`` is exactly the text that is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

Audience = Literal["bedrijf", "hogeschool", "beleid"]
Kind = Literal["handreiking", "programmapagina", "routepagina", "onderzoek", "brochure", "magazine"]
PassageKind = Literal["text", "list", "table", "quote", "reference"]
SentenceKind = Literal["sentence", "lead", "item", "row", "quote"]
Language = Literal["nl", "en"]
Status = Literal["answered", "partial", "not_found", "out_of_scope"]
AnswerType = Literal[
    "phone",
    "email",
    "website",
    "money",
    "number",
    "date",
    "place",
    "person",
    "list",
    "how",
    "definition",
    "yesno",
    "open",
]
StatementKind = Literal["lead", "item", "sentence"]
Unit = Literal["passages", "sentences"]
UNITS: tuple[Unit, ...] = ("passages", "sentences")
"""What has a vector of its own."""

Vectors = NDArray[np.float32]  # shape (n, dimension), every row of length 1


# --- documents -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document besides its text. Dates are as precise as the source is:
    ``2021``, ``2022-07`` or ``2022-07-21``."""

    title: str
    kind: Kind
    audiences: tuple[Audience, ...]
    publisher: str = ""
    url: str | None = None
    published: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    summary_of: tuple[str, ...] = ()
    """Ids of the documents that this one summarises. A summary leaves the edition once all
    of them are in it."""
    replaced_by: str | None = None
    """Id of the document that follows this one. This one leaves the edition once that is in it."""
    downloadable: bool = field(default=False, repr=False)
    """Whether readers may download the file itself. Left out of the repr, of which ids and
    fingerprints are made: what was read before the field was there keeps its own."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is quoted: one sentence, list item or table row, without list mark or markup."""

    id: str
    start: int
    end: int
    text: str
    kind: SentenceKind
    page: int | None
    lead: tuple[int, int] | None = None
    """Span of the sentence that introduces the list or table this one belongs to."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What is embedded and searched: a run of sentences under one heading."""

    id: str
    version_id: str
    ordinal: int
    start: int
    end: int
    text: str
    kind: PassageKind
    section: tuple[str, ...]
    """Headings from the outside in, without the document title."""
    page: int | None
    sentences: tuple[Sentence, ...]
    lead: str = ""
    """The introducing sentence, when this passage continues a list that was too long for one."""

    @property
    def section_path(self) -> str:
        """Headings joined, as citations show them."""
        return " > ".join(self.section)


@dataclass(frozen=True, slots=True)
class Version:
    """One reading of a document: canonical text with everything that points into it."""

    id: str
    document_id: str
    fingerprint: str
    """Hash of the source bytes, the metadata and the reader's release; equal means unchanged."""
    metadata: Metadata
    source_name: str
    text: str
    page_starts: tuple[tuple[int, int], ...]
    """(offset, page number) in rising order; empty when the source has no pages."""
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One source as staff know it: its id and where it stands."""

    id: str
    metadata: Metadata
    version_id: str
    state: Literal["published", "draft", "withdrawn"]
    draft_version_id: str | None
    passages: int


# --- a question and its answer -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood."""

    original: str
    text: str
    """Standalone: a follow-up is completed from the questions before it."""
    language: Language
    audience: Audience | None
    asks: AnswerType
    """What kind of thing would answer it."""
    years: tuple[str, ...] = ()
    """Years that it names."""
    parts: tuple[str, ...] = ()
    """The questions that a double question holds, each standalone; empty when it is one."""
    corrected: tuple[tuple[str, str], ...] = ()
    """(word as typed, word as understood) for every word that was taken as a typing error."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a hit's score."""

    name: str
    """An arm of the search (``dense``, ``sentence``, ``lexical``) or what else counted."""
    points: float
    """What it added; the points of all reasons add up to the score."""
    raw: float | None = None
    """As measured, where that is another figure: a cosine, a BM25 score."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that retrieval found, with the reason why it stands where it stands."""

    passage: Passage
    document_id: str
    metadata: Metadata
    score: float
    arms: dict[str, float]
    """Raw score per search arm (``dense``, ``sentence``, ``lexical``)."""
    why: tuple[Reason, ...] = ()
    also: tuple[Hit, ...] = ()
    """Passages elsewhere that say the same, folded into this one."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence chosen to answer with, bound to the hit that it comes from."""

    sentence: Sentence
    hit: Hit
    score: float
    semantic: float
    """Cosine with the question."""
    coverage: float
    """Share (0 to 1) of the question's terms, weighed by rarity, that sentence and context hold."""
    fits: bool
    """Whether it holds the kind of thing that is asked for (an amount, a name, a date)."""


class Frozen(BaseModel):
    """Base of what leaves the application as JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(Frozen):
    """A number in an answer, bound to a span: ``quote == text(version_id)[start:end]``."""

    number: int
    document_id: str
    version_id: str
    title: str
    section: str
    page: int | None
    start: int
    end: int
    quote: str
    url: str | None
    published: str | None


class Statement(Frozen):
    """One sentence or list item of an answer with the numbers of its citations."""

    text: str
    citations: tuple[int, ...]
    kind: StatementKind


class Answer(Frozen):
    """The answer as every door gives it: command line, batch and HTTP."""

    status: Status
    question: str
    language: Language
    engine: str
    edition: int
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    uncovered: tuple[str, ...]
    suggestions: tuple[str, ...]
    trace_id: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """One statement of an answer that is still being given, verified."""

    statement: Statement
    citations: tuple[Citation, ...]
    """Those that it is the first to name."""
    heading: str = ""
    """The engine's own line above it; mostly empty."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader may mean, when that changes the answer."""

    label: str
    """As on a button: "een bedrijf", "Begeleiding van de student"."""
    question: str
    """What to ask when it is chosen."""
    audience: Audience | None = None
    """Whom it is asked for then; None leaves that as it is."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer with what led to it: for the trace, the batch file and the "not found" page."""

    answer: Answer
    query: Query
    hits: tuple[Hit, ...]
    """Best first; at least ten where the edition holds as many."""
    reason: str
    """Why the gate decided as it did, for people who look into it."""
    latency_ms: float
    read: tuple[str, ...] = ()
    """Ids of the passages whose sentences were read for the answer."""
    steps: tuple[tuple[str, float], ...] = ()
    """(step in Dutch, milliseconds) in the order in which they were done."""
    headings: tuple[tuple[int, str], ...] = ()
    """(place of a statement, counted from 0, line above it) in rising order: whose words or of
    which year they are."""
    asks_back: str = ""
    """A question to the reader, answered by one of ``choices``."""
    choices: tuple[Choice, ...] = ()
    """What the reader may mean; empty when the question is clear."""
    contact: tuple[Citation, ...] = ()
    """Where the programme itself can be asked, by its own words, when nothing was found."""
    notes: tuple[str, ...] = ()
    """What a language model said and was not shown, and why."""
    closing: tuple[str, ...] = ()
    """The engine's own lines at the end: where to read on, of which year the evidence is."""


# --- where parts plug in -----------------------------------------------------------------------


class Embedder(Protocol):
    """Turns text into vectors of length 1."""

    @property
    def model_id(self) -> str:
        """Name and hash of the weights; vectors of different ids never meet in one index."""

    @property
    def dimension(self) -> int:
        """Numbers in one vector."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension) for questions."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension) for what is searched."""


class Reranker(Protocol):
    """Scores how well passages answer a query; higher is better."""

    def score(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Scores of shape (len(passages),)."""
