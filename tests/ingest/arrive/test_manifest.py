from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import BadInputError
from corpus.settings import Settings
from ingest.arrive.manifest import read_manifest

ENTRY = '[[document]]\nfile = "a.txt"\ntitle = "Titel A"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Tekst van a.", encoding="utf-8")
    (tmp_path / "b.md").write_text("Tekst van b.", encoding="utf-8")
    (tmp_path / "c.png").write_bytes(b"\x89PNG")
    return tmp_path


def manifest(folder: Path, content: str) -> Path:
    path = folder / "lijst.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_documents_come_in_the_order_of_the_manifest(folder: Path, settings: Settings) -> None:
    content = (
        '[[document]]\nfile = "b.md"\nid = "mijn-b"\nkind = "onderzoek"\naudiences = ["beleid"]\n'
        "published = 2022-07-21\nvalid_until = 2030-01-01\n" + ENTRY
    )
    b, a = read_manifest(manifest(folder, content), settings)
    assert (b.name, b.document_id, b.metadata.kind) == ("b.md", "mijn-b", "onderzoek")
    assert b.metadata.published == "2022-07-21"
    assert (a.name, a.data, a.metadata.title) == ("a.txt", b"Tekst van a.", "Titel A")
    assert a.document_id is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[[document", "geen geldige TOML"),
        ("", "geen documenten"),
        ('naam = "x"', "onbekende sleutel 'naam'"),
        ('document = "x"', "geen documenten"),
        ("document = [1]", "[[document]]"),
        ('[[document]]\ntitle = "x"', "'file' ontbreekt"),
        ("[[document]]\nfile = 3", "'file'"),
        ('[[document]]\nfile = "weg.txt"', "bestand 'weg.txt'"),
        ('[[document]]\nfile = "c.png"', ".md, .markdown, .txt"),
        (ENTRY + 'kleur = "rood"', "onbekende sleutel 'kleur'. Toegestaan:"),
        (ENTRY + 'kind = "folder"', "handreiking"),
        (ENTRY + 'audiences = ["docent"]', "bedrijf, hogeschool, beleid"),
        (ENTRY + '[[document]]\nfile = "b.md"\ntitle = "titel a"', "'title' is gelijk"),
        (ENTRY + '[[document]]\nfile = "b.md"\nid = "titel-a"', "'id' is gelijk"),
        (ENTRY + '[[document]]\nfile = "a.txt"\ntitle = "B"', "'file' is gelijk"),
    ],
)
def test_a_wrong_manifest_is_refused_in_one_line(
    folder: Path, content: str, says: str, settings: Settings
) -> None:
    with pytest.raises(BadInputError) as refused:
        read_manifest(manifest(folder, content), settings)
    assert says in str(refused.value)
    assert "lijst.toml" in str(refused.value) or "c.png" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_entry_and_file_of_a_wrong_key_are_named(folder: Path, settings: Settings) -> None:
    content = ENTRY + '[[document]]\nfile = "b.md"\nkind = "folder"'
    with pytest.raises(BadInputError, match=r"document 2 \(b.md\): 'kind'"):
        read_manifest(manifest(folder, content), settings)


def test_a_missing_manifest_is_named(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(BadInputError, match=r"weg\.toml bestaat niet"):
        read_manifest(tmp_path / "weg.toml", settings)


def test_a_manifest_in_another_encoding_is_refused(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "lijst.toml"
    path.write_bytes('naam = "é"'.encode("latin-1"))
    with pytest.raises(BadInputError, match="UTF-8"):
        read_manifest(path, settings)


def test_a_folder_is_no_manifest(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(BadInputError, match="niet te lezen"):
        read_manifest(tmp_path, settings)
