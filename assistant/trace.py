"""Shows how an answer came about: what was understood, what was found and why it stands there,
and why it was answered or not. For people who look into it, in plain Dutch and as JSON."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from assistant.terms import AskedTerm
from assistant.trace_labels import ASKS, LANGUAGES, STATUSES, explained, reason_label
from corpus.types import (
    Answer,
    AnswerType,
    Audience,
    Frozen,
    Hit,
    Language,
    Outcome,
    Query,
    Reason,
    Status,
)

Role = Literal["cited", "read", "outside"]
"""Cited in the answer; read for it, but not cited; found, but not read."""

_EXCERPT = 240


class TracedReason(Frozen):
    """One part of a score."""

    name: str
    label: str
    """The same in plain Dutch; the name itself when it is a new one."""
    points: float
    raw: float | None


class TracedSource(Frozen):
    """Where a passage stands."""

    passage_id: str
    document_id: str
    title: str
    section: str
    page: int | None
    published: str | None
    score: float


class TracedHit(Frozen):
    """A passage that was found."""

    rank: int
    """Place, from 1."""
    source: TracedSource
    excerpt: str
    """Its first words, on one line."""
    role: Role
    reasons: tuple[TracedReason, ...]
    """What counted most first; the points add up to the score."""
    folded: tuple[TracedSource, ...]
    """Passages elsewhere that say the same, for which this one stands."""


class AddedWords(Frozen):
    """What was searched for besides a word, by the glossary or because it is a compound."""

    word: str
    """Empty when it stands for a phrase of several words."""
    stems: tuple[str, ...]


class TracedQuestion(Frozen):
    """A question as typed and as understood."""

    typed: str
    understood: str
    parts: tuple[str, ...]
    corrected: tuple[tuple[str, str], ...]
    """(as typed, as understood)"""
    asks: AnswerType
    asks_label: str
    language: Language
    language_label: str
    audience: Audience | None
    years: tuple[str, ...]
    added: tuple[AddedWords, ...]


class TracedDecision(Frozen):
    """Whether it was answered, and why."""

    status: Status
    label: str
    reason: str
    """As the gate says it."""
    explained: str
    """The same in plain Dutch, where it is known."""


class TracedStep(Frozen):
    """How long a step took."""

    name: str
    ms: float


class Trace(Frozen):
    """Everything that led to one answer."""

    trace_id: str
    edition: int
    question: TracedQuestion
    decision: TracedDecision
    hits: tuple[TracedHit, ...]
    """Best first."""
    steps: tuple[TracedStep, ...]
    latency_ms: float


def trace_of(
    outcome: Outcome,
    *,
    asked: Sequence[AskedTerm] = (),
    read: Collection[str] = (),
    steps: Sequence[tuple[str, float]] = (),
) -> Trace:
    """The trace of an outcome.

    ``asked`` are the terms of the question (``assistant.terms.asked_terms``), ``read`` the ids of
    the passages whose sentences were read, ``steps`` (name, milliseconds) of each step.
    """
    answer = outcome.answer
    return Trace(
        trace_id=answer.trace_id,
        edition=answer.edition,
        question=_question(outcome.query, asked),
        decision=TracedDecision(
            status=answer.status,
            label=STATUSES[answer.status],
            reason=outcome.reason,
            explained=explained(outcome.reason),
        ),
        hits=tuple(_hit(n, h, answer, read) for n, h in enumerate(outcome.hits, start=1)),
        steps=tuple(TracedStep(name=name, ms=round(ms, 2)) for name, ms in steps),
        latency_ms=outcome.latency_ms,
    )


# --- steps -----------------------------------------------------------------------------------


def _question(query: Query, asked: Sequence[AskedTerm]) -> TracedQuestion:
    return TracedQuestion(
        typed=query.original,
        understood=query.text,
        parts=query.parts,
        corrected=query.corrected,
        asks=query.asks,
        asks_label=ASKS[query.asks],
        language=query.language,
        language_label=LANGUAGES[query.language],
        audience=query.audience,
        years=query.years,
        added=_added(asked),
    )


def _added(asked: Sequence[AskedTerm]) -> tuple[AddedWords, ...]:
    added = []
    for term in asked:
        stems = (*term.parts, *term.meanings) if term.word else (term.stem,)
        if stems:
            added.append(AddedWords(word=term.word, stems=tuple(dict.fromkeys(stems))))
    return tuple(added)


def _hit(rank: int, hit: Hit, answer: Answer, read: Collection[str]) -> TracedHit:
    cited = any(_holds(one, answer) for one in (hit, *hit.also))
    return TracedHit(
        rank=rank,
        source=_source(hit),
        excerpt=_excerpt(hit.passage.text),
        role="cited" if cited else "read" if hit.passage.id in read else "outside",
        reasons=tuple(map(_reason, sorted(hit.why, key=lambda r: -abs(r.points)))),
        folded=tuple(_source(other) for other in hit.also),
    )


def _holds(hit: Hit, answer: Answer) -> bool:
    """Whether a citation of the answer stands in a passage."""
    passage = hit.passage
    return any(
        c.version_id == passage.version_id and passage.start <= c.start and c.end <= passage.end
        for c in answer.citations
    )


def _source(hit: Hit) -> TracedSource:
    return TracedSource(
        passage_id=hit.passage.id,
        document_id=hit.document_id,
        title=hit.metadata.title,
        section=hit.passage.section_path,
        page=hit.passage.page,
        published=hit.metadata.published,
        score=round(hit.score, 4),
    )


def _reason(reason: Reason) -> TracedReason:
    return TracedReason(
        name=reason.name,
        label=reason_label(reason.name),
        points=round(reason.points, 4),
        raw=None if reason.raw is None else round(reason.raw, 4),
    )


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"
