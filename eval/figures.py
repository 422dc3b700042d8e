"""What is measured of one answered question. Every figure is a plain function of the outcome."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.fold import unfolded
from corpus.types import Answer, Citation, Hit, Outcome, Sentence
from eval.gold import GoldPlace, Span
from eval.questions import Fact, Question

READ_WORDS = 90
"""What counts of an answer: what people read."""


def is_given(answer: Answer) -> bool:
    """Whether the question got an answer, whole or in part."""
    return answer.status in ("answered", "partial")


def fact_recall(question: Question, answer: Answer) -> float | None:
    """Share of the vital facts, in any of their wordings, in the first 90 words; of the other
    facts when none is vital; None when the question names no facts."""
    vital = [f for f in question.facts if f.weight == "vital"] or list(question.facts)
    if not vital:
        return None
    return sum(is_said(fact, answer, READ_WORDS) for fact in vital) / len(vital)


def is_said(fact: Fact, answer: Answer, words: int | None = None) -> bool:
    """Whether an answer says a fact, in any of its wordings, in its first ``words`` words."""
    spoken = " ".join(s.text for s in answer.statements).split()[:words]
    said = " ".join(spoken).casefold()
    return any(" ".join(wording.split()).casefold() in said for wording in fact.any)


def in_gold_passage(outcome: Outcome, gold: Sequence[Span]) -> list[bool]:
    """For each citation, in order: whether the passage that holds it is a gold passage."""
    held = [h for h in unfolded(outcome.hits) if _is_gold(h, gold)]
    return [
        any(
            h.document_id == c.document_id and h.passage.start <= c.start and c.end <= h.passage.end
            for h in held
        )
        for c in outcome.answer.citations
    ]


def citation_precision(question: Question, outcome: Outcome, gold: Sequence[Span]) -> float | None:
    """Share of the cited sentences that are right; None without citations.

    Right is a sentence that meets a gold quote; the sentence that introduces it; an item whose
    introduction is gold; and, where a list is asked for, the other items of a gold item's list.
    """
    cited = outcome.answer.citations
    if not cited:
        return None
    sentences = [(h.document_id, s) for h in unfolded(outcome.hits) for s in h.passage.sentences]
    leads = {(d, s.lead) for d, s in sentences if s.lead and _meets(gold, d, s.start, s.end)}
    right = [_is_right(c, _sentence(c, sentences), gold, leads, question) for c in cited]
    return sum(right) / len(right)


def citation_recall(outcome: Outcome, places: Sequence[GoldPlace]) -> float | None:
    """Share of the gold quotes that a citation stands on; None when the edition holds none.

    Gold quotes are often the same fact in several documents: a good answer need not reach 1.
    """
    held = [p for p in places if p.spans]
    if not held:
        return None
    met = [
        any(_meets(p.spans, c.document_id, c.start, c.end) for c in outcome.answer.citations)
        for p in held
    ]
    return sum(met) / len(met)


# --- steps -----------------------------------------------------------------------------------


def _is_gold(hit: Hit, gold: Sequence[Span]) -> bool:
    return _meets(gold, hit.document_id, hit.passage.start, hit.passage.end)


def _meets(gold: Sequence[Span], document: str, start: int, end: int) -> bool:
    return any(s.meets(document, start, end) for s in gold)


def _sentence(citation: Citation, sentences: Sequence[tuple[str, Sentence]]) -> Sentence | None:
    return next(
        (
            s
            for d, s in sentences
            if d == citation.document_id and s.start <= citation.start < s.end
        ),
        None,
    )


def _is_right(
    citation: Citation,
    sentence: Sentence | None,
    gold: Sequence[Span],
    leads: set[tuple[str, tuple[int, int]]],
    question: Question,
) -> bool:
    document = citation.document_id
    if _meets(gold, document, citation.start, citation.end):
        return True
    if (document, (citation.start, citation.end)) in leads:
        return True
    if sentence is None or sentence.lead is None:
        return False
    same_list = "list" in question.kind and (document, sentence.lead) in leads
    return same_list or _meets(gold, document, *sentence.lead)
