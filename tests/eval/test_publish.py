from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.errors import NotReadyError
from corpus.types import Outcome
from eval.publish import Judge, judge_staged
from eval.questions import QuestionSet
from eval.verdict import read_verdict, report_folder
from tests.builders import SmallCorpus, make_version
from tests.eval.fakes import BIKES, CANTEEN, FakeAssistant, outcome, question, question_set

NEW = make_version("fietsen", ["Het bedrijf betaalt 450 euro per fiets.", "Een fiets is fijn."])
ASKED = question("a")


def judge(corpus: SmallCorpus, assistant: FakeAssistant, *sets: QuestionSet) -> Judge:
    return Judge(
        assistant=assistant,
        embedder=corpus.embedder,
        registry=corpus.registry,
        ledger=corpus.ledger,
        library=corpus.library,
        sets=sets,
        data_dir=corpus.data_dir,
        release="1",
    )


class Steps:
    """Remembers what progress was reported."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int, int]] = []

    def __call__(self, step: str, done: int, total: int) -> None:
        self.told.append((step, done, total))


def cites_nothing() -> Outcome:
    return outcome(status="not_found")


def test_both_editions_are_asked_and_the_report_is_kept_beside_the_edition(
    small_corpus: SmallCorpus,
) -> None:
    small_corpus.publish(BIKES, CANTEEN)
    small_corpus.put(NEW)
    small_corpus.editions.stage("test")
    assistant, steps = FakeAssistant({ASKED.question: cites_nothing()}), Steps()
    sets = question_set(ASKED), question_set(ASKED, name="tweede")
    verdict = judge_staged(judge(small_corpus, assistant, *sets), small_corpus.editions, steps)

    assert [edition for *_, edition in assistant.asked] == [1, 2, 1, 2]
    assert [m.set for m in verdict.sets] == ["proef", "tweede"]
    assert verdict.documents.replaced == ("fietsen",)
    folder = report_folder(small_corpus.data_dir, 2)
    assert read_verdict(folder) == verdict
    assert {p.name for p in folder.glob("*.html")} == {"report.html", "report-tweede.html"}
    assert "Editie 2 kan gepubliceerd worden" in (folder / "report.html").read_text("utf-8")
    assert steps.told[0] == ("Gepubliceerde editie, vragen van proef", 1, 1)
    assert steps.told[-1] == ("Tekst en index nalopen", 3, 3)


def test_a_red_verdict_stands_in_the_report_with_its_reasons(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(BIKES, CANTEEN)
    text = ["Het bedrijf betaalt 475 euro per fiets."]
    small_corpus.put(make_version("fietsen", text))
    small_corpus.editions.stage("test")
    assistant = FakeAssistant({ASKED.question: cites_nothing()})
    verdict = judge_staged(
        judge(small_corpus, assistant, question_set(ASKED)), small_corpus.editions, Steps()
    )
    assert {r.check for r in verdict.reasons} == {"number", "gold"}
    page = (report_folder(small_corpus.data_dir, 2) / "report.html").read_text("utf-8")
    assert "Houd editie 2 nog tegen" in page
    for reason in verdict.reasons:
        assert reason.text.split('"')[1] in page


def test_a_fault_that_stands_everywhere_is_told_a_few_times_and_counted(
    small_corpus: SmallCorpus,
) -> None:
    small_corpus.publish(CANTEEN)
    version = make_version("gids", [f"Zin {n} staat hier." for n in range(9)])
    wrong = tuple(replace(p, page=3) for p in version.passages)
    small_corpus.put(replace(version, passages=wrong))
    small_corpus.editions.stage("test")
    verdict = judge_staged(judge(small_corpus, FakeAssistant({})), small_corpus.editions, Steps())
    assert len(verdict.reasons) == 6
    assert verdict.reasons[-1].text.startswith("En nog 4 keer: ")
    assert (verdict.sets, verdict.report) == ((), None)


def test_what_ran_words_together_before_is_no_reason_to_wait(small_corpus: SmallCorpus) -> None:
    cut = replace(BIKES.passages[0], start=1, text=BIKES.text[1 : BIKES.passages[0].end])
    joined = replace(BIKES, passages=(replace(cut, sentences=()), *BIKES.passages[1:]))
    small_corpus.publish(joined)
    small_corpus.put(CANTEEN)
    small_corpus.editions.stage("test")
    gate = judge(small_corpus, FakeAssistant({}))
    assert judge_staged(gate, small_corpus.editions, Steps()).green


def test_without_two_editions_there_is_nothing_to_judge(small_corpus: SmallCorpus) -> None:
    gate = judge(small_corpus, FakeAssistant({}))
    with pytest.raises(NotReadyError, match="corpus stage"):
        judge_staged(gate, small_corpus.editions, Steps())
    small_corpus.put(BIKES)
    small_corpus.editions.stage("test")
    with pytest.raises(NotReadyError, match="nog niets gepubliceerd"):
        judge_staged(gate, small_corpus.editions, Steps())
