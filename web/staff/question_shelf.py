"""The question sets of an installation, as staff look through them and change their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException

from corpus.progress import no_progress
from corpus.types import Sentence, Version
from eval.gap_check import Judged, judge
from eval.gold import find_spans
from eval.own_set import load_own_set, own_set_path
from eval.questions import Gold, Question, QuestionSet
from eval.runner import evaluate
from eval.sets import sets_of
from eval.shelf import EditionShelf
from web.staff.desk import Desk

OWN = "own"
_MADE = re.compile(r"eigen-(\d+)")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which questions of a set to show."""

    kind: str = ""
    answer: str = ""
    """``ja`` for those with an answer, ``nee`` for those without; empty for all."""
    words: str = ""
    final: bool = False
    """Whether to show the half that is kept for the end, too."""


@dataclass(frozen=True, slots=True)
class GoldText:
    """A place where an answer stands, as people read it."""

    title: str
    quote: str
    found: bool
    """Whether the published edition holds it."""


def find_set(desk: Desk, name: str) -> QuestionSet:
    """A set by its name. Raises HTTPException 404 when there is none."""
    found = next((s for s in all_sets(desk) if s.set.name == name), None)
    if found is None:
        raise HTTPException(404, "Deze vragenset is er niet. Kies er een op de pagina.")
    return found


def all_sets(desk: Desk) -> list[QuestionSet]:
    """The own set first, then those that come along."""
    data_dir = desk.settings.data_dir
    return [load_own_set(own_set_path(data_dir)), *sets_of(data_dir)]


def chosen(question_set: QuestionSet, wanted: Filter) -> list[Question]:
    """The questions that a filter lets through, in their order."""
    return [q for q in question_set.questions if _passes(q, wanted)]


def find_question(question_set: QuestionSet, name: str, final: bool) -> Question:
    """A question by its id. Raises HTTPException 404; also for one of the half that is kept for
    the end, unless ``final``."""
    for question in question_set.questions:
        if question.id == name and (final or question.part != "final"):
            return question
    raise HTTPException(404, "Deze vraag staat niet (meer) in de set. Ga terug naar de lijst.")


def new_name(question_set: QuestionSet) -> str:
    """An id for a new question of staff."""
    numbers = [int(m[1]) for q in question_set.questions if (m := _MADE.fullmatch(q.id))]
    return f"eigen-{max(numbers, default=0) + 1}"


def gold_texts(gold: Sequence[Gold], versions: Mapping[str, Version]) -> list[GoldText]:
    """Gold as it stands in the documents, whole sentences where it is found."""
    return [_gold_text(each, versions.get(each.document)) for each in gold]


def sentences_of(gold: Sequence[Gold], versions: Mapping[str, Version]) -> list[str]:
    """Ids of the sentences in which gold begins."""
    found = []
    for each in gold:
        if version := versions.get(each.document):
            for span in find_spans(each, {each.document: version.text}):
                found += [s.id for s in _sentences(version) if s.start <= span.start < s.end]
    return found


def tried(desk: Desk, question: Question, name: str) -> Judged:
    """The question asked of the published edition, and judged."""
    header = find_set(desk, name).set
    alone = QuestionSet(set=header, questions=(question,))
    shelf = EditionShelf(desk.registry, desk.ledger)
    return judge(evaluate(desk.assistant, shelf, alone, None, no_progress).results[0])


# --- steps -----------------------------------------------------------------------------------


def _passes(question: Question, wanted: Filter) -> bool:
    if question.part == "final" and not wanted.final:
        return False
    if wanted.kind and wanted.kind not in question.kind:
        return False
    if wanted.answer and question.answerable != (wanted.answer == "ja"):
        return False
    said = question.question.casefold()
    return all(word in said for word in wanted.words.casefold().split())


def _gold_text(gold: Gold, version: Version | None) -> GoldText:
    if version is None:
        return GoldText(gold.document, gold.quote, found=False)
    title = version.metadata.title
    for span in find_spans(gold, {gold.document: version.text}):
        for sentence in _sentences(version):
            if sentence.start <= span.start < sentence.end:
                return GoldText(title, sentence.text, found=True)
        return GoldText(title, version.text[span.start : span.end], found=True)
    return GoldText(title, gold.quote, found=False)


def _sentences(version: Version) -> Iterator[Sentence]:
    return (s for p in version.passages for s in p.sentences)
