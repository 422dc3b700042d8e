"""One run that measures the search over a question set. Read `measure_search` first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.retrieve import Retrieved
from corpus.errors import BadInputError
from corpus.progress import Progress
from corpus.registry import Registry
from eval.ablation import Setup, Workshop, open_search, variants
from eval.altered import RememberingEmbedder
from eval.arms import orders
from eval.gold import GoldPlace, find_places
from eval.questions import Part, Question, QuestionSet
from eval.retrieval import (
    PerQuestion,
    Ranked,
    Report,
    System,
    judge,
    judge_ids,
    measure,
    relevant_passages,
    system,
)
from eval.shelf import Contents
from eval.tutorial import TutorialSearch

WHOLE = "Routewijzer"
_STEP = "Vragen zoeken"


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured: a setup over the documents of one edition."""

    setup: Setup
    registry: Registry
    """Where the vectors of the documents are kept."""
    contents: Contents
    progress: Progress


def measure_search(
    bench: Bench, question_set: QuestionSet, part: Part | None, folder: Path | None
) -> Report:
    """Figures of the whole search, of its arms alone and of those put together by rank.

    With a ``folder`` to work in also without each part in turn, and of the tutorial's pipeline.
    Measured over the answerable questions of ``part`` (None is all), since others have nothing
    to find. Raises BadInputError when there are none.
    """
    questions = [q for q in question_set.part(part) if q.answerable]
    if not questions:
        raise BadInputError(
            f"De vragenset {question_set.set.name} heeft geen vragen met een antwoord om te meten."
        )
    places = {q.id: find_places(q, bench.contents.versions) for q in questions}
    gold = {i: relevant_passages(found) for i, found in places.items()}
    if folder is not None:
        bench = replace(bench, setup=_remembering(bench))
    retrieved = _search(bench.setup, questions, bench.progress)
    whole = _measure_hits(retrieved, gold)
    systems = [system(WHOLE, "whole", questions, whole)]
    if folder is not None:
        systems += _without_parts(bench, folder, questions, gold, whole)
    for name, figures in _beside(bench, retrieved, questions, places, gold, folder):
        systems.append(system(name, "beside", questions, figures, whole))
    return Report(
        set=question_set.set.name,
        part=part,
        edition=bench.contents.edition,
        model=bench.setup.embedder.model_id,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        systems=tuple(systems),
    )


# --- steps -----------------------------------------------------------------------------------


def _remembering(bench: Bench) -> Setup:
    """The setup with an embedder that knows the documents already."""
    embedder = RememberingEmbedder(bench.setup.embedder)
    embedder.remember(bench.registry, bench.contents.versions.values())
    return replace(bench.setup, embedder=embedder)


def _search(
    setup: Setup, questions: Sequence[Question], progress: Progress, step: str = _STEP
) -> dict[str, Retrieved]:
    """What the search gives for each question, by id."""
    search = open_search(setup)
    found = {}
    for done, question in enumerate(questions, start=1):
        found[question.id] = search(question)
        progress(step, done, len(questions))
    return found


def _measure_hits(
    retrieved: Mapping[str, Retrieved], gold: Mapping[str, frozenset[str]]
) -> PerQuestion:
    return measure({i: judge(found.hits, gold[i]) for i, found in retrieved.items()})


def _without_parts(
    bench: Bench,
    folder: Path,
    questions: Sequence[Question],
    gold: Mapping[str, frozenset[str]],
    whole: PerQuestion,
) -> Iterator[System]:
    workshop = Workshop(folder, list(bench.contents.versions.values()), bench.progress)
    for name, setup in variants(bench.setup, workshop):
        found = _search(setup, questions, bench.progress, f"Vragen zoeken {name}")
        yield system(name, "without", questions, _measure_hits(found, gold), whole)


def _beside(
    bench: Bench,
    retrieved: Mapping[str, Retrieved],
    questions: Sequence[Question],
    places: Mapping[str, Sequence[GoldPlace]],
    gold: Mapping[str, frozenset[str]],
    folder: Path | None,
) -> Iterator[tuple[str, PerQuestion]]:
    """(name, figures) of each other way to search."""
    by_arm = {
        i: {name: judge_ids(ids, gold[i]) for name, ids in orders(found.arms).items()}
        for i, found in retrieved.items()
    }
    yield from _measure_each(by_arm)
    if folder is not None:
        yield from _measure_each(_tutorial(bench, folder / "tutorial", questions, places))


def _tutorial(
    bench: Bench,
    folder: Path,
    questions: Sequence[Question],
    places: Mapping[str, Sequence[GoldPlace]],
) -> dict[str, dict[str, Ranked]]:
    bench.progress("Pijplijn van de handleidingen maken", 0, 1)
    tutorial = TutorialSearch(folder, bench.contents.versions, bench.setup.embedder)
    bench.progress("Pijplijn van de handleidingen maken", 1, 1)
    try:
        return {
            # It has no history to read: the question goes in as it was typed.
            q.id: tutorial.ranked(q.question, [s for p in places[q.id] for s in p.spans])
            for q in questions
        }
    finally:
        tutorial.close()


def _measure_each(
    ranked: Mapping[str, Mapping[str, Ranked]],
) -> Iterator[tuple[str, PerQuestion]]:
    """Figures per way to search, from what each gave per question."""
    for name in next(iter(ranked.values())):
        yield name, measure({i: found[name] for i, found in ranked.items()})
