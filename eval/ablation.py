"""What each part of the search is worth: the figures with that part switched off.

Everything here runs the production search on other weights, another glossary, another way to put
the question or another index; `VARIANTS` is the list. A part that is not there is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from assistant.fold import FOLDED, unfolded
from assistant.retrieve import RetrievalWeights, Retrieved, Retriever
from assistant.understand import understand
from corpus.dutch import DutchAnalyser
from corpus.glossary import Glossary
from corpus.library import Library
from corpus.progress import Progress
from corpus.spelling import Corrected
from corpus.types import Embedder, Hit, Query, Version
from eval.altered import (
    BareWords,
    WholeWords,
    publish_altered,
    without_headings,
    without_leads,
)
from eval.questions import Question
from eval.retrieval import DEPTH


@dataclass(frozen=True, slots=True)
class Setup:
    """What a search is made of, and how a question is put to it."""

    library: Library
    embedder: Embedder
    analyser: DutchAnalyser
    read_glossary: Callable[[DutchAnalyser], Glossary]
    """The glossary, in the stems of an analyser."""
    max_question_chars: int
    edition: int | None = None
    """None is the published one."""
    weights: RetrievalWeights = field(default_factory=RetrievalWeights)
    correct: Callable[[str], Corrected] = Corrected
    """Mends typing errors; by default none."""
    follow_ups: bool = True
    """Whether a follow-up is completed from the questions before it."""
    folded: bool = True
    """Whether what says the same stands in one place."""
    put: Callable[[Query], Query] = lambda query: query
    """Done to the question as understood."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where indexes with something taken out are made."""

    folder: Path
    versions: Sequence[Version]
    progress: Progress

    def publish(self, setup: Setup, name: str, versions: Sequence[Version] | None = None) -> Setup:
        """The setup on an index of its own of ``versions``, by default the real ones."""
        library = publish_altered(
            self.folder / name,
            versions or self.versions,
            setup.analyser,
            setup.embedder,
            self.progress,
        )
        return replace(setup, library=library, edition=None)


Change = Callable[[Setup, Workshop], Setup | None]
"""Takes a part out of a setup; None when the search has no such part."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One part that can be switched off."""

    name: str
    """What is missing, in Dutch."""
    change: Change


def open_search(setup: Setup) -> Callable[[Question], Retrieved]:
    """The production search over a setup, as the assistant runs it."""
    glossary = setup.read_glossary(setup.analyser)
    retriever = Retriever(setup.library, setup.embedder, setup.analyser, glossary, setup.weights)

    def search(question: Question) -> Retrieved:
        history = question.history if setup.follow_ups else ()
        query = understand(
            question.question,
            question.audience,
            history,
            setup.analyser,
            setup.max_question_chars,
            setup.correct,
        )
        retrieved = retriever.search(setup.put(query), DEPTH, setup.edition)
        return retrieved if setup.folded else _unfolded(retrieved)

    return search


def variants(setup: Setup, workshop: Workshop) -> Iterator[tuple[str, Setup]]:
    """(name, setup) with each part that the search has switched off in turn; use each before the
    next one is asked for."""
    for variant in VARIANTS:
        changed = variant.change(setup, workshop)
        if changed is None:
            continue
        try:
            yield variant.name, changed
        finally:
            if changed.library is not setup.library:
                changed.library.registry.engine.dispose()


def _unfolded(retrieved: Retrieved) -> Retrieved:
    """Every passage in a place of its own, by what it scored itself."""
    hits = sorted(unfolded(retrieved.hits), key=lambda hit: -_own_score(hit))
    return replace(retrieved, hits=tuple(replace(hit, also=()) for hit in hits))


def _own_score(hit: Hit) -> float:
    """Without what lifted it to the place of one that says the same."""
    return hit.score - sum(reason.points for reason in hit.why if reason.name == FOLDED)


# --- changes ---------------------------------------------------------------------------------


def _weigh(**values: float) -> Change:
    """Other weights. A name may reach into a group of weights: ``terms__part``."""

    def change(setup: Setup, _: Workshop) -> Setup | None:
        weights: Any = setup.weights
        for name, value in values.items():
            weights = _with_weight(weights, name.split("__"), value)
            if weights is None:
                return None
        return replace(setup, weights=weights)

    return change


def _with_weight(weights: Any, path: Sequence[str], value: float) -> Any:
    """A frozen group of weights with one of them changed; None when it has no such weight."""
    if not is_dataclass(weights) or path[0] not in {f.name for f in fields(weights)}:
        return None
    inner = getattr(weights, path[0])
    new = _with_weight(inner, path[1:], value) if len(path) > 1 else value
    return None if new is None else replace(weights, **{path[0]: new})  # type: ignore[type-var]


def _analyse(analyser: Callable[[], DutchAnalyser], name: str) -> Change:
    """Another analysis of questions and documents: it needs an index of its own."""

    def change(setup: Setup, workshop: Workshop) -> Setup:
        return workshop.publish(replace(setup, analyser=analyser()), name)

    return change


def _rewrite(alter: Callable[[Version], Version], name: str) -> Change:
    """Documents with something taken out: they need an index of their own."""

    def change(setup: Setup, workshop: Workshop) -> Setup:
        return workshop.publish(setup, name, [alter(v) for v in workshop.versions])

    return change


def _put(change_query: Callable[[Query], Query]) -> Change:
    """Another understanding of the question."""
    return lambda setup, _: replace(setup, put=change_query)


def _no_glossary(setup: Setup, _: Workshop) -> Setup:
    return replace(setup, read_glossary=lambda _analyser: Glossary({}, {}))


def _no_correction(setup: Setup, _: Workshop) -> Setup | None:
    return None if setup.correct is Corrected else replace(setup, correct=Corrected)


def _no_folding(setup: Setup, _: Workshop) -> Setup:
    return replace(setup, folded=False)


def _no_follow_ups(setup: Setup, _: Workshop) -> Setup:
    return replace(setup, follow_ups=False)


VARIANTS: tuple[Variant, ...] = (
    Variant("zonder betekenis van passages", _weigh(dense=0.0)),
    Variant("zonder betekenis van zinnen", _weigh(sentence=0.0)),
    Variant("zonder vergelijken per woorddeel", _weigh(tokens=0.0)),
    Variant("zonder woorden (BM25)", _weigh(lexical=0.0, met=0.0)),
    Variant("zonder zekerheid van BM25", _weigh(met=0.0)),
    Variant("zonder delen van samenstellingen", _analyse(WholeWords, "whole-words")),
    Variant("zonder stammen van woorden", _analyse(BareWords, "bare-words")),
    Variant("zonder woordenlijst", _no_glossary),
    Variant("zonder woordenlijst in de betekenis", _weigh(meanings=0.0)),
    Variant("zonder verbeteren van tikfouten", _no_correction),
    Variant("zonder aanvullen van vervolgvragen", _no_follow_ups),
    Variant("zonder splitsen van dubbele vragen", _put(lambda q: replace(q, parts=()))),
    Variant("zonder voorkeur voor gevraagde lijst", _weigh(named=0.0)),
    Variant("zonder voorkeur voor gelijke kop", _weigh(heading=0.0)),
    Variant("zonder koppen bij de tekst", _rewrite(without_headings, "no-headings")),
    Variant("zonder aanloop bij lijsten", _rewrite(without_leads, "no-leads")),
    Variant("zonder voorkeur voor doelgroep", _weigh(audience=0.0)),
    Variant("zonder samenvouwen", _no_folding),
)
