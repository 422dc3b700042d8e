"""A question comes in, an answer with its sources goes out. Read `answer` from top to bottom."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose import Told, compose
from assistant.evidence import EvidenceSelector
from assistant.gate import Decision, GateSettings, decide
from assistant.present import number_citations, suggest, write_out
from assistant.question_reader import QuestionReader
from assistant.retrieve import Retrieved, Retriever
from assistant.verify import check_citation, check_statement
from assistant.wording import Wording, wording
from corpus.dutch import DutchAnalyser
from corpus.registry import Registry
from corpus.types import (
    Answer,
    Audience,
    Citation,
    Evidence,
    Outcome,
    Query,
    Statement,
    Status,
)

_HITS = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer on its way: what it says, and the words around it."""

    status: Status
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    uncovered: tuple[str, ...] = ()
    frame: str = ""
    closing: tuple[str, ...] = ()


class _Clock:
    """How long each step takes."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, float]] = []
        self._at = time.perf_counter()

    def done(self, step: str) -> None:
        """Note that ``step`` ended now."""
        now = time.perf_counter()
        self.steps.append((step, round((now - self._at) * 1000, 2)))
        self._at = now


class Assistant:
    """Answers questions from the published edition."""

    def __init__(
        self,
        reader: QuestionReader,
        retriever: Retriever,
        selector: EvidenceSelector,
        registry: Registry,
        analyser: DutchAnalyser,
        gate: GateSettings | None = None,
    ) -> None:
        self._reader = reader
        self._retriever = retriever
        self._selector = selector
        self._registry = registry
        self._analyser = analyser
        self._gate = gate or GateSettings()

    def answer(
        self,
        question: str,
        *,
        audience: Audience | None = None,
        history: Sequence[str] = (),
        edition: int | None = None,
    ) -> Outcome:
        """Answer a question; ``history`` holds the questions before it, oldest first.

        Raises BadInputError for an empty or too long question, NotReadyError when there is no
        edition to answer from.
        """
        clock = _Clock()
        query = self._reader.read(question, audience, history, edition)
        clock.done("begrijpen")
        retrieved = self._retriever.search(query, _HITS, edition)
        clock.done("zoeken")
        ranked = self._selector.select(query, retrieved)
        clock.done("zinnen kiezen")
        decision = decide(query, retrieved, ranked, self._gate)
        clock.done("beslissen")
        told = self._told(query, retrieved, ranked, decision)
        draft = self._verified(query, self._draft(query, decision, told))
        answer = self._present(query, draft, retrieved, told)
        clock.done("schrijven en controleren")
        return Outcome(
            answer=answer,
            query=query,
            hits=retrieved.hits,
            reason=decision.reason,
            latency_ms=round(sum(ms for _, ms in clock.steps), 2),
            read=tuple(hit.passage.id for hit in self._selector.read(retrieved.hits)),
            steps=tuple(clock.steps),
        )

    # --- steps -------------------------------------------------------------------------------

    def _told(
        self, query: Query, retrieved: Retrieved, ranked: Sequence[Evidence], decision: Decision
    ) -> list[Told]:
        if decision.status != "answered":
            return []
        return compose(query, ranked, self._analyser, retrieved.hits)

    def _draft(self, query: Query, decision: Decision, told: Sequence[Told]) -> Draft:
        words = wording(query.language)
        if not told:
            return _without_answer(query, decision, words)
        statements, citations = number_citations(told)
        return Draft(
            status="answered",
            statements=tuple(statements),
            citations=tuple(citations),
            frame=words.foreign_frame,
        )

    def _verified(self, query: Query, draft: Draft) -> Draft:
        """The draft without what its citations do not carry (promise 1)."""
        texts = {v: self._registry.text(v) for v in {c.version_id for c in draft.citations}}
        sound = {
            c.number: c for c in draft.citations if check_citation(c, texts[c.version_id]) is None
        }
        statements = tuple(s for s in draft.statements if check_statement(s, sound) is None)
        if draft.statements and not statements:
            line = wording(query.language).not_found
            return Draft(status="not_found", uncovered=(query.text,), closing=(line,))
        used = {n for s in statements for n in s.citations}
        return Draft(
            status=draft.status,
            statements=statements,
            citations=tuple(c for c in sound.values() if c.number in used),
            uncovered=draft.uncovered,
            frame=draft.frame,
            closing=draft.closing,
        )

    def _present(
        self, query: Query, draft: Draft, retrieved: Retrieved, told: Sequence[Told]
    ) -> Answer:
        words = wording(query.language)
        cited = [evidence for t in told for evidence in (t.evidence, *t.also)]
        return Answer(
            status=draft.status,
            question=query.text,
            language=query.language,
            engine="extractive",
            edition=retrieved.index.number,
            text=write_out(draft.statements, draft.frame, draft.closing),
            statements=draft.statements,
            citations=draft.citations,
            uncovered=draft.uncovered,
            suggestions=suggest(retrieved.hits, cited, query.text, words),
            trace_id=uuid.uuid4().hex,
        )


def _without_answer(query: Query, decision: Decision, words: Wording) -> Draft:
    if decision.status == "out_of_scope":
        line = words.greeting if decision.greeting else words.out_of_scope
        return Draft(status="out_of_scope", closing=(line,))
    line = words.not_found
    what = words.missing.get(query.asks)
    if decision.lacks_kind and what:
        line = words.not_found_missing.format(what=what)
    return Draft(status="not_found", uncovered=(query.text,), closing=(line,))
