from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import BIKES, Cli, refused
from tests.cli.test_commands import BIKE, CANTEEN_ID
from tests.cli.test_eval_commands import BOTH, SET


@pytest.fixture
def own_set(published: Cli, data_dir: Path) -> Cli:
    """Both documents published, and a set of staff about them in the data folder."""
    (data_dir / "sets").mkdir()
    text = SET.replace("DOCUMENTS", BOTH)
    (data_dir / "sets" / "fietsen.yaml").write_text(text, encoding="utf-8")
    return published


def stage(cli: Cli, files: Path, before: str, after: str) -> None:
    assert before in BIKES
    (files / "fietsen.md").write_text(BIKES.replace(before, after), encoding="utf-8")
    assert cli("ingest", files).code == 0
    assert cli("corpus", "stage").code == 0


def test_a_harmless_change_is_green_and_published_without_a_word(
    own_set: Cli, files: Path, data_dir: Path
) -> None:
    stage(own_set, files, "een fiets die het bedrijf", "een fiets die dit bedrijf")
    ran = own_set("corpus", "diff")
    assert ran.code == 0, ran
    assert "\nSet fietsen, 3 vragen: " in ran.out
    assert "\nGroen: " in ran.out
    assert ran.out.endswith(f"Verslag: {data_dir / 'reports' / '2' / 'report.html'}\n")
    assert "Gepubliceerde editie, vragen van fietsen: 3 van 3" in ran.err
    assert own_set("corpus", "publish").out == (f"Editie 2 gepubliceerd.\n  vervangen: {BIKE}\n")


def test_what_was_measured_is_not_measured_again(own_set: Cli, files: Path) -> None:
    stage(own_set, files, "een fiets die het bedrijf", "een fiets die dit bedrijf")
    assert "Klaargezette editie, vragen van fietsen" in own_set("corpus", "diff").err
    assert "vragen van fietsen" not in own_set("corpus", "diff").err
    assert own_set("corpus", "publish").code == 0
    stage(own_set, files, "een fiets die het bedrijf", "een fiets die ons bedrijf")
    said = own_set("corpus", "diff").err
    assert "Klaargezette editie, vragen van fietsen" in said
    assert "Gepubliceerde editie" not in said


def test_a_red_edition_is_kept_back_until_it_is_forced(
    own_set: Cli, files: Path, data_dir: Path
) -> None:
    stage(own_set, files, "30 euro per jaar", "90 euro per jaar")
    ran = own_set("corpus", "diff", "--json")
    assert ran.code == 1
    assert (ran.json["edition"], ran.json["replaced"]) == (2, [BIKE])
    verdict = ran.json["verdict"]
    assert verdict["green"] is False
    assert {"number", "gold"} <= {r["check"] for r in verdict["reasons"]}
    assert [q["id"] for q in verdict["sets"][0]["worse"]] == ["b"]
    kept = json.loads((data_dir / "reports" / "2" / "verdict.json").read_text(encoding="utf-8"))
    assert kept == verdict

    refused(own_set("corpus", "publish"), "Editie 2 is afgekeurd", "--force", code=1)
    assert "30 euro" in own_set("corpus", "text", BIKE).out
    forced = own_set("corpus", "publish", "--force")
    assert forced.out.splitlines()[-1] == "Afgekeurd, en toch gepubliceerd (--force)."
    assert "90 euro" in own_set("corpus", "text", BIKE).out
    history = own_set("corpus", "history", "--json").json
    assert [e["action"] for e in history][:2] == ["publish", "force"]


def test_the_verdict_is_told_in_plain_words(own_set: Cli, files: Path) -> None:
    stage(own_set, files, "30 euro per jaar", "90 euro per jaar")
    ran = own_set("corpus", "diff")
    assert ran.code == 1
    assert "\nRood: houd dit nog tegen.\n" in ran.out
    assert "  slechter (1)\n      Hoeveel kost een verzekering? (b)\n" in ran.out
    assert "staat niet meer in de editie" in ran.out


def test_what_was_not_judged_is_published_and_said_to_be_so(own_set: Cli, files: Path) -> None:
    stage(own_set, files, "30 euro per jaar", "90 euro per jaar")
    ran = own_set("corpus", "publish")
    assert ran.code == 0
    assert ran.out.splitlines()[-1].startswith("Niet beoordeeld")


def test_a_verdict_does_not_hold_for_what_came_in_later(own_set: Cli, files: Path) -> None:
    stage(own_set, files, "30 euro per jaar", "90 euro per jaar")
    assert own_set("corpus", "diff").code == 1
    (files / "fietsen.md").write_text(BIKES.replace("450", "475"), encoding="utf-8")
    assert own_set("ingest", files).code == 0
    ran = own_set("corpus", "publish")
    assert (ran.code, ran.out.splitlines()[-1][:15]) == (0, "Niet beoordeeld")


def test_without_a_set_that_fits_only_the_documents_are_judged(published: Cli, files: Path) -> None:
    stage(published, files, "een fiets die het bedrijf", "een fiets die dit bedrijf")
    ran = published("corpus", "diff")
    assert ran.code == 0, ran
    assert "Geen vragenset past bij deze documenten" in ran.out
    assert "Verslag" not in ran.out


def test_the_first_edition_has_nothing_to_be_compared_with(cli: Cli, files: Path) -> None:
    assert cli("ingest", files).code == 0
    assert cli("corpus", "stage").code == 0
    ran = cli("corpus", "diff")
    assert ran.code == 0
    assert ran.out.splitlines()[-1].startswith("Niet beoordeeld: er is nog niets gepubliceerd")
    assert cli("corpus", "diff", "--json").json["verdict"] is None


def test_a_broken_set_of_staff_is_named(own_set: Cli, files: Path, data_dir: Path) -> None:
    stage(own_set, files, "een fiets die het bedrijf", "een fiets die dit bedrijf")
    (data_dir / "sets" / "stuk.yaml").write_text("set: [", encoding="utf-8")
    refused(own_set("corpus", "diff"), "stuk.yaml")


def test_a_withdrawal_is_rehearsed_and_changes_nothing(own_set: Cli, data_dir: Path) -> None:
    before = own_set("corpus", "history", "--json").json
    ran = own_set("corpus", "withdraw", BIKE, "--dry-run")
    assert ran.code == 0, ran
    assert ran.out.startswith(f"Zonder {BIKE} (er is niets veranderd):\n")
    assert "Hoeveel kost een verzekering? (b)" in ran.out
    assert "\nRood: " in ran.out
    assert own_set("corpus", "history", "--json").json == before
    assert own_set("corpus", "verify").out == "Alles klopt.\n"
    assert [p.name for p in (data_dir / "reports").iterdir()] == ["1"]

    again = own_set("corpus", "withdraw", BIKE, "--dry-run", "--json")
    assert "Gepubliceerde editie" not in again.err  # what was measured of it is kept
    assert again.json["removed"] == [BIKE]
    assert {q["id"] for q in again.json["verdict"]["sets"][0]["lost"]} == {"a", "b"}


def test_a_document_that_answers_nothing_takes_no_answers_along(own_set: Cli) -> None:
    ran = own_set("corpus", "withdraw", CANTEEN_ID, "--dry-run", "--json")
    verdict = ran.json["verdict"]
    assert (verdict["green"], verdict["sets"][0]["lost"]) == (True, [])


def test_what_is_not_published_cannot_be_rehearsed(own_set: Cli) -> None:
    ran = own_set("corpus", "withdraw", "niets", "--dry-run")
    refused(ran, "Niet gepubliceerd: niets")
