"""A question comes in, an answer with its sources goes out. Read `answer` from top to bottom."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from assistant import clock as step
from assistant.clock import Clock
from assistant.compose import ComposeSettings, Told, compose
from assistant.draft import Draft, Part, draft_answer, verified
from assistant.evidence import EvidenceSelector
from assistant.gate import Gate
from assistant.guide import Beside, Guide
from assistant.kept_texts import KeptTexts
from assistant.model_answer import Writer, write_answer
from assistant.newest_first import NewestFirst
from assistant.orders import is_order
from assistant.present import read_on, spoken, write_out
from assistant.question_reader import QuestionReader
from assistant.retrieve import Retrieved, Retriever
from assistant.understand import questions_in
from assistant.understanding.clean import clean
from assistant.wording import wording
from corpus.dutch import DutchAnalyser
from corpus.registry import Registry
from corpus.trace_id import trace_id
from corpus.types import Answer, Audience, Outcome, Query, Spoken

_HITS = 20


class Assistant:
    """Answers questions from the published edition."""

    def __init__(
        self,
        reader: QuestionReader,
        retriever: Retriever,
        selector: EvidenceSelector,
        registry: Registry,
        analyser: DutchAnalyser,
        gate: Gate,
        newest_first: NewestFirst,
        guide: Guide | None = None,
        writer: Writer | None = None,
    ) -> None:
        """``guide`` knows how to go on from an answer; without one nothing is offered. ``writer``
        puts the evidence in the words of a language model; without one the sentences of the
        documents are the answer."""
        self._reader = reader
        self._retriever = retriever
        self._selector = selector
        self._texts = KeptTexts(registry.text)
        self._analyser = analyser
        self._gate = gate
        self._newest_first = newest_first
        self._guide = guide
        self._writer = writer

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
        *_, outcome = self.stream(question, audience=audience, history=history, edition=edition)
        if not isinstance(outcome, Outcome):
            raise TypeError("stream() ends with the outcome")
        return outcome

    def stream(
        self,
        question: str,
        *,
        audience: Audience | None = None,
        history: Sequence[str] = (),
        edition: int | None = None,
    ) -> Iterator[Spoken | Outcome]:
        """The answer statement by statement, each with the citations that it is the first to name;
        the outcome comes last, and counts where it says something else. Raises what `answer`
        raises."""
        clock = Clock()
        query = self._reader.read(question, audience, history, edition)
        clock.done(step.UNDERSTAND)
        retrieved = self._retriever.search(query, _HITS, edition)
        clock.done(step.RETRIEVE)
        parts = self._parts(query, retrieved, clock)
        draft = yield from clock.unheard(self._draft(query, parts, clock))
        # What stands beside an answer is of the published edition.
        guide = self._guide if edition is None else None
        beside = guide.beside(query, draft, retrieved, parts) if guide is not None else Beside()
        read_more = read_on(draft.statements, draft.citations, wording(query.language))
        closing = tuple(filter(None, (read_more, *draft.closing)))
        answer = self._present(query, draft, closing, retrieved, beside)
        clock.done(step.PRESENT)
        yield Outcome(
            answer=answer,
            query=query,
            hits=retrieved.hits,
            reason="; ".join(part.decision.reason for part in parts),
            latency_ms=round(sum(ms for _, ms in clock.steps), 2),
            read=tuple(dict.fromkeys(e.hit.passage.id for part in parts for e in part.ranked)),
            steps=clock.steps,
            notes=draft.notes,
            headings=tuple((n, line) for n, line in enumerate(draft.above) if line),
            closing=closing,
            asks_back=beside.asks_back,
            choices=beside.choices,
            contact=beside.contact,
        )

    # --- steps -------------------------------------------------------------------------------

    def _parts(self, query: Query, retrieved: Retrieved, clock: Clock) -> list[Part]:
        """The parts of a double question, each with what answers it; the question as a whole
        when it is one, or when no part of it finds an answer by itself."""
        whole = ComposeSettings()
        if retrieved.parts:
            # Together they are no longer than one answer: nobody reads on to the second else.
            share = replace(whole, words=whole.words // len(retrieved.parts), passages=2)
            asked = zip(questions_in(query), retrieved.parts, strict=True)
            parts = [self._part(part, found, share, clock) for part, found in asked]
            if any(part.told for part in parts):
                return parts
        return [self._part(query, retrieved, whole, clock)]

    def _part(
        self, query: Query, retrieved: Retrieved, length: ComposeSettings, clock: Clock
    ) -> Part:
        ranked = self._selector.select(query, retrieved)
        clock.done(step.SELECT)
        decision = self._gate.decide(query, retrieved, ranked)
        clock.done(step.DECIDE)
        told: list[Told] = []
        if decision.status == "answered":
            told = compose(query, ranked, self._analyser, retrieved.hits, length)
            # A sentence that a list or a lead brings along is not chosen: it may be anything.
            told = [t for t in told if not is_order(t.sentence.text)]
            told = self._newest_first.arrange(query, told, retrieved.hits)
        clock.done(step.COMPOSE)
        return Part(query, tuple(ranked), decision, tuple(told))

    def _draft(
        self, query: Query, parts: Sequence[Part], clock: Clock
    ) -> Generator[Spoken, None, Draft]:
        """What is told: in the words of a model where there is one, else the sentences
        themselves, which are there before it begins and when it fails."""
        drafted = draft_answer(query, parts)
        clock.done(step.COMPOSE)
        extracted = verified(query, drafted, self._texts.read)
        clock.done(step.VERIFY)
        # Of a list all items are told; a model mostly picks some.
        if self._writer is None or not extracted.statements or query.asks == "list":
            yield from spoken(extracted.statements, extracted.citations, extracted.above)
            return extracted
        text_of = self._texts.read
        written = yield from write_answer(self._writer, query, parts, extracted, text_of)
        clock.done(step.WRITE)
        return written

    def _present(
        self,
        query: Query,
        draft: Draft,
        closing: Sequence[str],
        retrieved: Retrieved,
        beside: Beside,
    ) -> Answer:
        return Answer(
            status=draft.status,
            # "Dankjewel!" is not about the question before it.
            question=clean(query.original) if draft.status == "out_of_scope" else query.text,
            language=query.language,
            engine=draft.engine,
            edition=retrieved.index.number,
            text=write_out(draft.statements, draft.frame, closing, draft.above),
            statements=draft.statements,
            citations=draft.citations,
            uncovered=draft.uncovered,
            suggestions=beside.suggestions,
            trace_id=trace_id(),
        )
