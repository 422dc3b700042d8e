from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, refused
from tests.cli.test_eval_commands import BOTH, SET


@pytest.fixture
def measured(published: Cli, tmp_path: Path) -> Cli:
    path = tmp_path / "vragen.yaml"
    path.write_text(SET.replace("DOCUMENTS", BOTH), encoding="utf-8")
    assert published("eval", "run", "--set", path).code == 0
    return published


def test_the_page_and_its_figures_are_written_beside_each_other(
    measured: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "openbaar" / "kwaliteit.html"
    ran = measured("eval", "quality", target)
    assert ran.code == 0, ran
    assert "ROUTEWIJZER_OWNER" in ran.out
    figures = json.loads(target.with_suffix(".json").read_text(encoding="utf-8"))
    assert (figures["set"], figures["edition"], figures["model"]) == ("fietsen", 1, "woorden-1")
    assert [t["name"] for t in figures["themes"]] == ["Fietsen naar het werk"]
    assert figures["refusals_overall"]["questions"] == 1
    assert figures["use"] is None
    page = target.read_text(encoding="utf-8")
    assert "Fietsen naar het werk" in page
    assert "[nog invullen" in page
    monkeypatch.setenv("ROUTEWIJZER_OWNER", "Voorbeeldschool")
    monkeypatch.setenv("ROUTEWIJZER_CONTACT", "vragen@voorbeeld.nl")
    printed = measured("eval", "quality", target, "--json")
    assert printed.json["owner"] == "Voorbeeldschool"
    assert "vragen@voorbeeld.nl" in target.read_text(encoding="utf-8")


def test_what_is_needed_first_is_said(published: Cli, tmp_path: Path) -> None:
    refused(published("eval", "quality", tmp_path / "k.html"), "eval run")
    refused(published("eval", "quality", tmp_path / "k.pdf"), ".html")
    refused(published("eval", "quality", tmp_path / "k.html", "--from", "weg.json"), "weg.json")
    assert not (tmp_path / "k.html").exists()
