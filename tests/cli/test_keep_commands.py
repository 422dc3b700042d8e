"""`backup`, `restore` and `corpus verify` as people and timers run them."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, refused


def test_a_backup_is_put_back_elsewhere(
    published: Cli, tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kopie.tar.zst"
    ran = published("backup", path)
    assert ran.code == 0
    assert "gemaakt en nagelezen" in ran.out
    assert "editie 1, 2 documenten" in ran.out
    monkeypatch.setenv("ROUTEWIJZER_DATA_DIR", str(tmp_path / "nieuw"))
    ran = published("restore", path)
    assert ran.code == 0
    assert "Alles is nagelopen en klopt" in ran.out
    assert {row["id"] for row in published("corpus", "list", "--json").json} == {
        *("fietsen-naar-het-werk", "eten-in-de-kantine")
    }
    assert published("corpus", "verify").code == 0
    assert "Betekenis bepalen" not in ran.err  # no text was embedded again


def test_as_json_and_only_the_newest(published: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "kopieen"
    folder.mkdir()
    (folder / "routewijzer-20200101-000000.tar.zst").touch()
    made = published("backup", folder, "--keep", "1", "--json").json
    assert (made["edition"], made["lost_originals"], made["counts"]["document"]) == (1, 0, 2)
    assert [str(p) for p in folder.iterdir()] == [made["file"]]
    assert len(made["removed"]) == 1


def test_a_folder_that_is_not_empty_is_replaced_only_when_that_is_said(
    published: Cli, tmp_path: Path, data_dir: Path
) -> None:
    path = tmp_path / "kopie.tar.zst"
    published("backup", path)
    refused(published("restore", path), "niet leeg", "--replace")
    (data_dir / "editions").rename(tmp_path / "weg")
    assert published("corpus", "verify").code == 1
    gc.collect()  # a command of its own process ends with it, and lets go of the database
    put_back = published("restore", path, "--replace", "--json").json
    assert put_back["faults"] == []
    assert Path(put_back["put_aside"]).is_dir()
    assert published("corpus", "verify").code == 0


def test_what_is_no_backup(cli: Cli, tmp_path: Path, data_dir: Path) -> None:
    refused(cli("restore", tmp_path / "weg.tar.zst"), "Er is geen bestand")
    path = tmp_path / "iets.tar.zst"
    path.write_bytes(b"geen kopie")
    refused(cli("restore", path), "geen hele reservekopie", "Er is niets veranderd")
    assert not data_dir.exists()
    refused(cli("backup", tmp_path / "kopie.tar.zst"), "geen database")


def test_a_damaged_index_is_named_and_repaired(published: Cli, data_dir: Path) -> None:
    shutil.rmtree(data_dir / "editions" / "000001")
    ran = published("corpus", "verify")
    assert ran.code == 1
    assert "ontbreekt" in ran.out
    ran = published("corpus", "verify", "--repair")
    assert ran.code == 0, ran
    assert "opnieuw gemaakt, als editie 2" in ran.out
    assert published("corpus", "verify", "--json").json == {"faults": [], "repaired": []}


def test_what_cannot_be_repaired_says_what_to_do(published: Cli, data_dir: Path) -> None:
    for path in (data_dir / "originals").rglob("*"):
        if path.is_file():
            path.unlink()
    ran = published("corpus", "verify", "--repair", "--json")
    assert ran.code == 1
    assert len(ran.json["faults"]) == 2
    assert all("Lees het document opnieuw in" in line for line in ran.json["faults"])
