"""Asks every question of a set once and measures what comes back. Read `evaluate` first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Protocol

from corpus.errors import BadInputError
from corpus.progress import Progress
from corpus.types import Audience, Hit, Outcome
from eval.evaluation import Cited, Evaluation, Found, Place, Result, Said, hashed
from eval.figures import (
    citation_precision,
    citation_recall,
    fact_recall,
    in_gold_passage,
    is_given,
    is_said,
)
from eval.gold import GoldPlace, find_places
from eval.measures import ARMS, PER_ARM, measure_retrieval
from eval.questions import Part, Question, QuestionSet
from eval.shelf import Shelf
from eval.summary import summarise

_SHOWN = 5  # found passages kept per question, for who looks into it
_EXCERPT = 240
_ABSENT = "not in this edition"


class Answers(Protocol):
    """What is measured: ``assistant.answer.Assistant``, or a fake."""

    def answer(
        self,
        question: str,
        *,
        audience: Audience | None = None,
        history: Sequence[str] = (),
        edition: int | None = None,
    ) -> Outcome:
        """Answer one question from an edition."""


def evaluate(
    assistant: Answers,
    shelf: Shelf,
    question_set: QuestionSet,
    part: Part | None,
    progress: Progress,
    edition: int | None = None,
) -> Evaluation:
    """Ask each question of ``part`` (None is all) once, of one edition (None is the published).

    Retrieval is measured over the answerable questions, against the passages that hold a gold
    quote; a question whose gold the edition does not hold scores 0. Raises BadInputError when
    there is nothing to ask or when the edition does not exist.
    """
    questions = question_set.part(part)
    if not questions:
        raise BadInputError(f"De vragenset {question_set.set.name} heeft geen vragen om te meten.")
    contents = shelf.open(edition)
    places = {q.id: find_places(q, contents.versions) for q in questions}
    # By number: what is published meanwhile must not be half of what is measured.
    outcomes = _ask(assistant, questions, contents.edition, progress)
    retrieval = _retrieval(questions, places, outcomes)
    results = tuple(
        _result(q, places[q.id], outcomes[q.id], retrieval.get(q.id, {})) for q in questions
    )
    return Evaluation(
        set=question_set.set.name,
        part=part,
        edition=contents.edition,
        engines=tuple(sorted({o.answer.engine for o in outcomes.values()})),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        summary=summarise(results),
        results=results,
    )


# --- steps -----------------------------------------------------------------------------------


def _ask(
    assistant: Answers, questions: Sequence[Question], edition: int, progress: Progress
) -> dict[str, Outcome]:
    outcomes = {}
    for done, question in enumerate(questions, start=1):
        outcomes[question.id] = assistant.answer(
            question.question,
            audience=question.audience,
            history=question.history,
            edition=edition,
        )
        progress("Vragen beantwoorden", done, len(questions))
    return outcomes


def _retrieval(
    questions: Sequence[Question],
    places: Mapping[str, Sequence[GoldPlace]],
    outcomes: Mapping[str, Outcome],
) -> dict[str, dict[str, float]]:
    answerable = [q.id for q in questions if q.answerable]
    # What the edition does not hold cannot be found: it counts as a passage that never comes.
    qrels = {
        i: dict.fromkeys({p for place in places[i] for p in place.passages} or {_ABSENT}, 1)
        for i in answerable
    }
    rankings = {i: [h.passage.id for h in outcomes[i].hits] for i in answerable}
    figures = measure_retrieval(qrels, rankings)
    # Each arm alone, too: together they make up for one another, and hide that one went lame.
    for arm in ARMS:
        alone = {i: _order_of(arm, outcomes[i].hits) for i in answerable}
        for i, found in measure_retrieval(qrels, alone, PER_ARM).items():
            figures[i] |= {f"{arm}_{name}": value for name, value in found.items()}
    return figures


def _order_of(arm: str, hits: Sequence[Hit]) -> list[str]:
    """Ids of the hits that one arm found, in the order of that arm."""
    found = [h for h in hits if arm in h.arms]
    return [h.passage.id for h in sorted(found, key=lambda h: -h.arms[arm])]


def _result(
    question: Question,
    places: Sequence[GoldPlace],
    outcome: Outcome,
    retrieval: Mapping[str, float],
) -> Result:
    answer = outcome.answer
    relevant = {p for place in places for p in place.passages}
    right = in_gold_passage(outcome, [s for place in places for s in place.spans])
    return Result(
        id=question.id,
        question_hash=hashed("\n".join((*question.history, question.question))),
        part=question.part,
        kind=question.kind,
        audience=question.audience,
        answerable=question.answerable,
        unanswerable=question.unanswerable,
        status=answer.status,
        gold_rank=_gold_rank(outcome.hits, relevant) if question.answerable else None,
        figures={**retrieval, **_figures(question, places, outcome, any(right))},
        answer_hash=hashed(answer.text),
        cited=_cited(outcome, right if question.answerable else [None] * len(right)),
        gold=tuple(
            Place(
                document_id=p.gold.document,
                quote_hash=hashed(p.gold.quote),
                passages=p.passages,
                quote=p.gold.quote,
            )
            for p in places
        ),
        reason=outcome.reason,
        question=question.question,
        history=question.history,
        answer=answer.text,
        statements=tuple(
            Said(text=s.text, citations=s.citations, kind=s.kind) for s in answer.statements
        ),
        facts=tuple(f.any[0] for f in question.facts if f.weight == "vital"),
        facts_said=tuple(
            f.any[0] for f in question.facts if f.weight == "vital" and is_said(f, answer)
        ),
        found=tuple(_found(h, relevant) for h in outcome.hits[:_SHOWN]),
    )


def _figures(
    question: Question, places: Sequence[GoldPlace], outcome: Outcome, cited_right: bool
) -> dict[str, float]:
    """The figures of the answer; those that mean nothing for this question are left out."""
    answer = outcome.answer
    given = is_given(answer)
    found: dict[str, float | None] = {"latency_ms": outcome.latency_ms}
    if question.answerable:
        facts = fact_recall(question, outcome.answer)
        gold = [s for place in places for s in place.spans]
        found |= {
            "answered": float(given),
            "fact_recall": facts,
            "cited_right": float(cited_right),
            "citation_precision": citation_precision(question, outcome, gold),
            "citation_recall": citation_recall(outcome, places),
            "words": float(len(outcome.answer.text.split())) if given else None,
            "quality": float(cited_right) if facts is None else (facts + cited_right) / 2,
            "partial": float(answer.status == "partial"),
            "wrong": float(given and not cited_right and not facts),
        }
    else:
        found |= {"refused": float(not given), "quality": float(not given)}
        found |= {"wrong": float(given)}
    return {name: value for name, value in found.items() if value is not None}


def _gold_rank(hits: Sequence[Hit], relevant: set[str]) -> int:
    return next((n for n, h in enumerate(hits, start=1) if h.passage.id in relevant), 0)


def _cited(outcome: Outcome, right: Sequence[bool | None]) -> tuple[Cited, ...]:
    return tuple(
        Cited(
            number=c.number,
            document_id=c.document_id,
            right=is_right,
            quote_hash=hashed(c.quote),
            title=c.title,
            section=c.section,
            page=c.page,
            quote=c.quote,
            version_id=c.version_id,
            start=c.start,
            end=c.end,
        )
        for c, is_right in zip(outcome.answer.citations, right, strict=True)
    )


def _found(hit: Hit, relevant: set[str]) -> Found:
    return Found(
        passage_id=hit.passage.id,
        document_id=hit.document_id,
        relevant=hit.passage.id in relevant,
        section=hit.passage.section_path,
        excerpt=" ".join(hit.passage.text.split())[:_EXCERPT],
    )
