from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.parts import Parts
from corpus.database import open_database
from corpus.gap_groups import GapGroups
from corpus.questions_log import QuestionsLog
from corpus.settings import Settings
from eval.questions import load_set
from tests.cli.conftest import Cli, refused
from tests.corpus.test_questions_log import given

ELEPHANT = "Hoe hoog springt een olifant?"
BIKE = "Wat is een leenfiets?"


@pytest.fixture
def asked(published: Cli, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line, after readers asked for an elephant three times and were not helped by
    what a bike on loan is."""
    monkeypatch.setenv("ROUTEWIJZER_GAP_LIKENESS", "0.7")
    engine = open_database(data_dir)
    log = QuestionsLog(engine, 90)
    for number in range(3):
        log.answered(given(ELEPHANT, trace_id=f"spoor{number}"))
    log.feedback("fiets", False, 1, question=BIKE, word="de prijs")
    engine.dispose()
    assert published("gaps", "list").code == 0  # every question has its group from here on
    return published


def passage_with(cli: Cli, words: str) -> str:
    passages = cli("corpus", "passages", "fietsen-naar-het-werk", "--json").json
    found: str = next(p["id"] for p in passages if words in " ".join(p["text"].split()))
    return found


def test_groups_are_listed_by_size_and_stay(asked: Cli) -> None:
    ran = asked("gaps", "list", "--json")
    assert [(g["id"], g["size"], g["title"], g["state"]) for g in ran.json] == [
        (1, 3, ELEPHANT, "open"),
        (2, 1, BIKE, "open"),
    ]
    table = asked("gaps", "list").out.splitlines()
    assert table[0].split() == ["groep", "vragen", "stand", "eigenaar", "waarover"]
    assert table[1].split(maxsplit=4) == ["1", "3", "open", "-", ELEPHANT]
    assert asked("gaps", "list", "--json").json == ran.json


def test_one_group_shows_questions_and_nearest_passages(asked: Cli) -> None:
    ran = asked("gaps", "show", "2")
    assert (ran.code, ran.err) == (0, "")
    assert "beantwoord, hielp niet, editie 1" in ran.out
    assert "lezer: de prijs" in ran.out
    assert "Dit komt in de buurt" in ran.out
    shown = asked("gaps", "show", "2", "--json").json
    assert shown["questions"][0]["text"] == BIKE
    assert len(shown["nearest"]) == 3
    refused(asked("gaps", "show", "9"), "geen groep 9", "gaps list")


def test_staff_take_a_group_on(asked: Cli) -> None:
    asked("gaps", "list")
    assert asked("gaps", "assign", "1", "--owner", "Anja", "--title", "Olifanten").code == 0
    assert asked("gaps", "state", "1", "wanted").out == "Groep 1: document gewenst.\n"
    (group,) = asked("gaps", "list", "--state", "wanted", "--json").json
    assert (group["owner"], group["title"]) == ("Anja", "Olifanten")
    refused(asked("gaps", "assign", "1"), "--owner")
    refused(asked("gaps", "state", "7", "solved"), "geen groep 7")
    refused(asked("gaps", "state", "1", "klaar"), "STAND", "wanted")


def test_a_question_becomes_a_case_that_eval_run_reads(asked: Cli, data_dir: Path) -> None:
    gold = passage_with(asked, "uitleent")
    ran = asked("gaps", "case", "4", "--gold", gold, "--fact", "uitleent|leent uit")
    assert ran.code == 0, ran
    path = data_dir / "eval" / "own.yaml"
    (case,) = load_set(path).questions
    assert (case.id, case.question, case.part) == ("lezer-4", BIKE, "tune")
    assert case.gold[0].document == "fietsen-naar-het-werk"
    assert asked("gaps", "show", "2", "--json").json["cases"] == ["lezer-4"]
    assert asked("eval", "run", "--set", path).out.startswith("Set own: 1 vragen, editie 1")


def test_a_case_may_be_that_refusing_is_right(asked: Cli, data_dir: Path) -> None:
    ran = asked("gaps", "case", "1", "--refuse", "off_topic", "--question", "Hoe hoog is hij?")
    assert ran.code == 0, ran
    (case,) = load_set(data_dir / "eval" / "own.yaml").questions
    assert (case.question, case.answerable, case.unanswerable) == (
        "Hoe hoog is hij?",
        False,
        "off_topic",
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["99", "--refuse", "missing"], "geen bewaarde vraag 99"),
        (["1"], "--gold"),
        (["1", "--gold", "x:1"], "--fact"),
        (["1", "--gold", "x:1", "--fact", " | "], "--fact"),
        (["1", "--gold", "x:1", "--fact", "soep"], "geen passage x:1"),
        (["1", "--refuse", "saai"], "Kies uit missing"),
        (["1", "--refuse", "missing", "--fact", "soep"], "Bij --refuse"),
    ],
)
def test_a_wrong_case_changes_nothing(
    asked: Cli, data_dir: Path, arguments: list[str], said: str
) -> None:
    refused(asked("gaps", "case", *arguments), said)
    assert not (data_dir / "eval").exists()


def test_a_fact_that_the_passage_lacks_is_refused(asked: Cli, data_dir: Path) -> None:
    gold = passage_with(asked, "uitleent")
    refused(asked("gaps", "case", "4", "--gold", gold, "--fact", "olifant"), "'olifant'")
    assert not (data_dir / "eval" / "own.yaml").exists()


def test_check_says_which_solved_groups_fell_back(asked: Cli) -> None:
    asked("gaps", "list")
    nothing = asked("gaps", "check")
    assert (nothing.code, nothing.out) == (0, "Er zijn geen opgeloste groepen om te controleren.\n")
    asked("gaps", "state", "2", "solved")
    helped = asked("gaps", "check")
    assert helped.code == 0, helped
    assert "zelf nakijken" in helped.out  # answered already, and it did not help
    asked("gaps", "state", "1", "solved")
    fell = asked("gaps", "check")
    assert fell.code == 1
    assert f"TERUGGEVALLEN: niet gevonden. {ELEPHANT}" in fell.out
    found = asked("gaps", "check", "--json").json
    assert found["fell_back"] is True
    assert {q["text"]: q["fell_back"] for q in found["questions"]} == {ELEPHANT: True, BIKE: False}


def test_a_case_judges_a_solved_group(asked: Cli) -> None:
    asked("gaps", "list")
    for number in ("1", "2", "3"):
        asked("gaps", "case", number, "--refuse", "off_topic", "--question", ELEPHANT + number)
    asked("gaps", "case", "4", "--gold", passage_with(asked, "uitleent"), "--fact", "uitleent")
    asked("gaps", "state", "1", "solved")
    asked("gaps", "state", "2", "solved")
    ran = asked("gaps", "check")
    assert ran.code == 0, ran
    assert "goed: terecht geweigerd (lezer-1)" in ran.out
    assert "goed: goed beantwoord (lezer-4)" in ran.out
    # Taken out, the answer is gone: the group fell back.
    assert asked("corpus", "withdraw", "fietsen-naar-het-werk").code == 0
    fell = asked("gaps", "check")
    assert fell.code == 1
    assert "TERUGGEVALLEN" in fell.out
    assert "(lezer-4)" in fell.out


def test_the_report_is_a_page(asked: Cli, tmp_path: Path) -> None:
    target = tmp_path / "verslag" / "gaten.html"
    assert asked("gaps", "report", target).code == 0
    page = target.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.index(ELEPHANT) < page.index(BIKE)
    refused(asked("gaps", "report", tmp_path), "niet te schrijven")


def test_forgetting(asked: Cli, data_dir: Path) -> None:
    refused(asked("gaps", "forget"), "--all")
    refused(asked("gaps", "forget", "1", "--all"), "--all")
    refused(asked("gaps", "forget", "onbekend"), "onbekend")
    assert asked("gaps", "forget", "1", "spoor1").out.startswith("Gewist: 2.")
    assert asked("gaps", "list", "--json").json[0]["size"] == 1
    assert asked("gaps", "forget", "--all").out.startswith("Gewist: 2.")
    assert asked("gaps", "list").out == "Er zijn geen vragen zonder goed antwoord bewaard.\n"
    stored = b"".join(p.read_bytes() for p in data_dir.glob("routewijzer.sqlite3*"))
    assert b"olifant" not in stored
    assert asked("gaps", "forget", "--all").code == 0


def test_asking_on_the_command_line_keeps_nothing(
    published: Cli, data_dir: Path, tmp_path: Path
) -> None:
    questions = tmp_path / "in.jsonl"
    questions.write_text(json.dumps({"id": "1", "question": ELEPHANT}) + "\n", encoding="utf-8")
    assert published("ask", ELEPHANT).code == 0
    assert published("answer-batch", questions, tmp_path / "uit.jsonl").code == 0
    parts = Parts(Settings(data_dir=data_dir))
    assert parts.questions.questions() == []
    assert parts.questions.counts() == []
    assert GapGroups(parts.registry.engine).groups() == []
    parts.registry.engine.dispose()
