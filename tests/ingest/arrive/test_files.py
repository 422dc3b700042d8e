from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import BadInputError
from corpus.settings import Settings
from ingest.arrive.files import collect, collect_sources
from ingest.source import PartialMetadata
from tests.ingest.zips import zipped

Place = Callable[[Path, dict[str, str]], Path]
NOTHING = PartialMetadata()
MANIFEST = (
    '[[document]]\nfile = "b.md"\ntitle = "Titel B"\nkind = "brochure"\n\n'
    '[[document]]\nfile = "map/a.txt"\nid = "mijn-a"\n'
)
WHOLE = {"manifest.toml": MANIFEST, "b.md": "tekst b", "map/a.txt": "tekst a"}


def test_folders_are_searched_and_sorted(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "onder").mkdir()
    for name in ("b.md", "a.txt", "onder/c.HTML"):
        (tmp_path / name).write_text("tekst", encoding="utf-8")
    found = collect_sources([tmp_path, tmp_path / "a.txt"], NOTHING, settings)
    assert [source.name for source in found] == ["a.txt", "b.md", "c.HTML"]
    assert all(source.data == b"tekst" for source in found)


def test_every_kind_that_is_read_is_taken(tmp_path: Path, settings: Settings) -> None:
    names = ["a.docm", "b.docx", "c.htm", "d.markdown", "e.odt", "f.pdf", "g.pptx", "h.xhtml"]
    for name in names:
        (tmp_path / name).write_bytes(b"wat het is, blijkt bij het lezen")
    found = collect_sources([tmp_path], NOTHING, settings)
    assert [source.name for source in found] == names


def test_names_with_spaces_and_accents(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "Eén café – 2021 (def).md").write_text("tekst", encoding="utf-8")
    (source,) = collect_sources([tmp_path], NOTHING, settings)
    assert source.name == "Eén café – 2021 (def).md"


def test_what_is_given_goes_with_the_file(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_text("tekst", encoding="utf-8")
    given = PartialMetadata(title="Titel", kind="brochure")
    (source,) = collect_sources([tmp_path / "a.txt"], given, settings, document_id="mijn-id")
    assert source.metadata == given
    assert source.document_id == "mijn-id"


@pytest.mark.parametrize("name", ["foto.png", ".verborgen", "LICENSE", "lijst.toml"])
def test_nothing_in_a_folder_is_left_out_in_silence(
    tmp_path: Path, name: str, settings: Settings
) -> None:
    (tmp_path / "a.txt").write_text("tekst", encoding="utf-8")
    (tmp_path / name).write_text("iets", encoding="utf-8")
    with pytest.raises(BadInputError) as refused:
        collect_sources([tmp_path], NOTHING, settings)
    assert name in str(refused.value)
    assert ".md, .markdown, .txt, .html" in str(refused.value)


def test_litter_in_a_folder_is_left_out_and_said(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "onder").mkdir()
    for name in ("a.txt", ".DS_Store", "onder/Thumbs.db", "onder/~$a.docx"):
        (tmp_path / name).write_text("tekst", encoding="utf-8")
    found = collect([tmp_path], NOTHING, settings)
    assert [source.name for source in found.sources] == ["a.txt"]
    assert found.notes == (f"{tmp_path}: 3 hulpbestanden van het besturingssysteem overgeslagen.",)


def test_a_folder_that_cannot_be_looked_into_is_not_passed_over(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("tekst", encoding="utf-8")
    closed = tmp_path / "dicht"
    closed.mkdir()
    look = os.scandir

    def closed_to_us(path: str) -> object:
        if path == str(closed):
            raise PermissionError(13, "Permission denied", path)
        return look(path)

    monkeypatch.setattr(os, "scandir", closed_to_us)
    with pytest.raises(BadInputError, match="dicht is niet te lezen"):
        collect_sources([tmp_path], NOTHING, settings)


def test_a_link_to_a_folder_is_not_passed_over(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_text("tekst", encoding="utf-8")
    (tmp_path / "elders").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(BadInputError, match="elders is een koppeling"):
        collect_sources([tmp_path], NOTHING, settings)


def test_what_does_not_exist_is_named(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(BadInputError, match=r"weg\.txt bestaat niet"):
        collect_sources([tmp_path / "weg.txt"], NOTHING, settings)


def test_an_empty_file_is_refused(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").touch()
    with pytest.raises(BadInputError, match=r"a\.txt is leeg"):
        collect_sources([tmp_path], NOTHING, settings)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * 1_000_001)
    with pytest.raises(BadInputError, match=r"te groot .*Ten hoogste 1 MB"):
        collect_sources([tmp_path], NOTHING, settings)


@pytest.mark.parametrize("litter", [[], [".DS_Store"]])
def test_a_folder_without_documents_is_refused(
    tmp_path: Path, litter: list[str], settings: Settings
) -> None:
    for name in litter:
        (tmp_path / name).touch()
    with pytest.raises(BadInputError, match="geen documenten"):
        collect_sources([tmp_path], NOTHING, settings)


def test_no_paths_at_all_is_refused(settings: Settings) -> None:
    with pytest.raises(BadInputError, match="Geen bestanden"):
        collect_sources([], NOTHING, settings)


@pytest.mark.parametrize(
    ("given", "own_id"), [(PartialMetadata(title="T"), None), (NOTHING, "mijn-id")]
)
def test_a_title_or_id_goes_with_one_file_only(
    tmp_path: Path, given: PartialMetadata, own_id: str | None, settings: Settings
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("tekst", encoding="utf-8")
    with pytest.raises(BadInputError, match="manifest"):
        collect_sources([tmp_path], given, settings, own_id)


# --- ZIPs --------------------------------------------------------------------------------------


def test_the_files_of_a_zip_are_sources(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "los.md").write_text("tekst", encoding="utf-8")
    archive = tmp_path / "Alle stukken.zip"
    archive.write_bytes(zipped({"map/é.txt": "een", "b.md": "twee", "map/.DS_Store": ""}))
    found = collect([tmp_path], PartialMetadata(kind="brochure"), settings)
    assert [(s.name, s.data, s.metadata.kind) for s in found.sources] == [
        ("Alle stukken.zip/b.md", b"twee", "brochure"),
        ("Alle stukken.zip/map/é.txt", b"een", "brochure"),
        ("los.md", b"tekst", "brochure"),
    ]
    assert found.notes == (
        "Alle stukken.zip: 1 hulpbestand van het besturingssysteem overgeslagen.",
    )


def test_a_title_goes_with_a_zip_of_one(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "een.zip").write_bytes(zipped({"a.txt": "tekst"}))
    (source,) = collect_sources([tmp_path / "een.zip"], PartialMetadata(title="T"), settings, "x")
    assert (source.metadata.title, source.document_id) == ("T", "x")


def test_a_word_file_that_is_called_zip_is_left_whole(tmp_path: Path, settings: Settings) -> None:
    docx = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
    (tmp_path / "brief.zip").write_bytes(docx)
    (source,) = collect_sources([tmp_path], NOTHING, settings)
    assert (source.name, source.data) == ("brief.zip", docx)


@pytest.mark.parametrize("content", [b"geen zip", b"PK\x03\x04", zipped({"../a.txt": "x"})])
def test_a_bad_zip_is_refused(tmp_path: Path, content: bytes, settings: Settings) -> None:
    (tmp_path / "los.md").write_text("tekst", encoding="utf-8")
    (tmp_path / "kwaad.zip").write_bytes(content)
    with pytest.raises(BadInputError, match=r"^kwaad\.zip"):
        collect_sources([tmp_path], NOTHING, settings)


def test_a_zip_may_be_larger_than_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": "tekst"}) + b"\0" * 1_500_000)
    with pytest.raises(BadInputError, match=r"te groot .*Ten hoogste 1 MB"):
        collect_sources([tmp_path], NOTHING, Settings(max_file_mb=5, max_zip_mb=1))
    with pytest.raises(BadInputError, match="beschadigd"):
        collect_sources([tmp_path], NOTHING, Settings(max_file_mb=1, max_zip_mb=5))


# --- a manifest in a folder or ZIP -------------------------------------------------------------


def in_folder(parent: Path, files: dict[str, str]) -> Path:
    folder = parent / "stukken"
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def in_zip(parent: Path, files: dict[str, str]) -> Path:
    path = parent / "stukken.zip"
    path.write_bytes(zipped(files))
    return path


@pytest.mark.parametrize("place", [in_folder, in_zip])
@pytest.mark.parametrize("top", ["", "alles/"])
def test_a_manifest_at_the_top_says_what_the_files_are(
    tmp_path: Path, place: Place, top: str, settings: Settings
) -> None:
    path = place(tmp_path, {top + name: content for name, content in WHOLE.items()})
    b, a = collect_sources([path], NOTHING, settings)
    assert (b.data, b.metadata.title, b.metadata.kind) == (b"tekst b", "Titel B", "brochure")
    assert (a.data, a.document_id) == (b"tekst a", "mijn-a")
    in_archive = (f"stukken.zip/{top}b.md", f"stukken.zip/{top}map/a.txt")
    assert (b.name, a.name) == (("b.md", "a.txt") if place is in_folder else in_archive)


@pytest.mark.parametrize("place", [in_folder, in_zip])
@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"manifest.toml": MANIFEST, "b.md": "x"}, "bestand 'map/a.txt'"),
        ({**WHOLE, "c.md": "x"}, "'c.md' staat niet"),
        ({**WHOLE, "c.zip": "x"}, "c.zip"),
        ({"manifest.toml": "[[document]]\nfile = '../b.md'", "b.md": "x"}, "'../b.md'"),
        ({"manifest.toml": "", "b.md": "x"}, "is leeg"),
        ({"manifest.toml": "\n", "b.md": "x"}, "geen documenten"),
        ({"manifest.toml": "x", "b.md": "x"}, "geen geldige TOML"),
        ({"map/manifest.toml": MANIFEST, "b.md": "x"}, "bovenaan"),
        ({"manifest.toml": MANIFEST, "map/manifest.toml": MANIFEST}, "bovenaan"),
        ({"manifest.toml": "[[document]]\nfile = 'manifest.toml'", "b.md": "x"}, "manifest.toml"),
    ],
)
def test_a_manifest_that_does_not_fit_its_files_is_refused(
    tmp_path: Path, place: Place, files: dict[str, str], said: str, settings: Settings
) -> None:
    path = place(tmp_path, files)
    with pytest.raises(BadInputError) as refused:
        collect_sources([path], NOTHING, settings)
    assert said in str(refused.value)
    assert "stukken" in str(refused.value)


@pytest.mark.parametrize("place", [in_folder, in_zip])
def test_options_do_not_go_with_a_manifest(
    tmp_path: Path, place: Place, settings: Settings
) -> None:
    path = place(tmp_path, WHOLE)
    with pytest.raises(BadInputError, match="horen daarin"):
        collect_sources([path], PartialMetadata(kind="brochure"), settings)
