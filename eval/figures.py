"""What is measured of one answered question. Every figure is a plain function of the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.types import Answer, Hit, Outcome
from eval.gold import Span
from eval.questions import Question

_READ_WORDS = 90
"""What counts of an answer: what people read."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one question. A figure is None where it means nothing: gold rank of an unanswerable."""

    id: str
    status: str
    gold_rank: int | None
    """Place (from 1) of the first gold passage among the hits, 0 when it is not there."""
    relevant: tuple[str, ...]
    """Ids of the gold passages among the hits."""
    fact_recall: float | None
    """Share of vital facts in the first 90 words."""
    cited_right: bool | None
    """Whether a citation stands in a gold passage."""
    citation_precision: float | None
    """Share of the citations that stand in a gold passage."""
    words: int
    latency_ms: float


def figures(question: Question, outcome: Outcome, gold: Sequence[Span]) -> Figures:
    """Measure one outcome against its question."""
    relevant = [h.passage.id for h in outcome.hits if _is_gold(h, gold)]
    answer = outcome.answer
    judged = question.answerable
    given = answer.status in ("answered", "partial")
    in_gold = [
        _cites_gold(c.document_id, c.start, c.end, outcome.hits, gold) for c in answer.citations
    ]
    return Figures(
        id=question.id,
        status=answer.status,
        gold_rank=_rank(outcome.hits, relevant) if judged else None,
        relevant=tuple(relevant),
        fact_recall=_fact_recall(question, answer) if judged else None,
        cited_right=any(in_gold) if judged else None,
        citation_precision=sum(in_gold) / len(in_gold) if judged and in_gold else None,
        words=len(answer.text.split()) if given else 0,
        latency_ms=outcome.latency_ms,
    )


def _is_gold(hit: Hit, gold: Sequence[Span]) -> bool:
    return any(s.meets(hit.document_id, hit.passage.start, hit.passage.end) for s in gold)


def _rank(hits: Sequence[Hit], relevant: Sequence[str]) -> int:
    return next((n for n, h in enumerate(hits, start=1) if h.passage.id in relevant), 0)


def _cites_gold(
    document: str, start: int, end: int, hits: Sequence[Hit], gold: Sequence[Span]
) -> bool:
    """Whether the passage that holds the cited span is a gold passage."""
    return any(
        h.document_id == document
        and h.passage.start <= start
        and end <= h.passage.end
        and _is_gold(h, gold)
        for h in hits
    )


def _fact_recall(question: Question, answer: Answer) -> float | None:
    vital = [f for f in question.facts if f.weight == "vital"] or list(question.facts)
    if not vital:
        return None
    spoken = " ".join(s.text for s in answer.statements).split()[:_READ_WORDS]
    said = " ".join(spoken).casefold()
    met = [any(" ".join(a.split()).casefold() in said for a in fact.any) for fact in vital]
    return sum(met) / len(vital)
