from dataclasses import dataclass, field

import pytest

from assistant.composing.told import Told
from assistant.next_questions import NextQuestion
from assistant.suggest import Suggester
from corpus.dutch import DutchAnalyser
from corpus.progress import no_progress
from corpus.types import Evidence, Hit
from tests.assistant.conftest import query_of
from tests.builders import SmallCorpus, make_source

COMPANIES = """# Gids voor bedrijven

## Wat is een werkplek?

Een werkplek is een plaats om te leren.

## Wie begeleidt de student?

Een ervaren collega begeleidt de student.

## Hoeveel tijd kost begeleiden?

Begeleiden kost twee uur per week.

## Tips voor het eerste jaar

- Maak een rooster.
- Spreek af wie helpt.
"""
SCHOOLS = """# Gids voor hogescholen

## Hoe vind je docenten?

Docenten vind je in het netwerk.
"""


@dataclass
class FakeAnswers:
    """Answers everything but what is in ``not_answered``; keeps what was put to it."""

    not_answered: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)

    def __call__(self, text: str, question: NextQuestion | None) -> bool:
        self.asked.append(text)
        return text not in self.not_answered


@pytest.fixture
def published(small_corpus: SmallCorpus) -> SmallCorpus:
    small_corpus.pipeline.ingest(
        [
            make_source("bedrijven.md", COMPANIES, audiences=["bedrijf"]),
            make_source("hogescholen.md", SCHOOLS, audiences=["hogeschool"]),
        ],
        no_progress,
    )
    small_corpus.editions.publish("test")
    return small_corpus


def hits(corpus: SmallCorpus) -> list[Hit]:
    found = [
        Hit(p, d.id, d.metadata, 1.0, {})
        for d in corpus.library.documents()
        for (passages,) in [list(corpus.registry.passages_of([d.version_id]))]
        for p in passages
    ]
    return [hit for hit in found if hit.passage.kind != "reference"]


def told(corpus: SmallCorpus, heading: str) -> list[Told]:
    hit = next(h for h in hits(corpus) if h.passage.section == (heading,))
    sentence = hit.passage.sentences[0]
    return [Told(sentence, Evidence(sentence, hit, 1.0, 1.0, 1.0, fits=True), "sentence")]


def test_what_stands_beside_the_answer_comes_first(
    published: SmallCorpus, analyser: DutchAnalyser
) -> None:
    answers = FakeAnswers()
    suggester = Suggester(published.library, analyser, answers)
    found = suggester.suggest(
        query_of("Wie helpt hem?"), told(published, "Wie begeleidt de student?"), []
    )
    assert found == (
        "Hoeveel tijd kost begeleiden?",
        "Welke tips zijn er voor het eerste jaar?",
        "Wat is een werkplek?",
    )
    assert answers.asked == ["Welke tips zijn er voor het eerste jaar?"]


def test_what_was_asked_and_what_was_told_is_not_offered(
    published: SmallCorpus, analyser: DutchAnalyser
) -> None:
    suggester = Suggester(published.library, analyser, FakeAnswers())
    query = query_of("hoeveel tijd kost het begeleiden")
    found = suggester.suggest(query, told(published, "Wat is een werkplek?"), hits(published))
    assert "Hoeveel tijd kost begeleiden?" not in found
    assert "Wat is een werkplek?" not in found
    assert len(found) == len(set(found)) == 3


def test_the_audience_gets_its_own(published: SmallCorpus, analyser: DutchAnalyser) -> None:
    suggester = Suggester(published.library, analyser, FakeAnswers())
    found = suggester.suggest(query_of("Iets?", audience="hogeschool"), [], hits(published))
    assert found == ("Hoe vind je docenten?",)
    found = suggester.suggest(query_of("Iets?", audience="bedrijf"), [], hits(published))
    assert "Hoe vind je docenten?" not in found


def test_what_the_corpus_does_not_answer_is_not_offered(
    published: SmallCorpus, analyser: DutchAnalyser
) -> None:
    answers = FakeAnswers(("Wat is een werkplek?", "Welke tips zijn er voor het eerste jaar?"))
    suggester = Suggester(published.library, analyser, answers)
    suggester.warm()
    assert len(answers.asked) == 5
    found = suggester.suggest(query_of("Iets?"), [], hits(published))
    assert set(found) == {
        "Wie begeleidt de student?",
        "Hoeveel tijd kost begeleiden?",
        "Hoe vind je docenten?",
    }
    assert len(answers.asked) == 5


def test_out_of_scope_gets_two(published: SmallCorpus, analyser: DutchAnalyser) -> None:
    suggester = Suggester(published.library, analyser, FakeAnswers())
    found = suggester.suggest(query_of("Hoi"), [], hits(published), out_of_scope=True)
    assert found == ("Wat is een werkplek?", "Hoe vind je docenten?")


def test_an_english_reader_gets_english_questions(
    published: SmallCorpus, analyser: DutchAnalyser
) -> None:
    answers = FakeAnswers(("How do I set up a learning workplace?",))
    suggester = Suggester(published.library, analyser, answers)
    query = query_of("What is the Mkb-route in het hbo?", language="en", audience="bedrijf")
    assert suggester.suggest(query, [], []) == ("What are the benefits for a company?",)


def test_without_an_edition_there_is_nothing_to_offer(
    small_corpus: SmallCorpus, analyser: DutchAnalyser
) -> None:
    suggester = Suggester(small_corpus.library, analyser, FakeAnswers())
    suggester.warm()
    assert suggester.suggest(query_of("Iets?"), [], []) == ()
