from __future__ import annotations

from pathlib import Path

import pytest

from corpus.dutch import DutchAnalyser
from corpus.errors import BadInputError
from corpus.glossary import Glossary
from corpus.progress import no_progress
from eval.ablation import Setup
from eval.arms import ALL_BY_RANK, ALONE, TWO_BY_RANK
from eval.questions import Gold
from eval.retrieval_run import WHOLE, Bench, measure_search
from eval.shelf import EditionShelf
from eval.tutorial import BM25, BOTH, DENSE
from tests.builders import SmallCorpus
from tests.eval.fakes import BIKES, CANTEEN, hopeless, question, question_set

SOUP = (Gold(document="kantine", quote="kookt Anna soep"),)
SET = question_set(
    question("fiets", question="Hoeveel euro betaalt het bedrijf per fiets?"),
    question("soep", question="Wie kookt soep in de kantine?", gold=SOUP, part="final"),
    question("weg", gold=(Gold(document="kantine", quote="is verhuisd"),)),
    hopeless("onzin"),
)


@pytest.fixture
def bench(small_corpus: SmallCorpus, analyser: DutchAnalyser) -> Bench:
    small_corpus.publish(BIKES, CANTEEN)
    setup = Setup(
        library=small_corpus.library,
        embedder=small_corpus.embedder,
        analyser=analyser,
        read_glossary=lambda _: Glossary({}, {}),
        max_question_chars=200,
    )
    contents = EditionShelf(small_corpus.registry, small_corpus.ledger).open()
    return Bench(setup, small_corpus.registry, contents, no_progress)


def test_the_whole_is_measured_over_questions_that_have_an_answer(bench: Bench) -> None:
    report = measure_search(bench, SET, None, None)
    assert (report.set, report.part, report.edition) == ("proef", None, 1)
    assert [(s.name, s.role) for s in report.systems] == [
        (WHOLE, "whole"),
        *((name, "beside") for name in (*ALONE.values(), TWO_BY_RANK, ALL_BY_RANK)),
    ]
    every = report.systems[0].groups[0]
    assert (every.name, every.questions) == ("alle", 3)
    # What the edition does not hold is not found.
    assert every.figures["hit_10"].value == pytest.approx(2 / 3)


def test_one_part_of_the_set_can_be_measured(bench: Bench) -> None:
    report = measure_search(bench, SET, "final", None)
    assert report.part == "final"
    assert [g.questions for g in report.systems[0].groups] == [1, 1, 1]


def test_with_a_folder_each_part_is_switched_off_and_the_tutorial_stands_beside_it(
    bench: Bench, tmp_path: Path
) -> None:
    report = measure_search(bench, SET, None, tmp_path / "werk")
    without = [s for s in report.systems if s.role == "without"]
    assert without
    assert all(s.name.startswith("zonder ") for s in without)
    beside = {s.name: s for s in report.systems if s.role == "beside"}
    assert {DENSE, BM25, BOTH} <= beside.keys()
    assert beside[DENSE].groups[0].questions == 3
    for other in report.systems[1:]:
        for figure, difference in other.differences.items():
            whole = report.systems[0].groups[0].figures[figure].value
            mine = other.groups[0].figures[figure].value
            assert mine is not None
            assert whole is not None
            assert difference.value == pytest.approx(mine - whole)


def test_the_report_holds_no_word_of_the_questions_or_documents(bench: Bench) -> None:
    kept = measure_search(bench, SET, None, None).model_dump_json()
    assert all(word not in kept for word in ("euro", "kookt", "soep", "onzin"))


def test_a_set_without_answers_cannot_be_measured(bench: Bench) -> None:
    with pytest.raises(BadInputError, match="geen vragen met een antwoord"):
        measure_search(bench, question_set(hopeless("h")), None, None)
