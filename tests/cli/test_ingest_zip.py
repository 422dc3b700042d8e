"""A ZIP or folder on the command line: whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import BIKES, CANTEEN, Cli, refused
from tests.ingest.zips import Entry, raw_zip, zipped


def test_the_documents_of_a_zip_come_in_and_litter_is_said(cli: Cli, tmp_path: Path) -> None:
    files = {"map/fiets é.md": BIKES, "kantine.md": CANTEEN, "__MACOSX/._kantine.md": "x"}
    (tmp_path / "stukken.zip").write_bytes(zipped(files))
    ran = cli("ingest", tmp_path / "stukken.zip", "--publish")
    assert ran.code == 0
    assert ran.out.splitlines()[:3] == [
        "eten-in-de-kantine: nieuw (2 passages, stukken.zip/kantine.md)",
        "fietsen-naar-het-werk: nieuw (2 passages, stukken.zip/map/fiets é.md)",
        "let op: stukken.zip: 1 hulpbestand van het besturingssysteem overgeslagen.",
    ]
    again = cli("ingest", tmp_path / "stukken.zip", "--publish")
    assert again.out.startswith("Er is niets veranderd (2 documenten).\n")


def test_a_folder_with_a_manifest(cli: Cli, files: Path) -> None:
    (files / "manifest.toml").write_text(
        '[[document]]\nfile = "kantine.md"\nid = "eten"\n\n'
        '[[document]]\nfile = "fietsen.md"\ntitle = "Een fiets"\n',
        encoding="utf-8",
    )
    assert cli("ingest", files).code == 0
    assert [d["id"] for d in cli("corpus", "list", "--json").json] == ["een-fiets", "eten"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (raw_zip([Entry(b"a.md", BIKES.encode()), Entry(b"../b.md")]), "onveilig pad"),
        (zipped({"a.md": BIKES, "b.zip": zipped({"c.md": BIKES})}), "ZIP in een ZIP"),
        (zipped({"a.md": BIKES, "foto.png": b"\x89PNG"}), "stukken.zip/foto.png"),
        (zipped({"a.md": BIKES, "b.md": b"\x89PNG"}), "stukken.zip/b.md lijkt een PNG"),
        (zipped({"a.md": BIKES})[:-30], "beschadigd"),
    ],
    ids=["climbs", "nested", "kind", "content", "cut"],
)
def test_one_bad_member_refuses_the_whole(cli: Cli, tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "stukken.zip").write_bytes(data)
    refused(cli("ingest", tmp_path / "stukken.zip", "--publish"), "stukken.zip", said)
    assert cli("corpus", "list", "--json").json == []
