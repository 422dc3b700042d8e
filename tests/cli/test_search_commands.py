from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.parts import Parts
from cli.search_commands import _setup
from corpus.settings import Settings
from eval.ablation import open_search
from tests.cli.conftest import Cli, refused
from tests.cli.test_eval_commands import BOTH, SET
from tests.eval.fakes import question
from tests.eval.test_beir import collection

ASKED = ["Wat is een leenfiets?", "hoeveel verzekerng", "Wie kookt er en wanneer is het open?"]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "vragen.yaml"
    path.write_text(SET.replace("DOCUMENTS", BOTH), encoding="utf-8")
    return path


def test_the_search_is_measured_and_a_report_is_kept(
    published: Cli, questions: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "uit"
    ran = published("eval", "retrieval", "--set", questions, "--out", folder)
    assert ran.code == 0, ran
    assert ran.out.startswith("Set fietsen: 2 vragen, editie 1, model woorden-1\n")
    assert "deel tune" in ran.out
    assert "Ernaast: andere manieren van zoeken" in ran.out
    assert "Wat elk onderdeel bijdraagt" not in ran.out
    assert ran.out.endswith(f"Verslag: {folder / 'retrieval.md'}\n")
    kept = json.loads((folder / "retrieval.json").read_text(encoding="utf-8"))
    assert kept["systems"][0]["groups"][0]["questions"] == 2
    assert (folder / "retrieval.md").read_text(encoding="utf-8").startswith("# Zoeken: Set fietsen")


def test_with_ablation_the_parts_are_switched_off_in_turn(
    published: Cli, questions: Path, data_dir: Path
) -> None:
    before = sorted(p.name for p in (data_dir / "editions").iterdir())
    ran = published(
        "eval", "retrieval", "--set", questions, "--part", "tune", "--ablation", "--json"
    )
    assert ran.code == 0, ran
    roles = [s["role"] for s in ran.json["systems"]]
    assert {"whole", "without", "beside"} == set(roles)
    assert (ran.json["part"], ran.json["systems"][0]["groups"][0]["questions"]) == ("tune", 1)
    assert any(s["name"].startswith("tutorial") for s in ran.json["systems"])
    assert len(list((data_dir / "eval").glob("retrieval-*/retrieval.json"))) == 1
    # The indexes that it made are gone, and readers' own is left alone.
    assert sorted(p.name for p in (data_dir / "editions").iterdir()) == before


def test_the_whole_is_the_search_that_readers_get(published: Cli, data_dir: Path) -> None:
    parts = Parts(Settings(data_dir=data_dir))
    search = open_search(_setup(parts, None))
    for asked in ASKED:
        given = parts.assistant.answer(asked)
        found = search(question("v", question=asked))
        assert [h.passage.id for h in found.hits] == [h.passage.id for h in given.hits], asked
    parts.registry.engine.dispose()


def test_what_cannot_be_measured_is_told_in_one_line(
    published: Cli, questions: Path, tmp_path: Path
) -> None:
    refused(published("eval", "retrieval", "--set", "weg"), "geen vragenset of bestand 'weg'")
    refused(
        published("eval", "retrieval", "--set", questions, "--edition", "9"),
        "Editie 9 bestaat niet",
    )
    busy = tmp_path / "bestand"
    busy.write_text("", encoding="utf-8")
    refused(
        published("eval", "retrieval", "--set", questions, "--out", busy / "map"),
        "kan niets worden bewaard",
    )


def test_a_beir_collection_goes_through_the_same_search(
    cli: Cli, tmp_path: Path, data_dir: Path
) -> None:
    folder = collection(tmp_path, "1\td1\t1\nq2\td2\t1\n")
    ran = cli("eval", "beir", folder, "--run", tmp_path / "uit.trec", "--json")
    assert ran.code == 0, ran
    assert (ran.json["documents"], ran.json["questions"]) == (2, 2)
    assert ran.json["ndcg_10"]["value"] == 1.0
    first = (tmp_path / "uit.trec").read_text(encoding="utf-8").splitlines()[0].split()
    assert first[:4] == ["1", "Q0", "d1", "1"]
    assert "Index maken" in ran.err
    again = cli("eval", "beir", folder, "--k", "1")
    assert "Index maken" not in again.err
    assert "nDCG@10  1,000" in again.out
    # Readers' own corpus is left alone.
    assert not (data_dir / "editions").exists()
    refused(cli("eval", "beir", tmp_path / "weg"), "corpus.jsonl bestaat niet")


def test_the_arms_are_laid_beside_it_when_asked(cli: Cli, tmp_path: Path) -> None:
    folder = collection(tmp_path, "1\td1\t1\nq2\td2\t1\n")
    ran = cli("eval", "beir", folder, "--arms")
    assert ran.code == 0, ran
    assert "De beste losse manier: alleen" in ran.out
    assert ran.out.endswith("Routewijzer is niet aantoonbaar slechter dan de beste losse manier.\n")
    kept = cli("eval", "beir", folder, "--arms", "--json").json["arms"]
    assert kept["ways"][0]["name"] == "Routewijzer"
    assert len(kept["ways"]) == 6
