"""Checks a question set against the texts that it asks about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from eval.gold import Span, find_spans, letters_of
from eval.questions import Fact, Gold, Question, QuestionSet

NEAR = 1_500
"""Characters around a gold quote in which its facts must occur: about a passage each way."""
_SKEW = 0.25
_SLACK = 3  # questions; small groups cannot be split in equal halves


def lint(question_set: QuestionSet, texts: Mapping[str, str]) -> list[str]:
    """One Dutch line for each fault; ``texts`` holds canonical text per document id."""
    faults = [*_doubles(question_set.questions), *_unknown_documents(question_set, texts)]
    for question in question_set.questions:
        faults += [f"{question.id}: {fault}" for fault in _inconsistent(question)]
        faults += [f"{question.id}: {fault}" for fault in _misplaced(question, texts)]
    return faults + _unbalanced(question_set.questions)


# --- steps -----------------------------------------------------------------------------------


def _doubles(questions: Sequence[Question]) -> list[str]:
    ids = Counter(q.id for q in questions)
    faults = [f"{name}: dit id komt {count} keer voor." for name, count in ids.items() if count > 1]
    asked: dict[tuple[str, ...], str] = {}
    for q in questions:
        # The same words from another reader, or after another question, are another question.
        key = (letters_of(q.question), q.audience or "", *map(letters_of, q.history))
        first = asked.setdefault(key, q.id)
        if first != q.id:
            faults.append(f"{q.id}: vraagt hetzelfde als {first}.")
    return faults


def _unknown_documents(question_set: QuestionSet, texts: Mapping[str, str]) -> list[str]:
    return [f"Document {d} is er niet." for d in question_set.set.documents if d not in texts]


def _inconsistent(question: Question) -> Iterable[str]:
    if not question.question.strip():
        yield "de vraag is leeg."
    if question.answerable:
        if question.unanswerable is not None:
            yield "heeft een antwoord, maar ook een reden waarom niet."
        if not question.gold:
            yield "heeft een antwoord, maar geen gold."
        if not any(f.weight == "vital" for f in question.facts):
            yield "heeft een antwoord, maar geen onmisbaar feit."
    else:
        if question.unanswerable is None:
            yield "heeft geen antwoord, en geen reden waarom niet."
        if question.gold or question.facts:
            yield "heeft geen antwoord, maar wel gold of feiten."
    if "followup" in question.kind and not question.history:
        yield "is een vervolgvraag zonder vraag ervoor."


def _misplaced(question: Question, texts: Mapping[str, str]) -> Iterable[str]:
    spans: list[Span] = []
    for gold in question.gold:
        found = find_spans(gold, texts)
        spans += found
        if not found:
            yield f"gold staat niet in {gold.document}: {_short(gold)}."
    if spans:
        near = [_around(span, texts) for span in spans]
        for fact in question.facts:
            if not any(_occurs(fact, text) for text in near):
                yield f"feit '{fact.any[0]}' staat niet bij het gold."


def _around(span: Span, texts: Mapping[str, str]) -> str:
    text = texts[span.document]
    return letters_of(text[max(0, span.start - NEAR) : span.end + NEAR])


def _occurs(fact: Fact, letters: str) -> bool:
    return any(letters_of(wording) in letters for wording in fact.any)


def _short(gold: Gold) -> str:
    return f"'{gold.quote[:60]}'"


def _unbalanced(questions: Sequence[Question]) -> list[str]:
    """Groups of which one half of the set got clearly more than the other."""
    parts: dict[str, Counter[str]] = {}
    for q in questions:
        groups = [f"soort {k}" for k in q.kind] if q.answerable else []
        groups.append("met antwoord" if q.answerable else "zonder antwoord")
        if q.unanswerable is not None:
            groups.append(f"reden {q.unanswerable}")
        for group in groups:
            parts.setdefault(group, Counter())[q.part] += 1
    faults = []
    for group, count in parts.items():
        off = abs(count["tune"] - count["final"])
        if off > max(_SLACK, _SKEW * count.total()):
            faults.append(
                f"De helften zijn scheef voor {group}: "
                f"{count['tune']} in tune, {count['final']} in final."
            )
    return faults
