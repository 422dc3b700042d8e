"""What machines send and get under ``/api/corpus``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import UploadFile
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from corpus.jobs import Job, State
from corpus.ledger import AuditEntry
from corpus.types import Audience, Document, Kind

LONGEST_REASON = 500
MAX_NUMBER = 2**31 - 1
"""The largest that both databases keep as a number of an edition."""


def shown(text: str) -> str:
    """Text on one line, of characters that can be shown: no database keeps all others."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


Line = Annotated[str, AfterValidator(shown)]
EditionNumber = Annotated[int, Field(ge=1, le=MAX_NUMBER)]


class CorpusDocument(BaseModel):
    """A document as staff know it, published or not."""

    id: str = Field(examples=["leenfietsen"])
    title: str
    kind: Kind
    audiences: tuple[Audience, ...]
    publisher: str
    url: str | None
    published: str | None = Field(examples=["2026-07"])
    valid_from: date | None
    valid_until: date | None
    replaced_by: str | None
    state: Literal["published", "draft", "withdrawn"]
    version_id: str
    draft_version_id: str | None = Field(description="The version that waits to be published")
    passages: int

    @classmethod
    def of(cls, document: Document) -> CorpusDocument:
        """What is told of a document."""
        m = document.metadata
        return cls(
            id=document.id,
            title=m.title,
            kind=m.kind,
            audiences=m.audiences,
            publisher=m.publisher,
            url=m.url,
            published=m.published,
            valid_from=m.valid_from,
            valid_until=m.valid_until,
            replaced_by=m.replaced_by,
            state=document.state,
            version_id=document.version_id,
            draft_version_id=document.draft_version_id,
            passages=document.passages,
        )


class Upload(BaseModel):
    """Files to read, or one address; and what is known of each of them that does not say it
    itself. Fields that are left empty are taken from the files."""

    model_config = ConfigDict(extra="forbid")

    files: list[UploadFile] = Field(default_factory=list, description="PDF, Word, HTML, ZIP, …")
    address: str = Field(default="", description="A page on the web, instead of files")
    title: str = ""
    id: str = Field(default="", description="Small letters, digits and dashes")
    kind: str = Field(default="", examples=["handreiking"])
    audiences: list[str] = Field(default_factory=list, examples=[["bedrijf"]])
    publisher: str = ""
    url: str = ""
    published: str = Field(default="", examples=["2026-07"])
    valid_from: str = ""
    valid_until: str = ""
    summary_of: list[str] = Field(default_factory=list)
    replaced_by: str = ""
    downloadable: bool = False

    def fields(self) -> dict[str, object]:
        """What is filled in, by the names of `ingest.fields.Fields`."""
        given: dict[str, object] = {}
        for name, value in self.model_dump(exclude={"files", "address"}).items():
            if isinstance(value, str):
                value = shown(value)
            if value:
                given[name] = value
        return given


class Publish(BaseModel):
    """Which edition readers should see from now on: the one that was staged and measured."""

    model_config = ConfigDict(extra="forbid")

    edition: EditionNumber = Field(examples=[12])
    reason: Line = Field(
        default="",
        max_length=LONGEST_REASON,
        description="Needed when the edition was judged red",
        examples=["De cijfers van dit jaar moeten er vandaag op staan."],
    )


class Withdraw(BaseModel):
    """Which document readers should not see any more."""

    model_config = ConfigDict(extra="forbid")

    document: str = Field(max_length=200, examples=["leenfietsen"])


class Rollback(BaseModel):
    """Which edition readers should see again."""

    model_config = ConfigDict(extra="forbid")

    edition: EditionNumber = Field(examples=[11])
    current: EditionNumber = Field(
        description="What readers see now, as you know it; when that is different nothing is done",
        examples=[12],
    )


class JobState(BaseModel):
    """Work, and how far it is."""

    id: str = Field(examples=["0f8fad5bd9cb469fa16570867728950e"])
    kind: str = Field(examples=["publish"])
    title: str
    who: str
    state: State
    step: str
    done: int = Field(description="Of total, within this step; total 0 is unknown")
    total: int
    error: str = Field(description="Why it failed; empty otherwise")
    lines: list[str] = Field(description="What came of it")
    documents: list[str] = Field(description="Ids of the documents that were read")
    created_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, job: Job) -> JobState:
        """What is told of a job."""
        return cls(
            id=job.id,
            kind=job.kind,
            title=job.title,
            who=job.who,
            state=job.state,
            step=job.step,
            done=job.done,
            total=job.total,
            error=job.message,
            lines=list(job.result.get("lines", ())),
            documents=sorted(job.result.get("documents", ())),
            created_at=job.created_at,
            changed_at=job.changed_at,
        )


class Edition(BaseModel):
    """One edition."""

    number: int
    state: Literal["building", "staged", "published"]
    model: str
    documents: int
    created_at: datetime
    green: bool | None = Field(description="How it was judged; null when it was not measured")
    measured: str = Field(description="That judgement in one line, or empty")


class Editions(BaseModel):
    """All editions, the newest first."""

    current: int | None = Field(description="What readers see")
    staged: int | None = Field(description="What waits to be published")
    editions: list[Edition]


class Act(BaseModel):
    """One line of the audit log."""

    at: datetime
    who: str
    action: str
    detail: dict[str, Any]

    @classmethod
    def of(cls, entry: AuditEntry) -> Act:
        """What is told of it."""
        return cls(at=entry.at, who=entry.who, action=entry.action, detail=entry.detail)


class Acts(BaseModel):
    """A part of the audit log, the newest first."""

    count: int = Field(description="How many there are in all")
    acts: list[Act]
