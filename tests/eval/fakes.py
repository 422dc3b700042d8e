"""A pure assistant and shelf, and small questions and evaluations to measure with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from corpus.types import (
    Answer,
    Audience,
    Citation,
    Hit,
    Outcome,
    Passage,
    Query,
    Sentence,
    Statement,
    Status,
    Version,
)
from eval.evaluation import Evaluation, Place, Result, hashed
from eval.questions import Fact, Gold, Question, QuestionSet, SetHeader
from eval.shelf import Contents
from eval.summary import summarise
from tests.builders import make_version

BIKES = make_version(
    "fietsen",
    [
        "Een leenfiets is een fiets van het bedrijf. De student betaalt niets.",
        "Het bedrijf betaalt 450 euro per fiets.",
        "Bel bij pech de balie.",
    ],
)
CANTEEN = make_version("kantine", ["In de kantine kookt Anna soep.", "De soep kost 2 euro."])
VERSIONS = {v.document_id: v for v in (BIKES, CANTEEN)}


class FakeShelf:
    """Holds the same versions in every edition."""

    def __init__(self, versions: Mapping[str, Version] = VERSIONS, published: int = 7) -> None:
        self.versions = versions
        self.published = published

    def open(self, edition: int | None = None) -> Contents:
        return Contents(self.published if edition is None else edition, self.versions)


class FakeAssistant:
    """Gives the outcome that was set for a question, and remembers what it was asked."""

    def __init__(self, outcomes: Mapping[str, Outcome]) -> None:
        self.outcomes = outcomes
        self.asked: list[tuple[str, Audience | None, tuple[str, ...], int | None]] = []

    def answer(
        self,
        question: str,
        *,
        audience: Audience | None = None,
        history: Sequence[str] = (),
        edition: int | None = None,
    ) -> Outcome:
        self.asked.append((question, audience, tuple(history), edition))
        return self.outcomes[question]


def hit(passage: Passage, score: float = 1.0) -> Hit:
    """A passage of the two documents, as found."""
    version = next(v for v in VERSIONS.values() if v.id == passage.version_id)
    return Hit(passage, version.document_id, version.metadata, score, {"dense": score})


def outcome(
    *cited: Sentence,
    status: Status = "answered",
    found: Sequence[Passage] = (),
    latency_ms: float = 40.0,
) -> Outcome:
    """An answer that says the sentences one by one and cites each."""
    citations = tuple(_citation(n, s) for n, s in enumerate(cited, start=1))
    statements = tuple(
        Statement(text=s.text, citations=(n,), kind="sentence")
        for n, s in enumerate(cited, start=1)
    )
    answer = Answer(
        status=status,
        question="vraag",
        language="nl",
        engine="extractive",
        edition=7,
        text="\n".join(f"{s.text} [{n}]" for n, s in enumerate(cited, start=1)) or "Geen antwoord.",
        statements=statements,
        citations=citations,
        uncovered=(),
        suggestions=(),
        trace_id="0",
    )
    query = Query("vraag", "vraag", "nl", None, "open")
    return Outcome(answer, query, tuple(hit(p) for p in found), "omdat", latency_ms)


def _citation(number: int, sentence: Sentence) -> Citation:
    version = next(v for v in VERSIONS.values() if sentence.id.startswith(v.id))
    return Citation(
        number=number,
        document_id=version.document_id,
        version_id=version.id,
        title=version.metadata.title,
        section="Deel",
        page=None,
        start=sentence.start,
        end=sentence.end,
        quote=sentence.text,
        url=None,
        published=None,
    )


def question(name: str, **fields: Any) -> Question:
    """An answerable question about what a bike costs; ``fields`` say what is different."""
    values: dict[str, Any] = {
        "id": name,
        "question": f"Wat kost een fiets, {name}?",
        "language": "nl",
        "kind": ("number",),
        "part": "tune",
        "answerable": True,
        "gold": (Gold(document="fietsen", quote="betaalt 450 euro"),),
        "facts": (Fact(any=("450 euro",), weight="vital"),),
        "unanswerable": None,
    }
    return Question(**{**values, **fields})


def hopeless(name: str, **fields: Any) -> Question:
    """A question that the documents do not answer."""
    values: dict[str, Any] = {
        "kind": (),
        "answerable": False,
        "gold": (),
        "facts": (),
        "unanswerable": "missing",
    }
    return question(name, **{**values, **fields})


def question_set(*questions: Question, name: str = "proef") -> QuestionSet:
    """A set about the two documents."""
    header = SetHeader(name=name, language="nl", description="", documents=tuple(VERSIONS))
    return QuestionSet(set=header, questions=questions)


def result(name: str, **fields: Any) -> Result:
    """What a well answered question yielded; ``fields`` say what is different."""
    figures = {"quality": 1.0, "answered": 1.0, "fact_recall": 1.0, "cited_right": 1.0}
    figures |= {"latency_ms": 40.0, "ndcg_10": 1.0}
    values: dict[str, Any] = {
        "id": name,
        "question_hash": hashed(name),
        "part": "tune",
        "kind": ("number",),
        "answerable": True,
        "status": "answered",
        "gold_rank": 1,
        "figures": {**figures, **fields.pop("figures", {})},
        "answer_hash": "a",
        "cited": (),
        "gold": (Place(document_id="fietsen", quote_hash="q", passages=("p",)),),
    }
    return Result(**{**values, **fields})


def evaluation(*results: Result, **fields: Any) -> Evaluation:
    """An evaluation with these results and their summary."""
    values: dict[str, Any] = {
        "set": "proef",
        "edition": 7,
        "engines": ("extractive",),
        "made_at": "2026-01-02T03:04:05+00:00",
        "summary": summarise(results),
        "results": results,
    }
    return Evaluation(**{**values, **fields})
