from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import BadInputError
from corpus.settings import Settings
from ingest.files import collect_sources
from ingest.source import PartialMetadata

NOTHING = PartialMetadata()


def test_folders_are_searched_and_sorted(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "onder").mkdir()
    for name in ("b.md", "a.txt", "onder/c.HTML"):
        (tmp_path / name).write_text("tekst", encoding="utf-8")
    found = collect_sources([tmp_path, tmp_path / "a.txt"], NOTHING, settings)
    assert [source.name for source in found] == ["a.txt", "b.md", "c.HTML"]
    assert all(source.data == b"tekst" for source in found)


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
    assert ".md, .txt, .html, .htm" in str(refused.value)


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


def test_a_folder_without_documents_is_refused(tmp_path: Path, settings: Settings) -> None:
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
