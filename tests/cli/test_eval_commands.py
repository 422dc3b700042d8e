from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, refused

SET = """
set: {name: fietsen, language: nl, description: proef, documents: [DOCUMENTS]}
questions:
  - id: a
    question: "Wat is een leenfiets?"
    audience: bedrijf
    language: nl
    kind: [definition]
    part: tune
    answerable: true
    gold: [{document: fietsen-naar-het-werk, quote: "een fiets die het bedrijf"}]
    facts: [{any: ["uitleent"], weight: vital}]
    unanswerable: null
  - id: b
    question: "Hoeveel kost een verzekering?"
    language: nl
    kind: [number]
    part: final
    answerable: true
    gold: [{document: fietsen-naar-het-werk, quote: "kost 30 euro per jaar"}]
    facts: [{any: ["30 euro"], weight: vital}]
    unanswerable: null
  - id: c
    question: "Hoe hoog is de Eiffeltoren?"
    language: nl
    kind: []
    part: tune
    answerable: false
    gold: []
    facts: []
    unanswerable: off_topic
"""
BOTH = "fietsen-naar-het-werk, eten-in-de-kantine"


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "vragen.yaml"
    path.write_text(SET.replace("DOCUMENTS", BOTH), encoding="utf-8")
    return path


def test_a_run_prints_the_figures_and_leaves_a_report(
    published: Cli, questions: Path, tmp_path: Path
) -> None:
    ran = published("eval", "run", "--set", questions, "--out", tmp_path / "uit")
    assert ran.code == 0, ran
    assert ran.out.startswith("Set fietsen: 3 vragen, editie 1, extractive\n")
    assert "De poort (beide kanten horen bij elkaar)" in ran.out
    assert ran.out.endswith(f"Verslag: {tmp_path / 'uit' / 'report.html'}\n")
    kept = json.loads((tmp_path / "uit" / "evaluation.json").read_text(encoding="utf-8"))
    assert [r["id"] for r in kept["results"]] == ["a", "b", "c"]
    assert "Wat is een leenfiets?" in kept["results"][0]["question"]
    assert (tmp_path / "uit" / "report.html").read_text(encoding="utf-8").startswith("<!doctype")


def test_the_report_goes_into_the_data_folder_by_default(
    published: Cli, questions: Path, data_dir: Path
) -> None:
    ran = published("eval", "run", "--set", questions, "--part", "tune", "--json")
    assert (ran.json["questions"], ran.json["part"]) == (2, "tune")
    assert [p.name for p in (data_dir / "eval").glob("*/report.html")] == ["report.html"]


def test_the_same_again_passes_the_gate_and_a_drop_does_not(
    published: Cli, questions: Path, tmp_path: Path
) -> None:
    bare = tmp_path / "eerder.json"
    arguments = ["eval", "run", "--set", questions, "--out", tmp_path / "uit"]
    assert published(*arguments, "--save-baseline", bare).code == 0
    assert "leenfiets?" not in bare.read_text(encoding="utf-8")
    again = published(*arguments, "--baseline", bare, "--gate")
    assert again.code == 0, again
    assert "3 vragen): 0 slechter, 0 beter, 0 anders" in again.out
    assert "De poort laat dit door." in again.out

    better = _twenty_times(json.loads(bare.read_text(encoding="utf-8")))
    bare.write_text(json.dumps(better), encoding="utf-8")
    many = tmp_path / "veel.yaml"
    many.write_text(_many(SET.replace("DOCUMENTS", BOTH)), encoding="utf-8")
    arguments[3] = many
    stopped = published(*arguments, "--baseline", bare, "--gate", "--json")
    assert stopped.code == 1
    assert stopped.json["stopped"][0].startswith("Terecht geweigerd: van 200 % naar ")
    assert published(*arguments, "--baseline", bare).code == 0  # told, not stopped


def _many(text: str) -> str:
    """The set with its last question twenty times, each with an id of its own."""
    head, last = text.rsplit("  - id: c", 1)
    return head + "".join(f"  - id: c{n}{last}" for n in range(20))


def _twenty_times(values: dict[str, object]) -> dict[str, object]:
    """A baseline for that set in which every refusal was worth more than it can be."""
    results = values["results"]
    assert isinstance(results, list)
    last = {**results[2], "figures": {**results[2]["figures"], "refused": 2.0}}
    return {**values, "results": results[:2] + [{**last, "id": f"c{n}"} for n in range(20)]}


def test_a_staged_edition_is_measured_before_anyone_sees_it(
    published: Cli, questions: Path, tmp_path: Path, files: Path
) -> None:
    arguments = ["eval", "run", "--set", questions, "--out", tmp_path / "uit", "--json"]
    refused(published(*arguments, "--edition", "staged"), "corpus stage")
    changed = (files / "fietsen.md").read_text(encoding="utf-8").replace("30 euro", "40 euro")
    (files / "fietsen.md").write_text(changed, encoding="utf-8")
    assert published("ingest", files).code == 0
    assert published("corpus", "stage").code == 0
    published(*arguments, "--save-baseline", tmp_path / "nu.json")
    staged = published(*arguments, "--edition", "staged", "--baseline", tmp_path / "nu.json")
    assert (staged.code, staged.json["edition"]) == (0, 2)
    lost = {c["id"]: c["lost"] for c in staged.json["comparison"]["changes"] if c["lost"]}
    assert [place["document_id"] for place in lost["b"]] == ["fietsen-naar-het-werk"]
    assert list(lost) == ["b"]
    assert published("corpus", "list", "--json").json[1]["state"] == "published"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--edition", "99"], "Editie 99 bestaat niet"),
        (["--edition", "nieuw"], "'nieuw' is geen nummer"),
        (["--baseline", "weg.json"], "weg.json is niet te lezen"),
        (["--gate"], "niets om tegen te houden"),
    ],
)
def test_wrong_use_is_told_in_a_line(
    published: Cli, questions: Path, options: list[str], said: str
) -> None:
    refused(published("eval", "run", "--set", questions, *options), said)


def test_an_edition_without_a_set_asks_for_one(published: Cli) -> None:
    refused(published("eval", "run"), "geen vragenset", "--set")
    refused(published("eval", "run", "--set", "seeds"), "geen enkel document")
    refused(published("eval", "run", "--set", "weg"), "'weg'")


def test_nothing_published_is_told(cli: Cli, questions: Path) -> None:
    refused(cli("eval", "run", "--set", questions), "nog geen editie")
    refused(cli("eval", "lint", "--set", questions), "nog geen editie")


def test_lint_says_what_is_wrong_and_fails(published: Cli, questions: Path) -> None:
    ran = published("eval", "lint", "--set", questions)
    assert (ran.code, ran.out) == (0, "Set fietsen: 3 vragen, geen fouten.\n")
    text = questions.read_text(encoding="utf-8").replace("30 euro per jaar", "35 euro per jaar")
    questions.write_text(text, encoding="utf-8")
    ran = published("eval", "lint", "--set", questions)
    assert ran.code == 1
    assert ran.out.startswith("b: gold staat niet in fietsen-naar-het-werk: ")


def test_documents_of_the_set_that_are_missing_are_told_beside_the_output(
    published: Cli, questions: Path, tmp_path: Path
) -> None:
    text = SET.replace("DOCUMENTS", BOTH + ", verdwenen")
    questions.write_text(text, encoding="utf-8")
    ran = published("eval", "run", "--set", questions, "--json", "--out", tmp_path / "uit")
    assert "verdwenen" in ran.err
    assert ran.json["questions"] == 3
