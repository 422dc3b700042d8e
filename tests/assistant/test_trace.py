from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.compose import Told
from assistant.present import number_citations
from assistant.terms import AskedTerm
from assistant.trace import Trace, trace_of
from corpus.types import Answer, Hit, Outcome, Reason
from tests.assistant.conftest import evidence_of, hit_of, query_of, read

GUIDE = read(
    "# Gids\n\n## Wat kost het?\n\nHet bedrijf betaalt het boek van de student.\n\n"
    "## Wie helpt?\n\nEen begeleider helpt iedere week.\n\n## Waar?\n\nIn de zaak zelf.\n"
)
COPY = read("# Wijzer\n\n## Geld\n\nHet bedrijf betaalt het boek van de student.\n", "b.md")


def outcome(hits: tuple[Hit, ...], reason: str = "nothing found") -> Outcome:
    """An answer that cites the first passage of the guide."""
    evidence = evidence_of(GUIDE, "boek")
    statements, citations = number_citations([Told(evidence.sentence, evidence, "sentence")])
    answer = Answer(
        status="answered",
        question="Wat kost het boek?",
        language="nl",
        engine="extractive",
        edition=3,
        text="…",
        statements=tuple(statements),
        citations=tuple(citations),
        uncovered=(),
        suggestions=(),
        trace_id="abc",
    )
    query = replace(
        query_of("Wat kost het boek?", asks="money", corrected=(("boekk", "boek"),)),
        original="wat kost et boekk",
        parts=("Wat kost het boek?", "Wie betaalt?"),
    )
    return Outcome(answer, query, hits, reason, 12.5)


def hits() -> tuple[Hit, ...]:
    first, second, third = (hit_of(GUIDE, p, 3.0 - n) for n, p in enumerate(GUIDE.passages))
    why = (Reason("met", 0.4), Reason("dense", 3.1, 0.87), Reason("heading", -0.5))
    also = (hit_of(COPY, COPY.passages[0], 2.5),)
    return replace(first, why=why, also=also), second, third


def test_a_hit_says_why_it_stands_there() -> None:
    first = trace_of(outcome(hits())).hits[0]
    assert first.rank == 1
    assert [(r.name, r.points, r.raw) for r in first.reasons] == [
        ("dense", 3.1, 0.87),
        ("heading", -0.5, None),
        ("met", 0.4, None),
    ]
    assert first.reasons[0].label == "betekenis van de passage"
    assert sum(r.points for r in first.reasons) == pytest.approx(first.source.score)
    assert (first.source.title, first.source.section) == ("Gids", "Wat kost het?")
    assert first.excerpt.endswith("Het bedrijf betaalt het boek van de student.")


def test_what_was_folded_into_it_is_told() -> None:
    (folded,) = trace_of(outcome(hits())).hits[0].folded
    assert (folded.document_id, folded.section, folded.score) == ("wijzer", "Geld", 2.5)


def test_it_tells_what_was_cited_what_was_read_and_what_fell_outside() -> None:
    traced = trace_of(outcome(hits()), read={GUIDE.passages[0].id, GUIDE.passages[1].id})
    assert [hit.role for hit in traced.hits] == ["cited", "read", "outside"]


def test_a_passage_is_cited_when_the_one_folded_into_it_is() -> None:
    cited, *_ = hits()
    face = replace(cited.also[0], also=(replace(cited, also=()),))
    assert trace_of(outcome((face,))).hits[0].role == "cited"


def test_it_shows_the_question_as_typed_and_as_understood() -> None:
    terms = (
        AskedTerm("kost", "kost"),
        AskedTerm("boek", "boek", ("deel",), ("leermiddel", "deel")),
        AskedTerm("", "geld"),
    )
    question = trace_of(outcome(()), asked=terms).question
    assert (question.typed, question.understood) == ("wat kost et boekk", "Wat kost het boek?")
    assert question.corrected == (("boekk", "boek"),)
    assert len(question.parts) == 2
    assert (question.asks_label, question.language_label) == ("een bedrag", "Nederlands")
    assert [(a.word, a.stems) for a in question.added] == [
        ("boek", ("deel", "leermiddel")),
        ("", ("geld",)),
    ]


def test_it_goes_through_json_and_back() -> None:
    made = trace_of(outcome(hits()), steps=[("zoeken", 4.256)])
    assert Trace.model_validate_json(json.dumps(made.model_dump(mode="json"))) == made
    assert [(step.name, step.ms) for step in made.steps] == [("zoeken", 4.26)]
    assert (made.edition, made.trace_id, made.latency_ms) == (3, "abc", 12.5)


def test_first_words_are_one_line_and_short() -> None:
    long = read("# Gids\n\n## Deel\n\n" + "Een zin over werk\nen leren. " * 50 + "\n")
    excerpt = trace_of(outcome((hit_of(long, long.passages[0]),))).hits[0].excerpt
    assert "\n" not in excerpt
    assert len(excerpt) <= 240
    assert excerpt.endswith("…")
