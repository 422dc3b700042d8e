from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.types import Sentence
from eval.figures import citation_precision, citation_recall, fact_recall, in_gold_passage
from eval.gold import Span, find_places
from eval.questions import Fact, Gold
from tests.eval.fakes import BIKES, CANTEEN, VERSIONS, hit, outcome, question

LOAN, COSTS, HELP = BIKES.passages
GOLD = [s for p in find_places(question("a"), VERSIONS) for s in p.spans]


def test_facts_count_in_any_wording_and_only_where_people_read() -> None:
    facts = (
        Fact(any=("500 euro", "450  EURO"), weight="vital"),
        Fact(any=("balie",), weight="vital"),
        Fact(any=("soep",), weight="okay"),
    )
    said = outcome(COSTS.sentences[0]).answer
    assert fact_recall(question("a", facts=facts), said) == 0.5
    long = replace(HELP.sentences[0], text="woord " * 90 + "balie")
    assert fact_recall(question("a", facts=facts), outcome(long).answer) == 0.0
    assert fact_recall(question("a", facts=facts[2:]), said) == 0.0
    assert fact_recall(question("a", facts=()), said) is None


def test_a_citation_is_right_only_inside_a_gold_passage_of_its_own_document() -> None:
    given = outcome(COSTS.sentences[0], CANTEEN.passages[0].sentences[0], found=[COSTS])
    assert in_gold_passage(given, GOLD) == [True, False]
    assert citation_precision(question("a"), given, GOLD) == 0.5


@pytest.mark.parametrize(
    ("kind", "quote", "cited", "right"),
    [
        (("list",), "appels", [0, 1, 2], 1.0),  # lead and the other items of the list asked for
        (("number",), "appels", [0, 1, 2], 2 / 3),  # another row is not the number asked for
        (("number",), "We verkopen", [1, 2], 1.0),  # the introduction is gold: so is the list
        (("list",), "iets anders", [0, 1, 2], 0.0),
    ],
)
def test_what_belongs_to_a_gold_sentence_is_right(
    kind: tuple[str, ...], quote: str, cited: list[int], right: float
) -> None:
    text = BIKES.text
    lead = (0, 10)
    sentences = tuple(
        Sentence(f"{LOAN.id}:{n}", 20 * n, 20 * n + 10, text[20 * n : 20 * n + 10], k, None, of)  # type: ignore[arg-type]
        for n, (k, of) in enumerate([("lead", None), ("item", lead), ("item", lead)])
    )
    spans = {"appels": Span("fietsen", 22, 25), "We verkopen": Span("fietsen", 2, 5)}
    gold = [spans.get(quote, Span("kantine", 0, 5))]
    given = outcome(*(sentences[n] for n in cited))
    given = replace(given, hits=(hit(replace(LOAN, sentences=sentences)),))
    assert citation_precision(question("a", kind=kind), given, gold) == pytest.approx(right)


def test_recall_counts_the_gold_quotes_that_the_edition_holds() -> None:
    gold = (
        Gold(document="fietsen", quote="450 euro"),
        Gold(document="kantine", quote="kost 2 euro"),
        Gold(document="kantine", quote="staat er niet"),
    )
    places = find_places(question("a", gold=gold), VERSIONS)
    assert citation_recall(outcome(COSTS.sentences[0]), places) == 0.5
    assert citation_recall(outcome(COSTS.sentences[0]), places[2:]) is None
