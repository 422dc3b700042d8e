"""`corpus duplicates`, and what the command line says of documents that make way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli

RULES = (
    "Een leenfiets mag mee naar huis als de student een slot heeft, als de band hard is en als "
    "de baas het weet."
)
ONE = f"# Fietsen\n\n## Wanneer mag een fiets mee?\n\n{RULES}\n\n## Wie betaalt?\n\nDe baas.\n"
TWO = (
    f"# Samenvatting\n\n## Fietsen\n\nKort gezegd. {RULES} Dat geldt ook in de vakantie.\n\n"
    "## Slot\n\nEen goed slot kost 40 euro.\n"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "stukken"
    folder.mkdir()
    (folder / "een.md").write_text(ONE, encoding="utf-8")
    (folder / "twee.md").write_text(TWO, encoding="utf-8")
    return folder


def test_pairs_are_shown_with_their_places(cli: Cli, files: Path) -> None:
    cli("ingest", files, "--publish")
    ran = cli("corpus", "duplicates")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[:3] == [
        "Bijna dezelfde woorden, of het ene staat in het andere (1)",
        "- fietsen, Wanneer mag een fiets mee?",
        f'    "{RULES}"',
    ]
    assert "  samenvatting, Fietsen\n" in ran.out


def test_pairs_as_json_hold_both_passages(cli: Cli, files: Path) -> None:
    cli("ingest", files, "--publish")
    (pair,) = cli("corpus", "duplicates", "--json").json
    assert (pair["kind"], pair["likeness"], pair["other_numbers"]) == ("near", 1.0, False)
    one, other = pair["passages"]
    assert (one["document_id"], other["document_id"]) == ("fietsen", "samenvatting")
    assert set(one) == {"id", "document_id", "section", "page", "text"}
    assert RULES in one["text"]
    assert cli("corpus", "duplicates", "samenvatting", "--json").json == [pair]


def test_one_document_has_only_its_own_pairs(cli: Cli, files: Path) -> None:
    (files / "drie.md").write_text("# Los\n\n## Iets\n\nDit staat nergens.\n", encoding="utf-8")
    cli("ingest", files, "--publish")
    assert "geen dubbele passages" in cli("corpus", "duplicates", "los").out
    assert cli("corpus", "duplicates", "los", "--json").json == []


def test_many_copies_are_each_paired_with_the_first(cli: Cli, files: Path) -> None:
    for n in range(4):
        (files / f"{n}.md").write_text(ONE.replace("# F", f"# Kopie {n} f", 1), encoding="utf-8")
    cli("ingest", files, "--publish")
    same = [p for p in cli("corpus", "duplicates", "--json").json if p["kind"] == "same"]
    rules = [p for p in same if RULES in p["passages"][0]["text"]]
    assert len(rules) == 4
    assert {p["passages"][0]["document_id"] for p in rules} == {"fietsen"}


def test_the_staged_edition_is_looked_at_first(cli: Cli, files: Path) -> None:
    cli("ingest", files / "een.md", "--publish")
    assert cli("corpus", "duplicates", "--json").json == []
    cli("ingest", files / "twee.md")
    ran = cli("corpus", "duplicates", "samenvatting")
    assert (ran.code, ran.out) == (2, "")
    assert "'samenvatting' staat niet in editie 1" in ran.err
    cli("corpus", "stage")
    assert len(cli("corpus", "duplicates", "samenvatting", "--json").json) == 1


def test_without_an_edition_there_is_one_clear_line(cli: Cli) -> None:
    ran = cli("corpus", "duplicates")
    assert (ran.code, ran.out) == (2, "")
    assert "routewijzer corpus stage" in ran.err


def test_show_says_how_much_stands_elsewhere(cli: Cli, files: Path) -> None:
    cli("ingest", files, "--publish")
    assert "staat ook elders  1 bijna dezelfde woorden\n" in cli("corpus", "show", "fietsen").out
    assert cli("corpus", "show", "fietsen", "--json").json["duplicates"] == {"near": 1}


# --- documents that make way ---------------------------------------------------------------------


def test_a_successor_is_named_and_takes_over(cli: Cli, files: Path) -> None:
    ran = cli("ingest", files / "een.md", "--replaced-by", "samenvatting", "--publish")
    assert "let op: De opvolger 'samenvatting' is er niet." in ran.out
    assert "vervangen door  samenvatting\n" in cli("corpus", "show", "fietsen").out
    ran = cli("ingest", files / "twee.md", "--publish")
    assert "  weg, want wat ervoor in de plaats komt is er nu: fietsen\n" in ran.out
    assert [d["id"] for d in cli("corpus", "list", "--json").json] == ["samenvatting"]
    ran = cli("ingest", files / "een.md", "--replaced-by", "samenvatting", "--publish")
    assert "Er is niets veranderd" in ran.out


def test_what_comes_too_late_is_said_to_stay_out(cli: Cli, files: Path) -> None:
    cli("ingest", files / "twee.md", "--publish")
    ran = cli("ingest", files / "een.md", "--replaced-by", "samenvatting", "--publish")
    assert "komt er niet in, want wat ervoor in de plaats komt is er al: fietsen\n" in ran.out
    assert cli("corpus", "publish").out == "Er is niets veranderd.\n"


def test_withdrawing_says_what_does_not_come_back(cli: Cli, files: Path) -> None:
    (files / "drie.md").write_text("# Los\n\n## Iets\n\nDit staat nergens.\n", encoding="utf-8")
    cli("ingest", files / "een.md", "--replaced-by", "samenvatting", "--publish")
    cli("ingest", files / "twee.md", files / "drie.md", "--publish")
    ran = cli("corpus", "withdraw", "samenvatting")
    assert "komt niet vanzelf terug, lees het zo nodig opnieuw in: fietsen\n" in ran.out
    cli("ingest", files / "een.md", "--publish")
    assert [d["id"] for d in cli("corpus", "list", "--json").json if d["state"] == "published"] == [
        "fietsen",
        "los",
    ]
